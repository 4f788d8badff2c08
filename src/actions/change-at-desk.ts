import type { RoomCalendar } from '../domain/calendar.ts';
import { dayOf } from '../domain/wita.ts';
import type { Day, TimeOfDay } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';
import { cancelBooking } from './cancel-booking.ts';
import { markBooking } from './mark-booking.ts';
import { moveBooking } from './move-booking.ts';
import { planNotice } from './plan-notice.ts';
import { writeAudit } from './write-audit.ts';

type NotChanged =
  /** It is not any more what the page showed: moved, visited or cancelled meanwhile. */
  { kind: 'changed' } | { kind: 'not_found' };

/** `isTold`: they have a chat, and read of it there. */
export type CancelAtDeskResult =
  | { kind: 'cancelled'; code: string; isTold: boolean }
  /** A day that is over stands as it was marked. */
  | { kind: 'past' }
  | NotChanged;

export type MoveAtDeskResult =
  | { kind: 'moved'; code: string; isTold: boolean }
  | { kind: 'full' }
  /** The room is not open then, or the hour is over. */
  | { kind: 'not_open' }
  | NotChanged;

/** `revision` is what the page showed, so that nobody cancels or moves what has just been moved. */
type Asked = { bookingId: string; officerId: string; revision: number; calendar: RoomCalendar };

/**
 * Cancels a visit for somebody who asks an officer, with all that their own cancelling does. A guest who was put down
 * wrongly is taken out the same way, though marked as arrived.
 */
export async function cancelAtDesk(tx: Tx, input: Asked): Promise<CancelAtDeskResult> {
  const { bookingId, officerId, calendar } = input;
  const booking = await lockBooking(tx, bookingId);
  if (!booking) return { kind: 'not_found' };
  const { code } = booking;
  const isTold = booking.conversationId !== null;
  // Asked again because the answer was lost; cancelling was the last that happened to it.
  if (booking.status === 'cancelled' && booking.revision === input.revision + 1)
    return { kind: 'cancelled', code, isTold };
  if (booking.revision !== input.revision) return { kind: 'changed' };
  if (booking.day < dayOf(tx.now)) return { kind: 'past' };
  if (booking.status === 'arrived' && booking.isWalkIn)
    await markBooking(tx, { bookingId, officerId, from: 'arrived', to: 'booked' });
  else if (booking.status !== 'booked') return { kind: 'changed' };
  const done = await cancelBooking(tx, { bookingId, residentId: booking.residentId, calendar });
  if (done.kind === 'gone') return { kind: 'changed' };
  await planNotice(tx, {
    kind: 'booking-cancelled',
    onceKey: `booking-cancelled.${code}.${done.booking.revision}`,
    dueAt: tx.now,
    bookingId,
    bookingRevision: done.booking.revision,
  });
  await writeAudit(tx, {
    officerId,
    action: 'cancel_booking',
    subjectKind: 'booking',
    subjectId: bookingId,
    detail: { code, day: booking.day, time: booking.time },
  });
  return { kind: 'cancelled', code, isTold };
}

/** Moves a visit for somebody who asks an officer, to any hour that is not over: they may be standing in the room. */
export async function moveAtDesk(
  tx: Tx,
  input: Asked & { day: Day; time: TimeOfDay },
): Promise<MoveAtDeskResult> {
  const { bookingId, officerId, calendar, day, time } = input;
  const booking = await lockBooking(tx, bookingId);
  if (!booking) return { kind: 'not_found' };
  if (booking.status !== 'booked') return { kind: 'changed' };
  const { code } = booking;
  const isTold = booking.conversationId !== null;
  // There already, or asked again because the answer was lost.
  if (booking.day === day && booking.time === time) return { kind: 'moved', code, isTold };
  if (booking.revision !== input.revision) return { kind: 'changed' };
  const done = await moveBooking(tx, {
    bookingId,
    residentId: booking.residentId,
    calendar,
    day,
    time,
    isAtDesk: true,
  });
  if (done.kind === 'gone') return { kind: 'changed' };
  if (done.kind !== 'moved') return done;
  await planNotice(tx, {
    kind: 'booking-moved',
    onceKey: `booking-moved.${code}.${done.booking.revision}`,
    dueAt: tx.now,
    bookingId,
    bookingRevision: done.booking.revision,
  });
  await writeAudit(tx, {
    officerId,
    action: 'move_booking',
    subjectKind: 'booking',
    subjectId: bookingId,
    detail: { code, from: `${booking.day} ${booking.time}`, to: `${day} ${time}` },
  });
  return { kind: 'moved', code, isTold };
}

type Locked = {
  residentId: string;
  conversationId: string | null;
  code: string;
  status: string;
  revision: number;
  day: Day;
  time: TimeOfDay;
  isWalkIn: boolean;
};

async function lockBooking(tx: Tx, bookingId: string): Promise<Locked | null> {
  const { rows } = await tx.query<Locked>(
    `SELECT resident_id AS "residentId", conversation_id AS "conversationId", code, status, revision,
            session_date AS day, slot_time AS time, is_walk_in AS "isWalkIn"
       FROM booking WHERE id = $1 FOR UPDATE`,
    [bookingId],
  );
  return rows[0] ?? null;
}
