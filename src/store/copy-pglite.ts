import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGzip, gzip } from 'node:zlib';
import type { ZlibOptions } from 'node:zlib';
import type { Database } from './database.ts';

/** What stands in these is of the running process alone; only the folders have to be there. */
const emptied = new Set([
  'pg_dynshmem',
  'pg_notify',
  'pg_replslot',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
  'pg_wal',
]);
const leftOut = /^(postmaster\.(pid|opts)|pgsql_tmp.*|pg_internal\.init.*)$/;
const atOnce = 8;
/** Last of all: it says from where the log has to be read again. */
const control = join('global', 'pg_control');

/**
 * Copies the folder `from` of a PGlite that is at work into `to`, each file by gzip (`gunzip -r` undoes it), and
 * resolves with the folders that must be there. PostgreSQL's own protocol of an online base backup: files are copied
 * while they are written to, and the log from before until after, replayed at the first start, makes them one state.
 * So nobody waits for a backup.
 *
 * Nothing may make a CHECKPOINT meanwhile: it would take away the log that is still to be copied.
 */
export async function copyPglite(
  db: Database,
  { from, to, signal }: { from: string; to: string; signal?: AbortSignal | undefined },
): Promise<string[]> {
  const first = await one<{ wal: string }>(
    db,
    `SELECT pg_walfile_name(pg_backup_start('bestie', true)) AS wal`,
  );
  let isOpen = true;
  try {
    const folders: string[] = [];
    const copy = async (path: string): Promise<void> => {
      signal?.throwIfAborted();
      await pack(join(from, path), join(to, `${path}.gz`));
    };
    const walk = async (folder: string): Promise<void> => {
      folders.push(folder);
      await mkdir(join(to, folder), { recursive: true, mode: 0o700 });
      const entries = await readdir(join(from, folder), { withFileTypes: true });
      for (const { name } of entries.filter((entry) => entry.isDirectory())) await walk(join(folder, name));
      if (emptied.has(folder.split('/')[0] ?? '')) return;
      const files = entries
        .filter((entry) => entry.isFile() && !leftOut.test(entry.name))
        .map(({ name }) => join(folder, name))
        .filter((path) => path !== control);
      for (let at = 0; at < files.length; at += atOnce)
        await Promise.all(files.slice(at, at + atOnce).map(copy));
    };
    await walk('.');
    await copy(control);
    isOpen = false;
    const last = await one<{ wal: string; label: string }>(
      db,
      `SELECT pg_walfile_name(lsn) AS wal, labelfile AS label FROM pg_backup_stop(false)`,
    );
    const log = (await readdir(join(from, 'pg_wal'))).filter(
      (name) => /^[0-9A-F]{24}$/.test(name) && name >= first.wal && name <= last.wal,
    );
    for (const name of log) await copy(join('pg_wal', name));
    await writeFile(join(to, 'backup_label.gz'), await zip(Buffer.from(last.label), quickly), closed);
    return folders;
  } finally {
    // A session has one backup at a time; without this the next one would be refused.
    if (isOpen) await db.query('SELECT pg_backup_stop(false)').catch(() => undefined);
  }
}

// Not each by fsync: a power cut costs this backup and nothing else.
const closed = { mode: 0o600 } as const;
const quickly = { level: 3 };
const zip = promisify<Buffer, ZlibOptions, Buffer>(gzip);

/** Above this a file goes through piece by piece, and not whole through memory. */
const wholeUpTo = 4_000_000;

async function pack(from: string, to: string): Promise<void> {
  try {
    const { size } = await stat(from);
    if (size <= wholeUpTo) await writeFile(to, await zip(await readFile(from), quickly), closed);
    else await pipeline(createReadStream(from), createGzip(quickly), createWriteStream(to, closed));
  } catch (error) {
    // A table that was dropped meanwhile; the log says so too.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

async function one<Row>(db: Database, sql: string): Promise<Row> {
  const { rows } = await db.query<Row>(sql);
  if (!rows[0]) throw new Error('the database answered nothing');
  return rows[0];
}
