import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, chownSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Where the private servers of this test run listen; null with a reason where there are none. */
export type Services = {
  postgres: { url: string } | null;
  redis: { url: string } | null;
  chromium: { path: string } | null;
  /** One plain sentence each: what is skipped and why. */
  missing: string[];
};

export type RunningServices = Services & { stop(): Promise<void> };

/**
 * Finds PostgreSQL, Redis and Chromium, installs them with apt where it may (root, and BESTIE_TEST_INSTALL is
 * not `no`), and starts private servers on free ports in a temporary folder. BESTIE_TEST_STORES=embedded
 * leaves the servers out.
 */
export async function startServices(): Promise<RunningServices> {
  const missing: string[] = [];
  const stops: Array<() => Promise<void>> = [];
  const started: Array<{ child: ChildProcess; folder: string }> = [];
  // Ctrl-C ends vitest without its teardown.
  const onExit = (): void => {
    for (const { child, folder } of started) {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    }
  };
  process.once('exit', onExit);

  const wantsServers = process.env['BESTIE_TEST_STORES'] !== 'embedded';
  if (wantsServers) installMissing();
  const postgresFolder = wantsServers ? findPostgres() : null;
  const redisProgram = wantsServers ? findProgram('redis-server') : null;
  const chromiumPath = process.env['PUPPETEER_EXECUTABLE_PATH'] ?? findProgram('chromium');

  const start = async <T>(what: string, run: () => Promise<Started<T>>) => {
    try {
      const { value, child, folder, signal } = await run();
      started.push({ child, folder });
      stops.push(() => stopChild(child, signal, folder));
      return value;
    } catch (error) {
      missing.push(`${what} did not start: ${(error as Error).message}`);
      return null;
    }
  };

  if (!wantsServers) missing.push('PostgreSQL and Redis: left out by BESTIE_TEST_STORES=embedded');
  if (wantsServers && !postgresFolder)
    missing.push('PostgreSQL: no postgres program found (apt-get install postgresql)');
  if (wantsServers && !redisProgram)
    missing.push('Redis: no redis-server found (apt-get install redis-server)');
  if (!chromiumPath) missing.push('browser tests: no chromium found (apt-get install chromium)');
  const [postgres, redis] = await Promise.all([
    postgresFolder ? start('PostgreSQL', () => startPostgres(postgresFolder)) : null,
    redisProgram ? start('Redis', () => startRedis(redisProgram)) : null,
  ]);

  return {
    postgres,
    redis,
    chromium: chromiumPath ? { path: chromiumPath } : null,
    missing,
    stop: async () => {
      process.off('exit', onExit);
      await Promise.all(stops.map((stop) => stop()));
    },
  };
}

type Started<T> = { value: T; child: ChildProcess; folder: string; signal: NodeJS.Signals };

async function startPostgres(folder: string): Promise<Started<{ url: string }>> {
  const root = mkdtempSync(join(tmpdir(), 'bestie-pg-'));
  const as = unprivileged();
  if (as) chownSync(root, as.uid, as.gid);
  const data = join(root, 'data');
  const initdb = spawnSync(
    join(folder, 'initdb'),
    ['-D', data, '-U', 'bestie', '--auth=trust', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8'],
    { ...as, encoding: 'utf8', cwd: root, env: { PATH: process.env['PATH'] } },
  );
  if (initdb.status !== 0) throw new Error(`initdb: ${initdb.stderr || String(initdb.error)}`);
  const port = await freePort();
  const settings = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '300',
  };
  const child = spawn(
    join(folder, 'postgres'),
    [
      '-D',
      data,
      '-h',
      '127.0.0.1',
      '-p',
      String(port),
      '-k',
      root,
      ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`]),
    ],
    { ...as, cwd: root, stdio: 'ignore', env: { PATH: process.env['PATH'] } },
  );
  await untilListening(child, port, 'postgres');
  // The port opens a moment before logins are let in.
  await untilReady(join(folder, 'pg_isready'), port);
  const value = { url: `postgres://bestie@127.0.0.1:${port}/postgres` };
  return { value, child, folder: root, signal: 'SIGINT' };
}

async function startRedis(program: string): Promise<Started<{ url: string }>> {
  const root = mkdtempSync(join(tmpdir(), 'bestie-redis-'));
  const port = await freePort();
  const child = spawn(
    program,
    [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      root,
      '--maxmemory-policy',
      'noeviction',
    ],
    { stdio: 'ignore' },
  );
  await untilListening(child, port, 'redis-server');
  return { value: { url: `redis://127.0.0.1:${port}` }, child, folder: root, signal: 'SIGTERM' };
}

async function stopChild(child: ChildProcess, signal: NodeJS.Signals, folder: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await Promise.race([ended, delay(5000, undefined, { ref: false }).then(() => child.kill('SIGKILL'))]);
  }
  rmSync(folder, { recursive: true, force: true });
}

/** PostgreSQL refuses to run as root: its own user where there is one, else nobody. */
function unprivileged(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  for (const user of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout),
    );
    if (uid && gid) return { uid, gid };
  }
  return null;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilListening(child: ChildProcess, port: number, name: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`);
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('connect', () => socket.end());
    });
    if (isOpen) return;
    await delay(50);
  }
  throw new Error(`${name} did not listen within 10 s`);
}

async function untilReady(pgIsReady: string, port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (spawnSync(pgIsReady, ['-q', '-h', '127.0.0.1', '-p', String(port)]).status === 0) return;
    await delay(50);
  }
  throw new Error('postgres accepts no logins');
}

function findPostgres(): string | null {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(root, version, 'bin')), ...pathFolders()];
  return (
    folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres'))) ??
    null
  );
}

function findProgram(name: string): string | null {
  return (
    [...pathFolders(), '/usr/bin', '/usr/sbin']
      .map((folder) => join(folder, name))
      .find((path) => existsSync(path)) ?? null
  );
}

function pathFolders(): string[] {
  return (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
}

function installMissing(): void {
  const wanted = [
    ...(findPostgres() ? [] : ['postgresql']),
    ...(findProgram('redis-server') ? [] : ['redis-server']),
    ...(process.env['PUPPETEER_EXECUTABLE_PATH'] || findProgram('chromium') ? [] : ['chromium']),
  ];
  const may =
    process.getuid?.() === 0 && findProgram('apt-get') && process.env['BESTIE_TEST_INSTALL'] !== 'no';
  if (wanted.length === 0 || !may) return;
  process.stderr.write(`installing for the tests: ${wanted.join(' ')} (BESTIE_TEST_INSTALL=no leaves it)\n`);
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'] as 'inherit'[],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  const updated = spawnSync('apt-get', ['update', '-q'], options);
  if (updated.status !== 0) return;
  withoutStartingServices(() => {
    // One at a time: a package that cannot be had must not keep the others away.
    for (const name of wanted)
      spawnSync('apt-get', ['install', '-yq', '--no-install-recommends', name], options);
  });
}

/** Debian starts a server once it is installed; ours are private ones, and nobody asked for another. */
function withoutStartingServices(install: () => void): void {
  const policy = '/usr/sbin/policy-rc.d';
  const isOurs = !existsSync(policy);
  if (isOurs) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    install();
  } finally {
    if (isOurs) rmSync(policy, { force: true });
  }
}
