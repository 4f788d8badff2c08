import type { Room } from '../domain/room.ts';
import { addDays, instantOf } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';
import type { BookingFacts } from './book-slot.ts';
import { planNotice } from './plan-notice.ts';

/**
 * Writes the reminders of a booking as rows: the evening before, and some hours before. Those whose time has
 * passed are not written. Each is bound to the booking's revision, so a moved booking drops the old ones.
 */
export async function planBookingNotices(
  tx: Tx,
  input: { booking: BookingFacts; room: Room },
): Promise<void> {
  const { booking, room } = input;
  const start = instantOf(booking.day, booking.time);
  const evening = instantOf(addDays(booking.day, -1), room.eveningReminderAt);
  const hoursBefore = new Date(start.getTime() - room.hoursBeforeReminder * 3_600_000);
  const subject = { bookingId: booking.id, bookingRevision: booking.revision };
  const key = `${booking.code}.${booking.revision}`;
  if (evening > tx.now) {
    await planNotice(tx, {
      kind: 'booking-evening',
      onceKey: `booking-evening.${key}`,
      dueAt: evening,
      ...subject,
    });
  }
  if (hoursBefore > tx.now) {
    await planNotice(tx, {
      kind: 'booking-soon',
      onceKey: `booking-soon.${key}`,
      dueAt: hoursBefore,
      ...subject,
    });
  }
}
