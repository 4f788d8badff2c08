import { scrub } from '../domain/scrub.ts';
import { longestComment, surveyElements, whyNoSurvey } from '../domain/survey.ts';
import type { SurveyAnswers } from '../domain/survey.ts';
import { dayOf } from '../domain/wita.ts';
import { sealed } from '../store/sealed.ts';
import type { Tx } from '../store/transact.ts';
import { invitationKey, readSurveyFacts } from './invite-to-survey.ts';
import { readKnownNames } from './read-known-names.ts';

/**
 * Whether the invitation to judge what `code` names stands: `used` once it was answered, `gone` when there is none for
 * this resident, or danger has been told of since.
 */
export async function openSurvey(
  tx: Tx,
  input: { residentId: string; code: string },
): Promise<{ kind: 'open' } | { kind: 'used' } | { kind: 'gone' }> {
  const { rows } = await tx.query<{
    id: string;
    concernId: string | null;
    bookingId: string | null;
    isUsed: boolean;
  }>(
    `SELECT n.id, n.concern_id AS "concernId", n.booking_id AS "bookingId", n.outcome = 'used' AS "isUsed"
       FROM notice n JOIN conversation c ON c.id = n.conversation_id JOIN address a ON a.id = c.address_id
      WHERE n.once_key = $1 AND n.status = 'sent' AND a.resident_id = $2`,
    [invitationKey(input.code), input.residentId],
  );
  const invitation = rows[0];
  if (!invitation) return { kind: 'gone' };
  if (invitation.isUsed) return { kind: 'used' };
  const { id: noticeId, concernId, bookingId } = invitation;
  const facts = await readSurveyFacts(tx, {
    noticeId,
    residentId: input.residentId,
    concernId,
    bookingId,
  });
  return whyNoSurvey({ ...facts, lastInvitedAt: null }, tx.now) === null
    ? { kind: 'open' }
    : { kind: 'gone' };
}

/**
 * Keeps what a resident thinks of the room, apart from the resident: the row has the month and the channel and nothing
 * that leads back, and what in their own words says who they are is taken out. The invitation is used up with it, so that each counts once.
 */
export async function saveSurvey(
  tx: Tx,
  input: {
    residentId: string;
    code: string;
    channel: string;
    answers: SurveyAnswers;
    comment: string | null;
  },
): Promise<{ kind: 'saved' } | { kind: 'empty' } | { kind: 'gone' }> {
  const scores = surveyElements.map((element) => input.answers[element]);
  const comment = input.comment === null ? null : await nameless(tx, input.residentId, input.comment);
  if (comment === null && scores.every((score) => score === null)) return { kind: 'empty' };
  const used = await tx.query(
    `UPDATE notice SET outcome = 'used'
      WHERE once_key = $1 AND status = 'sent' AND outcome <> 'used'
        AND conversation_id IN (SELECT c.id FROM conversation c JOIN address a ON a.id = c.address_id
                                 WHERE a.resident_id = $2)`,
    [invitationKey(input.code), input.residentId],
  );
  if (used.count === 0) return { kind: 'gone' };
  await tx.query(
    `INSERT INTO survey (month, channel, comment_sealed, ${surveyElements.join(', ')})
     VALUES ($1, $2, $3, ${scores.map((_score, at) => `$${at + 4}`).join(', ')})`,
    [
      `${dayOf(tx.now).slice(0, 7)}-01`,
      input.channel,
      comment === null ? null : tx.vault.seal(comment, sealed.surveyComment),
      ...scores,
    ],
  );
  return { kind: 'saved' };
}

/** Here alone it is known what the writer is called. */
async function nameless(tx: Tx, residentId: string, words: string): Promise<string | null> {
  const scrubbed = scrub(words, await readKnownNames(tx, residentId));
  return scrubbed.slice(0, longestComment).trim() || null;
}

/**
 * Empties a message that answered the survey: in the conversation it would say who gave which answer. One that told of
 * danger stays, for the officers.
 */
export async function forgetAnswer(tx: Tx, input: { messageId: string }): Promise<void> {
  await tx.query(
    `UPDATE message SET content_sealed = NULL
      WHERE (id = $1 OR (about_message_id = $1 AND kind = 'edit')) AND direction = 'in'
        AND danger_alert_id IS NULL`,
    [input.messageId],
  );
}
