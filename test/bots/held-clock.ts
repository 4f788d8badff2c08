import type { ChannelClock } from '../../bots/channel.ts';
import { createWaiters } from '../support/bot-api/waiters.ts';

export type HeldClock = ChannelClock & {
  advance(ms: number): void;
  /** Waits until something sleeps, wakes the one that is due first, and says how long it wanted to sleep. */
  passSleep(): Promise<number>;
  /** From now on every sleep ends at once, and the time with it. */
  runFreely(): void;
};

/** Stands still until a test moves it, and lets a test wait for the code to go to sleep. */
export const createHeldClock = (start: Date | string = '2026-11-25T01:00:00Z'): HeldClock => {
  const waiters = createWaiters(30_000);
  let nowMs = new Date(start).getTime();
  let isFree = false;
  let sleepers: { ms: number; until: number; wake: () => void }[] = [];

  const wakeDue = (): void => {
    const due = sleepers.filter(({ until }) => until <= nowMs).sort((a, b) => a.until - b.until);
    for (const { wake } of due) wake();
  };

  return {
    now: () => new Date(nowMs),
    sleep(ms, signal) {
      if (ms <= 0 || signal?.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = (): void => {
          sleepers = sleepers.filter((each) => each !== sleeper);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const sleeper = { ms, until: nowMs + ms, wake };
        sleepers.push(sleeper);
        signal?.addEventListener('abort', wake, { once: true });
        if (isFree) {
          setImmediate(() => {
            nowMs = Math.max(nowMs, sleeper.until);
            wake();
          });
        } else waiters.check();
      });
    },
    advance(ms) {
      nowMs += ms;
      wakeDue();
    },
    async passSleep() {
      const first = await waiters.until(
        () => sleepers.toSorted((a, b) => a.until - b.until)[0],
        'something to go to sleep',
      );
      nowMs = Math.max(nowMs, first.until);
      first.wake();
      return first.ms;
    },
    runFreely() {
      isFree = true;
      for (const { until } of sleepers) nowMs = Math.max(nowMs, until);
      wakeDue();
    },
  };
};
