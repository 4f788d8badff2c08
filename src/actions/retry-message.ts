import type { Tx } from '../store/transact.ts';
import { writeAudit } from './write-audit.ts';

export type RetryMessageResult =
  | { kind: 'retried' }
  /** It is on its way or has arrived; there is nothing to send again. */
  | { kind: 'not_failed'; status: string }
  | { kind: 'not_found' };

/** Puts an undelivered message back in line and rings for it: the very same row is sent again. */
export async function retryMessage(
  tx: Tx,
  input: { messageId: string; officerId: string },
): Promise<RetryMessageResult> {
  const again = await tx.query<{ conversation_id: string }>(
    `UPDATE message SET status = 'pending', next_attempt_at = NULL, claimed_until = NULL, failure = NULL,
                        attended_at = NULL, attended_by = NULL
      WHERE id = $1 AND status IN ('failed', 'undeliverable', 'pending') RETURNING conversation_id`,
    [input.messageId],
  );
  const row = again.rows[0];
  if (!row) {
    const found = await tx.query<{ status: string | null }>(`SELECT status FROM message WHERE id = $1`, [
      input.messageId,
    ]);
    const status = found.rows[0]?.status;
    return status === undefined || status === null ? { kind: 'not_found' } : { kind: 'not_failed', status };
  }
  // Somebody believes that they can be reached again; if not, the next attempt says so anew.
  await tx.query(
    `UPDATE address SET unreachable_at = NULL WHERE id = (SELECT address_id FROM conversation WHERE id = $1)`,
    [row.conversation_id],
  );
  await writeAudit(tx, {
    officerId: input.officerId,
    action: 'retry_message',
    subjectKind: 'message',
    subjectId: input.messageId,
  });
  tx.ring({ kind: 'deliver', conversationId: row.conversation_id });
  tx.changed({ kind: 'conversation', id: row.conversation_id });
  return { kind: 'retried' };
}

/** The resident was reached another way (a call): the red row is done with, the message stays unsent. */
export async function attendToMessage(
  tx: Tx,
  input: { messageId: string; officerId: string },
): Promise<{ kind: 'attended' } | { kind: 'not_found' }> {
  const done = await tx.query<{ conversation_id: string }>(
    `UPDATE message SET attended_at = $3, attended_by = $2
      WHERE id = $1 AND status IN ('failed', 'undeliverable') AND attended_at IS NULL RETURNING conversation_id`,
    [input.messageId, input.officerId, tx.now],
  );
  const row = done.rows[0];
  if (!row) return { kind: 'not_found' };
  await writeAudit(tx, {
    officerId: input.officerId,
    action: 'attend_to_message',
    subjectKind: 'message',
    subjectId: input.messageId,
  });
  tx.changed({ kind: 'conversation', id: row.conversation_id });
  return { kind: 'attended' };
}
