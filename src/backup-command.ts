import { cp, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Env } from './env.ts';
import { askForBackup } from './ops/backup-folder.ts';
import { assertEmpty, backUpDatabase, copyFiles, restoreBackup } from './ops/backup.ts';
import { systemClock } from './ops/clock.ts';
import { createLog } from './ops/log.ts';
import { FolderInUse } from './store/folder-lock.ts';
import { loadKeyRing } from './store/key-ring.ts';
import { openDatabase } from './store/open-database.ts';

/** Backs up all but the keys into a new folder, also while Bestie runs. Answers what to tell. */
export async function makeBackup(env: Env, folder: string): Promise<string> {
  const [dataDir, to] = [resolve(env.DATA_DIR), resolve(folder)];
  await assertEmpty(to);
  await backUpAtRest(env, to).catch(async (error: unknown) => {
    if (!(error instanceof FolderInUse)) throw error;
    // The embedded database is one process's: it makes the backup, and it is fetched from there.
    const made = await askForBackup({ dataDir, clock: systemClock, isRunning: () => error.isStill() });
    await cp(made, to, { recursive: true });
    await rm(made, { recursive: true, force: true });
  });
  // After the database: what it names is there, unless it was erased since.
  const files = await copyFiles({ from: dataDir, to });
  const keys = env.BESTIE_KEYS ? 'BESTIE_KEYS' : `${dataDir}/keys`;
  return (
    `Backed up into ${to}: the database and ${files} files.\n` +
    `Without the keys (${keys}) nobody can read it: keep a copy of them too, and keep it apart from this one.`
  );
}

async function backUpAtRest(env: Env, to: string): Promise<void> {
  const dataDir = resolve(env.DATA_DIR);
  const databaseUrl = env.DATABASE_URL;
  const log = createLog({ level: 'warn' });
  const opened = await openDatabase({ databaseUrl, dataDir, log, mustExist: true });
  try {
    await backUpDatabase(opened.db, { to, dataDir, databaseUrl, now: systemClock.now() });
  } finally {
    await opened.close();
  }
}

/** Puts a backup back where there is nothing yet. Answers what to tell. */
export async function restore(env: Env, folder: string): Promise<string> {
  const dataDir = resolve(env.DATA_DIR);
  const databaseUrl = env.DATABASE_URL;
  const log = createLog({ level: 'warn' });
  const keyRing = loadKeyRing({ bestieKeys: env.BESTIE_KEYS, dataDir, log, mustExist: true });
  const { note, files } = await restoreBackup({ from: resolve(folder), dataDir, databaseUrl, keyRing, log });
  const opened = await openDatabase({ databaseUrl, dataDir, log, mustExist: true });
  try {
    const { rows } = await opened.db.query<{ residents: number; concerns: number }>(
      `SELECT (SELECT count(*) FROM resident) AS residents, (SELECT count(*) FROM concern) AS concerns`,
    );
    const { residents = 0, concerns = 0 } = rows[0] ?? {};
    return (
      `Restored as it was at ${note.madeAt}: ${residents} residents, ${concerns} concerns, ${files} files.\n` +
      `Now: npm start. What was still to be sent at that time is sent again.`
    );
  } finally {
    await opened.close();
  }
}
