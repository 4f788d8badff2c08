import { dayAnswer } from '../domain/calendar.ts';
import type { RoomCalendar } from '../domain/calendar.ts';
import { addDays, dayOf, instantOf } from '../domain/wita.ts';
import type { Day } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';
import { planNotice } from './plan-notice.ts';

/**
 * Once a session has closed, what is still only booked was missed, and the resident is asked kindly. Officers mark
 * arrivals while the room is open; this is for those whom nobody marked. Twice changes nothing.
 */
export async function markMissedBookings(tx: Tx, input: { calendar: RoomCalendar }): Promise<number> {
  const { rows } = await tx.query<{ id: string; code: string; day: Day; revision: number }>(
    `SELECT id, code, session_date AS day, revision FROM booking
      WHERE status = 'booked' AND session_date <= $1 AND session_date >= $2 ORDER BY session_date LIMIT 200 FOR UPDATE`,
    [dayOf(tx.now), addDays(dayOf(tx.now), -14)],
  );
  let count = 0;
  for (const booking of rows) {
    const answer = dayAnswer(input.calendar, booking.day);
    const closes = answer.kind === 'open' ? answer.session.closes : input.calendar.room.hours.closes;
    if (instantOf(booking.day, closes) > tx.now) continue;
    await tx.query(`UPDATE booking SET status = 'missed', updated_at = $2 WHERE id = $1`, [
      booking.id,
      tx.now,
    ]);
    await planNotice(tx, {
      kind: 'booking-missed',
      onceKey: `booking-missed.${booking.code}.${booking.revision}`,
      dueAt: tx.now,
      bookingId: booking.id,
      bookingRevision: booking.revision,
    });
    tx.changed({ kind: 'booking', id: booking.id });
    count += 1;
  }
  return count;
}
