import type { Tx } from '../store/transact.ts';
import { claimHandoff, startHolding } from './claim-handoff.ts';
import type { ClaimHandoffResult } from './claim-handoff.ts';
import { lockConversation } from './lock-conversation.ts';

/** An officer steps into a conversation that the bot leads; where somebody waits already, it is a claim. */
export async function takeConversation(
  tx: Tx,
  input: { conversationId: string; officerId: string; greeting?: (language: 'id' | 'en') => string },
): Promise<ClaimHandoffResult> {
  const conversation = await lockConversation(tx, input.conversationId);
  if (!conversation) return { kind: 'not_found' };
  if (conversation.handoff) return claimHandoff(tx, input);
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO handoff (conversation_id, status, reason, officer_id, requested_at, claimed_at)
     VALUES ($1, 'held', 'taken', $2, $3, $3) RETURNING id`,
    [input.conversationId, input.officerId, tx.now],
  );
  const handoffId = rows[0]?.id ?? '';
  await startHolding(tx, { ...input, handoffId, language: conversation.language });
  return { kind: 'claimed', handoffId };
}
