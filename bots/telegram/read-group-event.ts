import type { CallbackQuery, Message, Update, User } from 'grammy/types';
import type { GroupEvent, GroupSender } from '../officer-group.ts';
import { readContent } from './read-content.ts';
import { storable, storableUpTo } from './storable.ts';

/** Typed to the bot in private: the only word of an officer that does not come from the group. */
const signIn = /^\/masuk(?:@\w+)?\s+(\S+)\s*$/i;

export const isSignIn = (message: Message): boolean => signIn.test(message.text ?? '');

/** Update of the officers' group -> event; null when nothing follows from it. Pure, and it never throws. */
export const readGroupEvent = (update: Update): GroupEvent | null => {
  try {
    return read(update);
  } catch {
    // A shape that Telegram does not document; it would otherwise repeat it for a day.
    return null;
  }
};

const read = (update: Update): GroupEvent | null => {
  if (update.callback_query) return readPress(update.callback_query);
  if (update.message) return readGroupMessage(update.message);
  const edited = update.edited_message;
  if (!edited || edited.location) return null;
  return { kind: 'edited', ...inGroup(edited), key: `e${edited.message_id}.${edited.edit_date}` };
};

const readGroupMessage = (message: Message): GroupEvent | null => {
  const place = inGroup(message);
  const text = storable(message.text ?? message.caption ?? '').trim();
  const code = signIn.exec(message.text ?? '')?.[1];
  if (code !== undefined)
    return { kind: 'sign_in', ...place, code: storable(code), isPrivate: message.chat.type === 'private' };
  const replyToRef = quotedRef(message);
  const command = readCommand(text);
  if (command) {
    const hasFile = message.text === undefined;
    return { kind: 'command', ...place, replyToRef, ...command, hasFile };
  }
  const content = readContent(message);
  return content && { kind: 'message', ...place, replyToRef, content };
};

/** `//` is the shortest way to say what only colleagues may read, so it must never be taken for anything else. */
const readCommand = (text: string): { name: string; rest: string } | null => {
  if (text.startsWith('//')) return { name: 'catatan', rest: text.slice(2).trim() };
  const match = /^\/([a-z_]+)(?:@\w+)?(?:\s+([\s\S]*))?$/i.exec(text);
  if (match?.[1]) return { name: match[1].toLowerCase(), rest: (match[2] ?? '').trim() };
  return text.startsWith('/') ? { name: text.slice(1, 20), rest: '' } : null;
};

const readPress = (query: CallbackQuery): GroupEvent | null => {
  const { message, data } = query;
  if (!message || data === undefined) return null;
  const isTopic = 'is_topic_message' in message && message.is_topic_message;
  return {
    kind: 'pressed',
    key: `p${query.id}`,
    from: senderOf(query.from),
    threadRef: isTopic && message.message_thread_id ? String(message.message_thread_id) : null,
    postRef: String(message.message_id),
    pressRef: query.id,
    token: storable(data).slice(0, 64),
  };
};

const inGroup = (message: Message) => ({
  key: `m${message.chat.id}.${message.message_id}`,
  // Anonymous admins all write as one and the same bot: who it is cannot be known.
  from: message.sender_chat ? null : senderOf(message.from),
  threadRef: message.is_topic_message && message.message_thread_id ? String(message.message_thread_id) : null,
  postRef: String(message.message_id),
});

/** In a topic, what answers nothing "replies" to the topic's own beginning. */
const quotedRef = (message: Message): string | null => {
  const quoted = message.reply_to_message;
  if (!quoted || quoted.forum_topic_created || quoted.message_id === message.message_thread_id) return null;
  return String(quoted.message_id);
};

const senderOf = (user: User | undefined): GroupSender => {
  if (!user || user.is_bot) return null;
  const name = storableUpTo(200, [user.first_name, user.last_name].filter(Boolean).join(' ')) ?? '';
  return { ref: String(user.id), name };
};
