import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import pg from 'pg';
import { startServices } from '../support/services.ts';

export type Servers = {
  postgresUrl: string;
  postgresPid: number;
  redisPid: number;
  /** An empty one of Redis's sixteen databases: two apps on one would take each other's jobs. */
  emptyRedis(): Promise<{ url: string }>;
  stop(): Promise<void>;
};

/**
 * The private PostgreSQL and Redis of the tests, made as durable as in production: without waiting for the disk the
 * app, which commits more often than the floor, would look better than it is. Null where they are not to be had.
 */
export async function startServers(): Promise<{ servers: Servers | null; missing: string[] }> {
  const services = await startServices();
  const { postgres, redis, missing } = services;
  if (!postgres || !redis) {
    await services.stop();
    return { servers: null, missing };
  }
  const { child, pid } = await startAnewDurable(postgres.url);
  const client = new Redis(redis.url);
  await client.config('SET', 'appendonly', 'yes');
  await client.config('SET', 'appendfsync', 'everysec');
  const info = await client.info('server');
  let databases = 0;
  return {
    missing: [],
    servers: {
      postgresUrl: postgres.url,
      postgresPid: pid,
      redisPid: Number(/^process_id:(\d+)/m.exec(info)?.[1]),
      emptyRedis: async () => {
        databases += 1;
        const index = databases % 16;
        await client.select(index);
        await client.flushdb();
        return { url: `${redis.url}/${index}` };
      },
      stop: async () => {
        client.disconnect();
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGINT');
        await ended;
        await services.stop();
      },
    },
  };
}

/** The tests' server runs without fsync, by its command line, which no setting overrides: hence a new start. */
async function startAnewDurable(url: string): Promise<{ child: ChildProcess; pid: number }> {
  const client = new pg.Client({ connectionString: url });
  // It is about to lose its server.
  client.on('error', () => undefined);
  await client.connect();
  const show = async (name: string): Promise<string> =>
    Object.values((await client.query<Record<string, string>>(`SHOW ${name}`)).rows[0] ?? {})[0] ?? '';
  const data = await show('data_directory');
  const sockets = await show('unix_socket_directories');
  await client.end();

  const oldPid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
  const program = readlinkSync(`/proc/${oldPid}/exe`);
  const { uid, gid } = statSync(data);
  process.kill(oldPid, 'SIGINT');
  while (isAlive(oldPid)) await delay(50);

  const args = [
    '-D',
    data,
    '-h',
    '127.0.0.1',
    '-p',
    new URL(url).port,
    '-k',
    sockets,
    '-c',
    'max_connections=300',
  ];
  const child = spawn(program, args, {
    ...(process.getuid?.() === 0 ? { uid, gid } : {}),
    cwd: data,
    stdio: 'ignore',
    env: { PATH: process.env['PATH'] },
  });
  process.once('exit', () => child.kill('SIGQUIT'));
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const probe = new pg.Client({ connectionString: url });
    probe.on('error', () => undefined);
    try {
      await probe.connect();
      await probe.end();
      return { child, pid: child.pid ?? NaN };
    } catch {
      await delay(100);
    }
  }
  throw new Error('PostgreSQL did not come back within 20 s');
}

function isAlive(pid: number): boolean {
  try {
    // A child that has ended stays until its parent has looked: that is the end, too.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
