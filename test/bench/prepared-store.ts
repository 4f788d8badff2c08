import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { roomSchema, roomSettingKey } from '../../src/domain/room.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import type { Servers } from './servers.ts';

/** The databases of one build of the app, migrated, with a room that has a seat for everybody. */
export type PreparedStore = {
  /** A fresh copy for one run, as environment variables. */
  fresh(pair: StorePair): Promise<Record<string, string>>;
};

export type StorePair = 'servers' | 'embedded';

const quiet = { info: () => {}, warn: () => {}, error: () => {} };
let databases = 0;

export async function prepareStore(given: {
  /** With `dist/src/main.js`. */
  appFolder: string;
  /** For what embedded stores keep. */
  workFolder: string;
  keys: string;
  servers: Servers | null;
  pairs: readonly StorePair[];
}): Promise<PreparedStore> {
  const { appFolder, workFolder, servers } = given;
  const name = `bench_${(databases += 1)}`;
  const template = join(workFolder, `${name}-template`);
  const templateUrl = servers ? withDatabase(servers.postgresUrl, name) : null;
  for (const pair of given.pairs) {
    const databaseUrl = pair === 'servers' ? templateUrl : null;
    if (pair === 'servers' && servers) await run(servers.postgresUrl, `CREATE DATABASE ${name}`);
    mkdirSync(template, { recursive: true });
    const made = spawnSync(process.execPath, [join(appFolder, 'dist', 'src', 'main.js'), 'migrate'], {
      env: {
        PATH: process.env['PATH'],
        DATA_DIR: template,
        BESTIE_KEYS: given.keys,
        ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (made.status !== 0) throw new Error('the database could not be migrated');
    await seatEverybody({ databaseUrl: databaseUrl ?? undefined, dataDir: template });
  }
  let copies = 0;
  return {
    fresh: async (pair) => {
      const copy = `${name}_${(copies += 1)}`;
      const dataDir = join(workFolder, copy);
      if (pair === 'embedded') {
        rmSync(dataDir, { recursive: true, force: true });
        cpSync(template, dataDir, { recursive: true });
        return { DATA_DIR: dataDir };
      }
      if (!servers) throw new Error('there are no servers');
      mkdirSync(dataDir, { recursive: true });
      await run(servers.postgresUrl, `CREATE DATABASE ${copy} TEMPLATE ${name}`);
      // What making it left to be written must not be written during the measurement.
      await run(servers.postgresUrl, 'CHECKPOINT');
      const redis = await servers.emptyRedis();
      return {
        DATA_DIR: dataDir,
        DATABASE_URL: withDatabase(servers.postgresUrl, copy),
        REDIS_URL: redis.url,
      };
    },
  };
}

async function seatEverybody(store: { databaseUrl: string | undefined; dataDir: string }): Promise<void> {
  const opened = await openDatabase({ ...store, log: quiet });
  try {
    await opened.db.query(`INSERT INTO setting (key, value, updated_at) VALUES ($1, $2, $3)`, [
      roomSettingKey,
      JSON.stringify(roomSchema.parse({ seatsPerSlot: 50, noticeMinutes: 0 })),
      new Date(),
    ]);
  } finally {
    await opened.close();
  }
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

/** An empty database for the floor. */
export async function freshFloorStore(servers: Servers): Promise<Record<string, string>> {
  const name = `bench_floor_${(databases += 1)}`;
  await run(servers.postgresUrl, `CREATE DATABASE ${name}`);
  await run(servers.postgresUrl, 'CHECKPOINT');
  return { DATABASE_URL: withDatabase(servers.postgresUrl, name) };
}
