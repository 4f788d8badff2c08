import type { ChannelClock } from '../../../bots/channel.ts';

type Sleeper = { at: number; wake: () => void };

/** Time that stands still until a test moves it. It begins at the machine's, because the page has that one. */
export class ManualClock implements ChannelClock {
  #now: number;
  #sleepers = new Set<Sleeper>();

  constructor(start: number = new Date().getTime()) {
    this.#now = start;
  }

  now(): Date {
    return new Date(this.#now);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (ms <= 0 || signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper: Sleeper = { at: this.#now + ms, wake: done.bind(this) };
      function done(this: ManualClock) {
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener('abort', sleeper.wake);
        resolve();
      }
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', sleeper.wake);
    });
  }

  advance(ms: number): void {
    this.#now += ms;
    const due = [...this.#sleepers].filter((sleeper) => sleeper.at <= this.#now).sort((a, b) => a.at - b.at);
    for (const sleeper of due) sleeper.wake();
  }

  /** Moves on in steps until the promise settles: for what takes several heartbeats, each with real work. */
  async advanceUntil<T>(promise: Promise<T>, stepMs: number): Promise<T> {
    let isSettled = false;
    const settled = promise.finally(() => (isSettled = true));
    settled.catch(() => undefined);
    while (!isSettled) {
      this.advance(stepMs);
      await Promise.race([settled.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 25))]);
    }
    return await settled;
  }
}
