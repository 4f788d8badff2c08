import type { Tx } from '../store/transact.ts';

export type LockedConversation = {
  id: string;
  owner: 'bot' | 'human';
  language: 'id' | 'en';
  handoff: {
    id: string;
    status: 'waiting' | 'held';
    officerId: string | null;
    officerName: string | null;
    /** Colleagues who read along. */
    guestIds: readonly string[];
  } | null;
};

/**
 * Takes the conversation's row lock, the one that `converse` works under, and tells who holds it. Always the
 * first lock of an action on a conversation, so that no two of them wait for each other.
 */
export async function lockConversation(tx: Tx, conversationId: string): Promise<LockedConversation | null> {
  const locked = await tx.query(`SELECT 1 FROM conversation WHERE id = $1 FOR NO KEY UPDATE`, [
    conversationId,
  ]);
  if (locked.count === 0) return null;
  // Read after the lock was granted: a joined read in the locking statement could show the time before it.
  const { rows } = await tx.query<{
    owner: 'bot' | 'human';
    language: 'id' | 'en';
    handoff_id: string | null;
    status: 'waiting' | 'held';
    officer_id: string | null;
    officer_name: string | null;
    guest_ids: string[];
  }>(
    `SELECT c.owner, r.language, h.id AS handoff_id, h.status, h.officer_id, o.name AS officer_name,
            ARRAY(SELECT g.officer_id::text FROM handoff_guest g WHERE g.handoff_id = h.id AND h.status = 'held') AS guest_ids
       FROM conversation c
       JOIN address a ON a.id = c.address_id
       JOIN resident r ON r.id = a.resident_id
       LEFT JOIN handoff h ON h.conversation_id = c.id AND h.status IN ('waiting', 'held')
       LEFT JOIN officer o ON o.id = h.officer_id
      WHERE c.id = $1`,
    [conversationId],
  );
  const row = rows[0];
  if (!row) return null;
  return {
    id: conversationId,
    owner: row.owner,
    language: row.language,
    handoff:
      row.handoff_id === null
        ? null
        : {
            id: row.handoff_id,
            status: row.status,
            officerId: row.officer_id,
            officerName: row.officer_name,
            guestIds: row.guest_ids,
          },
  };
}

/** Why an officer may not act on a conversation: somebody else holds it, or nobody does. */
export type NotHolder = { kind: 'not_found' } | { kind: 'not_held' } | { kind: 'held_by_other'; by: Holder };
export type Holder = { id: string | null; name: string };

export function holderOf(conversation: LockedConversation): Holder {
  return {
    id: conversation.handoff?.officerId ?? null,
    name: conversation.handoff?.officerName ?? 'petugas lain',
  };
}

/** The conversation when this officer holds it; `mayOverride` for a supervisor who steps in. */
export async function lockHeldConversation(
  tx: Tx,
  input: { conversationId: string; officerId: string; mayOverride?: boolean },
): Promise<{ kind: 'held'; conversation: LockedConversation; handoffId: string } | NotHolder> {
  const conversation = await lockConversation(tx, input.conversationId);
  if (!conversation) return { kind: 'not_found' };
  const { handoff } = conversation;
  if (handoff?.status !== 'held') return { kind: 'not_held' };
  if (handoff.officerId !== input.officerId && !input.mayOverride) {
    return { kind: 'held_by_other', by: holderOf(conversation) };
  }
  return { kind: 'held', conversation, handoffId: handoff.id };
}
