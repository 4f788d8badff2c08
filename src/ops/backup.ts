import { createReadStream, createWriteStream, existsSync, readdirSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { copyPglite } from '../store/copy-pglite.ts';
import type { Database } from '../store/database.ts';
import { lockFolder } from '../store/folder-lock.ts';
import { compareKeyMarks, keyMarksSchema, readKeyMarks } from '../store/key-marks.ts';
import type { KeyRing } from '../store/key-ring.ts';
import { openDatabase } from '../store/open-database.ts';
import { dumpPostgres, restorePostgres } from '../store/pg-dump.ts';
import { syncTree } from '../store/pglite-files.ts';
import type { PlainLog } from './log.ts';
import { OperatorError } from './operator-error.ts';

// A backup is a folder: `db/` (PGlite) or `db.dump` (PostgreSQL), `files/` and `push-keys` unless it is one of the
// nightly ones that lie beside them, and this note, which is written last. Never the keys.
const noteName = 'backup.json';
const noteSchema = z.object({
  madeAt: z.iso.datetime(),
  engine: z.enum(['pglite', 'postgres']),
  /** What tells the keys that open it; null where Bestie has not been started since there are marks. */
  keys: keyMarksSchema.nullable(),
  /** Of PGlite, the empty ones too, which many ways of copying lose. */
  folders: z.array(z.string()),
});
export type BackupNote = z.output<typeof noteSchema>;

/** Throws {@link OperatorError} unless a backup may be written into this folder. */
export async function assertEmpty(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  if (names.length > 0) throw new OperatorError(`${folder} is not empty. Name a new folder for each backup.`);
}

/** Writes the database into the folder `to`, which must be empty or not be there. It may be used meanwhile. */
export async function backUpDatabase(
  db: Database,
  given: { to: string; dataDir: string; databaseUrl?: string | undefined; now: Date; signal?: AbortSignal },
): Promise<void> {
  const { to, dataDir, databaseUrl, now, signal } = given;
  await assertEmpty(to);
  await mkdir(to, { recursive: true, mode: 0o700 });
  const keys = await readKeyMarks(db);
  let folders: string[] = [];
  if (databaseUrl) await dumpPostgres(databaseUrl, join(to, 'db.dump'));
  else folders = await copyPglite(db, { from: join(dataDir, 'db'), to: join(to, 'db'), signal });
  const note: BackupNote = { madeAt: now.toISOString(), engine: db.engine, keys, folders };
  await writeFile(join(to, noteName), `${JSON.stringify(note)}\n`, { mode: 0o600, flush: true });
}

/** Copies what lies beside the database: residents' files, sealed, and the keys of web push. Answers how many files. */
export async function copyFiles({ from, to }: { from: string; to: string }): Promise<number> {
  let count = 0;
  if (existsSync(join(from, 'files'))) {
    await mkdir(join(to, 'files'), { recursive: true, mode: 0o700 });
    for (const entry of await readdir(join(from, 'files'), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.name.endsWith('.unfinished')) continue;
      const source = join(entry.parentPath, entry.name);
      const target = join(to, source.slice(from.length));
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      // One that was erased in between is not to be kept.
      if (await copyOrGone(source, target)) count += 1;
    }
  }
  if (existsSync(join(from, 'push-keys')) && !existsSync(join(to, 'push-keys')))
    await copyFile(join(from, 'push-keys'), join(to, 'push-keys'));
  syncTree(to, { deep: false });
  return count;
}

/**
 * Puts a backup back where there is nothing: an embedded database that is not there, or an empty PostgreSQL. Throws
 * {@link OperatorError}, and changes nothing, where something is or the keys are not those that open it.
 */
export async function restoreBackup(given: {
  from: string;
  dataDir: string;
  databaseUrl?: string | undefined;
  keyRing: KeyRing;
  log: PlainLog;
}): Promise<{ note: BackupNote; files: number }> {
  const { from, dataDir, databaseUrl, keyRing } = given;
  const note = await readNote(from);
  if (note.keys) compareKeyMarks(note.keys, keyRing);
  if ((note.engine === 'postgres') !== (databaseUrl !== undefined))
    throw new OperatorError(
      note.engine === 'postgres'
        ? `${from} holds a PostgreSQL database: set DATABASE_URL to an empty one.`
        : `${from} holds an embedded database, and DATABASE_URL names a PostgreSQL: leave DATABASE_URL out.`,
    );
  const hasFiles = existsSync(join(from, 'files'));
  if (hasFiles && existsSync(join(dataDir, 'files')) && readdirSync(join(dataDir, 'files')).length > 0)
    throw new OperatorError(`There are files in ${join(dataDir, 'files')} already. Move them away first.`);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  if (databaseUrl) await fillPostgres({ ...given, databaseUrl });
  else await putBack({ from: join(from, 'db'), dataDir, folders: note.folders });
  return { note, files: await copyFiles({ from, to: dataDir }) };
}

async function putBack({
  from,
  dataDir,
  folders,
}: {
  from: string;
  dataDir: string;
  folders: readonly string[];
}): Promise<void> {
  const unlock = lockFolder(join(dataDir, 'db.lock'));
  try {
    const to = join(dataDir, 'db');
    if (existsSync(to))
      throw new OperatorError(
        `There is a database in ${to} already; nothing is written over it. Move it away first.`,
      );
    const unfinished = `${to}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    for (const folder of folders) await mkdir(join(unfinished, folder), { recursive: true, mode: 0o700 });
    for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const source = join(entry.parentPath, entry.name);
      const target = join(unfinished, source.slice(from.length).replace(/\.gz$/, ''));
      await pipeline(createReadStream(source), createGunzip(), createWriteStream(target, { mode: 0o600 }));
    }
    syncTree(unfinished);
    await rename(unfinished, to);
    syncTree(dataDir, { deep: false });
  } finally {
    unlock();
  }
}

async function fillPostgres(given: {
  from: string;
  dataDir: string;
  databaseUrl: string;
  log: PlainLog;
}): Promise<void> {
  const { databaseUrl, dataDir, log, from } = given;
  const opened = await openDatabase({ databaseUrl, dataDir, log });
  try {
    const { rows } = await opened.db.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' LIMIT 1`,
    );
    if (rows.length > 0)
      throw new OperatorError(
        `The database that DATABASE_URL names is not empty (it has a table "${rows[0]?.name}"); nothing is written over it. ` +
          `Make a new one (createdb) and name that.`,
      );
  } finally {
    await opened.close();
  }
  await restorePostgres(databaseUrl, join(from, 'db.dump'));
}

async function readNote(from: string): Promise<BackupNote> {
  const text = await readFile(join(from, noteName), 'utf8').catch(() => null);
  try {
    return noteSchema.parse(JSON.parse(text ?? ''));
  } catch {
    throw new OperatorError(
      `${from} is no backup of Bestie, or one that was broken off: it has no ${noteName} that can be read.`,
    );
  }
}

async function copyOrGone(source: string, target: string): Promise<boolean> {
  try {
    await copyFile(source, target);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
