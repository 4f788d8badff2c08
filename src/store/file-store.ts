import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Vault } from './vault.ts';

/** What residents send as files, encrypted, one file each under `<dataDir>/files`. */
export type FileStore = {
  /** Resolves once the file is safely on the disk. `kind` is authenticated and part of the key. */
  put(bytes: Uint8Array, options: { kind: FileKind }): Promise<string>;
  /** The bytes, or null when there is no such file. */
  get(fileKey: string): Promise<Uint8Array | null>;
  /** Removing what is not there is no error. */
  remove(fileKey: string): Promise<void>;
};

export const fileKinds = ['media', 'attachment', 'export', 'backup'] as const;
export type FileKind = (typeof fileKinds)[number];

const keyPattern = /^(media|attachment|export|backup)-([0-9a-f]{32})$/;

export function createFileStore({ dataDir, vault }: { dataDir: string; vault: Vault }): FileStore {
  const root = join(dataDir, 'files');
  const pathOf = (fileKey: string): string => {
    const name = keyPattern.exec(fileKey)?.[2];
    if (name === undefined) throw new Error('Not a file key');
    return join(root, name.slice(0, 2), fileKey);
  };

  return {
    put: async (bytes, { kind }) => {
      const fileKey = `${kind}-${randomBytes(16).toString('hex')}`;
      const path = pathOf(fileKey);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeWhole(path, vault.seal(bytes, contextOf(fileKey)));
      return fileKey;
    },
    get: async (fileKey) => {
      const path = pathOf(fileKey);
      try {
        return vault.open(await readFile(path), contextOf(fileKey));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },
    remove: (fileKey) => rm(pathOf(fileKey), { force: true }),
  };
}

/** Bound to its own key, so that one file cannot be put in another's place. */
function contextOf(fileKey: string): string {
  return `file.${fileKey}`;
}

/** Never half a file: written aside, synced, moved into place, and the folder synced. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const unfinished = `${path}.unfinished`;
  const file = await open(unfinished, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
