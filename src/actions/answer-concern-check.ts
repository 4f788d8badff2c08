import { addWorkingDays } from '../domain/calendar.ts';
import type { RoomCalendar } from '../domain/calendar.ts';
import { dayOf } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';

/**
 * The resident's word on "sudah beres?". A yes settles the concern, a no reopens it; both work on an answered
 * and on a settled one, however late the button is pressed.
 */
export async function answerConcernCheck(
  tx: Tx,
  input: { code: string; residentId: string; isSettled: boolean; calendar: RoomCalendar },
): Promise<{ kind: 'settled' | 'reopened'; code: string } | { kind: 'gone' }> {
  const closures = input.calendar.closures;
  const nextWordBy = addWorkingDays(closures, dayOf(tx.now), input.calendar.room.firstWordWorkingDays);
  const { rows } = await tx.query<{ id: string; code: string }>(
    input.isSettled
      ? `UPDATE concern SET status = 'settled', settled_at = coalesce(settled_at, $3), next_word_by = NULL
          WHERE code = $1 AND resident_id = $2 AND status IN ('answered', 'settled', 'reopened') RETURNING id, code`
      : `UPDATE concern SET status = 'reopened', settled_at = NULL, next_word_by = $4::date
          WHERE code = $1 AND resident_id = $2 AND status IN ('answered', 'settled', 'reopened')
            AND $3::timestamptz IS NOT NULL
          RETURNING id, code`,
    input.isSettled
      ? [input.code, input.residentId, tx.now]
      : [input.code, input.residentId, tx.now, nextWordBy],
  );
  const row = rows[0];
  if (!row) return { kind: 'gone' };
  await tx.query(
    `UPDATE notice SET status = 'dropped', outcome = 'answered', done_at = $2
      WHERE concern_id = $1 AND status = 'due' AND kind IN ('concern-answered', 'concern-check')`,
    [row.id, tx.now],
  );
  tx.changed({ kind: 'concern', id: row.id });
  return { kind: input.isSettled ? 'settled' : 'reopened', code: row.code };
}
