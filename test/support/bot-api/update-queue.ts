import type { Update } from 'grammy/types';
import { Refusal } from './faults.ts';
import type { Waiters } from './waiters.ts';

/** What Telegram keeps for a bot until the bot confirms it, and how it hands it over. */
export type UpdateQueue = {
  /** The next id, taken. */
  nextId(): number;
  push(update: Update): void;
  /** Once more, whether or not it was confirmed: Telegram does that when an answer of its own got lost. */
  pushAgain(update: Update): void;
  poll(args: PollArgs): Promise<Update[]>;
  pending(): readonly Update[];
  allow(kinds: unknown): void;
  /** From now on every update is handed to this, the same chat's one after another; null polls again. */
  deliverBy(deliver: ((update: Update) => Promise<boolean>) | null): void;
  close(): void;
};

export type PollArgs = { offset: number; limit: number; timeoutSeconds: number; gone: AbortSignal };

type Item = { update: Update; isForced: boolean; wasDelivered: boolean };

/** A webhook that keeps refusing is asked this often, at once; Telegram itself would wait in between. */
const webhookAttempts = 30;

export const createUpdateQueue = (waiters: Waiters): UpdateQueue => {
  let items: Item[] = [];
  let lastId = 1000;
  let allowed: ReadonlySet<string> | null = null;
  let holding: { wake(): void; supersede(): void } | null = null;
  let deliver: ((update: Update) => Promise<boolean>) | null = null;
  const lastOfChat = new Map<number, Promise<void>>();

  const hand = async (item: Item, before: Promise<void> | undefined): Promise<void> => {
    await before;
    for (let attempt = 0; attempt < webhookAttempts && deliver; attempt += 1) {
      if (await deliver(item.update)) {
        items = items.filter((each) => each !== item);
        waiters.check();
        return;
      }
    }
  };

  const add = (update: Update, isForced: boolean): void => {
    const kind = Object.keys(update).find((key) => key !== 'update_id') ?? '';
    if (allowed && !allowed.has(kind)) return;
    const item = { update, isForced, wasDelivered: false };
    items.push(item);
    if (deliver) startHanding(item);
    else holding?.wake();
  };

  const startHanding = (item: Item): void => {
    const chat = chatOf(item.update);
    lastOfChat.set(chat, hand(item, lastOfChat.get(chat)));
  };

  const confirm = (offset: number): void => {
    if (offset <= 0 || items.length === 0) return;
    items = items.filter(
      ({ update, isForced, wasDelivered }) => update.update_id >= offset || (isForced && !wasDelivered),
    );
    waiters.check();
  };

  const give = (limit: number): Update[] => {
    const given = items.slice(0, limit);
    for (const item of given) item.wasDelivered = true;
    return given.map(({ update }) => update);
  };

  return {
    nextId: () => (lastId += 1),
    push: (update) => add(update, false),
    pushAgain: (update) => add(update, true),
    async poll({ offset, limit, timeoutSeconds, gone }) {
      if (deliver) throw new Refusal(409, "Conflict: can't use getUpdates method while webhook is active");
      holding?.supersede();
      confirm(offset);
      if (items.length > 0 || timeoutSeconds <= 0) return give(limit);
      return await new Promise<Update[]>((resolve, reject) => {
        const end = (): void => {
          clearTimeout(timer);
          gone.removeEventListener('abort', leave);
          if (holding === mine) holding = null;
        };
        const wake = (): void => {
          end();
          resolve(give(limit));
        };
        const leave = (): void => {
          end();
          resolve([]);
        };
        const supersede = (): void => {
          end();
          reject(new Refusal(409, 'Conflict: terminated by other getUpdates request'));
        };
        const mine = { wake, supersede };
        const timer = setTimeout(wake, timeoutSeconds * 1000);
        gone.addEventListener('abort', leave, { once: true });
        holding = mine;
        waiters.check();
      });
    },
    pending: () => items.map(({ update }) => update),
    allow(kinds) {
      if (Array.isArray(kinds)) allowed = kinds.length > 0 ? new Set(kinds as string[]) : null;
    },
    deliverBy(next) {
      deliver = next;
      if (next) for (const item of items) startHanding(item);
    },
    close() {
      deliver = null;
      holding?.wake();
    },
  };
};

const chatOf = (update: Update): number =>
  (update.message ?? update.edited_message ?? update.callback_query?.message ?? update.my_chat_member)?.chat
    .id ?? 0;
