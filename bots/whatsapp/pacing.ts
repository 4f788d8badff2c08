import type { PacingSettings } from './options.ts';

const day = 24 * 60 * 60_000;

/** When the next message may leave. Pure of any clock: the caller says what time it is. */
export type Pacer = {
  /** Milliseconds from now until there is room under the daily ceiling; 0 if there is. */
  untilBelowCeiling(now: number): number;
  /** Takes the next place in the line of all sends and says how long to wait for it. */
  reserve(now: number): number;
  /** How long a person would have typed this. */
  typingMs(characters: number): number;
  /** One message left. */
  count(now: number): void;
};

export function createPacer(
  settings: PacingSettings,
  random: () => number,
  sentBefore: number[] = [],
): Pacer {
  // Oldest first. At most as many as the ceiling allows are ever kept.
  const sent = [...sentBefore];
  let nextFree = 0;

  function forgetOld(now: number) {
    while (sent[0] !== undefined && sent[0] <= now - day) sent.shift();
  }

  return {
    untilBelowCeiling(now) {
      forgetOld(now);
      if (sent.length < settings.dailyCeiling) return 0;
      const mustExpire = sent[sent.length - settings.dailyCeiling] ?? now;
      return Math.max(1_000, mustExpire + day - now);
    },
    reserve(now) {
      const at = Math.max(now, nextFree);
      nextFree = at + settings.minGapMs + random() * settings.jitterMs;
      return at - now;
    },
    typingMs(characters) {
      const base = Math.min(settings.maxTypingMs, characters * settings.typingMsPerCharacter);
      return base * (0.7 + random() * 0.3);
    },
    count(now) {
      forgetOld(now);
      sent.push(now);
    },
  };
}
