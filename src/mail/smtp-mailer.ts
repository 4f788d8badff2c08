import { createTransport } from 'nodemailer';
import type { Mail, Mailer, MailResult } from './mailer.ts';

/** How long a mail server may take for one step before the letter is tried again later. */
const stepMs = 20_000;

/** Letters by a mail server, one at a time. `url`: `smtps://user:password@host:465`, or `smtp://` with STARTTLS. */
export function createSmtpMailer(options: { url: string; from: string }): Mailer {
  const transport = createTransport(
    connectionOf(options.url),
    // Nothing in a letter is ever fetched or read from a disk.
    { from: options.from, disableFileAccess: true, disableUrlAccess: true },
  );
  return {
    send: async (mail) => {
      try {
        await transport.sendMail(asMessage(mail));
        return { kind: 'sent' };
      } catch (error) {
        return resultOf(error);
      }
    },
  };
}

/** Logs in to the mail server and sends nothing. Throws what stands in the way, in a sentence for the operator. */
export async function verifyMailServer(url: string): Promise<void> {
  const transport = createTransport(connectionOf(url));
  try {
    await transport.verify();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`the mail server of SMTP_URL cannot be used: ${reason}`, { cause: error });
  } finally {
    transport.close();
  }
}

function connectionOf(url: string) {
  return { url, connectionTimeout: stepMs, greetingTimeout: stepMs, socketTimeout: stepMs };
}

/** A letter as nodemailer takes it. Machines that answer letters by themselves are asked not to. */
export function asMessage(mail: Mail) {
  return {
    to: { name: '', address: mail.to },
    subject: mail.subject,
    text: mail.text,
    messageId: mail.messageId,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  };
}

/**
 * What a failed sending means. Only a mailbox, or this very letter, that is refused for good is `refused`; a wrong
 * password, a refused sender or a server that is away is the operator's, and the letter waits.
 */
export function resultOf(error: unknown): MailResult {
  const { code, command, permanent, message, response } = (error ?? {}) as {
    code?: string;
    command?: string;
    permanent?: boolean;
    message?: string;
    response?: string;
  };
  const reason = [code, response ?? message].filter(Boolean).join(' ').slice(0, 300);
  const isOfThisLetter = (code === 'EENVELOPE' && command === 'RCPT TO') || code === 'EMESSAGE';
  // Without any server's word: what stands there is no address.
  const isNoAddress = code === 'EENVELOPE' && permanent === undefined;
  return (isOfThisLetter && permanent === true) || isNoAddress
    ? { kind: 'refused', reason }
    : { kind: 'retry', reason };
}
