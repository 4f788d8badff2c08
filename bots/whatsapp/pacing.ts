/** What keeps the number alive: a person does not answer in 20 ms, nor two people at once, nor all day. */
export type Pace = {
  /** Between two messages of this number, whoever they go to, and before the first of them; shown as "typing…". */
  minMs: number;
  maxMs: number;
  /** Messages from `dayFrom` on. One over it waits until `nextDay`. */
  dailyCeiling: number;
  dayFrom: Date;
  nextDay: Date;
};

/** A text of this length takes a person the longest. */
const longCharacters = 400;

/** When the next message may leave. Pure of any clock: the caller says what time it is. */
export type Pacer = {
  /** When there is room again under the day's ceiling; null while there is. */
  heldUntil(pace: Pace): Date | null;
  /** Takes the next place in the line of all sends and says how long to wait for it, in ms. */
  reserve(pace: Pace, message: { characters: number; isUrgent: boolean }, now: number): number;
  /** One message left. */
  count(now: number): void;
};

export function createPacer(random: () => number, sentBefore: readonly number[] = []): Pacer {
  // Oldest first. Only the present day's are kept.
  const sent = [...sentBefore];
  let last = Number.NEGATIVE_INFINITY;

  return {
    heldUntil({ dailyCeiling, dayFrom, nextDay }) {
      while (sent[0] !== undefined && sent[0] < dayFrom.getTime()) sent.shift();
      return sent.length < dailyCeiling ? null : nextDay;
    },
    reserve({ minMs, maxMs }, { characters, isUrgent }, now) {
      // Half of what varies is how much there is to type, half is chance.
      const share = (random() + Math.min(1, characters / longCharacters)) / 2;
      const wait = isUrgent ? minMs : minMs + share * Math.max(0, maxMs - minMs);
      // Who is asked to write just after the last message is still at it; who has been idle begins now.
      const at = Math.max(now, last) + wait;
      last = at;
      return at - now;
    },
    count: (now) => void sent.push(now),
  };
}
