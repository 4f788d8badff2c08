import type { Update } from 'grammy/types';
import type { Channel, ChannelClock, ChannelLog } from '../channel.ts';
import { createBotApi } from './bot-api.ts';
import { isTokenRefused, readCallFailure, type CallFailure } from './call-failure.ts';
import { announceCommands, announceGroupCommands } from './commands.ts';
import { createBackoff, showFailure } from './connect.ts';
import { fetchMedia } from './fetch-media.ts';
import { createGroupPace } from './group-pace.ts';
import { createHealthBoard } from './health.ts';
import { createIntake, type Intake } from './intake.ts';
import { createOfficerGroup } from './officer-group.ts';
import { createPace, defaultPace, type PaceOptions } from './pace.ts';
import { allowedUpdates, createPoller, grammySignal, type Poller } from './polling.ts';
import { sendMessage } from './send-message.ts';
import { createTransport } from './transport.ts';
import { createWebhookHandler } from './webhook.ts';

export type TelegramOptions = {
  readonly token: string;
  /** Another Bot API server than Telegram's own. */
  readonly apiRoot?: string | undefined;
  readonly mode: 'polling' | 'webhook';
  /** 1 to 256 of `A-Z a-z 0-9 _ -`; needed where updates are pushed to us. */
  readonly webhookSecret?: string | undefined;
  /** Where Telegram reaches us; without it the webhook is left as somebody else set it. */
  readonly publicUrl?: string | undefined;
  /** The officers' supergroup; what happens there goes to the sink's `group`. */
  readonly officerChatId?: string | undefined;
  readonly pace?: PaceOptions | undefined;
  readonly log: ChannelLog;
  readonly clock: ChannelClock;
  readonly callTimeoutMs?: number | undefined;
  readonly pollSeconds?: number | undefined;
};

const webhookPath = '/telegram/webhook';

