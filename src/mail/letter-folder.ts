import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { letterFile } from './letter-file.ts';
import type { Mail } from './mailer.ts';

/** Letters as `.eml` files, for a room without a mail server: somebody opens each in a mail program and sends it. */
export type LetterFolder = {
  /** The same letter again is the same file. */
  put(mail: Mail): Promise<void>;
  /**
   * Takes away the files of letters that wait no longer, so that no word outlives its letter. `over` answers which of
   * these ids are such.
   */
  tidy(over: (letterIds: string[]) => Promise<string[]>): Promise<void>;
};

export function createLetterFolder(options: { folder: string; publicUrl: string }): LetterFolder {
  const { folder, publicUrl } = options;
  return {
    put: async (mail) => {
      const path = join(folder, `${fileNameOf(mail.messageId)}.eml`);
      const bytes = await letterFile(mail, publicUrl);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // Written aside and moved into place: never half a letter.
      await writeFile(`${path}.unfinished`, bytes, { mode: 0o600 });
      await rename(`${path}.unfinished`, path);
    },
    tidy: async (over) => {
      const byId = new Map<string, string>();
      for (const name of await namesIn(folder)) {
        const letterId = ours.exec(name)?.[1];
        if (letterId !== undefined) byId.set(letterId, name);
      }
      if (byId.size === 0) return;
      for (const letterId of await over([...byId.keys()]))
        await rm(join(folder, byId.get(letterId) ?? ''), { force: true });
    },
  };
}

const ours = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@[^/]+\.eml$/;

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    // Made with its first letter.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function fileNameOf(messageId: string): string {
  return messageId.replace(/[^\w.@-]/g, '');
}
