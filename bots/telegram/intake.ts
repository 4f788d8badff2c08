import type { Update } from 'grammy/types';
import type { ChannelClock, ChannelLog, ChannelSink } from '../channel.ts';
import { createPoisonWatch, withoutContent } from '../poison-watch.ts';
import { readGroupEvent } from './read-group-event.ts';
import { orderKeyOf, readUpdate } from './read-update.ts';

/** Hands updates to the room, one of a chat at a time, and says whether Telegram may forget them. */
export type Intake = {
  /** `refused`: not stored, Telegram must keep it. Never rejects. */
  take(update: Update): Promise<'taken' | 'refused'>;
  /** Resolves when nothing is being stored. */
  idle(): Promise<void>;
};

export type IntakeOptions = {
  readonly sink: ChannelSink;
  readonly officerChatId: string | null;
  /** Called before a resident's update is stored: whoever writes is answered first. */
  readonly onHeard: (chatId: string) => void;
  readonly log: ChannelLog;
  readonly clock: ChannelClock;
};

export const createIntake = (options: IntakeOptions): Intake => {
  const { sink, log, clock } = options;
  const poison = createPoisonWatch({ log, platform: 'Telegram' });
  const lastOfChat = new Map<string, Promise<unknown>>();

  const store = async (update: Update, isReduced: boolean): Promise<'stored' | 'duplicate' | 'ignored'> => {
    const reading = readUpdate(update, { officerChatId: options.officerChatId, now: clock.now() });
    if (reading.kind === 'ignored') return 'ignored';
    if (reading.kind === 'officers') {
      const event = readGroupEvent(update);
      if (event) await sink.group?.(event);
      return 'stored';
    }
    options.onHeard(reading.inbound.address.value);
    return sink.receive(isReduced ? withoutContent(reading.inbound) : reading.inbound);
  };

  const takeInTurn = async (update: Update): Promise<'taken' | 'refused'> => {
    const { update_id: updateId } = update;
    const outcome = await poison.store(updateId, (isReduced) => store(update, isReduced), { updateId });
    return outcome === 'refused' ? 'refused' : 'taken';
  };

  return {
    take(update) {
      const key = orderKeyOf(update);
      const before = lastOfChat.get(key);
      const taken = before ? before.then(() => takeInTurn(update)) : takeInTurn(update);
      lastOfChat.set(key, taken);
      return taken.finally(() => {
        if (lastOfChat.get(key) === taken) lastOfChat.delete(key);
      });
    },
    async idle() {
      while (lastOfChat.size > 0) await Promise.all(lastOfChat.values());
    },
  };
};
