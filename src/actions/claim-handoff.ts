import type { Tx } from '../store/transact.ts';
import { acknowledgeChat } from './acknowledge-alert.ts';
import { isUpForTaking } from '../domain/handoff.ts';
import { holderOf, lockConversation } from './lock-conversation.ts';
import type { Holder } from './lock-conversation.ts';
import { sayToResident } from './say-to-resident.ts';
import { writeAudit } from './write-audit.ts';

export type ClaimHandoffResult =
  | { kind: 'claimed'; handoffId: string }
  /** This officer holds it already: pressing twice is no error. */
  | { kind: 'already_yours'; handoffId: string }
  /** Somebody was faster. */
  | { kind: 'held_by_other'; by: Holder }
  /** Nobody waits there any more. */
  | { kind: 'not_waiting' }
  | { kind: 'not_found' };

/**
 * An officer takes a chat that waits. Under the conversation's lock, so of two who press at once one gets it
 * and the other is told who; what somebody began on the room's phone is taken the same way. Taking a chat of danger also acknowledges its alarms: a person is there.
 */
export async function claimHandoff(
  tx: Tx,
  input: { conversationId: string; officerId: string; greeting?: (language: 'id' | 'en') => string },
): Promise<ClaimHandoffResult> {
  const conversation = await lockConversation(tx, input.conversationId);
  if (!conversation) return { kind: 'not_found' };
  const { handoff } = conversation;
  if (!handoff) return { kind: 'not_waiting' };
  if (!isUpForTaking(handoff)) {
    if (handoff.officerId === input.officerId) return { kind: 'already_yours', handoffId: handoff.id };
    return { kind: 'held_by_other', by: holderOf(conversation) };
  }
  await tx.query(`UPDATE handoff SET status = 'held', officer_id = $2, claimed_at = $3 WHERE id = $1`, [
    handoff.id,
    input.officerId,
    tx.now,
  ]);
  await startHolding(tx, { ...input, handoffId: handoff.id, language: conversation.language });
  return { kind: 'claimed', handoffId: handoff.id };
}

/** What follows however an officer came to hold a conversation: the bot is silent, the resident knows who. */
export async function startHolding(
  tx: Tx,
  input: {
    conversationId: string;
    officerId: string;
    handoffId: string;
    language: 'id' | 'en';
    greeting?: (language: 'id' | 'en') => string;
  },
): Promise<void> {
  await tx.query(`UPDATE conversation SET owner = 'human' WHERE id = $1`, [input.conversationId]);
  await acknowledgeChat(tx, input);
  await tx.query(
    `UPDATE handoff_offer SET outcome = CASE WHEN officer_id = $2 THEN 'taken' ELSE 'withdrawn' END, ended_at = $3
      WHERE handoff_id = $1 AND outcome IS NULL`,
    [input.handoffId, input.officerId, tx.now],
  );
  // Whoever pulls a chat has had their turn as much as whoever was offered one.
  await tx.query(`UPDATE officer SET last_assigned_at = $2 WHERE id = $1`, [input.officerId, tx.now]);
  tx.ring({ kind: 'queue' });
  if (input.greeting) {
    await sayToResident(tx, {
      conversationId: input.conversationId,
      officerId: input.officerId,
      content: { kind: 'text', text: input.greeting(input.language) },
      onceKey: `greeting.${input.handoffId}.${input.officerId}`,
    });
  }
  await writeAudit(tx, {
    officerId: input.officerId,
    action: 'claim_handoff',
    subjectKind: 'conversation',
    subjectId: input.conversationId,
  });
  tx.changed({ kind: 'handoff', id: input.handoffId });
  tx.changed({ kind: 'conversation', id: input.conversationId });
}
