import type { ChannelClock } from '../channel.ts';

/**
 * How much one visitor may ask of us: `burst` at once, then `perSecond`. Kept in memory and a process, since it
 * protects this process; nothing is lost by a no, the page keeps the message and comes again.
 */
export type Allowance = {
  /** 0 when granted (and spent), else the seconds until the next one is. */
  take(key: string): number;
};

/** Above this many keys the full buckets are dropped: a full bucket and an unknown key mean the same. */
const sweepAbove = 10_000;

export function createAllowance(limit: { burst: number; perSecond: number }, clock: ChannelClock): Allowance {
  const buckets = new Map<string, { left: number; at: number }>();

  const refilled = (bucket: { left: number; at: number }, now: number): number =>
    Math.min(limit.burst, bucket.left + (Math.max(0, now - bucket.at) / 1000) * limit.perSecond);

  return {
    take(key) {
      const now = clock.now().getTime();
      if (buckets.size > sweepAbove) {
        for (const [other, bucket] of buckets) {
          if (refilled(bucket, now) >= limit.burst) buckets.delete(other);
        }
      }
      const bucket = buckets.get(key);
      const left = bucket ? refilled(bucket, now) : limit.burst;
      const granted = left >= 1;
      buckets.set(key, { left: granted ? left - 1 : left, at: now });
      return granted ? 0 : (1 - left) / limit.perSecond;
    },
  };
}
