import { lockHeldConversation } from './lock-conversation.ts';
import type { NotHolder } from './lock-conversation.ts';
import type { Tx } from '../store/transact.ts';
import { writeAudit } from './write-audit.ts';

export type InviteGuestResult =
  | { kind: 'invited'; name: string }
  /** Not somebody who could read along: unknown, switched off, an analyst, or the holder. */
  | { kind: 'unknown_officer' }
  | NotHolder;

/** The officer who holds a chat lets a colleague read along and note in it, until it is closed. Twice is once. */
export async function inviteGuest(
  tx: Tx,
  input: { conversationId: string; officerId: string; guestId: string },
): Promise<InviteGuestResult> {
  const held = await lockHeldConversation(tx, input);
  if (held.kind !== 'held') return held;
  const { rows } = await tx.query<{ name: string }>(
    `SELECT name FROM officer WHERE id = $1 AND id <> $2 AND is_active AND role <> 'analyst'`,
    [input.guestId, input.officerId],
  );
  const guest = rows[0];
  if (!guest) return { kind: 'unknown_officer' };
  const invited = await tx.query(
    `INSERT INTO handoff_guest (handoff_id, officer_id, invited_by, invited_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING`,
    [held.handoffId, input.guestId, input.officerId, tx.now],
  );
  if (invited.count > 0) await noteGuest(tx, input, 'invite_guest', guest.name);
  return { kind: 'invited', name: guest.name };
}

/** The holder ends a colleague's reading along, or the colleague leaves. */
export async function removeGuest(
  tx: Tx,
  input: { conversationId: string; officerId: string; guestId: string },
): Promise<{ kind: 'removed' } | NotHolder> {
  const isLeaving = input.officerId === input.guestId;
  const held = await lockHeldConversation(tx, { ...input, mayOverride: isLeaving });
  if (held.kind !== 'held') return held;
  const removed = await tx.query<{ name: string }>(
    `DELETE FROM handoff_guest g USING officer o
      WHERE g.handoff_id = $1 AND g.officer_id = $2 AND o.id = g.officer_id RETURNING o.name`,
    [held.handoffId, input.guestId],
  );
  const gone = removed.rows[0];
  if (!gone) return isLeaving ? { kind: 'not_found' } : { kind: 'removed' };
  await noteGuest(tx, input, 'remove_guest', gone.name);
  return { kind: 'removed' };
}

async function noteGuest(
  tx: Tx,
  input: { conversationId: string; officerId: string },
  action: 'invite_guest' | 'remove_guest',
  name: string,
): Promise<void> {
  await writeAudit(tx, {
    officerId: input.officerId,
    action,
    subjectKind: 'conversation',
    subjectId: input.conversationId,
    detail: { guest: name },
  });
  tx.changed({ kind: 'conversation', id: input.conversationId });
  tx.changed({ kind: 'handoff', id: input.conversationId });
}
