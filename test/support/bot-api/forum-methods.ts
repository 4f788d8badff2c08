import type { ChatState, SeenMessage } from './chat.ts';
import { badRequest, Refusal, type Payload } from './faults.ts';
import type { GroupState, Topic } from './group.ts';
import type { Method, World } from './methods.ts';
import { checkCaption } from './validate.ts';

/** What the Bot API does in a forum, with its refusals. */

const minuteMs = 60_000;

const groupFor = (world: World, { chat_id: chatId }: Payload): { chat: ChatState; group: GroupState } => {
  const chat = world.chats.get(Number(chatId));
  if (!chat) throw badRequest('chat not found');
  const group = world.groups.get(chat.id);
  if (!group?.isForum) throw badRequest('the chat is not a forum');
  return { chat, group };
};

const manage = (world: World, payload: Payload, verb: string): { chat: ChatState; group: GroupState } => {
  const found = groupFor(world, payload);
  countInGroup(world, found.chat.id);
  if (!found.group.canManageTopics) throw badRequest(`not enough rights to ${verb}`);
  return found;
};

const topicFor = (group: GroupState, { message_thread_id: threadId }: Payload): Topic => {
  const topic = group.topics.get(Number(threadId));
  if (!topic) throw badRequest('message thread not found');
  return topic;
};

const checkName = ({ name }: Payload): string => {
  if (typeof name !== 'string' || name === '' || name.length > 128) throw badRequest('TOPIC_NAME_INVALID');
  return name;
};

/** In one group 20 a minute, edits too: the next is told how long to wait. */
export const countInGroup = (world: World, chatId: number): void => {
  const group = world.groups.get(chatId);
  if (!group || group.perMinute === null) return;
  const now = world.now().getTime();
  group.sentAt = group.sentAt.filter((at) => at > now - minuteMs);
  if (group.sentAt.length >= group.perMinute) {
    group.refusals += 1;
    const wait = Math.ceil(((group.sentAt[0] ?? now) + minuteMs - now) / 1000);
    throw new Refusal(429, `Too Many Requests: retry after ${wait}`, wait);
  }
  group.sentAt.push(now);
};

/** Where a post goes; a closed topic takes it from an admin of topics alone. */
export const checkThread = (world: World, chatId: number, payload: Payload): void => {
  if (payload.message_thread_id === undefined) return;
  const group = world.groups.get(chatId);
  if (!group?.isForum) throw badRequest('message thread not found');
  const topic = topicFor(group, payload);
  if (topic.isClosed && !group.canManageTopics) throw badRequest('TOPIC_CLOSED');
};

const setClosed =
  (isClosed: boolean): Method =>
  (world, payload) => {
    const { group } = manage(world, payload, 'manage topics');
    const topic = topicFor(group, payload);
    if (topic.isClosed === isClosed) throw badRequest('TOPIC_NOT_MODIFIED');
    topic.isClosed = isClosed;
    return true;
  };

const messageFor = (
  world: World,
  payload: Payload,
  what: string,
): { chat: ChatState; message: SeenMessage } => {
  const chat = world.chats.get(Number(payload.chat_id));
  const message = chat?.received.find(({ messageId }) => messageId === Number(payload.message_id));
  if (!chat || !message) throw badRequest(`message to ${what} not found`);
  return { chat, message };
};

export const forumMethods: Readonly<Record<string, Method>> = {
  createForumTopic(world, payload) {
    const { chat, group } = manage(world, payload, 'create a topic');
    const name = checkName(payload);
    const iconColor = payload.icon_color === undefined ? null : Number(payload.icon_color);
    const threadId = (chat.lastMessageId += 1);
    group.topics.set(threadId, { threadId, name, iconColor, isClosed: false });
    return { message_thread_id: threadId, name, icon_color: iconColor ?? 7322096 };
  },
  editForumTopic(world, payload) {
    const { group } = manage(world, payload, 'manage topics');
    const topic = topicFor(group, payload);
    const name = checkName(payload);
    if (topic.name === name) throw badRequest('TOPIC_NOT_MODIFIED');
    topic.name = name;
    return true;
  },
  closeForumTopic: setClosed(true),
  reopenForumTopic: setClosed(false),
  deleteForumTopic(world, payload) {
    const { chat, group } = manage(world, payload, 'delete messages');
    const { threadId } = topicFor(group, payload);
    group.topics.delete(threadId);
    const left = chat.received.filter((one) => Number(one.payload.message_thread_id) !== threadId);
    chat.received.splice(0, chat.received.length, ...left);
    return true;
  },
  editMessageCaption(world, payload) {
    const { chat, message } = messageFor(world, payload, 'edit');
    countInGroup(world, chat.id);
    const caption = checkCaption(payload) ?? '';
    if (message.text === caption) throw badRequest('message is not modified');
    message.text = caption;
    return true;
  },
  deleteMessage(world, payload) {
    const chat = world.chats.get(Number(payload.chat_id));
    if (!chat) throw badRequest('chat not found');
    const at = chat.received.findIndex(({ messageId }) => messageId === Number(payload.message_id));
    // People's messages are not kept here; the bot is an admin who may remove them.
    if (at >= 0) chat.received.splice(at, 1);
    return true;
  },
  setMessageReaction(world, payload) {
    const group = world.groups.get(Number(payload.chat_id));
    const [reaction] = (payload.reaction ?? []) as { emoji?: string }[];
    if (reaction?.emoji) group?.reactions.set(Number(payload.message_id), reaction.emoji);
    return true;
  },
};
