import { instantOf } from '../../domain/wita.ts';
import type { Day } from '../../domain/wita.ts';
import type { DeskDeps } from '../ports.ts';
import { residentName } from './resident-name.ts';
import type { NamedRow } from './resident-name.ts';

/** Whom closing a day would touch, before anybody presses the button. */
export async function readClosingPreview(deps: DeskDeps, day: Day) {
  const { rows } = await deps.db.query<
    NamedRow & { code: string; slot_time: string; conversation_id: string | null }
  >(
    `SELECT b.code, b.slot_time, b.conversation_id, r.id AS resident_id, r.name_sealed, a.profile_name_sealed
       FROM booking b JOIN resident r ON r.id = b.resident_id
       LEFT JOIN conversation c ON c.id = b.conversation_id LEFT JOIN address a ON a.id = c.address_id
      WHERE b.session_date = $1 AND b.status IN ('held', 'booked') ORDER BY b.slot_time, b.seat`,
    [day],
  );
  const coming = rows.filter((row) => instantOf(day, row.slot_time) > deps.clock.now());
  const waiting = await deps.db.query<{ count: number }>(
    `SELECT count(*) AS count FROM waiting WHERE session_date = $1 AND status = 'waiting'`,
    [day],
  );
  return {
    day,
    waiting: waiting.rows[0]?.count ?? 0,
    bookings: coming.map((row) => ({
      code: row.code,
      time: row.slot_time,
      name: residentName(deps.vault, row),
      isTold: row.conversation_id !== null,
    })),
  };
}
