import { sealed } from '../store/sealed.ts';
import type { Tx } from '../store/transact.ts';
import { writeAudit } from './write-audit.ts';

/** Shows the number or account behind a conversation, for a call; each time it is a row that says who looked. */
export async function revealAddress(
  tx: Tx,
  input: { conversationId: string; officerId: string },
): Promise<{ channel: string; kind: string; value: string } | null> {
  const { rows } = await tx.query<{ channel: string; kind: string; value_sealed: Uint8Array }>(
    `SELECT a.channel, a.kind, a.value_sealed FROM conversation c JOIN address a ON a.id = c.address_id WHERE c.id = $1`,
    [input.conversationId],
  );
  const row = rows[0];
  if (!row) return null;
  await writeAudit(tx, {
    officerId: input.officerId,
    action: 'reveal_address',
    subjectKind: 'conversation',
    subjectId: input.conversationId,
  });
  return {
    channel: row.channel,
    kind: row.kind,
    value: tx.vault.openText(row.value_sealed, sealed.addressValue),
  };
}
