import type { RoomCalendar } from '../domain/calendar.ts';
import type { Tx } from '../store/transact.ts';
import { bookingColumns } from './book-slot.ts';
import type { BookingFacts } from './book-slot.ts';
import { offerFreedSeat } from './offer-freed-seat.ts';

export type CancelBookingResult = { kind: 'cancelled'; booking: BookingFacts } | { kind: 'gone' };

/** Cancels an active booking; its seat goes to the first who waits for that day. Its reminders fall away. */
export async function cancelBooking(
  tx: Tx,
  input: { bookingId: string; residentId: string; calendar: RoomCalendar },
): Promise<CancelBookingResult> {
  const { rows } = await tx.query<BookingFacts>(
    `UPDATE booking SET status = 'cancelled', revision = revision + 1, hold_expires_at = NULL, updated_at = $3
      WHERE id = $1 AND resident_id = $2 AND status IN ('held', 'booked') RETURNING ${bookingColumns}`,
    [input.bookingId, input.residentId, tx.now],
  );
  const booking = rows[0];
  if (!booking) return { kind: 'gone' };
  await tx.query(
    `UPDATE notice SET status = 'dropped', outcome = 'cancelled', done_at = $2
      WHERE booking_id = $1 AND status = 'due'`,
    [booking.id, tx.now],
  );
  await offerFreedSeat(tx, { calendar: input.calendar, day: booking.day, time: booking.time });
  tx.changed({ kind: 'booking', id: booking.id });
  return { kind: 'cancelled', booking };
}
