import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from '../../../src/store/folder-lock.ts';
import { openPglite } from '../../../src/store/open-pglite.ts';
import { bundleTypescript, spawnScript } from '../../support/run-typescript.ts';

describe('openPglite', () => {
  // One folder for all of them: making one takes seconds. Its first start was "killed half-way".
  let dataDir: string;
  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'bestie-pglite-'));
    mkdirSync(join(dataDir, 'db.unfinished', 'base'), { recursive: true });
    writeFileSync(join(dataDir, 'db.unfinished', 'PG_VERSION'), '18');
    await (await openPglite(dataDir)).close();
  });
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  it('starts over where its first start was killed half-way', async () => {
    expect(existsSync(join(dataDir, 'db.unfinished'))).toBe(false);
    const { db, close } = await openPglite(dataDir);
    expect((await db.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await close();
    await close();
  });

  it(
    'keeps every acknowledged commit when the process is killed while committing',
    { timeout: 90_000 },
    async () => {
      const script = await bundleTypescript('test/support/programs/commit-for-ever.ts');
      let acknowledged = 0;
      for (const round of [1, 2, 3]) {
        const child = spawnScript(script, [dataDir]);
        let errors = '';
        child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
        let unread = '';
        const ended = new Promise((resolve) => child.once('exit', resolve));
        const target = acknowledged + 150 + round * 37;
        child.stdout?.on('data', (chunk: Buffer) => {
          const lines = (unread + chunk.toString()).split('\n');
          unread = lines.pop() ?? '';
          acknowledged = Number(lines.at(-1) ?? acknowledged);
          if (acknowledged >= target) child.kill('SIGKILL');
        });
        await ended;
        expect(errors).toBe('');
        expect(acknowledged).toBeGreaterThanOrEqual(target);

        const { db, close } = await openPglite(dataDir);
        const { rows } = await db.query<{ top: number; n: number; whole: boolean }>(
          `SELECT max(n) AS top, count(*) AS n, bool_and(length(filling) = n % 3000 + 1) AS whole FROM kept`,
        );
        await close();
        expect(rows[0]?.top).toBeGreaterThanOrEqual(acknowledged);
        expect(rows[0]?.n).toBe(rows[0]?.top);
        expect(rows[0]?.whole).toBe(true);
      }
    },
  );

  it('asks the disk for every commit', async () => {
    const { db, close } = await openPglite(dataDir);
    const { rows } = await db.query(
      `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'wal_sync_method', 'full_page_writes') ORDER BY name`,
    );
    // `fdatasync` would be a no-op in PGlite's build.
    expect(rows).toEqual([
      { name: 'fsync', setting: 'on' },
      { name: 'full_page_writes', setting: 'on' },
      { name: 'synchronous_commit', setting: 'on' },
      { name: 'wal_sync_method', setting: 'fsync' },
    ]);
    await close();
    expect(existsSync(join(dataDir, 'db.lock'))).toBe(false);
  });

  it('gives one folder to one process, and says who has it', async () => {
    const first = await openPglite(dataDir);
    await expect(openPglite(dataDir)).rejects.toThrow(
      new RegExp(`process ${process.pid}\\) already uses this data folder`),
    );
    await first.close();
    await (await openPglite(dataDir)).close();
  });
});

describe('lockFolder', () => {
  let lockFile: string;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bestie-lock-'));
    lockFile = join(folder, 'db.lock');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each([
    ['a process that is gone', () => `4194304 - -\n`],
    [
      'an earlier process with the same pid (a container)',
      () => `${process.pid} 11111111-1111-1111-1111-111111111111 1\n`,
    ],
    ['a crash before the first byte', () => ''],
    ['a crash half-way', () => 'abc'],
  ])('takes over from %s', (_, content) => {
    writeFileSync(lockFile, content());
    const unlock = lockFolder(lockFile);
    expect(readFileSync(lockFile, 'utf8')).toMatch(new RegExp(`^${process.pid} `));
    unlock();
    expect(existsSync(lockFile)).toBe(false);
  });

  it('stays with a living holder', () => {
    const unlock = lockFolder(lockFile);
    expect(() => lockFolder(lockFile)).toThrow(/Stop that one first/);
    unlock();
    lockFolder(lockFile)();
  });
});
