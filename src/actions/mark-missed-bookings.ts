import { dayAnswer } from '../domain/calendar.ts';
import type { RoomCalendar } from '../domain/calendar.ts';
import { addDays, dayOf, instantOf } from '../domain/wita.ts';
import type { Day } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';
import { inviteToSurvey, surveyAfterVisitMs } from './invite-to-survey.ts';
import { notMissed } from './mark-booking.ts';
import { planNotice } from './plan-notice.ts';

/** After so many days "belum datang?" would only puzzle. */
const askWithinDays = 7;

/**
 * Once a session has closed, what is still only booked was missed, and the resident is asked kindly; who arrived and
 * was not marked further has been here. Officers mark while the room is open; this is for those whom nobody marked,
 * who could not book again otherwise. Twice changes nothing.
 */
export async function markMissedBookings(tx: Tx, input: { calendar: RoomCalendar }): Promise<number> {
  const today = dayOf(tx.now);
  const { rows } = await tx.query<{ id: string; code: string; day: Day; revision: number; status: string }>(
    `SELECT id, code, session_date AS day, revision, status FROM booking
      WHERE status IN ('booked', 'arrived') AND session_date <= $1 ORDER BY session_date LIMIT 200
        FOR UPDATE SKIP LOCKED`,
    [today],
  );
  let count = 0;
  for (const booking of rows) {
    const answer = dayAnswer(input.calendar, booking.day);
    const closes = answer.kind === 'open' ? answer.session.closes : input.calendar.room.hours.closes;
    if (instantOf(booking.day, closes) > tx.now) continue;
    const isMissed = booking.status === 'booked';
    await tx.query(`UPDATE booking SET status = $3, updated_at = $2 WHERE id = $1`, [
      booking.id,
      tx.now,
      isMissed ? 'missed' : 'finished',
    ]);
    if (isMissed && booking.day >= addDays(today, -askWithinDays)) {
      await planNotice(tx, {
        kind: 'booking-missed',
        onceKey: `booking-missed.${booking.code}.${booking.revision}`,
        dueAt: tx.now,
        revives: notMissed,
        bookingId: booking.id,
        bookingRevision: booking.revision,
      });
    }
    if (!isMissed && booking.day >= addDays(today, -askWithinDays)) {
      const dueAt = new Date(tx.now.getTime() + surveyAfterVisitMs);
      await inviteToSurvey(tx, { code: booking.code, bookingId: booking.id, dueAt });
    }
    tx.changed({ kind: 'booking', id: booking.id });
    count += 1;
  }
  return count;
}
