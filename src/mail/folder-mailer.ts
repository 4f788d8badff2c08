import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Mailer } from './mailer.ts';
import { asMessage } from './smtp-mailer.ts';

/**
 * Puts letters into a folder as `.eml` files, for a room without a mail server: somebody opens each in a mail program
 * and sends it. The same letter again is the same file.
 */
export function createFolderMailer(options: { folder: string; from: string }): Mailer {
  const transport = createTransport(
    { streamTransport: true, buffer: true, newline: 'windows' },
    { from: options.from, disableFileAccess: true, disableUrlAccess: true },
  );
  return {
    send: async (mail) => {
      const letter = asMessage(mail);
      // Mail programs open it as a letter of one's own that has not been sent.
      const headers = { ...letter.headers, 'X-Unsent': '1' };
      const { message } = await transport.sendMail({ ...letter, headers });
      const path = join(options.folder, `${fileNameOf(mail.messageId)}.eml`);
      await mkdir(options.folder, { recursive: true, mode: 0o700 });
      // Written aside and moved into place: never half a letter.
      await writeFile(`${path}.unfinished`, message, { mode: 0o600 });
      await rename(`${path}.unfinished`, path);
      return { kind: 'sent' };
    },
  };
}

function fileNameOf(messageId: string): string {
  return messageId.replace(/[^\w.@-]/g, '');
}
