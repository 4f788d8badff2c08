import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrate } from '../../../src/store/migrate.ts';
import { openDatabase } from '../../../src/store/open-database.ts';
import { describeOnEachStore } from '../../support/stores.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };

describeOnEachStore('migrate', (store) => {
  let folder: string;
  const write = (name: string, sql: string): void => {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'migration.sql'), sql);
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bestie-migrations-'));
    // A place of its own beside the real tables; the table of migrations goes where the search path says.
    await store
      .db()
      .query('DROP TABLE IF EXISTS kept; ALTER TABLE _prisma_migrations RENAME TO real_migrations');
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await store
      .db()
      .query(
        'DROP TABLE IF EXISTS _prisma_migrations, kept; ALTER TABLE real_migrations RENAME TO _prisma_migrations',
      );
  });

  it('applies in the order of names, once', async () => {
    write('2_second', 'INSERT INTO kept VALUES (2)');
    write('1_first', 'CREATE TABLE kept (a int); INSERT INTO kept VALUES (1)');
    expect(await migrate(store.db(), { log, folder })).toEqual(['1_first', '2_second']);
    expect(await migrate(store.db(), { log, folder })).toEqual([]);
    expect((await store.db().query('SELECT a FROM kept ORDER BY a')).rows).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it('writes what Prisma itself would have written', async () => {
    write('1_first', 'CREATE TABLE kept (a int)');
    await migrate(store.db(), { log, folder });
    const { rows } = await store.db().query('SELECT * FROM _prisma_migrations');
    expect(rows).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        // printf 'CREATE TABLE kept (a int)' | sha256sum
        checksum: 'c0c989af74763cbce45a465e7b9a42a5563743cc487ac79055f98f57af57db52',
        migration_name: '1_first',
        logs: null,
        rolled_back_at: null,
        started_at: expect.any(Date),
        finished_at: expect.any(Date),
        applied_steps_count: 1,
      },
    ]);
  });

  it('undoes a migration that fails, keeps those before it, and goes on when it is mended', async () => {
    write('1_first', 'CREATE TABLE kept (a int)');
    write('2_second', 'INSERT INTO kept VALUES (1); INSERT INTO nowhere VALUES (1)');
    await expect(migrate(store.db(), { log, folder })).rejects.toThrow(
      /2_second failed and was undone.*nowhere/,
    );
    expect((await store.db().query('SELECT * FROM kept')).rows).toEqual([]);
    write('2_second', 'INSERT INTO kept VALUES (1)');
    expect(await migrate(store.db(), { log, folder })).toEqual(['2_second']);
  });

  it('refuses a changed, an unknown and a half-done migration, in words', async () => {
    write('1_first', 'CREATE TABLE kept (a int)');
    write('2_second', 'SELECT 1');
    await migrate(store.db(), { log, folder });
    write('1_first', 'CREATE TABLE kept (a bigint)');
    await expect(migrate(store.db(), { log, folder })).rejects.toThrow(/1_first was changed after/);
    write('1_first', 'CREATE TABLE kept (a int)');
    rmSync(join(folder, '2_second'), { recursive: true });
    await expect(migrate(store.db(), { log, folder })).rejects.toThrow(/2_second.*newer version/);
    write('2_second', 'SELECT 1');
    await store
      .db()
      .query(`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '2_second'`);
    await expect(migrate(store.db(), { log, folder })).rejects.toThrow(/2_second stopped half-way/);
  });

  it('lets several processes migrate at once', async () => {
    const databaseUrl = store.databaseUrl();
    if (databaseUrl === undefined) return;
    write('1_first', 'CREATE TABLE kept (a int); SELECT pg_sleep(0.05); INSERT INTO kept VALUES (1)');
    const others = await Promise.all([1, 2, 3].map(() => openDatabase({ databaseUrl, dataDir: '', log })));
    const applied = await Promise.all(others.map(({ db }) => migrate(db, { log, folder })));
    expect(applied.flat()).toEqual(['1_first']);
    expect((await store.db().query('SELECT a FROM kept')).rows).toEqual([{ a: 1 }]);
    await Promise.all(others.map((other) => other.close()));
  });
});
