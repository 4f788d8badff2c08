import type { Tx } from '../store/transact.ts';

/** Whether an officer takes chats now. `inGroupUntil`: it was said in their group, which is a sign of life till then. */
export async function setPresence(
  tx: Tx,
  input: { officerId: string; presence: 'on_duty' | 'busy' | 'away'; inGroupUntil?: Date },
): Promise<void> {
  await tx.query(
    `UPDATE officer SET presence = $2, in_group_until = coalesce($3, in_group_until) WHERE id = $1`,
    [input.officerId, input.presence, input.inGroupUntil ?? null],
  );
  tx.changed({ kind: 'room', id: 'officers' });
  tx.ring({ kind: 'queue' });
}
