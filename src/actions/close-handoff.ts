import type { Tx } from '../store/transact.ts';
import { acknowledgeChat } from './acknowledge-alert.ts';
import { lockHeldConversation } from './lock-conversation.ts';
import type { NotHolder } from './lock-conversation.ts';
import { sayToResident } from './say-to-resident.ts';
import { writeAudit } from './write-audit.ts';

export type CloseHandoffResult = { kind: 'closed' } | NotHolder;

/**
 * Ends an officer's part of a conversation, with a last word to the resident, and gives it to the bot again:
 * `closed` when the matter is done, `returned` when the bot shall go on from here. Danger that was told there is
 * seen to by whoever ends it.
 */
export async function closeHandoff(
  tx: Tx,
  input: {
    conversationId: string;
    officerId: string;
    outcome: 'closed' | 'returned';
    /** What the resident reads; empty for nothing. */
    word: string | ((language: 'id' | 'en') => string);
    /** A supervisor may close what another holds. */
    mayOverride?: boolean;
  },
): Promise<CloseHandoffResult> {
  const held = await lockHeldConversation(tx, input);
  if (held.kind !== 'held') return held;
  const word = (typeof input.word === 'string' ? input.word : input.word(held.conversation.language)).trim();
  if (word !== '') {
    await sayToResident(tx, {
      conversationId: input.conversationId,
      officerId: input.officerId,
      content: { kind: 'text', text: word },
    });
  }
  await acknowledgeChat(tx, input);
  await tx.query(`UPDATE handoff SET status = 'closed', outcome = $2, closed_at = $3 WHERE id = $1`, [
    held.handoffId,
    input.outcome,
    tx.now,
  ]);
  await tx.query(`UPDATE conversation SET owner = 'bot' WHERE id = $1`, [input.conversationId]);
  // There is room for one more now.
  tx.ring({ kind: 'queue' });
  await writeAudit(tx, {
    officerId: input.officerId,
    action: input.outcome === 'closed' ? 'close_handoff' : 'return_to_bot',
    subjectKind: 'conversation',
    subjectId: input.conversationId,
  });
  tx.changed({ kind: 'handoff', id: held.handoffId });
  tx.changed({ kind: 'conversation', id: input.conversationId });
  return { kind: 'closed' };
}
