import type { Api } from 'grammy';
import type { Update } from 'grammy/types';
import type { ChannelClock, ChannelLog } from '../channel.ts';
import { readCallFailure } from './call-failure.ts';
import { createBackoff, showFailure } from './connect.ts';
import type { HealthBoard } from './health.ts';
import type { Intake } from './intake.ts';
import { orderKeyOf } from './read-update.ts';

export const allowedUpdates = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

/** A batch is Telegram's largest; chats in it are stored side by side. */
const batchSize = 100;

export type PollerOptions = {
  readonly api: Api;
  readonly intake: Intake;
  /** Called for an update that Telegram may forget. */
  readonly onTaken: (update: Update) => void;
  /** Whatever must be true at Telegram before polling works; repeated after every failure. */
  readonly connect: (signal: AbortSignal) => Promise<void>;
  readonly health: HealthBoard;
  readonly log: ChannelLog;
  readonly clock: ChannelClock;
  readonly pollSeconds: number;
};

export type Poller = {
  /** Resolves after the first attempt to connect, whatever came of it. */
  start(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Long polling where Telegram keeps every update until we have stored it: asking with offset N is what confirms
 * all before N, so N never goes past an update that the room has not taken. An update that is refused holds the
 * offset (the next poll brings it again, and what came after it as duplicates) until {@link Intake} lets it
 * go. Telegram shows at most 100 unconfirmed updates, which is why it must let go at some time.
 */
export const createPoller = (options: PollerOptions): Poller => {
  const { api, intake, health, clock, pollSeconds } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let offset = 0;
  let confirmed = 0;
  let running: Promise<void> | null = null;

  const takeBatch = async (updates: readonly Update[]): Promise<boolean> => {
    const chats = groupByChat(updates);
    const refused: number[] = [];
    const takeChat = async (ofChat: readonly Update[]): Promise<void> => {
      for (const update of ofChat) {
        if (signal.aborted || (await intake.take(update)) === 'refused') {
          // What the same chat wrote later waits as well, so that it is never stored out of order.
          refused.push(update.update_id);
          return;
        }
        options.onTaken(update);
      }
    };
    await Promise.all(chats.map(takeChat));
    const last = updates.reduce((highest, { update_id }) => Math.max(highest, update_id), 0);
    offset = refused.length > 0 ? Math.min(...refused) : Math.max(offset, last + 1);
    return refused.length === 0;
  };

  const poll = async (connected: () => void): Promise<void> => {
    const afterFailure = createBackoff(clock);
    const afterRefusal = createBackoff(clock, 250, 15_000);
    let isConnected = false;
    while (!signal.aborted) {
      try {
        if (!isConnected) {
          await options.connect(signal);
          isConnected = true;
          health.set('connected', 'receiving by polling');
          connected();
        }
        const asked = offset;
        const updates = await api.getUpdates(
          { offset, limit: batchSize, timeout: pollSeconds, allowed_updates: allowedUpdates },
          grammySignal(signal),
        );
        confirmed = asked;
        afterFailure.reset();
        const allTaken = await takeBatch(sortById(updates));
        if (allTaken) {
          afterRefusal.reset();
          health.set('connected', 'receiving by polling');
        } else if (!signal.aborted) {
          health.set('stuck', 'what residents write cannot be stored; Telegram keeps it until it can');
          await afterRefusal.wait(signal);
        }
      } catch (error) {
        if (signal.aborted) return;
        isConnected = false;
        const failure = readCallFailure(error);
        showFailure(health, failure);
        connected();
        await afterFailure.wait(signal, failure.retryAfterMs ?? 0);
      }
    }
  };

  return {
    start() {
      return new Promise((resolve) => {
        running = poll(resolve).finally(resolve);
      });
    },
    async stop() {
      stopping.abort();
      await running;
      if (offset === confirmed) return;
      try {
        await api.getUpdates({ offset, limit: 1, timeout: 0, allowed_updates: allowedUpdates });
      } catch {
        // Then they come once more and are recognised as duplicates.
      }
      confirmed = offset;
    },
  };
};

const groupByChat = (updates: readonly Update[]): Update[][] => {
  const chats = new Map<string, Update[]>();
  for (const update of updates) {
    const key = orderKeyOf(update);
    const ofChat = chats.get(key);
    if (ofChat) ofChat.push(update);
    else chats.set(key, [update]);
  }
  return [...chats.values()];
};

/** The order of their ids is the order in which residents wrote. */
const sortById = (updates: readonly Update[]): Update[] =>
  updates.toSorted((a, b) => a.update_id - b.update_id);

/** grammY's types name the polyfill's signal; any signal with listeners does. */
export const grammySignal = (signal: AbortSignal): NonNullable<Parameters<Api['getMe']>[0]> =>
  signal as unknown as NonNullable<Parameters<Api['getMe']>[0]>;
