import type { StepContext } from '../../flows/define-flow.ts';
import type { InboundContent } from '../domain/message.ts';
import type { Tx } from '../store/transact.ts';
import type { Dialog } from './dialog.ts';
import { exactChoice } from './exact-choice.ts';
import { takeTurn } from './take-turn.ts';
import type { TurnResult } from './take-turn.ts';
import { readToken } from './token.ts';

/** What is said to the question for consent and to nothing else; a bare "ya" may be for the officer. */
const plain = /^\s*\d+\s*$|\b(setuju|agree)\b/i;

/**
 * Danger brings an officer before the question for consent is answered: while they hold the chat it still can be, by its
 * button, or by its number or very word as long as the officer has said nothing but their greeting. Null for all else.
 */
export async function answerConsent(
  tx: Tx,
  input: {
    conversationId: string;
    message: { id: string; is_late: boolean };
    content: InboundContent;
    dialog: Dialog;
    context: StepContext;
  },
): Promise<TurnResult | null> {
  const { content, dialog, context } = input;
  if (context.hasConsent || dialog.standing?.flow !== 'consent' || input.message.is_late) return null;
  const message = { id: input.message.id, content };
  if (content.kind === 'choice') {
    const read = readToken(content.token);
    return read.kind === 'choice' ? takeTurn(dialog, { ...read, kind: 'pressed', message }, context) : null;
  }
  if (content.kind !== 'text' || !plain.test(content.text)) return null;
  const id = exactChoice(content.text, dialog.choices);
  if (id === null || (await hasOfficerSpoken(tx, input.conversationId))) return null;
  const index = dialog.choices.findIndex((choice) => choice.id === id);
  return takeTurn(dialog, { kind: 'pressed', promptId: dialog.promptId, index, message }, context);
}

/** Their greeting is written with the claim, in one instant. */
async function hasOfficerSpoken(tx: Tx, conversationId: string): Promise<boolean> {
  const { count } = await tx.query(
    `SELECT 1 FROM message m JOIN handoff h ON h.conversation_id = m.conversation_id AND h.status = 'held'
      WHERE m.conversation_id = $1 AND m.author IN ('officer', 'phone')
        AND (m.created_at > h.claimed_at OR h.officer_id IS NULL) LIMIT 1`,
    [conversationId],
  );
  return count > 0;
}
