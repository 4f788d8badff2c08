import type { RoomCalendar } from '../domain/calendar.ts';
import type { Day } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';
import { inviteToSurvey } from './invite-to-survey.ts';
import { dropChecks, reopenConcern } from './reopen-concern.ts';
import { stopReferral } from './withdraw-referral.ts';
import { writeAudit } from './write-audit.ts';

const asked = ['answered', 'settled', 'reopened', 'referred'] as const;

/**
 * The resident's word on "sudah beres?". A yes settles the concern, a no reopens it; both work on an answered
 * and on a settled one, however late the button is pressed, and where an agency's answer has come in after ours.
 */
export async function answerConcernCheck(
  tx: Tx,
  input: { code: string; residentId: string; isSettled: boolean; calendar: RoomCalendar },
): Promise<{ kind: 'settled' } | { kind: 'reopened'; nextWordBy: Day } | { kind: 'gone' }> {
  const { rows } = await tx.query<{ id: string; was: string }>(
    `SELECT id, status AS was FROM concern
      WHERE code = $1 AND resident_id = $2 AND status = ANY($3::text[]) FOR UPDATE`,
    [input.code, input.residentId, [...asked]],
  );
  const concern = rows[0];
  if (!concern) return { kind: 'gone' };
  if (!input.isSettled) {
    const { calendar } = input;
    const reopened = await reopenConcern(tx, { concernId: concern.id, from: asked, calendar });
    return reopened.kind === 'reopened' ? reopened : { kind: 'gone' };
  }
  await tx.query(
    `UPDATE concern SET status = 'settled', settled_at = coalesce(settled_at, $2), next_word_by = NULL WHERE id = $1`,
    [concern.id, tx.now],
  );
  await dropChecks(tx, concern.id);
  if (concern.was !== 'settled') {
    await writeAudit(tx, {
      officerId: null,
      action: 'settle_concern',
      subjectKind: 'concern',
      subjectId: concern.id,
      detail: { code: input.code, by: 'resident' },
    });
  }
  await stopReferral(tx, { concernId: concern.id });
  await inviteToSurvey(tx, { code: input.code, concernId: concern.id, dueAt: tx.now });
  tx.changed({ kind: 'concern', id: concern.id });
  return { kind: 'settled' };
}
