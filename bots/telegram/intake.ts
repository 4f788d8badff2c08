import type { Update } from 'grammy/types';
import type { ChannelClock, ChannelLog, ChannelSink } from '../channel.ts';
import { createPoisonWatch } from './poison-watch.ts';
import { readGroupEvent } from './read-group-event.ts';
import { orderKeyOf, readUpdate, withoutContent } from './read-update.ts';

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
  const poison = createPoisonWatch();
  const lastOfChat = new Map<string, Promise<unknown>>();

  const store = async (update: Update, reduced: boolean): Promise<void> => {
    const reading = readUpdate(update, { officerChatId: options.officerChatId, now: clock.now() });
    if (reading.kind === 'ignored') return;
    if (reading.kind === 'officers') {
      const event = readGroupEvent(update);
      if (event) await sink.group?.(event);
      poison.accepted(update.update_id);
      return;
    }
    options.onHeard(reading.inbound.address.value);
    await sink.receive(reduced ? withoutContent(reading.inbound) : reading.inbound);
    poison.accepted(update.update_id);
  };

  const takeInTurn = async (update: Update): Promise<'taken' | 'refused'> => {
    const updateId = update.update_id;
    try {
      await store(update, false);
      return 'taken';
    } catch (error) {
      const verdict = poison.refused(updateId);
      log.error({ updateId, verdict, ...traceOf(error) }, 'an update from Telegram could not be stored');
      if (verdict === 'repeat') return 'refused';
      if (verdict === 'give_up') return 'taken';
    }
    try {
      await store(update, true);
      log.error({ updateId }, 'stored without its content, the resident is asked to write again');
      return 'taken';
    } catch (error) {
      log.error({ updateId, ...traceOf(error) }, 'not even the fact of it could be stored');
      return 'refused';
    }
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

/** Where an error was thrown, never what it says: a database error quotes the row, a schema error the text. */
const traceOf = (error: unknown): { error: string; at: string[] } => ({
  error: error instanceof Error ? error.name : typeof error,
  at: (error instanceof Error ? (error.stack ?? '') : '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 6)
    .map((line) => line.trim()),
});
