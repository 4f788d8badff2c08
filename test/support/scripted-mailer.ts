import type { Mail, Mailer, MailResult } from '../../src/mail/mailer.ts';

/** A mail server that is a script: every letter handed to it, and what it says to the next ones. */
export type ScriptedMailer = Mailer & {
  /** Taken letters, oldest first. */
  sent: Mail[];
  /** Every try, refused ones too. */
  tried: Mail[];
  willAnswer(...results: (MailResult | Promise<MailResult>)[]): void;
};

export function createScriptedMailer(): ScriptedMailer {
  const answers: (MailResult | Promise<MailResult>)[] = [];
  const sent: Mail[] = [];
  const tried: Mail[] = [];
  return {
    sent,
    tried,
    willAnswer: (...results) => void answers.push(...results),
    send: async (mail) => {
      tried.push(mail);
      const result = await (answers.shift() ?? { kind: 'sent' });
      if (result.kind === 'sent') sent.push(mail);
      return result;
    },
  };
}
