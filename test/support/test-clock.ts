import type { Clock } from '../../src/ops/clock.ts';

export type TestClock = Clock & {
  set(to: Date | string): void;
  /** Moves time on; whoever slept until then or earlier wakes, in the order of their times. */
  advance(ms: number): void;
};

/** A clock that stands still until it is told otherwise. */
export function createTestClock(start: Date | string): TestClock {
  let nowMs = new Date(start).getTime();
  let sleepers: Array<{ until: number; wake: () => void }> = [];
  const wakeDue = (): void => {
    const due = sleepers.filter(({ until }) => until <= nowMs).sort((a, b) => a.until - b.until);
    sleepers = sleepers.filter(({ until }) => until > nowMs);
    for (const { wake } of due) wake();
  };
  return {
    now: () => new Date(nowMs),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (ms <= 0 || signal?.aborted) return resolve();
        sleepers.push({ until: nowMs + ms, wake: resolve });
        signal?.addEventListener('abort', () => resolve(), { once: true });
      }),
    set: (to) => {
      nowMs = new Date(to).getTime();
      wakeDue();
    },
    advance: (ms) => {
      nowMs += ms;
      wakeDue();
    },
  };
}
