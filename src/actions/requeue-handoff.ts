import type { Tx } from '../store/transact.ts';

/**
 * Puts a chat that an officer held back into the queue. Its place is the one it had; whoever was asked before is asked
 * again, its climbing begins anew, and colleagues who read along do so no longer. The bot answers meanwhile. Under the
 * conversation's lock.
 */
export async function requeueHandoff(tx: Tx, input: { handoffId: string }): Promise<void> {
  await tx.query(
    `UPDATE handoff SET status = 'waiting', officer_id = NULL, claimed_at = NULL, waiting_since = $2,
                        climb_level = 0, next_climb_at = NULL, said_place = NULL, expected_by = NULL, holder_called_at = NULL
      WHERE id = $1`,
    [input.handoffId, tx.now],
  );
  await tx.query(
    `UPDATE conversation SET owner = 'bot' WHERE id = (SELECT conversation_id FROM handoff WHERE id = $1)`,
    [input.handoffId],
  );
  await tx.query(`DELETE FROM handoff_offer WHERE handoff_id = $1`, [input.handoffId]);
  await tx.query(`DELETE FROM handoff_guest WHERE handoff_id = $1`, [input.handoffId]);
  await tx.query(`DELETE FROM page WHERE handoff_id = $1`, [input.handoffId]);
  tx.ring({ kind: 'queue' });
}
