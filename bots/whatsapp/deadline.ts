import type { ChannelClock } from '../channel.ts';

export type Settled<T> =
  { done: 'value'; value: T } | { done: 'error'; error: unknown } | { done: 'timeout' };

/**
 * The outcome of a promise, or `timeout` once `ms` have passed on the channel's clock. The promise itself
 * cannot be stopped; its later failure is taken here too, so it never goes unhandled.
 */
export async function settleWithin<T>(
  promise: Promise<T>,
  ms: number,
  clock: ChannelClock,
): Promise<Settled<T>> {
  const timer = new AbortController();
  const outcome = promise.then(
    (value): Settled<T> => ({ done: 'value', value }),
    (error: unknown): Settled<T> => ({ done: 'error', error }),
  );
  const timeout = clock.sleep(ms, timer.signal).then((): Settled<T> => ({ done: 'timeout' }));
  try {
    return await Promise.race([outcome, timeout]);
  } finally {
    timer.abort();
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
