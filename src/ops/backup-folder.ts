import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../store/database.ts';
import { backUpDatabase } from './backup.ts';
import type { Clock } from './clock.ts';
import { OperatorError } from './operator-error.ts';

/** The nightly ones; each is a state of the database alone, whose files lie beside it. */
const kept = 7;
const nightly = /^\d{8}-\d{6}$/;

export const backupFolder = (dataDir: string): string => join(dataDir, 'backups');
const askedFile = (dataDir: string): string => join(backupFolder(dataDir), 'asked');
const answerFile = (dataDir: string): string => join(backupFolder(dataDir), 'answer');

type Given = {
  db: Database;
  dataDir: string;
  clock: Clock;
  signal: AbortSignal;
};

/**
 * Backs up the embedded database into `<dataDir>/backups/<time>`, UTC, and takes the oldest away. Nothing of one that
 * fails, or is broken off, is left but a folder whose name the next one clears.
 */
export async function backUpTonight(given: Given): Promise<void> {
  const folder = backupFolder(given.dataDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const now = given.clock.now();
  // What an asker has not taken away within a day is forgotten.
  const forgotten = `asked-${stampOf(new Date(now.getTime() - 24 * 60 * 60 * 1000))}`;
  for (const name of await readdir(folder))
    if (name.endsWith('.unfinished') || (name.startsWith('asked-') && name < forgotten))
      await rm(join(folder, name), { recursive: true, force: true });
  await write(given, stampOf(now));
  const all = await nightlyBackups(given.dataDir);
  for (const name of all.slice(0, -kept)) await rm(join(folder, name), { recursive: true, force: true });
}

/** Names of the nightly ones, oldest first. */
export async function nightlyBackups(dataDir: string): Promise<string[]> {
  const names = await readdir(backupFolder(dataDir)).catch(() => []);
  return names.filter((name) => nightly.test(name)).sort();
}

/**
 * The running Bestie's half of {@link askForBackup}: makes a backup when one was asked for. A process alone may read its
 * embedded database, so a command asks it by a file, which its sweep finds.
 */
export async function backUpIfAsked(given: Given): Promise<void> {
  const { dataDir } = given;
  if (!existsSync(askedFile(dataDir))) return;
  const name = `asked-${stampOf(given.clock.now())}`;
  await rm(askedFile(dataDir), { force: true });
  let answer: Answer;
  try {
    await write(given, name);
    answer = { kind: 'made', name };
  } catch (error) {
    answer = { kind: 'failed', why: (error as Error).message };
  }
  await writeFile(`${answerFile(dataDir)}.unfinished`, JSON.stringify(answer), { mode: 0o600 });
  await rename(`${answerFile(dataDir)}.unfinished`, answerFile(dataDir));
}

type Answer = { kind: 'made'; name: string } | { kind: 'failed'; why: string };

/** Two minutes until the sweep has heard, and as long as it takes from then on. */
const hearWithinMs = 120_000;

/** Asks the running Bestie for a backup of its database, and resolves with the folder, which is the caller's to take away. */
export async function askForBackup(given: {
  dataDir: string;
  clock: Clock;
  isRunning: () => boolean;
}): Promise<string> {
  const { dataDir, clock, isRunning } = given;
  const [asked, answered] = [askedFile(dataDir), answerFile(dataDir)];
  await mkdir(backupFolder(dataDir), { recursive: true, mode: 0o700 });
  await rm(answered, { force: true });
  await writeFile(asked, '', { mode: 0o600 });
  const askedAt = clock.now().getTime();
  while (!existsSync(answered)) {
    const isUnheard = existsSync(asked) && clock.now().getTime() - askedAt > hearWithinMs;
    if (isUnheard || !isRunning()) {
      await rm(asked, { force: true });
      throw new OperatorError(
        isUnheard
          ? 'The running Bestie does not answer. Stop it and run this again.'
          : 'Bestie stopped in between. Run this again.',
      );
    }
    await clock.sleep(250);
  }
  const answer = JSON.parse(await readFile(answered, 'utf8')) as Answer;
  await rm(answered, { force: true });
  if (answer.kind === 'failed')
    throw new OperatorError(`The running Bestie could not make the backup: ${answer.why}`);
  return join(backupFolder(dataDir), answer.name);
}

async function write({ db, dataDir, clock, signal }: Given, name: string): Promise<void> {
  const folder = backupFolder(dataDir);
  await assertRoom(db, folder);
  const unfinished = join(folder, `${name}.unfinished`);
  await backUpDatabase(db, { to: unfinished, dataDir, now: clock.now(), signal });
  await rename(unfinished, join(folder, name));
}

/** A full disk stops every resident's message; a backup that is missing is only told of. */
async function assertRoom(db: Database, folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const { rows } = await db.query<{ bytes: number }>(`SELECT pg_database_size(current_database()) AS bytes`);
  const needed = (rows[0]?.bytes ?? 0) + 200_000_000;
  if (bavail * bsize < needed)
    throw new OperatorError(
      `There is too little room for a backup in ${folder}: ${Math.ceil(needed / 1e6)} MB are needed.`,
    );
}

function stampOf(now: Date): string {
  return now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
}
