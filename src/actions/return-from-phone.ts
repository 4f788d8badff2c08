import type { Tx } from '../store/transact.ts';

/** Without a word on the room's phone for so long, whoever typed there has gone. */
const phoneKeepsMs = 12 * 3_600_000;

/**
 * A chat that was taken over on the room's phone, and where nobody has typed since, is the bot's again: no officer holds
 * it, so nobody would answer. One with a danger that nobody has acknowledged stays open.
 */
export async function returnFromPhone(
  tx: Tx,
  input: { conversationId: string },
): Promise<{ kind: 'returned' | 'kept' }> {
  const { rows } = await tx.query<{ id: string }>(
    `UPDATE handoff h SET status = 'closed', outcome = 'returned', closed_at = $2
      WHERE h.conversation_id = $1 AND h.status = 'held' AND h.officer_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM message m
                         WHERE m.conversation_id = $1 AND m.author IN ('phone', 'officer') AND m.created_at > $3)
        AND NOT EXISTS (SELECT 1 FROM danger_alert d WHERE d.conversation_id = $1 AND d.acknowledged_at IS NULL)
     RETURNING h.id`,
    [input.conversationId, tx.now, new Date(tx.now.getTime() - phoneKeepsMs)],
  );
  const handoff = rows[0];
  if (!handoff) return { kind: 'kept' };
  await tx.query(`UPDATE conversation SET owner = 'bot' WHERE id = $1`, [input.conversationId]);
  tx.changed({ kind: 'handoff', id: handoff.id });
  return { kind: 'returned' };
}
