import { addWorkingDays } from '../domain/calendar.ts';
import type { RoomCalendar } from '../domain/calendar.ts';
import { dayOf } from '../domain/wita.ts';
import type { Day } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';
import { inviteToSurvey } from './invite-to-survey.ts';
import { stopReferral } from './withdraw-referral.ts';
import { writeAudit } from './write-audit.ts';

/**
 * The resident's word on "sudah beres?". A yes settles the concern, a no reopens it; both work on an answered
 * and on a settled one, however late the button is pressed, and where an agency's answer has come in after ours.
 */
export async function answerConcernCheck(
  tx: Tx,
  input: { code: string; residentId: string; isSettled: boolean; calendar: RoomCalendar },
): Promise<{ kind: 'settled' } | { kind: 'reopened'; nextWordBy: Day } | { kind: 'gone' }> {
  const closures = input.calendar.closures;
  const nextWordBy = addWorkingDays(closures, dayOf(tx.now), input.calendar.room.firstWordWorkingDays);
  const { rows } = await tx.query<{ id: string; was: string }>(
    `WITH mine AS (
       SELECT id, status FROM concern
        WHERE code = $1 AND resident_id = $2 AND status IN ('answered', 'settled', 'reopened', 'referred') FOR UPDATE
     )
     UPDATE concern SET ${
       input.isSettled
         ? `status = 'settled', settled_at = coalesce(settled_at, $3), next_word_by = NULL`
         : `status = 'reopened', settled_at = NULL, next_word_by = $3::date`
     } FROM mine WHERE concern.id = mine.id RETURNING concern.id, mine.status AS was`,
    [input.code, input.residentId, input.isSettled ? tx.now : nextWordBy],
  );
  const row = rows[0];
  if (!row) return { kind: 'gone' };
  await tx.query(
    `UPDATE notice SET status = 'dropped', outcome = 'answered', done_at = $2
      WHERE concern_id = $1 AND status = 'due' AND kind IN ('concern-answered', 'concern-check')`,
    [row.id, tx.now],
  );
  if (row.was !== (input.isSettled ? 'settled' : 'reopened')) {
    await writeAudit(tx, {
      officerId: null,
      action: input.isSettled ? 'settle_concern' : 'reopen_concern',
      subjectKind: 'concern',
      subjectId: row.id,
      detail: { code: input.code, by: 'resident' },
    });
  }
  if (input.isSettled) await stopReferral(tx, { concernId: row.id });
  if (input.isSettled) await inviteToSurvey(tx, { code: input.code, concernId: row.id, dueAt: tx.now });
  tx.changed({ kind: 'concern', id: row.id });
  return input.isSettled ? { kind: 'settled' } : { kind: 'reopened', nextWordBy };
}
