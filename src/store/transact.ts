import type { Clock } from '../ops/clock.ts';
import type { Database, Queryable } from './database.ts';
import type { Vault } from './vault.ts';

/**
 * What an action works in: one open transaction, its time, and the vault that seals what residents write.
 * What should follow the commit is noted with `ring` and `changed` and happens only if the commit does.
 */
export type Tx = Queryable & {
  /** The time of this transaction: one instant, from the clock. */
  readonly now: Date;
  readonly vault: Vault;
  /** Somebody should look at this row after the commit. Losing a ring only delays work by one sweep. */
  ring(bell: Bell): void;
  /** Tells open pages (desk, web chat) after the commit that what they show has changed. */
  changed(change: Change): void;
};

export type Bell =
  | { kind: 'converse'; conversationId: string }
  | { kind: 'deliver'; conversationId: string }
  | { kind: 'attachment'; attachmentId: string }
  | { kind: 'notice'; noticeId: string; dueAt: Date }
  | { kind: 'letter'; letterId: string }
  /** Who waits for an officer, or who is free, has changed: now, or at a time that was set. */
  | { kind: 'queue'; dueAt?: Date }
  /** Officers are to be called, or the next of those on call are due then. */
  | { kind: 'pages'; dueAt?: Date };

/** Ids only: the page reads the row again, under its own rights. */
export type Change =
  | { kind: 'conversation'; id: string }
  | { kind: 'handoff'; id: string }
  | { kind: 'booking'; id: string }
  | { kind: 'concern'; id: string }
  | { kind: 'alert'; id: string }
  | { kind: 'room'; id: string }
  /** A conversation has something to send that this process has no channel for: who has it, looks. */
  | { kind: 'ring'; id: string };

export type AfterCommit = { bells: Bell[]; changes: Change[] };

export type Transact = <T>(fn: (tx: Tx) => Promise<T>) => Promise<T>;

/** Opens transactions; `afterCommit` gets what was rung and changed in each that committed. */
export function createTransact(deps: {
  db: Database;
  vault: Vault;
  clock: Clock;
  afterCommit: (after: AfterCommit) => void;
}): Transact {
  const { db, vault, clock, afterCommit } = deps;
  return async (fn) => {
    const after: AfterCommit = { bells: [], changes: [] };
    const result = await db.transaction((queryable) => {
      after.bells.length = 0;
      after.changes.length = 0;
      return fn({
        query: (sql, params) => queryable.query(sql, params),
        now: clock.now(),
        vault,
        ring: (bell) => void after.bells.push(bell),
        changed: (change) => void after.changes.push(change),
      });
    });
    if (after.bells.length > 0 || after.changes.length > 0) afterCommit(after);
    return result;
  };
}
