import type { Closure, RoomCalendar } from '../../domain/calendar.ts';
import { roomSchema, roomSettingKey } from '../../domain/room.ts';
import type { Queryable } from '../../store/database.ts';

/** The room's settings and closed days as they stand now. */
export async function readRoomCalendar(db: Queryable): Promise<RoomCalendar> {
  const settings = await db.query<{ value: unknown }>(`SELECT value FROM setting WHERE key = $1`, [
    roomSettingKey,
  ]);
  const closures = await db.query<Closure>(`SELECT day, name, kind FROM closure`);
  return {
    room: roomSchema.parse(settings.rows[0]?.value ?? {}),
    closures: new Map(closures.rows.map((closure) => [closure.day, closure])),
  };
}
