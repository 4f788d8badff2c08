import { readHolidayFile } from '../../domain/holiday-file.ts';
import { dayOf } from '../../domain/wita.ts';
import type { DeskDeps } from '../ports.ts';
import { readClosingPreview } from './closing-preview.ts';
import { readRoomCalendar } from './room-calendar.ts';

/** What a file of holidays would do, before anybody presses the button. */
export async function readImportPreview(deps: DeskDeps, file: Uint8Array) {
  const { days, faults } = readHolidayFile(file);
  const today = dayOf(deps.clock.now());
  const { closures } = await readRoomCalendar(deps.db);
  const { rows } = await deps.db.query<{ day: string }>(
    `SELECT session_date AS day FROM booking WHERE session_date = ANY($1::date[]) AND status IN ('held', 'booked')
     UNION SELECT session_date FROM waiting WHERE session_date = ANY($1::date[]) AND status = 'waiting'`,
    [days.map(({ day }) => day)],
  );
  const touching = new Set(rows.map(({ day }) => day));
  const items = [];
  for (const { line, day, kind, name } of days) {
    const known = closures.get(day);
    const state: 'new' | 'known' | 'past' = day < today ? 'past' : known ? 'known' : 'new';
    const touched = state === 'new' && touching.has(day) ? await readClosingPreview(deps, day) : null;
    items.push({
      line,
      day,
      kind,
      name,
      state,
      /** Told at once, and offered the nearest free slots. */
      told: touched?.bookings.filter(({ isTold }) => isTold).length ?? 0,
      /** Have no chat: somebody must call them. */
      toCall: touched?.bookings.filter(({ isTold }) => !isTold).length ?? 0,
      waiting: touched?.waiting ?? 0,
    });
  }
  return { items, faults };
}
