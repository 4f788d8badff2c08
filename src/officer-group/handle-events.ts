import type { ChannelLog, MediaResult } from '../../bots/channel.ts';
import type { GroupEvent } from '../../bots/officer-group.ts';
import { noteGroupSign } from '../actions/note-group-sign.ts';
import { retryDelayMs } from '../conversation/deliver.ts';
import type { Clock } from '../ops/clock.ts';
import type { Database } from '../store/database.ts';
import { sealed } from '../store/sealed.ts';
import type { Transact } from '../store/transact.ts';
import type { Vault } from '../store/vault.ts';
import { groupWords } from './group-words.ts';
import { findOfficer } from './known-officer.ts';
import { isOwnCommand, runCommand } from './run-command.ts';
import { sayFromGroup } from './say-from-group.ts';

export type HandleDeps = {
  db: Database;
  vault: Vault;
  clock: Clock;
  transact: Transact;
  log: ChannelLog;
  publicUrl: string;
  fetchMedia: (ref: string, maxBytes: number) => Promise<MediaResult>;
  maxFileBytes: () => Promise<number>;
  putFile: (bytes: Uint8Array) => Promise<string>;
};

/** An event as it waits to be handled. */
export type WaitingEvent = {
  id: number;
  topic_id: string | null;
  post_ref: string;
  sender_hash: Uint8Array | null;
  event_sealed: Uint8Array;
  attempts: number;
  created_at: Date;
};

/** What came of an event: what its sender is told (null: nothing), or that it has to be tried again. */
export type Handled = { kind: 'handled'; answer: string | null } | { kind: 'again'; reason: string };

type Stored = Extract<GroupEvent, { kind: 'message' | 'command' }>;

const claimMs = 120_000;
const maxAttempts = 8;
/** A stranger who talks on in a topic is told once. */
const strangerToldMs = 600_000;

/** Handles what officers wrote, oldest first of each topic. Answers how many. */
export async function handleEvents(deps: HandleDeps): Promise<number> {
  for (let count = 0; ; count += 1) {
    const event = await claimNext(deps);
    if (!event) return count;
    try {
      const handled = await handle(deps, event);
      if (handled.kind === 'handled') await finish(deps, event, handled.answer);
      else await retry(deps, event, handled.reason);
    } catch (error) {
      // Where it was thrown, never what it says: it may quote what was written.
      deps.log.error(
        { eventId: event.id, error: error instanceof Error ? error.name : typeof error },
        "an officer's word in the group could not be handled; it is tried again",
      );
      await retry(deps, event, 'failed');
    }
  }
}

/** The oldest of a topic, if nobody has it and its time has come: what follows it waits, for the order is kept. */
async function claimNext({ db, clock }: HandleDeps): Promise<WaitingEvent | null> {
  const now = clock.now();
  const isFree = `(claimed_until IS NULL OR claimed_until <= $1) AND (next_attempt_at IS NULL OR next_attempt_at <= $1)`;
  const { rows } = await db.query<WaitingEvent>(
    `UPDATE officer_group_event SET claimed_until = $2
      WHERE id = (SELECT e.id FROM officer_group_event e
                   WHERE e.handled_at IS NULL AND ${isFree}
                     AND NOT EXISTS (SELECT 1 FROM officer_group_event x
                                      WHERE x.topic_id = e.topic_id AND x.handled_at IS NULL AND x.id < e.id)
                   ORDER BY e.id LIMIT 1)
        AND handled_at IS NULL AND ${isFree}
      RETURNING id, topic_id, post_ref, sender_hash, event_sealed, attempts, created_at`,
    [now, new Date(now.getTime() + claimMs)],
  );
  return rows[0] ?? null;
}

async function handle(deps: HandleDeps, event: WaitingEvent): Promise<Handled> {
  const said = deps.vault.openJson<Stored>(event.event_sealed, sealed.groupEvent);
  const officer = await findOfficer(deps.db, event.sender_hash);
  if (!officer) return { kind: 'handled', answer: await strangersAnswer(deps, event) };
  // Whoever says that they come or go says it by themselves.
  if (said.kind !== 'command' || !isOwnCommand(said.name))
    await deps.transact((tx) => noteGroupSign(tx, { officerId: officer.id, at: event.created_at }));
  if (said.kind === 'command') return runCommand(deps, event, officer, said);
  return sayFromGroup(deps, event, officer, said);
}

async function strangersAnswer({ db, clock }: HandleDeps, event: WaitingEvent): Promise<string | null> {
  if (event.sender_hash === null) return groupWords.anonymous;
  const { rows } = await db.query(
    `SELECT 1 FROM officer_group_event WHERE sender_hash = $1 AND answer = $2 AND created_at > $3 LIMIT 1`,
    [event.sender_hash, groupWords.howToLink, new Date(clock.now().getTime() - strangerToldMs)],
  );
  return rows.length > 0 ? null : groupWords.howToLink;
}

/** Its words are not kept any longer. */
async function finish({ db, clock }: HandleDeps, event: WaitingEvent, answer: string | null): Promise<void> {
  await db.query(
    `UPDATE officer_group_event SET handled_at = $2, answer = $3, event_sealed = NULL, claimed_until = NULL
      WHERE id = $1 AND handled_at IS NULL`,
    [event.id, clock.now(), answer],
  );
}

async function retry(deps: HandleDeps, event: WaitingEvent, reason: string): Promise<void> {
  if (event.attempts + 1 >= maxAttempts) {
    return finish(deps, event, reason === 'failed' ? groupWords.notSentBroken : groupWords.notSentGone);
  }
  const again = new Date(deps.clock.now().getTime() + retryDelayMs(event.attempts));
  await deps.db.query(
    `UPDATE officer_group_event SET attempts = attempts + 1, next_attempt_at = $2, claimed_until = NULL WHERE id = $1`,
    [event.id, again],
  );
}
