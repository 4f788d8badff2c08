import type { CallbackQuery, ChatMemberUpdated, Message, Update, User } from 'grammy/types';
import type { InboundInput } from '../../src/domain/message.ts';
import { readContent } from './read-content.ts';
import { isSignIn } from './read-group-event.ts';
import { storable, storableUpTo } from './storable.ts';

/** What an update is to the room. `ignored` is final: it is confirmed to Telegram and nobody is told. */
export type Reading =
  { kind: 'resident'; inbound: InboundInput } | { kind: 'officers' } | { kind: 'ignored'; why: string };

export type ReadOptions = {
  /** The one group whose updates are not ignored: the officers'. */
  readonly officerChatId: string | null;
  readonly now: Date;
};

/** Older than this when it reaches us, a message was written to a room that could not hear. */
const lateAfterMs = 15 * 60_000;

/**
 * Update -> Inbound. Pure, and it never throws: an update that is not understood is ignored with a reason,
 * because Telegram would otherwise repeat it for a day.
 */
export const readUpdate = (update: Update, options: ReadOptions): Reading => {
  try {
    return read(update, options);
  } catch {
    // Only a shape that Telegram does not document gets here (a webhook body is anybody's JSON).
    return { kind: 'ignored', why: 'malformed' };
  }
};

/** Updates with one key are handled in their order; the key is the chat they belong to. */
export const orderKeyOf = (update: Update): string => {
  const chat =
    update.message?.chat ??
    update.edited_message?.chat ??
    update.callback_query?.message?.chat ??
    update.my_chat_member?.chat;
  return String(chat?.id ?? update.callback_query?.from?.id ?? 'none');
};

const read = (update: Update, options: ReadOptions): Reading => {
  if (!Number.isSafeInteger(update?.update_id)) return { kind: 'ignored', why: 'malformed' };
  if (update.callback_query) return readPress(update.update_id, update.callback_query, options);
  if (update.my_chat_member) return readMembership(update.update_id, update.my_chat_member, options);
  if (update.message) return readMessage(update.update_id, update.message, options);
  if (update.edited_message) return readEdit(update.update_id, update.edited_message, options);
  return { kind: 'ignored', why: 'kind of update' };
};

const readMessage = (updateId: number, message: Message, options: ReadOptions): Reading => {
  const elsewhere = whereElse(message, options);
  if (elsewhere) return elsewhere;
  if (options.officerChatId !== null && isSignIn(message)) return { kind: 'officers' };
  const content = readContent(message);
  if (!content) return { kind: 'ignored', why: 'service message' };
  return {
    kind: 'resident',
    inbound: {
      ...envelope(updateId, message.chat.id, message.from, secondsToDate(message.date), options),
      messageRef: String(message.message_id),
      replyToRef: message.reply_to_message ? String(message.reply_to_message.message_id) : null,
      forwarded: message.forward_origin !== undefined,
      content,
    },
  };
};

const readEdit = (updateId: number, message: Message, options: ReadOptions): Reading => {
  const elsewhere = whereElse(message, options);
  if (elsewhere) return elsewhere;
  // A shared live location is "edited" every few seconds; the first position was stored.
  if (message.location) return { kind: 'ignored', why: 'live location' };
  return {
    kind: 'resident',
    inbound: {
      ...envelope(
        updateId,
        message.chat.id,
        message.from,
        secondsToDate(message.edit_date ?? message.date),
        options,
      ),
      content: {
        kind: 'edit',
        messageRef: String(message.message_id),
        text: storable(message.text ?? message.caption ?? ''),
      },
    },
  };
};

const readPress = (updateId: number, query: CallbackQuery, options: ReadOptions): Reading => {
  if (!query.message) return { kind: 'ignored', why: 'inline message' };
  const elsewhere = whereElse({ chat: query.message.chat, from: query.from }, options);
  if (elsewhere) return elsewhere;
  if (query.data === undefined) return { kind: 'ignored', why: 'press without data' };
  return {
    kind: 'resident',
    inbound: {
      // Telegram does not say when a button was pressed.
      ...envelope(updateId, query.message.chat.id, query.from, options.now, options),
      replyToRef: String(query.message.message_id),
      content: { kind: 'choice', token: storable(query.data).slice(0, 200), label: labelOf(query) },
    },
  };
};

const readMembership = (updateId: number, change: ChatMemberUpdated, options: ReadOptions): Reading => {
  const elsewhere = whereElse(change, options);
  if (elsewhere) return elsewhere;
  const { status } = change.new_chat_member;
  return {
    kind: 'resident',
    inbound: {
      ...envelope(updateId, change.chat.id, change.from, secondsToDate(change.date), options),
      content: { kind: 'reachability', reachable: status !== 'kicked' && status !== 'left' },
    },
  };
};

/** Where an update comes from if it is not a resident's private chat, else null. */
const whereElse = (
  source: { chat: { id: number; type: string }; from?: User },
  options: ReadOptions,
): Reading | null => {
  if (!Number.isSafeInteger(source.chat.id)) throw new TypeError('no chat');
  if (options.officerChatId !== null && String(source.chat.id) === options.officerChatId) {
    return { kind: 'officers' };
  }
  if (source.chat.type !== 'private') return { kind: 'ignored', why: 'not a private chat' };
  if (source.from?.is_bot) return { kind: 'ignored', why: 'written by a bot' };
  return null;
};

const envelope = (
  updateId: number,
  chatId: number,
  from: User | undefined,
  sentAt: Date,
  options: ReadOptions,
): Omit<InboundInput, 'content'> => ({
  externalId: `u${updateId}`,
  address: { channel: 'telegram', kind: 'chat', value: String(chatId) },
  profileName: from ? storableUpTo(200, [from.first_name, from.last_name].filter(Boolean).join(' ')) : null,
  languageHint: storableUpTo(20, from?.language_code),
  sentAt,
  late: options.now.getTime() - sentAt.getTime() > lateAfterMs,
});

const labelOf = (query: CallbackQuery): string | null => {
  const message = query.message;
  const rows = message && 'reply_markup' in message ? (message.reply_markup?.inline_keyboard ?? []) : [];
  const button = rows.flat().find((each) => 'callback_data' in each && each.callback_data === query.data);
  return button ? storable(button.text) : null;
};

const secondsToDate = (seconds: number): Date => {
  if (!(Math.abs(seconds) < 8e12)) throw new TypeError('no date');
  return new Date(seconds * 1000);
};
