import type { InboundInput } from '../src/domain/message.ts';
import type { ChannelLog } from './channel.ts';

type Outcome = 'stored' | 'duplicate' | 'ignored';

/**
 * Tells what cannot be stored (a bug of ours) from a store that accepts nothing. A refusal counts only when something
 * else was stored since the last one: while the database is down nothing counts, and nobody's words are given up.
 */
export type PoisonWatch = {
  /**
   * Tries to store what has this id. Refused again and again it is tried without its content, so that the resident is
   * asked to write again, and at last let go. Never rejects. `refused`: not stored, the platform must keep it.
   *
   * @param fields for the log, beside where it went wrong.
   */
  store(
    id: string | number,
    store: (isReduced: boolean) => Promise<Outcome>,
    fields?: Record<string, unknown>,
  ): Promise<Outcome | 'refused' | 'given_up'>;
};

/** Refusals that counted, before something is stored without its content, and before it is let go. */
const reduceAfter = 5;
const giveUpAfter = 10;
const remembered = 1_000;

export function createPoisonWatch({ log, platform }: { log: ChannelLog; platform: string }): PoisonWatch {
  const refusals = new Map<string | number, { count: number; storedBefore: number }>();
  let storedCount = 0;

  const judge = (id: string | number): 'repeat' | 'reduce' | 'give_up' => {
    const known = refusals.get(id);
    if (!known) {
      const [oldest] = refusals.keys();
      if (oldest !== undefined && refusals.size >= remembered) refusals.delete(oldest);
      refusals.set(id, { count: 1, storedBefore: storedCount });
      return 'repeat';
    }
    if (storedCount === known.storedBefore) return 'repeat';
    known.storedBefore = storedCount;
    known.count += 1;
    return known.count > giveUpAfter ? 'give_up' : known.count > reduceAfter ? 'reduce' : 'repeat';
  };

  const accept = (id: string | number, outcome: Outcome): Outcome => {
    if (outcome !== 'ignored') storedCount += 1;
    refusals.delete(id);
    return outcome;
  };

  return {
    store: async (id, store, fields = {}) => {
      try {
        return accept(id, await store(false));
      } catch (error) {
        const verdict = judge(id);
        log.error(
          { ...fields, verdict, ...traceOf(error) },
          `what came from ${platform} could not be stored`,
        );
        if (verdict === 'repeat') return 'refused';
        if (verdict === 'give_up') {
          refusals.delete(id);
          return 'given_up';
        }
      }
      try {
        const outcome = accept(id, await store(true));
        log.error(fields, 'stored without its content, the resident is asked to write again');
        return outcome;
      } catch (error) {
        log.error({ ...fields, ...traceOf(error) }, 'not even the fact of it could be stored');
        return 'refused';
      }
    },
  };
}

/** That something came, for when a message itself cannot be stored: the resident is asked to write again. */
export function withoutContent(inbound: InboundInput): InboundInput {
  const { externalId, address, messageRef = null, sentAt, author } = inbound;
  const content = { kind: 'unsupported', what: 'unreadable' } as const;
  return { externalId, address, messageRef, sentAt, content, ...(author ? { author } : {}) };
}

/** Where an error was thrown, never what it says: a database error quotes the row, a schema error the text. */
function traceOf(error: unknown): { error: string; at: string[] } {
  return {
    error: error instanceof Error ? error.name : typeof error,
    at: (error instanceof Error ? (error.stack ?? '') : '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 6)
      .map((line) => line.trim()),
  };
}
