import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, inject } from 'vitest';
import type { Queryable } from '../../src/store/database.ts';
import { fromPglite, openDatabase, type Opened } from '../../src/store/open-database.ts';
import { openPgliteInMemory, type OpenPglite } from '../../src/store/open-pglite.ts';
import { templateDatabase } from './template.ts';

/** One of the two pairs of engines, as a test sees it. Only to be asked inside hooks and tests. */
export type StoreUnderTest = {
  readonly name: 'embedded' | 'servers';
  /** This suite's own migrated database. Not to be closed by the test. */
  opened(): Opened;
  db(): Opened['db'];
  /** The Redis of the `servers` pair; undefined on `embedded`, whose queue lives in its database. */
  redisUrl(): string | undefined;
  /** The `servers` pair's address, to open the same database a second time; undefined on `embedded`. */
  databaseUrl(): string | undefined;
  /** Back to how the migrations leave it; done before each test unless `reset: 'never'`. */
  reset(): Promise<void>;
};

/**
 * Runs a suite on PGlite with the queue in it, and on PostgreSQL with Redis. The second is skipped, saying
 * so, where this machine has no servers.
 */
export function describeOnEachStore(
  name: string,
  define: (store: StoreUnderTest) => void,
  { reset = 'each' }: { reset?: 'each' | 'never' } = {},
): void {
  const { postgres, redis } = inject('services');
  describe(`${name} [embedded]`, () => defineOn(createEmbedded(), define, reset));
  if (postgres && redis)
    describe(`${name} [servers]`, () => defineOn(createServers(postgres.url, redis.url), define, reset));
  else describe.skip(`${name} [servers: not on this machine]`, () => define(createServers('', '')));
}

type Lifecycle = StoreUnderTest & { start(): Promise<void>; stop(): Promise<void> };

function defineOn(store: Lifecycle, define: (store: StoreUnderTest) => void, reset: 'each' | 'never'): void {
  beforeAll(() => store.start());
  afterAll(() => store.stop());
  if (reset === 'each') beforeEach(() => store.reset());
  define(store);
}

// One booted PGlite for all files of a worker: a boot costs a second, a reset some milliseconds.
let shared: Promise<OpenPglite> | undefined;

async function bootShared(): Promise<OpenPglite> {
  const opened = await openPgliteInMemory(new Blob([await readFile(inject('pgliteImage'))]));
  await opened.pglite.exec('SET search_path TO public, bullmq');
  await rememberPristine(opened.db);
  return opened;
}

function createEmbedded(): Lifecycle {
  let current: Opened | undefined;
  return {
    name: 'embedded',
    start: async () => {
      shared ??= bootShared();
      current = fromPglite(await shared);
      await resetDatabase(current.db);
    },
    stop: async () => {
      await current?.prisma().$disconnect();
    },
    opened: () => known(current),
    db: () => known(current).db,
    redisUrl: () => undefined,
    databaseUrl: () => undefined,
    reset: () => resetDatabase(known(current).db),
  };
}

function createServers(adminUrl: string, redisUrl: string): Lifecycle {
  const database = `bestie_${randomBytes(5).toString('hex')}`;
  let current: Opened | undefined;
  let url: string | undefined;
  const asAdmin = async (sql: string): Promise<void> => {
    const admin = new pg.Client({ connectionString: adminUrl });
    await admin.connect();
    await admin.query(sql);
    await admin.end();
  };
  return {
    name: 'servers',
    start: async () => {
      await asAdmin(`CREATE DATABASE ${database} TEMPLATE ${templateDatabase}`);
      const address = new URL(adminUrl);
      address.pathname = `/${database}`;
      url = address.href;
      const log = { info: () => {}, warn: () => {}, error: () => {} };
      current = await openDatabase({ databaseUrl: url, dataDir: '', log });
      await rememberPristine(current.db);
    },
    stop: async () => {
      await current?.close();
      await asAdmin(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    },
    opened: () => known(current),
    db: () => known(current).db,
    redisUrl: () => redisUrl,
    databaseUrl: () => known(url),
    reset: () => resetDatabase(known(current).db),
  };
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The store is open only inside hooks and tests');
  return value;
}

const userTables = `SELECT format('%I.%I', schemaname, tablename) AS name, tablename, schemaname FROM pg_tables
  WHERE schemaname IN ('public', 'bullmq') AND tablename NOT IN ('_prisma_migrations', 'migration')`;

/** Keeps a copy of what the migrations themselves put into the tables. */
async function rememberPristine(db: Queryable): Promise<void> {
  await db.query('CREATE SCHEMA IF NOT EXISTS pristine');
  const { rows } = await db.query<{ name: string; tablename: string }>(userTables);
  for (const { name, tablename } of rows) {
    const { rows: some } = await db.query(`SELECT 1 FROM ${name} LIMIT 1`);
    if (some.length > 0) await db.query(`CREATE TABLE pristine."${tablename}" AS TABLE ${name}`);
  }
}

async function resetDatabase(db: Opened['db']): Promise<void> {
  const { rows: tables } = await db.query<{ name: string; tablename: string; schemaname: string }>(
    userTables,
  );
  const { rows: kept } = await db.query<{ tablename: string }>(
    `SELECT tablename FROM pg_tables WHERE schemaname = 'pristine'`,
  );
  const restored = tables.filter((table) => kept.some(({ tablename }) => tablename === table.tablename));
  // DELETE is far quicker than TRUNCATE on tables that are nearly empty; `replica` leaves the foreign keys out.
  await db.query(
    [
      'BEGIN',
      'SET LOCAL session_replication_role = replica',
      ...tables.map(({ name }) => `DELETE FROM ${name}`),
      ...restored.map(
        ({ name, tablename }) =>
          `INSERT INTO ${name} OVERRIDING SYSTEM VALUE SELECT * FROM pristine."${tablename}"`,
      ),
      'COMMIT',
    ].join(';\n'),
  );
}
