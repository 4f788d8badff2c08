import type { Api } from 'grammy';
import type { GroupButton, GroupRefusal, GroupResult, OfficerGroup } from '../officer-group.ts';
import { isTokenRefused, readCallFailure, type CallFailure } from './call-failure.ts';
import type { GroupPace } from './group-pace.ts';
import { sendFileAs } from './send-message.ts';

export type OfficerGroupOptions = {
  readonly api: Api;
  readonly chatId: string;
  readonly pace: GroupPace;
  /** Called when what is wrong with the group changes. */
  readonly onNote: (trouble: string | null) => void;
};

/** The colours that Telegram offers for a topic. */
const red = 0xfb6f5f;
const yellow = 0xffd67e;

const maxTitle = 128;
/** Telegram's limit of what a pressed button may answer. */
const maxPressAnswer = 200;
/** When Telegram is in trouble and does not say for how long. */
const pauseMs = 5_000;
/** While the bot is not in the group, or the group is another by now: asked again, not pressed. */
const shutOutMs = 60_000;

const isShutOut = ({ status, reason }: CallFailure): boolean =>
  status === 403 ||
  (status === 400 && /chat not found|upgraded to a supergroup|CHAT_WRITE_FORBIDDEN/i.test(reason));

/** The officers' supergroup over the Bot API. Whatever counts against the group's limit waits for its pace first. */
export const createOfficerGroup = ({ api, chatId, pace, onNote }: OfficerGroupOptions): OfficerGroup => {
  /** That the bot cannot get at the group at all, and what is noted of it besides. */
  const troubles: { access: string | null; noted: string | null } = { access: null, noted: null };
  const tell = (change: Partial<typeof troubles>): void => {
    Object.assign(troubles, change);
    onNote(troubles.access ?? troubles.noted);
  };

  const paced = async <Made extends object>(
    isUrgent: boolean,
    act: () => Promise<Made>,
  ): Promise<GroupResult<Made>> => {
    const afterMs = pace.take(isUrgent);
    if (afterMs > 0) return { ok: false, outcome: 'wait', afterMs, reason: "the group's pace" };
    return attempt(act);
  };

  const attempt = async <Made extends object>(act: () => Promise<Made>): Promise<GroupResult<Made>> => {
    try {
      const done: GroupResult<Made> = { ...(await act()), ok: true };
      if (troubles.access !== null) tell({ access: null });
      return done;
    } catch (error) {
      const failure = readCallFailure(error);
      if (failure.status === 429) pace.hold(failure.retryAfterMs ?? pauseMs);
      if (!isShutOut(failure)) return toRefusal(failure);
      tell({ access: `the bot cannot write in it (${failure.reason}); check TELEGRAM_OFFICER_CHAT_ID` });
      pace.hold(shutOutMs);
      return { ok: false, outcome: 'wait', afterMs: shutOutMs, reason: failure.reason };
    }
  };

  /** Telegram calls it an error that nothing was to be done. */
  const unless = async (pattern: RegExp, act: () => Promise<unknown>): Promise<object> => {
    try {
      await act();
    } catch (error) {
      if (!pattern.test(readCallFailure(error).reason)) throw error;
    }
    return {};
  };

  return {
    chatRef: chatId,
    openTopic: ({ title, isUrgent }) =>
      paced(isUrgent, async () => {
        const topic = await api.createForumTopic(chatId, title.slice(0, maxTitle), {
          icon_color: isUrgent ? red : yellow,
        });
        return { threadRef: String(topic.message_thread_id) };
      }),
    renameTopic: (threadRef, title) =>
      paced(false, () =>
        unless(/TOPIC_NOT_MODIFIED/, () =>
          api.editForumTopic(chatId, Number(threadRef), { name: title.slice(0, maxTitle) }),
        ),
      ),
    closeTopic: (threadRef) =>
      paced(false, () =>
        unless(/TOPIC_NOT_MODIFIED|TOPIC_CLOSED/, () => api.closeForumTopic(chatId, Number(threadRef))),
      ),
    reopenTopic: (threadRef) =>
      paced(false, () => unless(/TOPIC_NOT_MODIFIED/, () => api.reopenForumTopic(chatId, Number(threadRef)))),
    removeTopic: (threadRef) =>
      attempt(() =>
        unless(/TOPIC_ID_INVALID|thread not found/i, () => api.deleteForumTopic(chatId, Number(threadRef))),
      ),
    post: ({ threadRef, replyToRef, content, isUrgent = false }) =>
      paced(isUrgent, async () => {
        const where = {
          ...(threadRef !== null && { message_thread_id: Number(threadRef) }),
          ...(replyToRef !== null && {
            reply_parameters: { message_id: Number(replyToRef), allow_sending_without_reply: true },
          }),
        };
        const sent =
          content.kind === 'text'
            ? await api.sendMessage(chatId, content.text, {
                ...where,
                link_preview_options: { is_disabled: true },
                ...(content.buttons.length > 0 && { reply_markup: layOut(content.buttons) }),
              })
            : content.kind === 'place'
              ? await api.sendLocation(chatId, content.latitude, content.longitude, where)
              : await sendFileAs(api, chatId, content, { ...where, caption: content.caption });
        return { postRef: String(sent.message_id) };
      }),
    edit: (postRef, { text, buttons, isUrgent = false }) =>
      paced(isUrgent, () =>
        unless(/message is not modified/, () =>
          api.editMessageText(chatId, Number(postRef), text, {
            link_preview_options: { is_disabled: true },
            reply_markup: layOut(buttons),
          }),
        ),
      ),
    editCaption: (postRef, caption) =>
      paced(false, () =>
        unless(/message is not modified/, () => api.editMessageCaption(chatId, Number(postRef), { caption })),
      ),
    remove: (postRef) =>
      attempt(() => unless(/message to delete not found/, () => api.deleteMessage(chatId, Number(postRef)))),
    mark: (postRef, mark) =>
      attempt(() =>
        unless(/message not found|MESSAGE_ID_INVALID|REACTION/i, () =>
          api.setMessageReaction(chatId, Number(postRef), [{ type: 'emoji', emoji: mark }]),
        ),
      ),
    answerPress: async (pressRef, text, isLoud) => {
      await courtesy(() =>
        api.answerCallbackQuery(pressRef, { text: text.slice(0, maxPressAnswer), show_alert: isLoud }),
      );
    },
    tell: (personRef, text) => courtesy(() => api.sendMessage(personRef, text)),
    note: (noted) => tell({ noted }),
  };
};

