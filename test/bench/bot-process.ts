import { spawn } from 'node:child_process';
import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../support/services.ts';
import { startLoad, type Load } from './load-process.ts';
import { benchToken } from './load-stub.ts';

/** What is measured, in a process of its own, connected to a load of its own. */
export type Bot = {
  pid: number;
  load: Load;
  stop(): Promise<void>;
};

export async function startBot(given: {
  script: string;
  nodeArgs?: readonly string[];
  env: Record<string, string>;
  mode: 'webhook' | 'polling';
  /** Where the bundles of the bench are. */
  benchFolder: string;
}): Promise<Bot> {
  const load = await startLoad(given.benchFolder);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [...(given.nodeArgs ?? []), given.script], {
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      PUBLIC_URL: url,
      LOG_LEVEL: 'error',
      TELEGRAM_BOT_TOKEN: benchToken,
      TELEGRAM_API_ROOT: load.url,
      TELEGRAM_MODE: given.mode,
      TELEGRAM_WEBHOOK_SECRET: 'bench-secret',
      ...given.env,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let hasEnded = false;
  void ended.then(() => (hasEnded = true));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const late = setTimeout(kill, 30_000);
    await ended;
    clearTimeout(late);
    process.off('exit', kill);
    load.close();
  };
  for (let waited = 0; !(await isReady(url)); waited += 1) {
    if (hasEnded || waited > 2400) {
      load.close();
      throw new Error(`${given.script} did not become ready`);
    }
    await delay(50);
  }
  await load.connected();
  return { pid: child.pid ?? NaN, load, stop };
}

function isReady(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request(`${url}/healthz`, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.on('error', () => resolve(false));
    asked.end();
  });
}
