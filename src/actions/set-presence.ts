import type { Tx } from '../store/transact.ts';

/** Whether an officer takes chats now. */
export async function setPresence(
  tx: Tx,
  input: { officerId: string; presence: 'on_duty' | 'busy' | 'away' },
): Promise<void> {
  await tx.query(`UPDATE officer SET presence = $2 WHERE id = $1`, [input.officerId, input.presence]);
  tx.changed({ kind: 'room', id: 'officers' });
  tx.ring({ kind: 'queue' });
}
