import { releaseExpiredHolds } from '../actions/answer-seat-offer.ts';
import { chaseAgencies } from '../actions/chase-agencies.ts';
import { markMissedBookings } from '../actions/mark-missed-bookings.ts';
import { offerFreeSeats } from '../actions/offer-freed-seat.ts';
import { settleSilentConcerns } from '../actions/settle-silent-concerns.ts';
import { walkQueue } from '../actions/walk-queue.ts';
import type { RoomCalendar } from '../domain/calendar.ts';
import type { Clock } from '../ops/clock.ts';
import type { Database } from '../store/database.ts';
import type { RoomFactsReader } from '../store/room-facts.ts';
import type { Transact, Tx } from '../store/transact.ts';

export type SweepDeps = {
  db: Database;
  clock: Clock;
  transact: Transact;
  facts: RoomFactsReader;
  look: (conversationId: string) => Promise<void>;
  /** Tells the process that has the conversation's channel. */
  ring: (conversationId: string) => void;
  hearSilence: (conversationId: string) => Promise<void>;
  notice: (noticeId: string) => Promise<void>;
  keepAttachment: (attachmentId: string) => Promise<void>;
  page: (alertId: string) => Promise<void>;
  callOfficers: () => Promise<void>;
  /** Begins to send a letter; a slow mail server does not hold up the sweep. */
  mailLetter: (letterId: string) => void;
  /** Where agencies' links lead. */
  publicUrl: string;
};

/** Rows younger than this are still in the hands of whoever wrote them. */
const settleMs = 3_000;
const batch = 500;

/**
 * Finds what nobody has taken: messages not taken in, replies not sent, notices and silences that are due, files not
 * fetched, holds that have run out. Losing every job delays work by one sweep and loses nothing. One failing item
 * does not stop the others; the first failure is thrown at the end, so that it shows.
 */
export async function sweep(deps: SweepDeps): Promise<{ found: number }> {
  const now = deps.clock.now();
  const settled = new Date(now.getTime() - settleMs);
  const failures: unknown[] = [];
  let found = 0;
  const each = async (ids: string[], act: (id: string) => Promise<void> | void) => {
    for (const id of ids) {
      found += 1;
      try {
        await act(id);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  const idsOf = async (sql: string, params: unknown[]) =>
    (await deps.db.query<{ id: string }>(`${sql} LIMIT ${batch}`, params)).rows.map((row) => row.id);

  await each(
    await idsOf(
      `SELECT DISTINCT conversation_id AS id FROM message
        WHERE direction = 'in' AND processed_at IS NULL AND created_at <= $1`,
      [settled],
    ),
    deps.look,
  );
  await each(
    await idsOf(
      `SELECT DISTINCT conversation_id AS id FROM message
        WHERE (status = 'pending' AND coalesce(next_attempt_at, created_at) <= $1)
           OR (status = 'sending' AND claimed_until <= $2)`,
      [settled, now],
    ),
    async (id) => {
      await deps.look(id);
      deps.ring(id);
    },
  );
  await each(
    await idsOf(`SELECT id FROM notice WHERE status = 'due' AND due_at <= $1 ORDER BY due_at`, [now]),
    deps.notice,
  );
  await each(
    await idsOf(`SELECT id FROM conversation WHERE silence_due_at <= $1 AND owner = 'bot'`, [now]),
    deps.hearSilence,
  );
  await each(
    await idsOf(
      `SELECT t.id FROM attachment t JOIN message m ON m.id = t.message_id
         JOIN conversation c ON c.id = m.conversation_id JOIN address a ON a.id = c.address_id
         JOIN consent k ON k.resident_id = a.resident_id AND k.withdrawn_at IS NULL
        WHERE t.status = 'pending' AND t.next_attempt_at <= $1`,
      [settled],
    ),
    deps.keepAttachment,
  );
  await each(
    await idsOf(
      `SELECT id FROM danger_alert WHERE paged_at IS NULL AND acknowledged_at IS NULL AND created_at <= $1 ORDER BY created_at`,
      [settled],
    ),
    deps.page,
  );
  await each(['pages'], deps.callOfficers);
  await each(
    await idsOf(
      // Few at a time: a mail server takes them one by one.
      `SELECT id FROM (
         SELECT id FROM agency_letter
          WHERE (status = 'due' AND next_attempt_at <= $1) OR (status = 'sending' AND claimed_until <= $2)
          ORDER BY next_attempt_at LIMIT 20) AS next`,
      [settled, now],
    ),
    deps.mailLetter,
  );
  const { calendar } = await deps.facts.read();
  const chase = (tx: Tx, given: { calendar: RoomCalendar }) =>
    chaseAgencies(tx, { ...given, publicUrl: deps.publicUrl });
  for (const act of [
    releaseExpiredHolds,
    offerFreeSeats,
    markMissedBookings,
    settleSilentConcerns,
    walkQueue,
    chase,
  ]) {
    try {
      found += await deps.transact((tx) => act(tx, { calendar }));
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} of the sweep's items failed`);
  return { found };
}
