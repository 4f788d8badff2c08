import { isInTime, sessionsAhead } from '../domain/calendar.ts';
import type { RoomCalendar } from '../domain/calendar.ts';
import type { Day, TimeOfDay } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';

export type FreeSlot = { time: TimeOfDay; left: number };
export type FreeDay = { day: Day; left: number; slots: FreeSlot[] };

/** Open days from now to the horizon with what is left in each slot; a full day is there with `left` 0. */
export async function findFreeDays(tx: Tx, input: { calendar: RoomCalendar }): Promise<FreeDay[]> {
  const { calendar } = input;
  const sessions = sessionsAhead(calendar, tx.now);
  const first = sessions[0];
  const last = sessions.at(-1);
  if (!first || !last) return [];
  const { rows } = await tx.query<{ day: Day; time: TimeOfDay; taken: number }>(
    `SELECT session_date AS day, slot_time AS time, count(*) AS taken
       FROM booking WHERE session_date BETWEEN $1 AND $2 AND status <> 'cancelled'
      GROUP BY session_date, slot_time`,
    [first.day, last.day],
  );
  const taken = new Map(rows.map((row) => [`${row.day} ${row.time}`, row.taken]));
  const days: FreeDay[] = [];
  for (const session of sessions) {
    const slots: FreeSlot[] = [];
    for (const time of session.slots) {
      if (!isInTime(calendar.room, tx.now, session.day, time)) continue;
      const left = calendar.room.seatsPerSlot - (taken.get(`${session.day} ${time}`) ?? 0);
      slots.push({ time, left: Math.max(0, left) });
    }
    if (slots.length > 0) {
      days.push({ day: session.day, left: slots.reduce((sum, slot) => sum + slot.left, 0), slots });
    }
  }
  return days;
}
