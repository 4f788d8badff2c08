import type { ReferralStatus } from '../domain/referral.ts';
import { dayOf } from '../domain/wita.ts';
import type { Day } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';
import { bookingColumns } from './book-slot.ts';
import type { BookingFacts } from './book-slot.ts';

export type ConcernFacts = {
  id: string;
  code: string;
  status: 'new' | 'read' | 'with_officer' | 'referred' | 'answered' | 'settled' | 'reopened';
  category: string | null;
  /** The day that the resident was told last, as long as it has not gone by. */
  nextWordBy: Day | null;
  receivedAt: Date;
  /** The newest that has gone as far as the resident. */
  referral: {
    status: ReferralStatus;
    agency: string;
    expectedBy: Day | null;
    /** The first day by which the agency owes something. */
    dueOn: Day | null;
  } | null;
};

export type StatusFacts = {
  bookings: BookingFacts[];
  concerns: ConcernFacts[];
  waitingDay: Day | null;
  handoff: 'waiting' | 'held' | null;
};

/**
 * What `/status` tells: bookings that are ahead or recent (a seat that was offered and passed on never was one),
 * concerns that are open or recent, waits.
 */
export async function readStatus(
  tx: Tx,
  input: { residentId: string; conversationId: string },
): Promise<StatusFacts> {
  const bookings = await tx.query<BookingFacts>(
    `SELECT ${bookingColumns} FROM booking
      WHERE resident_id = $1 AND (status IN ('held', 'booked', 'arrived') OR updated_at > $2::timestamptz - interval '14 days')
        AND NOT EXISTS (SELECT 1 FROM waiting w WHERE w.booking_id = booking.id AND w.status = 'passed')
      ORDER BY session_date DESC, slot_time DESC LIMIT 5`,
    [input.residentId, tx.now],
  );
  const concerns = await findConcerns(tx, { residentId: input.residentId });
  const waits = await tx.query<{ day: Day | null; handoff: 'waiting' | 'held' | null }>(
    `SELECT (SELECT session_date FROM waiting WHERE resident_id = $1 AND status = 'waiting' AND session_date >= $3::date) AS day,
            (SELECT status FROM handoff WHERE conversation_id = $2 AND status IN ('waiting', 'held')) AS handoff`,
    [input.residentId, input.conversationId, dayOf(tx.now)],
  );
  return {
    bookings: bookings.rows,
    concerns,
    waitingDay: waits.rows[0]?.day ?? null,
    handoff: waits.rows[0]?.handoff ?? null,
  };
}

/** Concerns of a resident that are not drafts, newest first. */
export async function findConcerns(tx: Tx, input: { residentId: string }): Promise<ConcernFacts[]> {
  const { rows } = await tx.query<ConcernFacts>(
    `SELECT id, code, status, category, received_at AS "receivedAt",
            CASE WHEN coalesce(put_off_to, next_word_by) >= $2::date THEN coalesce(put_off_to, next_word_by) END AS "nextWordBy",
            (SELECT jsonb_build_object('status', r.status, 'agency', g.name, 'expectedBy', r.expected_by, 'dueOn',
                      CASE WHEN r.status IN ('sent', 'acknowledged') THEN
                        (SELECT min(c.due_on) FROM referral_clock c WHERE c.referral_id = r.id AND c.met_at IS NULL) END)
               FROM referral r JOIN agency g ON g.id = r.agency_id
              WHERE r.concern_id = concern.id AND r.status <> 'draft' ORDER BY r.seq DESC LIMIT 1) AS referral
       FROM concern
      WHERE resident_id = $1 AND status <> 'draft'
      ORDER BY received_at DESC LIMIT 8`,
    [input.residentId, dayOf(tx.now)],
  );
  return rows;
}
