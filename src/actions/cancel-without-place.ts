import { withoutPlace } from '../domain/calendar.ts';
import type { RoomCalendar } from '../domain/calendar.ts';
import { dayOf } from '../domain/wita.ts';
import type { Day, TimeOfDay } from '../domain/wita.ts';
import type { Queryable } from '../store/database.ts';
import type { Tx } from '../store/transact.ts';
import { cancelBooking } from './cancel-booking.ts';
import { planNotice } from './plan-notice.ts';

type Coming = {
  id: string;
  code: string;
  residentId: string;
  conversationId: string | null;
  day: Day;
  time: TimeOfDay;
  status: string;
  createdAt: Date;
};

/** Bookings ahead that the room, as `calendar` has it, has no place for; see {@link withoutPlace}. */
export async function findWithoutPlace(
  db: Queryable,
  input: { calendar: RoomCalendar; now: Date },
): Promise<Coming[]> {
  const { rows } = await db.query<Coming>(
    `SELECT id, code, resident_id AS "residentId", conversation_id AS "conversationId", session_date AS day,
            slot_time AS time, status, created_at AS "createdAt"
       FROM booking WHERE session_date >= $1 AND status <> 'cancelled' ORDER BY session_date, slot_time, seat`,
    [dayOf(input.now)],
  );
  return withoutPlace(input.calendar, input.now, rows);
}

/**
 * Cancels what {@link findWithoutPlace} finds, and tells each at once, with the nearest free slots: after the room was
 * changed, and hourly, for a booking made in the very moment of the change. Codes of those without a chat come back, to
 * be called; where nobody is there to call them (`mayLeave`), theirs are left, and stand on the desk's day.
 */
export async function cancelWithoutPlace(
  tx: Tx,
  input: { calendar: RoomCalendar; mayLeave: boolean },
): Promise<{ told: number; withoutPhone: string[] }> {
  const { calendar, mayLeave } = input;
  const withoutPhone: string[] = [];
  let told = 0;
  for (const booking of await findWithoutPlace(tx, { calendar, now: tx.now })) {
    if (mayLeave && booking.conversationId === null) continue;
    const done = await cancelAndTell(tx, { booking, calendar });
    if (done === 'told') told += 1;
    if (done === 'no_chat') withoutPhone.push(booking.code);
  }
  return { told, withoutPhone };
}

/** Cancels one that the room cannot keep, and tells whose it is. */
export async function cancelAndTell(
  tx: Tx,
  input: {
    booking: Pick<Coming, 'id' | 'code' | 'residentId' | 'conversationId'>;
    calendar: RoomCalendar;
  },
): Promise<'told' | 'no_chat' | 'gone'> {
  const { booking, calendar } = input;
  const cancelled = await cancelBooking(tx, {
    bookingId: booking.id,
    residentId: booking.residentId,
    calendar,
  });
  if (cancelled.kind !== 'cancelled') return 'gone';
  // A seat that was held for somebody from the waiting list is no longer offered.
  await tx.query(`UPDATE waiting SET status = 'left' WHERE booking_id = $1 AND status = 'offered'`, [
    booking.id,
  ]);
  if (booking.conversationId === null) return 'no_chat';
  await planNotice(tx, {
    kind: 'booking-closed',
    onceKey: `booking-closed.${booking.code}.${cancelled.booking.revision}`,
    dueAt: tx.now,
    bookingId: booking.id,
    bookingRevision: cancelled.booking.revision,
  });
  return 'told';
}
