import type { Update } from 'grammy/types';
import type { ChatState, ChatWorld, SeenMessage } from './chat.ts';

/** A topic of a forum as people see it. */
export type Topic = {
  readonly threadId: number;
  name: string;
  readonly iconColor: number | null;
  isClosed: boolean;
};

/** What only a group has. */
export type GroupState = {
  isForum: boolean;
  /** Whether the bot may make and change topics. */
  canManageTopics: boolean;
  readonly topics: Map<number, Topic>;
  /** Calls that count, in the last minute; null: no limit is kept. */
  perMinute: number | null;
  sentAt: number[];
  /** How often it said 429 of itself. */
  refusals: number;
  readonly reactions: Map<number, string>;
  /** Whose pressed buttons were answered with what, newest last. */
  readonly toasts: { text: string; isLoud: boolean }[];
};

type Where = { topic?: string | RegExp | number; replyTo?: SeenMessage | number };
type Extra = Record<string, unknown>;

/** The officers' supergroup: what the bot does there, and people who write and press in it. */
export type Group = {
  readonly id: number;
  /** Every post of the bot, oldest first; removed ones are gone. */
  readonly received: readonly SeenMessage[];
  readonly topics: readonly Topic[];
  /** The newest topic whose name matches. */
  topic(name: string | RegExp): Topic;
  /** What the bot posted in a topic, oldest first, as text. */
  textsIn(topic: string | RegExp | number): string[];
  postsIn(topic: string | RegExp | number): readonly SeenMessage[];
  /** What it posted outside of all topics. */
  general(): readonly SeenMessage[];
  reactionTo(messageId: number): string | undefined;
  readonly toasts: readonly { text: string; isLoud: boolean }[];
  /** How often the group's limit was run into. */
  refusals(): number;
  allow(rights: { isForum?: boolean; canManageTopics?: boolean; perMinute?: number | null }): void;
  /** A person removes a topic with all in it. */
  removesTopic(threadId: number): void;
  closesTopic(threadId: number): void;
  member(who: { id: number; name: string }): Member;
  /** An admin who hides behind the group. */
  anonymous(): Member;
  /** Everything, as one would read it in the app. */
  asText(): string;
};

export type Member = {
  readonly id: number;
  says(text: string, where?: Where): Promise<Update>;
  /** Any other kind of message. */
  sends(content: Extra, where?: Where): Promise<Update>;
  sendsFile(
    kind: 'photo' | 'voice' | 'document' | 'video',
    bytes: Uint8Array,
    extra?: Extra,
    where?: Where,
  ): Promise<Update>;
  edits(update: Update, text: string): Promise<Update>;
  /** Presses the newest button with this label, in a topic if it is named. */
  presses(label: string | RegExp, topic?: string | RegExp | number): Promise<Update>;
  pressesToken(token: string): Promise<Update>;
};

const matches = (text: string, pattern: string | RegExp): boolean =>
  typeof pattern === 'string' ? text.includes(pattern) : pattern.test(text);

