import { afterQuietHours, isSlotBookable } from '../domain/calendar.ts';
import type { RoomCalendar } from '../domain/calendar.ts';
import { instantOf } from '../domain/wita.ts';
import type { Day, TimeOfDay } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';
import { bookSlot } from './book-slot.ts';
import { findFreeDays } from './find-free-slots.ts';
import { planNotice } from './plan-notice.ts';

/**
 * Holds a freed seat for the first who waits for that day and tells them. The hold counts against the slot until
 * it is taken or expires, so nobody else can book it meanwhile; in quiet hours it starts in the morning.
 */
export async function offerFreedSeat(
  tx: Tx,
  input: { calendar: RoomCalendar; day: Day; time: TimeOfDay },
): Promise<{ kind: 'offered' } | { kind: 'nobody_waits' } | { kind: 'too_late' }> {
  const { calendar, day, time } = input;
  if (!isSlotBookable(calendar, tx.now, day, time)) return { kind: 'too_late' };
  const start = instantOf(day, time).getTime();
  const from = afterQuietHours(calendar.room, tx.now).getTime();
  const until = new Date(Math.min(from + calendar.room.waitingHoldMinutes * 60_000, start));
  if (until.getTime() <= from) return { kind: 'too_late' };

  for (;;) {
    const { rows } = await tx.query<{ id: string; resident_id: string; conversation_id: string }>(
      `SELECT id, resident_id, conversation_id FROM waiting
        WHERE session_date = $1 AND status = 'waiting'
        ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED`,
      [day],
    );
    const first = rows[0];
    if (!first) return { kind: 'nobody_waits' };
    const held = await bookSlot(tx, {
      residentId: first.resident_id,
      conversationId: first.conversation_id,
      calendar,
      day,
      time,
      hold: { until },
    });
    if (held.kind === 'full' || held.kind === 'not_open') return { kind: 'nobody_waits' };
    if (held.kind === 'has_booking') {
      await tx.query(`UPDATE waiting SET status = 'left' WHERE id = $1`, [first.id]);
      continue;
    }
    await tx.query(`UPDATE waiting SET status = 'offered', booking_id = $2 WHERE id = $1`, [
      first.id,
      held.booking.id,
    ]);
    await planNotice(tx, {
      kind: 'seat-offered',
      onceKey: `seat-offered.${held.booking.code}`,
      dueAt: tx.now,
      bookingId: held.booking.id,
      bookingRevision: held.booking.revision,
    });
    return { kind: 'offered' };
  }
}

/**
 * Offers what is free on days that somebody waits for: a seat that came free in the very moment when they joined the
 * list, or that an admin has added. Run by the sweep; twice changes nothing.
 */
export async function offerFreeSeats(tx: Tx, input: { calendar: RoomCalendar }): Promise<number> {
  const { calendar } = input;
  const { rows } = await tx.query<{ day: Day }>(
    `SELECT DISTINCT session_date AS day FROM waiting WHERE status = 'waiting'`,
  );
  if (rows.length === 0) return 0;
  let count = 0;
  for (const free of await findFreeDays(tx, { calendar })) {
    if (!rows.some(({ day }) => day === free.day)) continue;
    for (const slot of free.slots) {
      for (let left = slot.left; left > 0; left -= 1) {
        const offered = await offerFreedSeat(tx, { calendar, day: free.day, time: slot.time });
        if (offered.kind === 'offered') count += 1;
        else break;
      }
    }
  }
  return count;
}
