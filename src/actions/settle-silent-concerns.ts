import type { RoomCalendar } from '../domain/calendar.ts';
import { workingMorning } from '../domain/deadline.ts';
import { dayOf } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';
import { inviteToSurvey } from './invite-to-survey.ts';
import { heardAt } from './notice-heard.ts';
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
 * resident's yes, or this long a silence after being asked twice, settles a concern; and silent is only who has heard
 * both questions. Run hourly; the oldest first.
 */
export async function settleSilentConcerns(tx: Tx, input: { calendar: RoomCalendar }): Promise<number> {
  const { calendar } = input;
  const { rows } = await tx.query<{
    id: string;
    code: string;
    asked_at: Date;
    asked_again_at: Date | null;
    key: string;
  }>(
    `SELECT k.id, k.code, n.heard_at AS asked_at, again.heard_at AS asked_again_at, n.once_key AS key
       FROM concern k
       JOIN LATERAL (SELECT x.once_key, ${heardAt('x')} AS heard_at FROM notice x
                      WHERE x.concern_id = k.id AND x.kind = 'concern-answered' AND x.status = 'sent'
                      ORDER BY x.done_at DESC LIMIT 1) n ON n.heard_at <= $1
       LEFT JOIN LATERAL (SELECT ${heardAt('x')} AS heard_at FROM notice x WHERE x.once_key = 'concern-check.' || n.once_key) again ON true
      WHERE k.status = 'answered'
        AND (again.heard_at <= $1 OR NOT EXISTS (SELECT 1 FROM notice x WHERE x.once_key = 'concern-check.' || n.once_key))
      ORDER BY n.heard_at LIMIT 500 FOR UPDATE OF k SKIP LOCKED`,
    // Five working days are no fewer than five days.
    [new Date(tx.now.getTime() - askAgainAfter * dayMs)],
  );
  let count = 0;
  for (const concern of rows) {
    const isPast = (asked: Date, days: number) =>
      workingMorning(calendar, dayOf(asked), days).getTime() <= tx.now.getTime();
    const { asked_at: asked, asked_again_at: again } = concern;
    if (again && isPast(asked, settleAfter) && isPast(again, settleAfter - askAgainAfter)) {
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
    } else if (isPast(asked, askAgainAfter)) {
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
