import type { ChannelLog } from '../../bots/channel.ts';
import type { WordsOf } from '../../flows/words/load-words.ts';
import type { ChannelName } from '../domain/message.ts';
import type { Transact } from '../store/transact.ts';
import { holdConversation } from './hold-conversation.ts';
import { writeTurn } from './write-turn.ts';

/** So often a step may fail before the resident is told and the next message has its turn. */
const maxFailedSteps = 3;

/**
 * Counts a failed step against the oldest message not taken in. A message that fails again and again must not hold up
 * all that follow it: it stays stored, an officer can read it, and the resident hears that something went wrong.
 */
export async function giveUpOnMessage(
  deps: { transact: Transact; words: WordsOf; log: ChannelLog; holds: (channel: ChannelName) => boolean },
  conversationId: string,
): Promise<void> {
  try {
    await deps.transact(async (tx) => {
      const held = await holdConversation(tx, conversationId);
      const { rows } = await tx.query<{ id: string; failed_steps: number }>(
        `UPDATE message SET failed_steps = failed_steps + 1
          WHERE id = (SELECT id FROM message WHERE conversation_id = $1 AND direction = 'in' AND processed_at IS NULL
                       ORDER BY seq LIMIT 1)
          RETURNING id, failed_steps`,
        [conversationId],
      );
      const failed = rows[0];
      if (!held || !failed || failed.failed_steps < maxFailedSteps) return;
      const text = deps.words(held.language)('trouble');
      await writeTurn(tx, {
        held,
        processedMessageId: failed.id,
        dialog: undefined,
        outbounds: held.owner === 'bot' ? [{ kind: 'text', text, choices: [], replyToRef: null }] : [],
        silenceMinutes: 'keep',
        author: 'bot',
        isSender: false,
      });
      tx.ring({ kind: 'deliver', conversationId });
    });
  } catch (error) {
    // The database itself is not there: the row is, and the sweep finds it.
    deps.log.error({ err: error, conversationId }, 'a failed step could not be noted');
  }
}
