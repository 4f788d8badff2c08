import type { Closure, RoomCalendar } from '../domain/calendar.ts';
import { instantOf } from '../domain/wita.ts';
import type { Day, TimeOfDay } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';
import { cancelAndTell } from './cancel-without-place.ts';
import { planNotice } from './plan-notice.ts';
import { writeAudit } from './write-audit.ts';

export type CloseDayResult =
  { kind: 'closed'; told: number; withoutPhone: string[] } | { kind: 'already_closed'; name: string };

/**
 * Closes a day of the room: nothing can be booked on it any more, every booking still to come on it is cancelled and each
 * resident is told at once, with the nearest free slots. Codes of those who have no chat come back, to be called. Whose
 * time has begun may have been here: theirs is marked like any other.
 */
export async function closeDay(
  tx: Tx,
  input: {
    day: Day;
    name: string;
    kind?: Closure['kind'];
    officerId: string | null;
    calendar: RoomCalendar;
  },
): Promise<CloseDayResult> {
  const { kind = 'admin' } = input;
  const closed = await tx.query(
    `INSERT INTO closure (day, name, kind, created_at, created_by) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (day) DO NOTHING`,
    [input.day, input.name, kind, tx.now, input.officerId],
  );
  if (closed.count === 0) {
    const earlier = await tx.query<{ name: string }>(`SELECT name FROM closure WHERE day = $1`, [input.day]);
    return { kind: 'already_closed', name: earlier.rows[0]?.name ?? '' };
  }
  const closure: Closure = { day: input.day, name: input.name, kind };
  // With the day closed in it, a cancelled seat is not offered to anybody who waits for that day.
  const calendar = { ...input.calendar, closures: new Map(input.calendar.closures).set(input.day, closure) };
  const waiting = await tx.query<{ id: string; conversation_id: string }>(
    `SELECT id, conversation_id FROM waiting WHERE session_date = $1 AND status = 'waiting' FOR UPDATE`,
    [input.day],
  );
  await tx.query(
    `UPDATE waiting SET status = 'left' WHERE session_date = $1 AND status IN ('waiting', 'offered')`,
    [input.day],
  );
  for (const { id, conversation_id: conversationId } of waiting.rows) {
    await planNotice(tx, {
      kind: 'waiting-closed',
      onceKey: `waiting-closed.${id}`,
      dueAt: tx.now,
      conversationId,
    });
  }
  const { rows } = await tx.query<{
    id: string;
    code: string;
    time: TimeOfDay;
    residentId: string;
    conversationId: string | null;
  }>(
    `SELECT id, code, slot_time AS time, resident_id AS "residentId", conversation_id AS "conversationId" FROM booking
      WHERE session_date = $1 AND status IN ('held', 'booked') ORDER BY slot_time, seat FOR UPDATE`,
    [input.day],
  );
  let told = 0;
  const withoutPhone: string[] = [];
  for (const booking of rows) {
    if (instantOf(input.day, booking.time) <= tx.now) continue;
    const done = await cancelAndTell(tx, { booking, calendar });
    if (done === 'told') told += 1;
    if (done === 'no_chat') withoutPhone.push(booking.code);
  }
  await writeAudit(tx, {
    officerId: input.officerId,
    action: 'close_day',
    subjectKind: 'room',
    subjectId: input.day,
    detail: { told, withoutPhone: withoutPhone.length },
  });
  tx.changed({ kind: 'room', id: 'closures' });
  return { kind: 'closed', told, withoutPhone };
}

/** Opens a day again that an admin had closed; public holidays are taken out of the list the same way. */
export async function openDay(
  tx: Tx,
  input: { day: Day; officerId: string | null },
): Promise<{ kind: 'opened' } | { kind: 'not_closed' }> {
  const opened = await tx.query(`DELETE FROM closure WHERE day = $1`, [input.day]);
  if (opened.count === 0) return { kind: 'not_closed' };
  await writeAudit(tx, {
    officerId: input.officerId,
    action: 'open_day',
    subjectKind: 'room',
    subjectId: input.day,
  });
  tx.changed({ kind: 'room', id: 'closures' });
  return { kind: 'opened' };
}
