import type { WordsOf } from '../../flows/words/load-words.ts';
import type { ChannelName } from '../domain/message.ts';
import type { RoomFactsReader } from '../store/room-facts.ts';
import type { Transact } from '../store/transact.ts';
import { holdConversation } from './hold-conversation.ts';
import { writeTurn } from './write-turn.ts';

/**
 * A file turned out to be over the room's limit, or not to be had from the platform any more: it ends there, and the
 * resident hears so, rather than believing that it arrived. One transaction, so that twice tells once.
 */
export async function tellLostFile(
  deps: {
    transact: Transact;
    words: WordsOf;
    facts: RoomFactsReader;
    holds: (channel: ChannelName) => boolean;
  },
  lost: { attachmentId: string; conversationId: string; why: 'too_large' | 'gone' },
): Promise<void> {
  const { conversationId } = lost;
  const { calendar } = await deps.facts.read();
  await deps.transact(async (tx) => {
    const held = await holdConversation(tx, conversationId);
    const ended = await tx.query(
      `UPDATE attachment SET status = $2, source_sealed = NULL WHERE id = $1 AND status = 'pending'`,
      [lost.attachmentId, lost.why],
    );
    if (!held || ended.count === 0) return;
    const t = deps.words(held.language);
    const megabytes = Math.floor(calendar.room.maxFileBytes / 1024 / 1024);
    const text = lost.why === 'gone' ? t('file-gone') : t('file-too-large', { megabytes });
    await writeTurn(tx, {
      held,
      processedMessageId: null,
      dialog: undefined,
      outbounds: [{ kind: 'text', text, choices: [], replyToRef: null }],
      silenceMinutes: 'keep',
      author: 'bot',
      isSender: false,
    });
    tx.ring({ kind: 'deliver', conversationId });
  });
}
