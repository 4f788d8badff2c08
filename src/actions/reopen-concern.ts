import { addWorkingDays } from '../domain/calendar.ts';
import type { RoomCalendar } from '../domain/calendar.ts';
import { dayOf } from '../domain/wita.ts';
import type { Day } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';
import { writeAudit } from './write-audit.ts';

/**
 * The resident is not content: by a "belum", or by words added to what was answered. The concern is open again, with
 * the day by which they hear from the room, and what was still to ask "sudah beres?" falls away. Whose it was has it
 * again, unless they have left meanwhile.
 */
export async function reopenConcern(
  tx: Tx,
  input: { concernId: string; from: readonly string[]; calendar: RoomCalendar },
): Promise<{ kind: 'reopened'; nextWordBy: Day } | { kind: 'not_in_state' }> {
  const { closures, room } = input.calendar;
  const nextWordBy = addWorkingDays(closures, dayOf(tx.now), room.firstWordWorkingDays);
  const { rows } = await tx.query<{ code: string; was: string }>(
    `WITH before AS (SELECT id, status FROM concern WHERE id = $1 AND status = ANY($2::text[]) FOR UPDATE)
     UPDATE concern SET status = 'reopened', settled_at = NULL, next_word_by = $3,
            officer_id = (SELECT o.id FROM officer o WHERE o.id = concern.officer_id AND o.is_active AND o.role <> 'analyst')
       FROM before WHERE concern.id = before.id RETURNING concern.code, before.status AS was`,
    [input.concernId, [...input.from], nextWordBy],
  );
  const concern = rows[0];
  if (!concern) return { kind: 'not_in_state' };
  await dropChecks(tx, input.concernId);
  if (concern.was !== 'reopened') {
    await writeAudit(tx, {
      officerId: null,
      action: 'reopen_concern',
      subjectKind: 'concern',
      subjectId: input.concernId,
      detail: { code: concern.code, by: 'resident' },
    });
  }
  tx.changed({ kind: 'concern', id: input.concernId });
  return { kind: 'reopened', nextWordBy };
}

/** The resident has said how it is; what was to ask it is not sent any more. */
export async function dropChecks(tx: Tx, concernId: string): Promise<void> {
  await tx.query(
    `UPDATE notice SET status = 'dropped', outcome = 'answered', done_at = $2
      WHERE concern_id = $1 AND status = 'due' AND kind IN ('concern-answered', 'concern-check')`,
    [concernId, tx.now],
  );
}
