import type { Tx } from '../store/transact.ts';
import { addNote } from './add-note.ts';
import { lockHeldConversation } from './lock-conversation.ts';
import type { NotHolder } from './lock-conversation.ts';
import { requeueHandoff } from './requeue-handoff.ts';
import { writeAudit } from './write-audit.ts';

export type TransferHandoffResult =
  | { kind: 'transferred'; to: { id: string; name: string } | null }
  /** Not an officer who could take it: unknown, switched off, or an analyst. */
  | { kind: 'unknown_officer' }
  | NotHolder;

/** Passes a held chat to a colleague, or back to the queue (`toOfficerId` null), with a note for who reads on. */
export async function transferHandoff(
  tx: Tx,
  input: {
    conversationId: string;
    officerId: string;
    toOfficerId: string | null;
    note: string;
    mayOverride?: boolean;
  },
): Promise<TransferHandoffResult> {
  const held = await lockHeldConversation(tx, input);
  if (held.kind !== 'held') return held;
  let to: { id: string; name: string } | null = null;
  if (input.toOfficerId !== null) {
    const found = await tx.query<{ id: string; name: string }>(
      `SELECT id, name FROM officer WHERE id = $1 AND is_active AND role <> 'analyst'`,
      [input.toOfficerId],
    );
    to = found.rows[0] ?? null;
    if (!to) return { kind: 'unknown_officer' };
  }
  if (to) {
    await tx.query(`UPDATE handoff SET officer_id = $2, holder_called_at = NULL WHERE id = $1`, [
      held.handoffId,
      to.id,
    ]);
    await tx.query(`DELETE FROM handoff_guest WHERE handoff_id = $1 AND officer_id = $2`, [
      held.handoffId,
      to.id,
    ]);
    tx.ring({ kind: 'queue' });
  } else await requeueHandoff(tx, { handoffId: held.handoffId });
  const note = input.note.trim();
  if (note !== '')
    await addNote(tx, { conversationId: input.conversationId, officerId: input.officerId, body: note });
  await writeAudit(tx, {
    officerId: input.officerId,
    action: 'transfer_handoff',
    subjectKind: 'conversation',
    subjectId: input.conversationId,
    detail: { to: to?.name ?? 'antrean' },
  });
  tx.changed({ kind: 'handoff', id: held.handoffId });
  tx.changed({ kind: 'conversation', id: input.conversationId });
  return { kind: 'transferred', to };
}
