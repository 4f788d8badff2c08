import { sealed } from '../store/sealed.ts';
import type { Tx } from '../store/transact.ts';
import type { Conversed, ConverseDeps } from './converse.ts';
import { readDialog } from './dialog.ts';
import { holdConversation, sealedAddressOf } from './hold-conversation.ts';
import { stepContext } from './step-context.ts';
import { takeTurn } from './take-turn.ts';
import { turned } from './taken.ts';
import { writeTurn } from './write-turn.ts';

/**
 * A long silence ended an outpouring (or left a question of ours unanswered): the standing step hears of it, once.
 *
 * @returns null when it is not so any more.
 */
export async function hearSilence(
  tx: Tx,
  deps: ConverseDeps,
  conversationId: string,
): Promise<Conversed | null> {
  const held = await holdConversation(tx, conversationId);
  if (!held || held.owner !== 'bot' || !held.dialog_sealed) return null;
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM conversation WHERE id = $1 AND silence_due_at <= $2
        AND NOT EXISTS (SELECT 1 FROM message WHERE conversation_id = $1 AND direction = 'in' AND processed_at IS NULL)`,
    [conversationId, tx.now],
  );
  if (rows.length === 0) return null;
  const context = stepContext(tx, deps, held);
  const dialog = readDialog(tx.vault.openJson(held.dialog_sealed, sealed.dialog));
  const taken = turned(await takeTurn(dialog, { kind: 'silence' }, context), [], context);
  const messages = await writeTurn(tx, {
    held,
    processedMessageId: null,
    dialog: taken.dialog,
    outbounds: taken.outbounds,
    silenceMinutes: taken.silenceMinutes,
    author: 'bot',
    isSender: deps.holds(held.channel),
  });
  tx.changed({ kind: 'conversation', id: conversationId });
  return { messages, to: sealedAddressOf(held), hasMore: false };
}