const courtesy = async (act: () => Promise<unknown>): Promise<void> => {
  try {
    await act();
  } catch {
    // Whoever waits for it looks at the desk.
  }
};

const layOut = (buttons: readonly GroupButton[]) => ({
  inline_keyboard: buttons.map(({ label, token }) => [{ text: label, callback_data: token }]),
});

/** By what Telegram writes: it has no codes for these. */
const meanings: readonly (readonly [RegExp, 'no_topics' | 'topic_gone' | 'topic_closed' | 'post_gone'])[] = [
  [/message thread not found|TOPIC_ID_INVALID|TOPIC_DELETED/i, 'topic_gone'],
  [/TOPIC_CLOSED/i, 'topic_closed'],
  [/message to edit not found|MESSAGE_ID_INVALID|message can't be edited/i, 'post_gone'],
  [/not a forum|FORUM|rights to (create|manage)|CHAT_ADMIN_REQUIRED/i, 'no_topics'],
];

const toRefusal = (failure: CallFailure): GroupRefusal => {
  const { status, reason, retryAfterMs, mayHaveArrived } = failure;
  if (status === null && mayHaveArrived) return { ok: false, outcome: 'unknown', reason };
  if (status === null || status === 429 || status >= 500 || isTokenRefused(failure))
    return { ok: false, outcome: 'wait', afterMs: retryAfterMs ?? pauseMs, reason };
  const outcome = meanings.find(([pattern]) => pattern.test(reason))?.[1] ?? 'refused';
  return { ok: false, outcome, reason };
};