export const createGroup = (world: ChatWorld, chat: ChatState, state: GroupState): Group => {
  const { queue } = world;
  const seconds = (): number => Math.floor(world.now().getTime() / 1000);
  const threadOf = ({ payload }: SeenMessage): number | undefined =>
    payload.message_thread_id === undefined ? undefined : Number(payload.message_thread_id);

  const findTopic = (name: string | RegExp | number): Topic => {
    const all = [...state.topics.values()];
    const found =
      typeof name === 'number' ? state.topics.get(name) : all.findLast((topic) => matches(topic.name, name));
    if (!found) throw new Error(`no topic ${String(name)} among: ${all.map((one) => one.name).join(' | ')}`);
    return found;
  };

  const push = async (kind: string, content: Extra): Promise<Update> => {
    const update = { update_id: queue.nextId(), [kind]: content } as unknown as Update;
    queue.push(update);
    return update;
  };

  const createMember = (from: Extra, extras: Extra): Member => {
    const place = ({ topic, replyTo }: Where): Extra => {
      const threadId = topic === undefined ? undefined : findTopic(topic).threadId;
      const replied = typeof replyTo === 'number' ? replyTo : replyTo?.messageId;
      const created = { forum_topic_created: { name: 'x', icon_color: 0 } };
      return {
        ...(threadId !== undefined && { message_thread_id: threadId, is_topic_message: true }),
        // In a topic everything replies to something: to its beginning, if to nothing else.
        ...(replied !== undefined
          ? { reply_to_message: { message_id: replied, chat: chat.chat, date: seconds() } }
          : threadId !== undefined && {
              reply_to_message: { message_id: threadId, chat: chat.chat, date: seconds(), ...created },
            }),
      };
    };
    const sends = (content: Extra, where: Where = {}): Promise<Update> =>
      push('message', {
        message_id: (chat.lastMessageId += 1),
        from,
        chat: chat.chat,
        date: seconds(),
        ...extras,
        ...place(where),
        ...content,
      });
    const press = (data: string, on: SeenMessage | undefined): Promise<Update> => {
      const threadId = on && threadOf(on);
      return push('callback_query', {
        id: String(queue.nextId()),
        from,
        chat_instance: String(chat.id),
        data,
        message: {
          message_id: on?.messageId ?? 1,
          from: world.botUser,
          chat: chat.chat,
          date: seconds(),
          text: on?.text ?? '',
          ...(threadId !== undefined && { message_thread_id: threadId, is_topic_message: true }),
        },
      });
    };
    return {
      id: Number(from['id']),
      says: (text, where) => sends({ text }, where),
      sends,
      sendsFile(kind, bytes, extra = {}, where = {}) {
        const file = world.keepFile(bytes);
        const content = {
          photo: { photo: [{ ...file, width: 1280, height: 853 }] },
          voice: { voice: { ...file, duration: 3, mime_type: 'audio/ogg' } },
          document: { document: { ...file, file_name: 'surat.pdf', mime_type: 'application/pdf' } },
          video: { video: { ...file, width: 640, height: 480, duration: 2, mime_type: 'video/mp4' } },
        }[kind];
        return sends({ ...content, ...extra }, where);
      },
      edits: (update, text) => push('edited_message', { ...update.message, text, edit_date: seconds() }),
      async presses(label, topic) {
        const within = topic === undefined ? chat.received : postsIn(topic);
        for (const on of within.toReversed()) {
          const button = on.buttons.flat().find(({ text }) => matches(text, label));
          if (button) return press(button.callback_data, on);
        }
        throw new Error(`no button ${String(label)} in the group`);
      },
      pressesToken: (token) => press(token, undefined),
    };
  };

  const postsIn = (topic: string | RegExp | number): readonly SeenMessage[] => {
    const { threadId } = findTopic(topic);
    return chat.received.filter((message) => threadOf(message) === threadId);
  };

  const line = (message: SeenMessage): string => {
    const buttons = message.buttons.flat().map(({ text }) => ` [${text}]`);
    const file = message.file ? `(${message.method.slice(4)} ${message.file.name}) ` : '';
    const place = message.place ? `(${message.place.latitude}, ${message.place.longitude}) ` : '';
    const quote = message.payload.reply_parameters as { message_id: number } | undefined;
    const mark = state.reactions.get(message.messageId) ?? '';
    return `  #${message.messageId}${quote ? ` ^${quote.message_id}` : ''} ${file}${place}${message.text.replaceAll('\n', '\n      ')}${buttons.join('')}${mark}`;
  };

  return {
    id: chat.id,
    received: chat.received,
    get topics() {
      return [...state.topics.values()];
    },
    topic: findTopic,
    postsIn,
    textsIn: (topic) => postsIn(topic).map(({ text }) => text),
    general: () => chat.received.filter((message) => threadOf(message) === undefined),
    reactionTo: (messageId) => state.reactions.get(messageId),
    toasts: state.toasts,
    refusals: () => state.refusals,
    allow: (rights) => void Object.assign(state, rights),
    removesTopic(threadId) {
      state.topics.delete(threadId);
      const left = chat.received.filter((message) => threadOf(message) !== threadId);
      chat.received.splice(0, chat.received.length, ...left);
    },
    closesTopic(threadId) {
      findTopic(threadId).isClosed = true;
    },
    member: ({ id, name }) => createMember({ id, is_bot: false, first_name: name }, {}),
    anonymous: () =>
      createMember(
        { id: 1087968824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' },
        { sender_chat: chat.chat },
      ),
    asText() {
      const general = ['== (grup)', ...chat.received.filter((one) => threadOf(one) === undefined).map(line)];
      const topics = [...state.topics.values()].flatMap((topic) => [
        `== ${topic.name}${topic.isClosed ? ' (ditutup)' : ''}`,
        ...postsIn(topic.threadId).map(line),
      ]);
      return [...general, ...topics].join('\n');
    },
  };
};
