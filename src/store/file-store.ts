import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Vault } from './vault.ts';

/** What residents and officers send as files, encrypted, one file each under `<dataDir>/files`. */
export type FileStore = {
  /** Resolves once the file is safely on the disk. `kind` is authenticated and part of the key. */
  put(bytes: Uint8Array, options: { kind: FileKind }): Promise<string>;
  /** The bytes, or null when there is no such file. */
  get(fileKey: string): Promise<Uint8Array | null>;
  /** Removing what is not there is no error. For the sweep alone (`dropFile` says how a file is let go). */
  remove(fileKey: string): Promise<void>;
  /** Keys of what was put before then, and of what a crash left half put. */
  keptBefore(then: Date): Promise<string[]>;
};

/** `media` came from a resident, `attachment` from an officer. */
export type FileKind = 'media' | 'attachment';

const keyPattern = /^(media|attachment)-([0-9a-f]{32})$/;
const unfinished = '.unfinished';

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
    remove: async (fileKey) => {
      const path = pathOf(fileKey);
      await rm(`${path}${unfinished}`, { force: true });
      await rm(path, { force: true });
    },
    keptBefore: async (then) => {
      const folders = await readdir(root).catch(noneIfMissing);
      const keys = new Set<string>();
      for (const folder of folders) {
        for (const name of await readdir(join(root, folder))) {
          const fileKey = name.endsWith(unfinished) ? name.slice(0, -unfinished.length) : name;
          if (!keyPattern.test(fileKey)) continue;
          // It may be gone by now.
          const kept = await stat(join(root, folder, name)).catch(() => null);
          if (kept && kept.mtime < then) keys.add(fileKey);
        }
      }
      return [...keys];
    },
  };
}

function noneIfMissing(error: unknown): string[] {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
  throw error;
}

/** Bound to its own key, so that one file cannot be put in another's place. */
function contextOf(fileKey: string): string {
  return `file.${fileKey}`;
}

/** Never half a file: written aside, synced, moved into place, and the folder synced. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const aside = `${path}${unfinished}`;
  const file = await open(aside, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(aside, path);
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
