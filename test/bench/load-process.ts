import { fork } from 'node:child_process';
import { join } from 'node:path';

export type Played = {
  elapsedMs: number;
  replies: number;
  /** From sending an update to the bot's confirmation of it. */
  ackMs: number[];
  /** From sending an update to the arrival of its answer. */
  replyMs: number[];
  /** What the load itself used. */
  cpuMs: number;
};

export type LoadRequest =
  | { kind: 'connected' }
  | { kind: 'play'; residents: number; from: number; concurrency: number; closingMethod: string }
  | { kind: 'idle'; times: number; quietMs: number }
  | { kind: 'wake'; times: number };

export type LoadAnswer =
  { kind: 'ready'; url: string } | { kind: 'done'; value: unknown } | { kind: 'failed'; reason: string };

export type Load = {
  /** Of the Bot API. */
  url: string;
  connected(): Promise<void>;
  play(request: Omit<Extract<LoadRequest, { kind: 'play' }>, 'kind'>): Promise<Played>;
  idle(request: { times: number; quietMs: number }): Promise<number[]>;
  wake(request: { times: number }): Promise<number[]>;
  close(): void;
};

/** Starts the load in a process of its own; it is asked one thing at a time. */
export async function startLoad(folder: string): Promise<Load> {
  const child = fork(join(folder, 'load.mjs'), { stdio: ['ignore', 2, 2, 'ipc'] });
  const next = (): Promise<LoadAnswer> =>
    new Promise((resolve, reject) => {
      const onExit = (code: number | null): void =>
        reject(new Error(`the load ended with ${code ?? 'a signal'}`));
      child.once('exit', onExit);
      child.once('message', (answer: LoadAnswer) => {
        child.off('exit', onExit);
        resolve(answer);
      });
    });
  const ask = async <T>(request: LoadRequest): Promise<T> => {
    const answered = next();
    child.send(request);
    const answer = await answered;
    if (answer.kind === 'done') return answer.value as T;
    throw new Error(answer.kind === 'failed' ? answer.reason : 'the load answered out of turn');
  };
  const ready = await next();
  if (ready.kind !== 'ready') throw new Error('the load did not start');
  return {
    url: ready.url,
    connected: () => ask<void>({ kind: 'connected' }),
    play: (request) => ask<Played>({ kind: 'play', ...request }),
    idle: (request) => ask<number[]>({ kind: 'idle', ...request }),
    wake: (request) => ask<number[]>({ kind: 'wake', ...request }),
    close: () => void (child.connected && child.disconnect()),
  };
}
