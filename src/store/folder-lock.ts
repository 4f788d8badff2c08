import { linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { OperatorError } from '../ops/operator-error.ts';

/** A living process, most likely the running Bestie, has the folder. */
export class FolderInUse extends OperatorError {
  readonly pid: number;
  readonly #lockFile: string;
  readonly #content: string;

  constructor(message: string, held: { pid: number; lockFile: string; content: string }) {
    super(message);
    this.pid = held.pid;
    this.#lockFile = held.lockFile;
    this.#content = held.content;
  }

  /** Whether the same process still has it. */
  isStill(): boolean {
    return readIfThere(this.#lockFile) === this.#content && isHeld(this.#content, '');
  }
}

/**
 * Keeps a folder to one process. PGlite has no lock of its own: two processes on one folder destroy it without
 * a word. The lock is a file that names its holder by pid and by the holder's start, because in a container
 * every start has the same pid; a holder that no longer lives is taken over.
 *
 * Returns the way to let go. Throws {@link FolderInUse} when another living process holds it.
 */
export function lockFolder(lockFile: string): () => void {
  const mine = `${process.pid} ${startOf(process.pid)}\n`;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      writeFileSync(lockFile, mine, { flag: 'wx', mode: 0o600 });
      return () => release(lockFile, mine);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const found = readIfThere(lockFile);
    if (found === null) continue;
    if (isHeld(found, mine)) throw held(lockFile, found);
    takeAway(lockFile, found);
  }
  throw new OperatorError(`The lock ${lockFile} changes hands faster than it can be taken. Start again.`);
}

function release(lockFile: string, mine: string): void {
  if (readIfThere(lockFile) === mine) rmSync(lockFile, { force: true });
}

/** Moves a dead holder's lock aside; puts it back if, in between, a living process had taken it. */
function takeAway(lockFile: string, stale: string): void {
  const aside = `${lockFile}.${process.pid}.stale`;
  try {
    renameSync(lockFile, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (readIfThere(aside) !== stale) {
    try {
      linkSync(aside, lockFile);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  unlinkSync(aside);
}

function isHeld(content: string, mine: string): boolean {
  if (content === mine) return true;
  const [pidText, ...start] = content.trim().split(' ');
  const pid = Number(pidText);
  // An empty or torn file was left by a crash between its creation and its first byte.
  if (!Number.isInteger(pid) || pid <= 0) return false;
  if (!isAlive(pid)) return false;
  const startNow = startOf(pid);
  return startNow === '-' ? pid !== process.pid : startNow === start.join(' ');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** When a process began, as Linux tells it (boot id and clock ticks); `-` where there is no /proc. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the program's name in brackets and may hold spaces: count from the last bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return `${boot} ${fields[19] ?? '-'}`;
  } catch {
    return '-';
  }
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function held(lockFile: string, content: string): FolderInUse {
  const pid = Number(content.split(' ')[0]);
  return new FolderInUse(
    `Another Bestie (process ${pid}) already uses this data folder; two at once would destroy the data. ` +
      `Stop that one first, choose another DATA_DIR, or set DATABASE_URL to share a PostgreSQL. ` +
      `(The lock is ${lockFile}.)`,
    { pid, lockFile, content },
  );
}
