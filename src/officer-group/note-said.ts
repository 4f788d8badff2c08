import type { Tx } from '../store/transact.ts';

/** What an officer said in the topic stands there already: it is never shown again, and quotes find it. */
export async function noteSaid(
  tx: Tx,
  input: { topicId: string; postRef: string; messageIds: readonly string[] },
): Promise<void> {
  for (const messageId of input.messageIds) {
    await tx.query(
      `INSERT INTO officer_group_message (topic_id, kind, post_ref, message_id, created_at)
       VALUES ($1, 'said', $2, $3, $4) ON CONFLICT (message_id) WHERE message_id IS NOT NULL DO NOTHING`,
      [input.topicId, input.postRef, messageId, tx.now],
    );
  }
}
