import { instantOf } from '../domain/wita.ts';
import type { Day, TimeOfDay } from '../domain/wita.ts';
import { isUniqueViolation } from '../store/database.ts';
import type { Tx } from '../store/transact.ts';
import { inviteToSurvey, surveyAfterVisitMs } from './invite-to-survey.ts';
import { planNotice } from './plan-notice.ts';
import { writeAudit } from './write-audit.ts';

export type BookingMark = 'booked' | 'arrived' | 'finished' | 'missed';

export type MarkBookingResult =
  | { kind: 'marked'; status: BookingMark }
  /** Somebody else marked it since the page was read. */
  | { kind: 'changed'; status: string }
  /** Going back to an earlier mark is impossible: the resident has booked anew meanwhile. */
  | { kind: 'has_other_booking' }
  /** Nobody is missed before their time. */
  | { kind: 'not_yet' }
  | { kind: 'not_found' };

/** Which marks may follow which; each may be taken back, for fingers slip. */
const next: Record<BookingMark, readonly BookingMark[]> = {
  booked: ['arrived', 'missed'],
  arrived: ['finished', 'booked'],
  finished: ['arrived'],
  missed: ['arrived', 'booked'],
};

/** Fingers slip: a mark may be taken back within the hour, and what it brings falls away with it. */
const graceMs = surveyAfterVisitMs;
/** Why "belum datang?" was dropped that may be asked after all. */
export const notMissed = 'not missed any more';

/** An officer says what became of a booking. `from` is the mark that the page showed. */
export async function markBooking(
  tx: Tx,
  input: { bookingId: string; officerId: string; from: BookingMark; to: BookingMark },
): Promise<MarkBookingResult> {
  const found = await tx.query<{
    status: string;
    code: string;
    revision: number;
    day: Day;
    time: TimeOfDay;
  }>(
    `SELECT status, code, revision, session_date AS day, slot_time AS time FROM booking WHERE id = $1 FOR UPDATE`,
    [input.bookingId],
  );
  const booking = found.rows[0];
  if (!booking) return { kind: 'not_found' };
  if (booking.status === input.to) return { kind: 'marked', status: input.to };
  if (booking.status !== input.from || !next[input.from].includes(input.to)) {
    return { kind: 'changed', status: booking.status };
  }
  if (input.to === 'missed' && instantOf(booking.day, booking.time) > tx.now) return { kind: 'not_yet' };
  // The seat of a missed booking stays theirs, so only a second active booking stands in the way of going back.
  const other = await tx.query(
    `SELECT 1 FROM booking WHERE resident_id = (SELECT resident_id FROM booking WHERE id = $1) AND id <> $1
        AND status IN ('held', 'booked', 'arrived')`,
    [input.bookingId],
  );
  if (other.count > 0 && (input.to === 'booked' || input.to === 'arrived'))
    return { kind: 'has_other_booking' };
  try {
    await tx.query(`UPDATE booking SET status = $2, updated_at = $3 WHERE id = $1`, [
      input.bookingId,
      input.to,
      tx.now,
    ]);
  } catch (error) {
    if (isUniqueViolation(error, 'booking_one_active')) return { kind: 'has_other_booking' };
    throw error;
  }
  if (input.to === 'missed') {
    await planNotice(tx, {
      kind: 'booking-missed',
      onceKey: `booking-missed.${booking.code}.${booking.revision}`,
      dueAt: new Date(tx.now.getTime() + graceMs),
      revives: notMissed,
      bookingId: input.bookingId,
      bookingRevision: booking.revision,
    });
  }
  if (input.to === 'finished') {
    const dueAt = new Date(tx.now.getTime() + surveyAfterVisitMs);
    await inviteToSurvey(tx, { code: booking.code, bookingId: input.bookingId, dueAt });
  }
  await writeAudit(tx, {
    officerId: input.officerId,
    action: 'mark_booking',
    subjectKind: 'booking',
    subjectId: input.bookingId,
    detail: { from: input.from, to: input.to },
  });
  tx.changed({ kind: 'booking', id: input.bookingId });
  return { kind: 'marked', status: input.to };
}
