import { releaseExpiredHolds } from '../actions/answer-seat-offer.ts';
import { chaseAgencies } from '../actions/chase-agencies.ts';
import { markMissedBookings } from '../actions/mark-missed-bookings.ts';
import { offerFreeSeats } from '../actions/offer-freed-seat.ts';
import { dangerOverSince, standsInDanger } from '../actions/standing-danger.ts';
import { walkQueue } from '../actions/walk-queue.ts';
import { watchHeldChats } from '../actions/watch-held-chats.ts';
import type { Lanes } from '../conversation/lanes.ts';
import type { RoomCalendar } from '../domain/calendar.ts';
import type { ChannelName } from '../domain/message.ts';
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
  /** Begins what may be slow. */
  begin: Lanes['begin'];
  /** Begins to call those on call. */
  callOfficers: () => void;
  /** Begins to send a letter. */
  mailLetter: (letterId: string) => void;
  /** Takes files off the disk that nothing names any more. */
  removeFiles: () => Promise<void>;
  /** Where agencies' links lead. */
  publicUrl: string;
};

/** `channel`: where it goes, or comes from. */
type Found = { id: string; channel: ChannelName; is_urgent: boolean };

/** Rows younger than this are still in the hands of whoever wrote them. */
const settleMs = 3_000;
const batch = 500;

/**
 * Finds what nobody has taken: messages not taken in, replies not sent, notices and silences that are due, files not
 * fetched, holds that have run out. Losing every job delays work by one sweep and loses nothing. What goes to a platform
 * is begun and not waited for; one failing item does not stop the others, and what failed here is thrown at the end, so
 * that it shows.
 */
export async function sweep(deps: SweepDeps): Promise<void> {
  const now = deps.clock.now();
  const settled = new Date(now.getTime() - settleMs);
  const failures: unknown[] = [];
  const attempt = async (act: () => Promise<void>) => {
    try {
      await act();
    } catch (error) {
      failures.push(error);
    }
  };
  const each = async (sql: string, params: unknown[], act: (found: Found) => void) =>
    (await deps.db.query<Found>(`${sql} LIMIT ${batch}`, params)).rows.forEach(act);

  // Danger first, and nothing here waits for a platform: a slow one holds up its own lane.
  deps.callOfficers();
  await each(
    `SELECT conversation_id AS id, min(seq) AS place FROM message
        WHERE direction = 'in' AND processed_at IS NULL AND created_at <= $1
        GROUP BY conversation_id ORDER BY place`,
    [settled],
    // Each in a lane of its own: what was said may be a cry for help, and is heard before replies are on their way.
    ({ id }) => deps.begin(`hear ${id}`, id, () => deps.look(id)),
  );
  await each(
    `SELECT m.conversation_id AS id, a.channel, bool_or(m.is_urgent) AS is_urgent, min(m.seq) AS place
         FROM message m JOIN conversation c ON c.id = m.conversation_id JOIN address a ON a.id = c.address_id
        WHERE (m.status = 'pending' AND coalesce(m.next_attempt_at, m.created_at) <= $1)
           OR (m.status = 'sending' AND m.claimed_until <= $2)
        GROUP BY m.conversation_id, a.channel ORDER BY is_urgent DESC, place`,
    [settled, now],
    ({ id, channel, is_urgent: isUrgent }) =>
      deps.begin(isUrgent ? `${channel} urgent` : channel, id, async () => {
        await deps.look(id);
        deps.ring(id);
      }),
  );
  await each(
    `SELECT n.id, a.channel FROM notice n JOIN conversation c ON c.id = n.conversation_id
         JOIN address a ON a.id = c.address_id
        WHERE n.status = 'due' AND n.due_at <= $1 ORDER BY n.due_at`,
    [now],
    ({ id, channel }) => deps.begin(channel, id, () => deps.notice(id)),
  );
  await each(
    `SELECT c.id, a.channel FROM conversation c JOIN address a ON a.id = c.address_id
        WHERE c.silence_due_at <= $1 AND c.owner = 'bot'`,
    [now],
    ({ id, channel }) => deps.begin(channel, `silence ${id}`, () => deps.hearSilence(id)),
  );
  await each(
    `SELECT t.id, a.channel FROM attachment t JOIN message m ON m.id = t.message_id
         JOIN conversation c ON c.id = m.conversation_id JOIN address a ON a.id = c.address_id
        WHERE t.status = 'pending' AND t.next_attempt_at <= $1
          AND (EXISTS (SELECT 1 FROM consent k WHERE k.resident_id = a.resident_id AND k.withdrawn_at IS NULL)
            OR ${standsInDanger('c.id', '$2')})`,
    [settled, dangerOverSince(now)],
    ({ id, channel }) => deps.begin(`${channel} files`, id, () => deps.keepAttachment(id)),
  );
  await each(
    // Few at a time: a mail server takes them one by one.
    `SELECT id FROM (
         SELECT id FROM agency_letter
          WHERE (status = 'due' AND next_attempt_at <= $1) OR (status = 'sending' AND claimed_until <= $2)
          ORDER BY next_attempt_at LIMIT 20) AS next`,
    [settled, now],
    ({ id }) => deps.mailLetter(id),
  );
  await attempt(deps.removeFiles);
  const { calendar } = await deps.facts.read();
  const chase = (tx: Tx, given: { calendar: RoomCalendar }) =>
    chaseAgencies(tx, { ...given, publicUrl: deps.publicUrl });
  for (const act of [
    releaseExpiredHolds,
    offerFreeSeats,
    markMissedBookings,
    watchHeldChats,
    walkQueue,
    chase,
  ]) {
    await attempt(async () => void (await deps.transact<unknown>((tx) => act(tx, { calendar }))));
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} of the sweep's items failed`);
}
