import type { Update, User } from 'grammy/types';
import type { UploadedFile } from './multipart.ts';
import type { UpdateQueue } from './update-queue.ts';
import type { Button } from './validate.ts';
import type { Waiters } from './waiters.ts';

/** A message of the bot as the person sees it. */
export type SeenMessage = {
  readonly messageId: number;
  /** `sendMessage`, `sendVenue`, ... */
  readonly method: string;
  /** The text, the caption, or what a map pin is called. */
  text: string;
  buttons: Button[][];
  readonly file: UploadedFile | null;
  readonly place: { latitude: number; longitude: number } | null;
  readonly payload: Record<string, unknown>;
};

/** A message as Telegram puts it into an update, where the test only says what is special about it. */
type Extra = Record<string, unknown>;

/** One private chat of a person with the bot. Whatever the person does is an update for the bot. */
export type Resident = {
  readonly id: number;
  readonly name: string;
  readonly received: readonly SeenMessage[];
  says(text: string, extra?: Extra): Promise<Update>;
  /** Presses a button of the newest message that has it, waiting for one if need be. */
  presses(label: string | RegExp): Promise<Update>;
  /** Presses something with this very token, as a changed client could. */
  pressesToken(token: string, onMessageId?: number): Promise<Update>;
  sendsVoice(bytes: Uint8Array, extra?: Extra): Promise<Update>;
  sendsPhoto(bytes: Uint8Array, caption?: string, extra?: Extra): Promise<Update>;
  sendsDocument(bytes: Uint8Array, name: string, mime: string, extra?: Extra): Promise<Update>;
  sendsLocation(latitude: number, longitude: number): Promise<Update>;
  /** Any other kind of message: `sends({ sticker: {...} })`. */
  sends(content: Extra): Promise<Update>;
  edits(messageId: number, text: string): Promise<Update>;
  /** Blocks the bot: it is told, and what it sends is refused with 403. */
  blocks(): Promise<Update>;
  unblocks(): Promise<Update>;
  /** The next message of the bot, after the last one seen, that matches; waits for it. */
  sees(pattern: RegExp | string): Promise<SeenMessage>;
  /** Everything up to now counts as seen. */
  looksAway(): void;
};

export type ChatState = {
  readonly id: number;
  readonly chat: Record<string, unknown>;
  readonly received: SeenMessage[];
  isBlocking: boolean;
  isGone: boolean;
  lastMessageId: number;
};

export type ChatWorld = {
  readonly queue: UpdateQueue;
  readonly waiters: Waiters;
  readonly botUser: Record<string, unknown>;
  now(): Date;
  keepFile(bytes: Uint8Array): { file_id: string; file_unique_id: string; file_size: number };
};

export const createResident = (world: ChatWorld, state: ChatState, user: User): Resident => {
  const { queue, waiters } = world;
  let seen = 0;

  const push = async (kind: string, content: Record<string, unknown>): Promise<Update> => {
    const update = { update_id: queue.nextId(), [kind]: content } as unknown as Update;
    queue.push(update);
    return update;
  };

  const seconds = (): number => Math.floor(world.now().getTime() / 1000);

  const message = (content: Extra): Promise<Update> =>
    push('message', {
      message_id: (state.lastMessageId += 1),
      from: user,
      chat: state.chat,
      date: seconds(),
      ...content,
    });

  const membership = (before: string, after: string): Promise<Update> =>
    push('my_chat_member', {
      chat: state.chat,
      from: user,
      date: seconds(),
      old_chat_member: { user: world.botUser, status: before },
      new_chat_member: { user: world.botUser, status: after, until_date: 0 },
    });

  const press = (data: string, on: SeenMessage | undefined): Promise<Update> =>
    push('callback_query', {
      id: String(queue.nextId()),
      from: user,
      chat_instance: String(state.id),
      data,
      message: {
        message_id: on?.messageId ?? 1,
        from: world.botUser,
        chat: state.chat,
        date: seconds(),
        text: on?.text ?? '',
        ...(on && { reply_markup: { inline_keyboard: on.buttons } }),
      },
    });

  return {
    id: state.id,
    name: user.first_name,
    received: state.received,
    says: (text, extra = {}) => message({ text, ...extra }),
    async presses(label) {
      const { button, on } = await waiters.until(
        () => findButton(state.received, label),
        `a button ${String(label)} for ${state.id}`,
      );
      return press(button.callback_data, on);
    },
    pressesToken: (token, onMessageId) =>
      press(
        token,
        state.received.find(({ messageId }) => messageId === onMessageId),
      ),
    sendsVoice: (bytes, extra = {}) =>
      message({ voice: { ...world.keepFile(bytes), duration: 3, mime_type: 'audio/ogg' }, ...extra }),
    sendsPhoto(bytes, caption, extra = {}) {
      const small = { ...world.keepFile(bytes.subarray(0, 1)), width: 90, height: 60 };
      const large = { ...world.keepFile(bytes), width: 1280, height: 853 };
      return message({ photo: [small, large], ...(caption !== undefined && { caption }), ...extra });
    },
    sendsDocument: (bytes, name, mime, extra = {}) =>
      message({ document: { ...world.keepFile(bytes), file_name: name, mime_type: mime }, ...extra }),
    sendsLocation: (latitude, longitude) => message({ location: { latitude, longitude } }),
    sends: message,
    edits: (messageId, text) =>
      push('edited_message', {
        message_id: messageId,
        from: user,
        chat: state.chat,
        date: seconds(),
        edit_date: seconds(),
        text,
      }),
    blocks() {
      state.isBlocking = true;
      return membership('member', 'kicked');
    },
    unblocks() {
      state.isBlocking = false;
      return membership('kicked', 'member');
    },
    sees(pattern) {
      return waiters.until(
        () => {
          const index = state.received.findIndex(({ text }, at) => at >= seen && matches(text, pattern));
          if (index === -1) return undefined;
          seen = index + 1;
          return state.received[index];
        },
        `${state.id} to see ${String(pattern)}`,
      );
    },
    looksAway() {
      seen = state.received.length;
    },
  };
};

const matches = (text: string, pattern: RegExp | string): boolean =>
  typeof pattern === 'string' ? text.includes(pattern) : text.search(pattern) !== -1;

const findButton = (
  received: readonly SeenMessage[],
  label: string | RegExp,
): { button: Button; on: SeenMessage } | undefined => {
  for (const on of received.toReversed()) {
    const button = on.buttons.flat().find(({ text }) => matches(text, label));
    if (button) return { button, on };
  }
  return undefined;
};
