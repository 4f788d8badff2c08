import { join } from 'node:path';
import { startBot } from './bot-process.ts';
import { percentile, type RunFigures } from './figures.ts';
import { freshFloorStore, type PreparedStore, type StorePair } from './prepared-store.ts';
import { cpuMsOf, cpuMsOfFamily, peakMemoryMbOf } from './process-figures.ts';
import type { Servers } from './servers.ts';

export type Bench = {
  residents: number;
  concurrency: number;
  benchFolder: string;
  keys: string;
  servers: Servers | null;
  profile: string | null;
};

export type AppBuild = { folder: string; store: PreparedStore };

/** All residents through the dialog on a fresh store, after some of them have warmed it up. */
export async function measureApp(
  bench: Bench,
  given: { build: AppBuild; pair: StorePair; mode: 'webhook' | 'polling' },
): Promise<RunFigures> {
  const { build, pair, mode } = given;
  const env = await build.store.fresh(pair);
  const nodeArgs = bench.profile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${bench.profile}`];
  return measure(bench, {
    script: join(build.folder, 'dist', 'src', 'main.js'),
    nodeArgs,
    env: { ...env, BESTIE_KEYS: bench.keys },
    mode,
    closingMethod: 'sendDocument',
    servers: pair === 'servers' ? bench.servers : null,
  });
}

export async function measureFloor(bench: Bench, servers: Servers): Promise<RunFigures> {
  return measure(bench, {
    script: join(bench.benchFolder, 'floor.mjs'),
    nodeArgs: [],
    env: await freshFloorStore(servers),
    mode: 'webhook',
    closingMethod: 'sendMessage',
    servers,
  });
}

async function measure(
  bench: Bench,
  given: Omit<Parameters<typeof startBot>[0], 'benchFolder'> & {
    closingMethod: string;
    servers: Servers | null;
  },
): Promise<RunFigures> {
  const { residents, concurrency } = bench;
  const { closingMethod, servers } = given;
  const bot = await startBot({ ...given, benchFolder: bench.benchFolder });
  try {
    const warming = Math.max(concurrency, Math.ceil(residents / 4));
    await bot.load.play({ residents: warming, from: 0, concurrency, closingMethod });
    const cpuOfServers = (): number =>
      servers ? cpuMsOfFamily(servers.postgresPid) + cpuMsOf(servers.redisPid) : 0;
    const cpuBefore = cpuMsOf(bot.pid);
    const serversBefore = cpuOfServers();
    const played = await bot.load.play({ residents, from: warming, concurrency, closingMethod });
    const cpu = cpuMsOf(bot.pid) - cpuBefore;
    const serverCpu = cpuOfServers() - serversBefore;
    const updates = played.ackMs.length;
    return {
      updatesPerSecond: (updates / played.elapsedMs) * 1000,
      repliesPerSecond: (played.replies / played.elapsedMs) * 1000,
      ackP50: percentile(played.ackMs, 50),
      ackP99: percentile(played.ackMs, 99),
      replyP50: percentile(played.replyMs, 50),
      replyP99: percentile(played.replyMs, 99),
      cpuMsPerUpdate: cpu / updates,
      serverCpuMsPerUpdate: serverCpu / updates,
      peakMemoryMb: peakMemoryMbOf(bot.pid),
      loadCpuMsPerUpdate: played.cpuMs / updates,
    };
  } finally {
    await bot.stop();
  }
}

export type IdleFigures = { answerMs: number[]; wakeMs: number[] };

/** What somebody waits who writes to an app that has had nothing to do, and how late its queue wakes by itself. */
export async function measureIdle(
  bench: Bench,
  given: { build: AppBuild; pair: StorePair; times: number; quietMs: number },
): Promise<IdleFigures> {
  const { build, pair, times, quietMs } = given;
  const bot = await startBot({
    script: join(build.folder, 'dist', 'src', 'main.js'),
    env: { ...(await build.store.fresh(pair)), BESTIE_KEYS: bench.keys },
    mode: 'webhook',
    benchFolder: bench.benchFolder,
  });
  try {
    const answerMs = await bot.load.idle({ times, quietMs });
    const wakeMs = await bot.load.wake({ times: Math.ceil(times / 2) });
    return { answerMs, wakeMs };
  } finally {
    await bot.stop();
  }
}
