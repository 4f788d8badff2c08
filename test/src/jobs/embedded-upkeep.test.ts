import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmbeddedUpkeep } from '../../../src/jobs/embedded-upkeep.ts';
import { askForBackup, backupFolder, nightlyBackups } from '../../../src/ops/backup-folder.ts';
import { backUpDatabase, copyFiles, restoreBackup } from '../../../src/ops/backup.ts';
import { OperatorError } from '../../../src/ops/operator-error.ts';
import { keepKeyMarks } from '../../../src/store/key-marks.ts';
import { parseKeyRing } from '../../../src/store/key-ring.ts';
import { openPglite } from '../../../src/store/open-pglite.ts';
import type { OpenPglite } from '../../../src/store/open-pglite.ts';
import { createTestClock } from '../../support/test-clock.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };
const ring = (fill: number) => parseKeyRing(`k1:${Buffer.alloc(32, fill).toString('base64')}`, 'the test');

describe('an embedded database that is at work', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bestie-backup-'));
  const dataDir = join(folder, 'data');
  const clock = createTestClock('2026-11-24T02:30:00+08:00');
  let opened: OpenPglite;
  const upkeep = () => createEmbeddedUpkeep({ db: opened.db, dataDir, clock, log });
  const wal = () => readdirSync(join(dataDir, 'db', 'pg_wal')).filter((name) => /^[0-9A-F]{24}$/.test(name));

  beforeAll(async () => {
    opened = await openPglite(dataDir);
    await opened.db.query(
      `CREATE TABLE setting (key text PRIMARY KEY, value jsonb NOT NULL, updated_at timestamptz NOT NULL);
       CREATE TABLE kept (n int PRIMARY KEY, words text NOT NULL);`,
    );
    await keepKeyMarks(opened.db, ring(1), clock.now());
    mkdirSync(join(dataDir, 'files', 'ab'), { recursive: true });
    writeFileSync(join(dataDir, 'files', 'ab', 'media-ab'), 'sealed');
    writeFileSync(join(dataDir, 'files', 'ab', 'media-ac.unfinished'), 'half');
    writeFileSync(join(dataDir, 'push-keys'), 'a pair');
    writeFileSync(join(dataDir, 'keys'), 'the keys');
  });
  afterAll(async () => {
    await opened.close();
    rmSync(folder, { recursive: true });
  });

  it('is backed up whole while it is written to, and comes back as it was at the end', async () => {
    await opened.db.query(`INSERT INTO kept SELECT n, repeat('a', 400) FROM generate_series(1, 2000) AS n`);
    const to = join(folder, 'first');
    let written = 2_000;
    let isOver = false;
    const backup = backUpDatabase(opened.db, { to, dataDir, now: clock.now() }).finally(
      () => (isOver = true),
    );
    do {
      await opened.db.query(`INSERT INTO kept VALUES (${(written += 1)}, 'meanwhile')`);
      await opened.db.query(`UPDATE kept SET words = words || '!' WHERE n = ${written % 2000}`);
      // The copying is to get a turn, too.
      for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    } while (!isOver);
    await backup;
    expect(await copyFiles({ from: dataDir, to })).toBe(1);
    expect(written).toBeGreaterThan(2_050);
    expect(readdirSync(to).sort()).toEqual(['backup.json', 'db', 'files', 'push-keys']);

    const elsewhere = join(folder, 'elsewhere');
    const restored = await restoreBackup({ from: to, dataDir: elsewhere, keyRing: ring(1), log });
    expect(restored).toMatchObject({
      files: 1,
      note: { engine: 'pglite', madeAt: '2026-11-23T18:30:00.000Z' },
    });
    expect(existsSync(join(elsewhere, 'files', 'ab', 'media-ab'))).toBe(true);
    expect(existsSync(join(elsewhere, 'keys'))).toBe(false);
    const copy = await openPglite(elsewhere, { mustExist: true });
    try {
      const { rows } = await copy.db.query<{ n: number; top: number }>(
        `SELECT count(*) AS n, max(n) AS top FROM kept`,
      );
      // One state, of the end of the backup: nothing is missing before the last that is there.
      expect(rows[0]?.n).toBe(rows[0]?.top);
      expect(rows[0]?.top).toBeGreaterThan(2_050);
    } finally {
      await copy.close();
    }
  });

  it.each([
    [
      'where there is a database',
      () => join(folder, 'elsewhere'),
      ring(1),
      /There is a database in .* already/,
    ],
    [
      'with other keys',
      () => join(folder, 'empty'),
      ring(2),
      /is not the one that this database was made with/,
    ],
  ])('is not restored %s', async (_, target, keyRing, sentence) => {
    rmSync(join(folder, 'first', 'files'), { recursive: true, force: true });
    const to = target();
    const refused = restoreBackup({ from: join(folder, 'first'), dataDir: to, keyRing, log });
    await expect(refused).rejects.toThrow(OperatorError);
    await expect(refused).rejects.toThrow(sentence);
    expect(existsSync(join(folder, 'empty'))).toBe(false);
  });

  it('is not restored from what is no backup', async () => {
    const refused = restoreBackup({ from: dataDir, dataDir: join(folder, 'empty'), keyRing: ring(1), log });
    await expect(refused).rejects.toThrow(/is no backup of Bestie/);
  });

  it('gives back the room of dead rows each night, and keeps seven nights', async () => {
    const size = async () => {
      const { rows } = await opened.db.query<{ bytes: number }>(`SELECT pg_table_size('kept') AS bytes`);
      return rows[0]?.bytes ?? 0;
    };
    for (let night = 10; night < 20; night += 1)
      mkdirSync(join(backupFolder(dataDir), `202611${night}-183000`), { recursive: true });
    mkdirSync(join(backupFolder(dataDir), '20261120-183000.unfinished'));
    await opened.db.query(`UPDATE kept SET words = words || 'd' WHERE n <= 2000`);
    await upkeep().nightly();
    const before = await size();
    await opened.db.query(`UPDATE kept SET words = words || 'd' WHERE n <= 2000`);
    // Once more would be half as much again.
    expect((await size()) / before).toBeLessThan(1.2);
    const kept = await nightlyBackups(dataDir);
    expect(kept).toHaveLength(7);
    expect(kept.at(-1)).toBe('20261123-183000');
    expect(readdirSync(backupFolder(dataDir)).sort()).toEqual(kept);
    const newest = join(backupFolder(dataDir), kept.at(-1) ?? '');
    expect(readdirSync(newest).sort()).toEqual(['backup.json', 'db']);
    expect(statSync(newest).mode & 0o077).toBe(0);
  });

  it('makes a backup for a command that asks, and says so when it cannot', async () => {
    const keeper = upkeep();
    await keeper.listen();
    const quick = { now: () => clock.now(), sleep: () => new Promise<void>((done) => setImmediate(done)) };
    const ask = () => askForBackup({ dataDir, clock: quick, isRunning: () => true });
    const asking = ask();
    while (!existsSync(join(backupFolder(dataDir), 'asked'))) await new Promise(setImmediate);
    await keeper.listen();
    const made = await asking;
    expect(existsSync(join(made, 'backup.json'))).toBe(true);

    const again = ask();
    while (!existsSync(join(backupFolder(dataDir), 'asked'))) await new Promise(setImmediate);
    // The name is taken: the clock stands.
    await keeper.listen();
    await expect(again).rejects.toThrow(/could not make the backup/);
    await expect(askForBackup({ dataDir, clock: quick, isRunning: () => false })).rejects.toThrow(
      /stopped in between/,
    );
    expect(await nightlyBackups(dataDir)).toHaveLength(7);
  });

  it('lets go of its log each hour', async () => {
    await opened.db.query('ALTER TABLE kept ALTER words SET STORAGE EXTERNAL');
    for (let round = 0; round < 3; round += 1)
      await opened.db.query(`UPDATE kept SET words = repeat('b', 9000) WHERE n <= 2000`);
    const before = wal().length;
    await upkeep().hourly();
    // PostgreSQL keeps some of the old ones to write into again; none comes on top of them now.
    for (let round = 0; round < 3; round += 1) {
      await opened.db.query(`UPDATE kept SET words = repeat('c', 9000) WHERE n <= 2000`);
      await upkeep().hourly();
    }
    expect(before).toBeGreaterThan(3);
    expect(wal().length).toBeLessThanOrEqual(before + 1);
  });
});
