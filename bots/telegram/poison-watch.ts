/**
 * Tells an update that cannot be stored (a bug of ours) from a store that accepts nothing. A refusal counts
 * only when something else was accepted since the last one: while the database is down nothing counts, and
 * nobody's words are given up.
 */
export type PoisonWatch = {
  /** Something was stored. */
  accepted(updateId: number): void;
  /** What to do with this update now that the store has refused it. */
  refused(updateId: number): 'repeat' | 'reduce' | 'give_up';
};

/** Refusals that counted, before an update is stored without its content, and before it is let go. */
const reduceAfter = 5;
const giveUpAfter = 10;
const remembered = 1_000;

export const createPoisonWatch = (): PoisonWatch => {
  const refusals = new Map<number, { count: number; acceptedBefore: number }>();
  let acceptedCount = 0;

  return {
    accepted(updateId) {
      acceptedCount += 1;
      if (refusals.size > 0) refusals.delete(updateId);
    },
    refused(updateId) {
      const known = refusals.get(updateId);
      if (!known) {
        const [oldest] = refusals.keys();
        if (oldest !== undefined && refusals.size >= remembered) refusals.delete(oldest);
        refusals.set(updateId, { count: 1, acceptedBefore: acceptedCount });
        return 'repeat';
      }
      if (acceptedCount === known.acceptedBefore) return 'repeat';
      known.acceptedBefore = acceptedCount;
      known.count += 1;
      return known.count > giveUpAfter ? 'give_up' : known.count > reduceAfter ? 'reduce' : 'repeat';
    },
  };
};
