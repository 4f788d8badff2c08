import { addWorkingDays } from '../domain/calendar.ts';
import type { RoomCalendar } from '../domain/calendar.ts';
import { dayOf, instantOf } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';
import { inviteToSurvey } from './invite-to-survey.ts';
import { planNotice } from './plan-notice.ts';
import { stopReferral } from './withdraw-referral.ts';
import { writeAudit } from './write-audit.ts';

/** Working days after the answer when it is asked again, and after which silence settles. */
const askAgainAfter = 5;
const settleAfter = 10;
/** A no to "kami catat beres" comes first; how it was is asked a day later. */
const surveyAfterMs = 24 * 60 * 60 * 1000;
const dayMs = 24 * 60 * 60 * 1000;

/**
 * Follows answered concerns: asked again after five working days without a word, settled after ten. Only the
 * resident's yes, or this long a silence after being asked twice, settles a concern. Run hourly; the oldest first.
 */
export async function settleSilentConcerns(tx: Tx, input: { calendar: RoomCalendar }): Promise<number> {
  const { closures, room } = input.calendar;
  const { rows } = await tx.query<{
    id: string;
    code: string;
    asked_at: Date;
    asked_twice: boolean;
    key: string;
  }>(
    `SELECT k.id, k.code, n.done_at AS asked_at, n.once_key AS key,
            EXISTS (SELECT 1 FROM notice again WHERE again.concern_id = k.id AND again.kind = 'concern-check'
                       AND again.created_at >= n.done_at AND again.status = 'sent') AS asked_twice
       FROM concern k
       JOIN LATERAL (SELECT done_at, once_key FROM notice WHERE concern_id = k.id AND kind = 'concern-answered' AND status = 'sent'
                      ORDER BY done_at DESC LIMIT 1) n ON true
      WHERE k.status = 'answered' AND n.done_at <= $1
      ORDER BY n.done_at LIMIT 500 FOR UPDATE OF k SKIP LOCKED`,
    // Five working days are no fewer than five days.
    [new Date(tx.now.getTime() - askAgainAfter * dayMs)],
  );
  let count = 0;
  for (const concern of rows) {
    const asked = dayOf(concern.asked_at);
    const isDue = (days: number) =>
      instantOf(addWorkingDays(closures, asked, days), room.hours.opens).getTime() <= tx.now.getTime();
    if (isDue(settleAfter) && concern.asked_twice) {
      await tx.query(
        `UPDATE concern SET status = 'settled', settled_at = $2, next_word_by = NULL WHERE id = $1`,
        [concern.id, tx.now],
      );
      await planNotice(tx, {
        kind: 'concern-settled',
        onceKey: `concern-settled.${concern.key}`,
        dueAt: tx.now,
        concernId: concern.id,
      });
      await writeAudit(tx, {
        officerId: null,
        action: 'settle_concern',
        subjectKind: 'concern',
        subjectId: concern.id,
        detail: { code: concern.code, by: 'silence' },
      });
      await stopReferral(tx, { concernId: concern.id });
      const dueAt = new Date(tx.now.getTime() + surveyAfterMs);
      await inviteToSurvey(tx, { code: concern.code, concernId: concern.id, dueAt });
      tx.changed({ kind: 'concern', id: concern.id });
      count += 1;
    } else if (isDue(askAgainAfter)) {
      await planNotice(tx, {
        kind: 'concern-check',
        onceKey: `concern-check.${concern.key}`,
        dueAt: tx.now,
        concernId: concern.id,
      });
    }
  }
  return count;
}
