import type { ChatState, SeenMessage } from './chat.ts';
import { badRequest, Refusal, type Payload } from './faults.ts';
import { checkThread, countInGroup, forumMethods } from './forum-methods.ts';
import type { GroupState } from './group.ts';
import type { UpdateQueue } from './update-queue.ts';
import {
  checkCaption,
  checkCommands,
  checkKeyboard,
  checkPlace,
  checkText,
  checkUpload,
} from './validate.ts';

/** What the methods act on: everything Telegram knows. */
export type World = {
  readonly botUser: Record<string, unknown>;
  readonly chats: ReadonlyMap<number, ChatState>;
  /** Of the chats that are groups, what only groups have. */
  readonly groups: ReadonlyMap<number, GroupState>;
  readonly files: ReadonlyMap<string, { bytes: Uint8Array; isExpired: boolean }>;
  readonly queue: UpdateQueue;
  now(): Date;
  onSent(chat: ChatState, message: SeenMessage): void;
  setWebhook(hook: { url: string; secret: string | null } | null): void;
};

/** A call that is still open can learn that the bot hung up. */
export type Method = (world: World, payload: Payload, gone: () => AbortSignal) => unknown;

const mebibyte = 1024 * 1024;

const chatFor = (world: World, { chat_id: chatId }: Payload): ChatState => {
  const chat = world.chats.get(Number(chatId));
  if (!chat) throw badRequest('chat not found');
  if (chat.isGone) throw new Refusal(403, 'Forbidden: user is deactivated');
  if (chat.isBlocking) throw new Refusal(403, 'Forbidden: bot was blocked by the user');
  return chat;
};

const post = (
  world: World,
  method: string,
  payload: Payload,
  content: { text: string; file?: SeenMessage['file']; place?: SeenMessage['place'] },
): Record<string, unknown> => {
  const chat = chatFor(world, payload);
  checkReply(chat, payload);
  checkThread(world, chat.id, payload);
  countInGroup(world, chat.id);
  const message: SeenMessage = {
    messageId: (chat.lastMessageId += 1),
    method,
    text: content.text,
    buttons: checkKeyboard(payload),
    file: content.file ?? null,
    place: content.place ?? null,
    payload,
  };
  world.onSent(chat, message);
  return {
    message_id: message.messageId,
    from: world.botUser,
    chat: chat.chat,
    date: Math.floor(world.now().getTime() / 1000),
    ...(method === 'sendMessage' && { text: content.text }),
  };
};

const checkReply = (chat: ChatState, { reply_parameters: reply }: Payload): void => {
  if (!reply) return;
  const { message_id: id, allow_sending_without_reply: allowed } = reply as {
    message_id?: unknown;
    allow_sending_without_reply?: unknown;
  };
  if (!Number.isSafeInteger(id)) throw badRequest('REPLY_MESSAGE_ID_INVALID');
  if (Number(id) > chat.lastMessageId && allowed !== true)
    throw badRequest('message to be replied not found');
};

const upload =
  (method: string, field: string, maxBytes: number): Method =>
  (world, payload) => {
    const file = checkUpload(payload, field, maxBytes);
    return post(world, method, payload, { text: checkCaption(payload) ?? file.name, file });
  };

export const methods: Readonly<Record<string, Method>> = {
  getMe: (world) => ({ ...world.botUser, can_join_groups: true, can_read_all_group_messages: false }),

  getUpdates(world, payload, gone) {
    world.queue.allow(payload.allowed_updates);
    return world.queue.poll({
      offset: Number(payload.offset ?? 0),
      limit: Math.min(100, Number(payload.limit ?? 100)),
      timeoutSeconds: Number(payload.timeout ?? 0),
      gone: gone(),
    });
  },

  setWebhook(world, payload) {
    const { url, secret_token: secret = null } = payload;
    if (typeof url !== 'string') throw badRequest('bad webhook: URL is missing');
    if (url === '') return methods.deleteWebhook!(world, payload, () => AbortSignal.abort());
    // Telegram insists on https; here a bot under test listens on this very machine.
    if (!/^https:\/\/|^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(url)) {
      throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
    }
    if (secret !== null && (typeof secret !== 'string' || !/^[\w-]{1,256}$/.test(secret))) {
      throw badRequest('secret token contains illegal characters');
    }
    world.queue.allow(payload.allowed_updates);
    world.setWebhook({ url, secret });
    return true;
  },

  deleteWebhook(world) {
    world.setWebhook(null);
    return true;
  },

  sendMessage: (world, payload) => post(world, 'sendMessage', payload, { text: checkText(payload) }),

  sendVenue(world, payload) {
    const place = checkPlace(payload);
    const { title, address } = payload;
    if (typeof title !== 'string' || title === '') throw badRequest('title is empty');
    if (typeof address !== 'string' || address === '') throw badRequest('address is empty');
    return post(world, 'sendVenue', payload, { text: `${title}\n${address}`, place });
  },

  sendLocation: (world, payload) =>
    post(world, 'sendLocation', payload, { text: '', place: checkPlace(payload) }),
  sendDocument: upload('sendDocument', 'document', 50 * mebibyte),
  sendVoice: upload('sendVoice', 'voice', 50 * mebibyte),
  sendPhoto: upload('sendPhoto', 'photo', 10 * mebibyte),

  sendChatAction(world, payload) {
    chatFor(world, payload);
    return true;
  },

  answerCallbackQuery(world, payload) {
    if (typeof payload.callback_query_id !== 'string') throw badRequest('query ID is invalid');
    const { text, show_alert: isLoud = false } = payload;
    if (typeof text === 'string') {
      if (text.length > 200) throw badRequest('MESSAGE_TOO_LONG');
      for (const group of world.groups.values()) group.toasts.push({ text, isLoud: isLoud === true });
    }
    return true;
  },

  editMessageText(world, payload) {
    const chat = chatFor(world, payload);
    const message = chat.received.find(({ messageId }) => messageId === Number(payload.message_id));
    if (!message) throw badRequest('message to edit not found');
    if (message.file) throw badRequest('there is no text in the message to edit');
    countInGroup(world, chat.id);
    const text = checkText(payload);
    const buttons = checkKeyboard(payload);
    const isSame = text === message.text && JSON.stringify(buttons) === JSON.stringify(message.buttons);
    if (isSame) throw badRequest('message is not modified');
    Object.assign(message, { text, buttons });
    return true;
  },

  editMessageReplyMarkup(world, payload) {
    const chat = chatFor(world, payload);
    const message = chat.received.find(({ messageId }) => messageId === Number(payload.message_id));
    if (!message) throw badRequest('message to edit not found');
    message.buttons = checkKeyboard(payload);
    return true;
  },

  ...forumMethods,

  setMyCommands(_world, payload) {
    checkCommands(payload);
    return true;
  },

  getFile(world, { file_id: id }) {
    const file = world.files.get(String(id));
    if (!file) throw badRequest('invalid file_id');
    if (file.bytes.length > 20 * mebibyte) throw badRequest('file is too big');
    return {
      file_id: id,
      file_unique_id: `unique-${String(id)}`,
      file_size: file.bytes.length,
      file_path: `documents/${String(id)}`,
    };
  },
};
