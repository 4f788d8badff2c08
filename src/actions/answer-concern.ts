import type { Tx } from '../store/transact.ts';
import { planNotice } from './plan-notice.ts';
import { sayToResident } from './say-to-resident.ts';
import { writeAudit } from './write-audit.ts';

export type AnswerConcernResult =
  | { kind: 'answered'; isTold: boolean }
  /** Its state is not the one the page showed. */
  | { kind: 'changed'; status: string }
  | { kind: 'not_found' };

/**
 * The room has an answer: the resident reads it and is asked "sudah beres?". Only the resident's word settles a
 * concern, so this ends in `answered` and never in `settled`.
 */
export async function answerConcern(
  tx: Tx,
  input: { concernId: string; officerId: string; from: string; word: string; onceKey: string },
): Promise<AnswerConcernResult> {
  const found = await tx.query<{ code: string; status: string; conversation_id: string | null }>(
    `SELECT code, status, conversation_id FROM concern WHERE id = $1 AND status <> 'draft' FOR UPDATE`,
    [input.concernId],
  );
  const concern = found.rows[0];
  if (!concern) return { kind: 'not_found' };
  if (concern.status !== input.from || concern.status === 'settled')
    return { kind: 'changed', status: concern.status };
  await tx.query(
    `UPDATE concern SET status = 'answered', next_word_by = NULL, added_at = NULL, officer_id = coalesce(officer_id, $2) WHERE id = $1`,
    [input.concernId, input.officerId],
  );
  if (concern.conversation_id !== null) {
    await sayToResident(tx, {
      conversationId: concern.conversation_id,
      officerId: input.officerId,
      concernId: input.concernId,
      content: { kind: 'text', text: input.word },
      onceKey: input.onceKey,
    });
    await planNotice(tx, {
      kind: 'concern-answered',
      onceKey: `concern-answered.${concern.code}.${input.onceKey}`,
      dueAt: tx.now,
      concernId: input.concernId,
    });
  }
  await writeAudit(tx, {
    officerId: input.officerId,
    action: 'answer_concern',
    subjectKind: 'concern',
    subjectId: input.concernId,
    detail: { code: concern.code },
  });
  tx.changed({ kind: 'concern', id: input.concernId });
  return { kind: 'answered', isTold: concern.conversation_id !== null };
}
