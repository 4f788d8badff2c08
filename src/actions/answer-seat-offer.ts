import type { RoomCalendar } from '../domain/calendar.ts';
import type { Tx } from '../store/transact.ts';
import { bookingColumns } from './book-slot.ts';
import type { BookingFacts } from './book-slot.ts';
import { carryConcerns } from './carry-concerns.ts';
import { planWaitingOver } from './end-waiting.ts';
import { offerFreedSeat } from './offer-freed-seat.ts';
import { planBookingNotices } from './plan-booking-notices.ts';

/** Turns a held seat into a booking, if the hold still stands. */
export async function takeOfferedSeat(
  tx: Tx,
  input: { code: string; residentId: string; calendar: RoomCalendar },
): Promise<{ kind: 'booked'; booking: BookingFacts; carried: readonly string[] } | { kind: 'expired' }> {
  const { rows } = await tx.query<BookingFacts>(
    `UPDATE booking SET status = 'booked', hold_expires_at = NULL, updated_at = $3
      WHERE code = $1 AND resident_id = $2 AND status = 'held' AND hold_expires_at > $3
      RETURNING ${bookingColumns}`,
    [input.code, input.residentId, tx.now],
  );
  const booking = rows[0];
  if (!booking) return { kind: 'expired' };
  await tx.query(`UPDATE waiting SET status = 'taken' WHERE booking_id = $1 AND status = 'offered'`, [
    booking.id,
  ]);
  await planBookingNotices(tx, { booking, room: input.calendar.room });
  tx.changed({ kind: 'booking', id: booking.id });
  const carried = await carryConcerns(tx, { residentId: input.residentId, bookingId: booking.id });
  return { kind: 'booked', booking, carried };
}

/** Lets a held seat go to the next who waits: the resident said no. */
export async function passOfferedSeat(
  tx: Tx,
  input: { code: string; residentId: string; calendar: RoomCalendar },
): Promise<{ kind: 'passed' } | { kind: 'expired' }> {
  const released = await release(tx, `code = $2 AND resident_id = $3 AND status = 'held'`, [
    input.code,
    input.residentId,
  ]);
  if (released.length === 0) return { kind: 'expired' };
  for (const booking of released) {
    await offerFreedSeat(tx, { calendar: input.calendar, day: booking.day, time: booking.time });
  }
  return { kind: 'passed' };
}

/** Gives every hold that has run out to the next who waits, and says so to who did not answer. Run by the sweep; twice changes nothing. */
export async function releaseExpiredHolds(tx: Tx, input: { calendar: RoomCalendar }): Promise<number> {
  const released = await release(tx, `status = 'held' AND hold_expires_at <= $1`, []);
  for (const booking of released) {
    const { rows } = await tx.query<{ id: string; conversation_id: string }>(
      `SELECT id, conversation_id FROM waiting WHERE booking_id = $1 AND status = 'passed'`,
      [booking.id],
    );
    for (const { id, conversation_id: conversationId } of rows)
      await planWaitingOver(tx, { waitingId: id, conversationId });
    await offerFreedSeat(tx, { calendar: input.calendar, day: booking.day, time: booking.time });
  }
  return released.length;
}

async function release(tx: Tx, where: string, params: unknown[]): Promise<BookingFacts[]> {
  const { rows } = await tx.query<BookingFacts>(
    `UPDATE booking SET status = 'cancelled', hold_expires_at = NULL, revision = revision + 1, updated_at = $1
      WHERE ${where} RETURNING ${bookingColumns}`,
    [tx.now, ...params],
  );
  for (const booking of rows) {
    await tx.query(`UPDATE waiting SET status = 'passed' WHERE booking_id = $1 AND status = 'offered'`, [
      booking.id,
    ]);
    tx.changed({ kind: 'booking', id: booking.id });
  }
  return rows;
}
