import { sealed } from '../store/sealed.ts';
import type { Tx } from '../store/transact.ts';

/** A private note of an officer; the resident never sees it. */
export async function addNote(
  tx: Tx,
  input: { conversationId?: string | null; concernId?: string | null; officerId: string; body: string },
): Promise<{ kind: 'added'; noteId: string }> {
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO note (conversation_id, concern_id, officer_id, body_sealed, created_at)
     VALUES ($1, $2, $3, $4, $5) RETURNING id`,
    [
      input.conversationId ?? null,
      input.concernId ?? null,
      input.officerId,
      tx.vault.seal(input.body, sealed.note),
      tx.now,
    ],
  );
  if (input.conversationId) tx.changed({ kind: 'conversation', id: input.conversationId });
  if (input.concernId) tx.changed({ kind: 'concern', id: input.concernId });
  return { kind: 'added', noteId: rows[0]?.id ?? '' };
}
