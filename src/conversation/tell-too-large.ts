import type { WordsOf } from '../../flows/words/load-words.ts';
import type { ChannelName } from '../domain/message.ts';
import type { RoomFacts } from '../store/room-facts.ts';
import type { Transact } from '../store/transact.ts';
import { holdConversation } from './converse.ts';
import { writeTurn } from './write-turn.ts';

/** A file turned out to be over the room's limit: the resident hears so, rather than believing it arrived. */
export async function tellTooLarge(
  deps: { transact: Transact; words: WordsOf; facts: RoomFacts; holds: (channel: ChannelName) => boolean },
  conversationId: string,
): Promise<void> {
  await deps.transact(async (tx) => {
    const held = await holdConversation(tx, conversationId);
    if (!held) return;
    const megabytes = Math.floor(deps.facts.calendar.room.maxFileBytes / 1024 / 1024);
    const text = deps.words(held.language)('file-too-large', { megabytes });
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
