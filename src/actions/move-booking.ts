import { isSlotBookable, withoutNotice } from '../domain/calendar.ts';
import type { RoomCalendar } from '../domain/calendar.ts';
import type { Day, TimeOfDay } from '../domain/wita.ts';
import { isUniqueViolation } from '../store/database.ts';
import type { Tx } from '../store/transact.ts';
import { bookingColumns, countSeatsLeft } from './book-slot.ts';
import type { BookingFacts } from './book-slot.ts';
import { offerFreedSeat } from './offer-freed-seat.ts';
import { planBookingNotices } from './plan-booking-notices.ts';

export type MoveBookingResult =
  | { kind: 'moved'; booking: BookingFacts }
  | { kind: 'full' }
  | { kind: 'not_open' }
  /** It is no longer a booking that can be moved (cancelled, already visited). */
  | { kind: 'gone' };

/**
 * Moves a booking to another slot, keeping its code; the old seat goes to the first who waits for that day. `isAtDesk`
 * skips the notice period (the person may stand in the room) but not the opening hours.
 */
export async function moveBooking(
  tx: Tx,
  input: {
    bookingId: string;
    residentId: string;
    calendar: RoomCalendar;
    day: Day;
    time: TimeOfDay;
    isAtDesk?: boolean;
  },
): Promise<MoveBookingResult> {
  const { calendar, day, time } = input;
  const at = input.isAtDesk ? withoutNotice(calendar) : calendar;
  if (!isSlotBookable(at, tx.now, day, time)) return { kind: 'not_open' };
  const before = await tx.query<BookingFacts>(
    `SELECT ${bookingColumns} FROM booking
      WHERE id = $1 AND resident_id = $2 AND status = 'booked' FOR UPDATE`,
    [input.bookingId, input.residentId],
  );
  const old = before.rows[0];
  if (!old) return { kind: 'gone' };
  if (old.day === day && old.time === time) return { kind: 'moved', booking: old };

  for (let tries = 0; tries < calendar.room.seatsPerSlot + 8; tries += 1) {
    const seat = await lowestFreeSeat(tx, { calendar, day, time });
    if (seat === null) return { kind: 'full' };
    const booking = await takeSeat(tx, { bookingId: old.id, day, time, seat });
    if (!booking) {
      if ((await countSeatsLeft(tx, { calendar, day, time })) <= 0) return { kind: 'full' };
      continue;
    }
    await tx.query(
      `UPDATE notice SET status = 'dropped', outcome = 'moved', done_at = $2
                     WHERE booking_id = $1 AND status = 'due' AND booking_revision < $3`,
      [booking.id, tx.now, booking.revision],
    );
    await planBookingNotices(tx, { booking, room: calendar.room });
    await offerFreedSeat(tx, { calendar, day: old.day, time: old.time });
    tx.changed({ kind: 'booking', id: booking.id });
    return { kind: 'moved', booking };
  }
  return { kind: 'full' };
}

async function lowestFreeSeat(
  tx: Tx,
  input: { calendar: RoomCalendar; day: Day; time: TimeOfDay },
): Promise<number | null> {
  const { rows } = await tx.query<{ seat: number }>(
    `SELECT seat FROM generate_series(1, $3::int) AS seat
      WHERE NOT EXISTS (SELECT 1 FROM booking b WHERE b.session_date = $1::date AND b.slot_time = $2
                           AND b.seat = seat.seat AND b.status <> 'cancelled')
      ORDER BY seat LIMIT 1`,
    [input.day, input.time, input.calendar.room.seatsPerSlot],
  );
  return rows[0]?.seat ?? null;
}

/** An UPDATE has no ON CONFLICT, so the clash with another's seat is caught in a savepoint. */
async function takeSeat(
  tx: Tx,
  input: { bookingId: string; day: Day; time: TimeOfDay; seat: number },
): Promise<BookingFacts | null> {
  await tx.query('SAVEPOINT take_seat');
  try {
    const { rows } = await tx.query<BookingFacts>(
      `UPDATE booking SET session_date = $2::date, slot_time = $3, seat = $4, revision = revision + 1,
              confirmed_at = NULL, updated_at = $5
        WHERE id = $1 RETURNING ${bookingColumns}`,
      [input.bookingId, input.day, input.time, input.seat, tx.now],
    );
    await tx.query('RELEASE SAVEPOINT take_seat');
    return rows[0] ?? null;
  } catch (error) {
    await tx.query('ROLLBACK TO SAVEPOINT take_seat');
    if (isUniqueViolation(error, 'booking_one_seat')) return null;
    throw error;
  }
}
