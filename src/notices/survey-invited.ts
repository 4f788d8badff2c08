import { notOver, readSurveyFacts } from '../actions/invite-to-survey.ts';
import { whyNoSurvey } from '../domain/survey.ts';
import type { Tx } from '../store/transact.ts';
import { defineNotice } from './define-notice.ts';
import type { DueNotice } from './define-notice.ts';

/** While somebody speaks with an officer, or waits for one, a form can wait. */
const hourMs = 60 * 60 * 1000;

/** A settled concern, a finished visit: how was it? Never after danger, at most once in thirty days. */
export const surveyInvited = defineNotice({
  kind: 'survey-invited',
  isReminder: true,
  passesQuietHours: false,
  async write(tx, notice, { t, now }) {
    const subject = await readSubject(tx, notice);
    if (!subject?.isOver) return { kind: 'drop', why: notOver };
    if (!subject.hasConsent) return { kind: 'drop', why: 'no consent' };
    const why = whyNoSurvey(await readSurveyFacts(tx, { ...notice, noticeId: notice.id }), now);
    if (why) return { kind: 'drop', why };
    if (subject.wasOffered) return { kind: 'drop', why: 'invited for its concern' };
    if (subject.isWithOfficer) return { kind: 'later', until: new Date(now.getTime() + hourMs) };
    const { code } = subject;
    return {
      kind: 'say',
      text: t('notice-survey-invited', { code }),
      answers: [
        { verb: 'survey', code, label: t('notice-survey-begin') },
        { verb: 'later', code, label: t('notice-no-thanks') },
      ],
    };
  },
});

type Subject = {
  code: string;
  isOver: boolean;
  hasConsent: boolean;
  /** Of a visit: its concern has brought an invitation already. */
  wasOffered: boolean;
  isWithOfficer: boolean;
};

async function readSubject(tx: Tx, notice: DueNotice): Promise<Subject | null> {
  const { rows } = await tx.query<Subject>(
    `SELECT coalesce(k.code, b.code) AS code,
            coalesce(k.status = 'settled', b.status = 'finished') AS "isOver",
            EXISTS (SELECT 1 FROM consent WHERE resident_id = $2 AND withdrawn_at IS NULL) AS "hasConsent",
            EXISTS (SELECT 1 FROM concern v JOIN notice s ON s.concern_id = v.id
                     WHERE v.booking_id = n.booking_id AND s.kind = 'survey-invited' AND s.status IN ('due', 'sent')) AS "wasOffered",
            EXISTS (SELECT 1 FROM handoff h WHERE h.conversation_id = n.conversation_id
                       AND h.status IN ('waiting', 'held')) AS "isWithOfficer"
       FROM notice n LEFT JOIN concern k ON k.id = n.concern_id LEFT JOIN booking b ON b.id = n.booking_id
      WHERE n.id = $1`,
    [notice.id, notice.residentId],
  );
  return rows[0] ?? null;
}