/** Bestie on Telegram. After `stop` it stays stopped: who takes over again makes a new one. */
export const createTelegramChannel = (options: TelegramOptions): Channel => {
  const { token, mode, log, clock, webhookSecret = '', callTimeoutMs = 25_000, pollSeconds = 30 } = options;
  const apiRoot = (options.apiRoot ?? 'https://api.telegram.org').replace(/\/+$/, '');
  if (mode === 'webhook' && !/^[\w-]{1,256}$/.test(webhookSecret)) {
    throw new Error('TELEGRAM_WEBHOOK_SECRET must be 1 to 256 letters, digits, "_" or "-"');
  }

  const transport = createTransport();
  const api = createBotApi({ token, apiRoot, transport, callTimeoutMs, pollSeconds });
  const pace = createPace(clock, options.pace ?? defaultPace);
  const health = createHealthBoard(clock, log);
  const stopping = new AbortController();
  const { officerChatId } = options;
  const groupPace = createGroupPace(clock);
  let groupNote: string | null = null;
  const noteOfGroup = (trouble: string | null): void => {
    if (trouble !== null && trouble !== groupNote)
      log.warn({ channel: 'telegram' }, `telegram: the officers' group: ${trouble}`);
    groupNote = trouble;
  };
  let intake: Intake | null = null;
  let poller: Poller | null = null;
  let connecting: Promise<void> | null = null;
  let stopped: Promise<void> | null = null;
  let hasAnnounced = false;

  const announceOnce = async (): Promise<void> => {
    if (hasAnnounced) return;
    hasAnnounced = true;
    try {
      await announceCommands(api);
      if (officerChatId !== undefined) await announceGroupCommands(api, officerChatId);
    } catch (error) {
      log.warn({ reason: readCallFailure(error).reason }, 'telegram: the list of commands could not be set');
    }
  };

  /** Stops the spinner on a pressed button; that it fails is nobody's loss. */
  const answerPress = (update: Update): void => {
    const query = pressOfResident(update);
    if (query) api.answerCallbackQuery(query.id).catch(() => undefined);
  };

  /** A press in the officers' group is answered by words of its own. */
  const pressOfResident = ({ callback_query: query }: Update) =>
    query && String(query.message?.chat.id) !== officerChatId ? query : undefined;

  const connectPolling = async (signal: AbortSignal): Promise<void> => {
    await api.getMe(grammySignal(signal));
    // What waited for a webhook waits on: nothing is dropped.
    await api.deleteWebhook({}, grammySignal(signal));
    await announceOnce();
  };

  const connectWebhook = async (): Promise<void> => {
    await api.getMe(grammySignal(stopping.signal));
    if (options.publicUrl !== undefined) {
      const url = new URL(webhookPath, options.publicUrl).href;
      await api.setWebhook(
        url,
        { secret_token: webhookSecret, allowed_updates: allowedUpdates, max_connections: 100 },
        grammySignal(stopping.signal),
      );
    }
    health.set('connected', 'receiving by webhook');
    await announceOnce();
  };

  /** Until it works; resolves after the first attempt. */
  const keepConnectingWebhook = (): Promise<void> =>
    new Promise((firstAttemptDone) => {
      connecting ??= connectInTheEnd(firstAttemptDone).finally(() => {
        connecting = null;
        firstAttemptDone();
      });
    });

  const connectInTheEnd = async (firstAttemptDone: () => void): Promise<void> => {
    const backoff = createBackoff(clock);
    while (!stopping.signal.aborted) {
      try {
        await connectWebhook();
        return;
      } catch (error) {
        if (stopping.signal.aborted) return;
        const failure = readCallFailure(error);
        showFailure(health, failure);
        firstAttemptDone();
        await backoff.wait(stopping.signal, failure.retryAfterMs ?? 0);
      }
    }
  };

  const noteSendFailure = (chatId: string, failure: CallFailure): void => {
    if (failure.status === 429) pace.hold(chatId, failure.retryAfterMs ?? 1000);
    if (!isTokenRefused(failure)) return;
    showFailure(health, failure);
    // Polling finds out by itself when the token works again.
    if (mode === 'webhook' && connecting === null && !stopping.signal.aborted) void keepConnectingWebhook();
  };

  return {
    name: 'telegram',
    capabilities: {
      choices: 'buttons',
      replyWindowHours: null,
    },

    async start(sink) {
      if (intake || stopped) throw new Error('a Telegram channel starts once');
      intake = createIntake({
        sink,
        officerChatId: officerChatId ?? null,
        onHeard: (chatId) => pace.heard(chatId),
        log,
        clock,
      });
      if (mode === 'polling') {
        poller = createPoller({
          api,
          intake,
          onTaken: answerPress,
          connect: connectPolling,
          health,
          log,
          clock,
          pollSeconds,
        });
        await poller.start();
      } else {
        await keepConnectingWebhook();
      }
    },

    async send(to, message) {
      const chatId = to.value;
      const heldMs = pace.heldForMs(chatId);
      if (heldMs > 0)
        return { ok: false, outcome: 'retry', reason: 'Telegram asks to wait', retryAfterMs: heldMs };
      await pace.take(chatId);
      if (chatId === officerChatId) groupPace.took();
      return sendMessage(api, chatId, message, (failure) => noteSendFailure(chatId, failure));
    },

    fetchMedia(ref, maxBytes) {
      const fileRoot = `${apiRoot}/file/bot${token}`;
      return fetchMedia({ api, transport, fileRoot, idleTimeoutMs: callTimeoutMs }, ref, maxBytes);
    },

    ...(mode === 'webhook' && {
      webhook: {
        path: webhookPath,
        handle: createWebhookHandler({
          secret: webhookSecret,
          intake: () => (stopping.signal.aborted ? null : intake),
          answerTo: (update) => {
            const query = pressOfResident(update);
            return query ? { method: 'answerCallbackQuery', callback_query_id: query.id } : null;
          },
        }),
      },
    }),

    ...(officerChatId !== undefined && {
      group: createOfficerGroup({ api, chatId: officerChatId, pace: groupPace, onNote: noteOfGroup }),
    }),

    health: () => {
      const current = health.current();
      return groupNote === null ? current : { ...current, detail: `${current.detail}; ${groupNote}` };
    },

    stop() {
      stopped ??= (async () => {
        stopping.abort();
        await poller?.stop();
        await connecting;
        await intake?.idle();
        transport.closeIdle();
        health.set('stopped', 'stopped');
      })();
      return stopped;
    },
  };
};
