import type { SurveyFacts } from '../domain/survey.ts';
import type { Tx } from '../store/transact.ts';
import { planNotice } from './plan-notice.ts';

/** Why an invitation was dropped that may stand again. */
export const notOver = 'not over any more';

/** How long after a visit it is asked about. */
export const surveyAfterVisitMs = 60 * 60 * 1000;

/**
 * Plans the one invitation to judge the room that a settled concern or a finished visit brings. Whether it may be sent
 * is decided when it is: danger may be told of, or the visit be marked otherwise, until then.
 */
export async function inviteToSurvey(
  tx: Tx,
  input: { code: string; dueAt: Date } & ({ concernId: string } | { bookingId: string }),
): Promise<void> {
  const { code, dueAt, ...subject } = input;
  await planNotice(tx, {
    kind: 'survey-invited',
    onceKey: invitationKey(code),
    dueAt,
    revives: notOver,
    ...subject,
  });
}

export function invitationKey(code: string): string {
  return `survey-invited.${code}`;
}

/**
 * What decides whether a resident may be asked, read under the resident's lock, so that two invitations of one person
 * do not pass one another. A concern filed under violence against women and children is of danger, whatever was said.
 */
export async function readSurveyFacts(
  tx: Tx,
  input: { noticeId: string; residentId: string; concernId: string | null; bookingId: string | null },
): Promise<SurveyFacts> {
  await tx.query(`SELECT 1 FROM resident WHERE id = $1 FOR NO KEY UPDATE`, [input.residentId]);
  const { rows } = await tx.query<SurveyFacts>(
    `WITH mine AS (
       SELECT c.id FROM conversation c JOIN address a ON a.id = c.address_id WHERE a.resident_id = $1
     )
     SELECT (SELECT max(d.last_sign_at) FROM danger_alert d WHERE d.conversation_id IN (SELECT id FROM mine) AND NOT d.is_false) AS "lastDangerAt",
            (SELECT max(n.done_at) FROM notice n WHERE n.conversation_id IN (SELECT id FROM mine)
                AND n.kind = 'survey-invited' AND n.status = 'sent' AND n.id <> $2) AS "lastInvitedAt",
            EXISTS (SELECT 1 FROM concern k
                     WHERE (k.id = $3::uuid OR k.booking_id = $4::uuid)
                       AND (k.category = 'perlindungan_perempuan_anak'
                            OR EXISTS (SELECT 1 FROM danger_alert d JOIN message m ON m.danger_alert_id = d.id
                                        WHERE m.concern_id = k.id AND NOT d.is_false)
                            OR (SELECT x.is_danger FROM correction x WHERE x.concern_id = k.id ORDER BY x.id DESC LIMIT 1))
            ) AS "isOfDanger"`,
    [input.residentId, input.noticeId, input.concernId, input.bookingId],
  );
  const facts = rows[0];
  if (!facts) throw new Error('readSurveyFacts: a select without FROM returned no row');
  return facts;
}
