import type { ChannelClock } from '../channel.ts';

/** Telegram allows 20 a minute in one group; edits count. Two of them are kept back for danger. */
const perMinute = 19;
const perMinuteOrdinary = 17;
const minuteMs = 60_000;

export type GroupPace = {
  /** Takes one and answers 0, or answers how long to wait, ms, and takes none. */
  take(isUrgent: boolean): number;
  /** Something left that could not wait. */
  took(): void;
  /** The platform said to wait. */
  hold(ms: number): void;
};

/**
 * Counts what left in the last minute, so that no minute, wherever it begins, has more than is allowed. It never
 * sleeps: who must wait lets others' words gather meanwhile and posts them as one.
 */
export const createGroupPace = (clock: ChannelClock): GroupPace => {
  let left: number[] = [];
  let heldUntil = 0;
  const nowMs = (): number => clock.now().getTime();
  return {
    take(isUrgent) {
      const now = nowMs();
      left = left.filter((at) => at > now - minuteMs);
      const limit = isUrgent ? perMinute : perMinuteOrdinary;
      const free = left.length < limit ? now : (left[left.length - limit] ?? now) + minuteMs;
      const wait = Math.max(free, heldUntil) - now;
      if (wait > 0) return wait;
      left.push(now);
      return 0;
    },
    took: () => void left.push(nowMs()),
    hold: (ms) => void (heldUntil = Math.max(heldUntil, nowMs() + ms)),
  };
};
