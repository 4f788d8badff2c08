import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OperatorError } from '../ops/operator-error.ts';

/** PostgreSQL's own dump of the database of `databaseUrl`, one state of it, while it is used. Without the queue: doorbells. */
export async function dumpPostgres(databaseUrl: string, file: string): Promise<void> {
  await run('pg_dump', databaseUrl, ['--format=custom', '--exclude-schema=bullmq', `--file=${file}`]);
}

/** Fills an empty database from such a dump, or leaves it empty. */
export async function restorePostgres(databaseUrl: string, file: string): Promise<void> {
  await run('pg_restore', databaseUrl, ['--single-transaction', '--no-owner', '--no-privileges', file]);
}

/** The password goes by a file: every user of the machine can read the arguments of every program. */
async function run(program: string, databaseUrl: string, args: readonly string[]): Promise<void> {
  const aside = await mkdtemp(join(tmpdir(), 'bestie-'));
  try {
    const url = new URL(databaseUrl);
    if (url.password !== '') {
      const file = join(aside, 'pgpass');
      const password = decodeURIComponent(url.password).replace(/[\\:]/g, '\\$&');
      await writeFile(file, `*:*:*:*:${password}\n`, { mode: 0o600 });
      url.password = '';
      url.searchParams.set('passfile', file);
    }
    const { code, said } = await end(program, [`--dbname=${url.href}`, ...args]);
    if (code !== 0) throw new OperatorError(`${program} failed: ${said.trim()}`);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

async function end(program: string, args: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-2000)));
  return new Promise((done, failed) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      failed(
        error.code === 'ENOENT'
          ? new OperatorError(
              `${program} is not on this machine: install PostgreSQL's client programs (apt install postgresql-client).`,
            )
          : error,
      ),
    );
    child.once('close', (code) => done({ code, said }));
  });
}
