import { createTransport } from 'nodemailer';
import type { Mail } from './mailer.ts';
import { asMessage } from './smtp-mailer.ts';

/** The same letter has the same id, however it is sent: a mailbox that gets it twice knows it. */
export function messageIdOf(letterId: string, publicUrl: string): string {
  return `<${letterId}@${new URL(publicUrl).hostname}>`;
}

/** A letter as an `.eml` file: mail programs open it as one of one's own that has not been sent. */
export async function letterFile(mail: Mail, publicUrl: string): Promise<Uint8Array> {
  const transport = createTransport(
    { streamTransport: true, buffer: true, newline: 'windows' },
    {
      from: `Ruang Curhat Bestie <bestie@${new URL(publicUrl).hostname}>`,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
  );
  const letter = asMessage(mail);
  const { message } = await transport.sendMail({
    ...letter,
    headers: { ...letter.headers, 'X-Unsent': '1' },
  });
  return message as Buffer;
}
