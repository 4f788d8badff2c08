import type { Category } from '../domain/category.ts';
import { addWorkingDays } from '../domain/calendar.ts';
import type { RoomCalendar } from '../domain/calendar.ts';
import { dayOf } from '../domain/wita.ts';
import type { Day } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';

/** Turns a draft into a concern that the room has received, with the day by which the resident hears again. */
export async function submitConcern(
  tx: Tx,
  input: {
    concernId: string;
    calendar: RoomCalendar;
    category: Category;
    kelurahanCode: string | null;
    isNameShared: boolean;
    bookingId: string | null;
  },
): Promise<{ kind: 'received'; code: string; nextWordBy: Day } | { kind: 'gone' }> {
  const { calendar } = input;
  const nextWordBy = addWorkingDays(calendar.closures, dayOf(tx.now), calendar.room.firstWordWorkingDays);
  const { rows } = await tx.query<{ id: string; code: string }>(
    `UPDATE concern SET status = 'new', category = $2, kelurahan_code = $3, is_name_shared = $4, booking_id = $5,
            next_word_by = $6, received_at = $7
      WHERE id = $1 AND status = 'draft' RETURNING id, code`,
    [
      input.concernId,
      input.category,
      input.kelurahanCode,
      input.isNameShared,
      input.bookingId,
      nextWordBy,
      tx.now,
    ],
  );
  const row = rows[0];
  if (!row) return { kind: 'gone' };
  tx.changed({ kind: 'concern', id: row.id });
  return { kind: 'received', code: row.code, nextWordBy };
}
