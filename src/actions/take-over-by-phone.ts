import type { Tx } from '../store/transact.ts';

/**
 * Somebody typed on the paired phone itself: the conversation is theirs, and the bot keeps silent until it is given
 * back. An open handoff becomes held; without one, one is made.
 */
export async function takeOverByPhone(
  tx: Tx,
  input: { conversationId: string; messageId: string },
): Promise<void> {
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO handoff (conversation_id, status, reason, requested_at, claimed_at)
     VALUES ($1, 'held', 'phone', $2, $2)
     ON CONFLICT (conversation_id) WHERE status IN ('waiting', 'held') DO UPDATE
        SET status = 'held', claimed_at = coalesce(handoff.claimed_at, excluded.claimed_at)
     RETURNING id`,
    [input.conversationId, tx.now],
  );
  await tx.query(`UPDATE conversation SET owner = 'human' WHERE id = $1`, [input.conversationId]);
  if (rows[0]) tx.changed({ kind: 'handoff', id: rows[0].id });
}
