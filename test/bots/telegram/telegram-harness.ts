import type { Update } from 'grammy/types';
import { createTelegramChannel, type TelegramOptions } from '../../../bots/telegram/telegram-channel.ts';
import type { AddressRef } from '../../../src/domain/message.ts';
import type { Resident, SeenMessage } from '../../support/bot-api/chat.ts';
import type { Fault } from '../../support/bot-api/faults.ts';
import { startBotApi, type BotApiStub } from '../../support/bot-api/start-bot-api.ts';
import type { ChannelHarness, Delivered, OnScreen, SendFault } from '../channel-harness.ts';
import { createHeldClock, type HeldClock } from '../held-clock.ts';
import { createRecordingLog } from '../recording.ts';

export type TelegramHarness = ChannelHarness & {
  readonly tg: BotApiStub;
  readonly clock: HeldClock;
  readonly residents: readonly [Resident, Resident];
};

export const webhookSecret = 'rahasia-webhook_1';

export const makeTelegramHarness = async (
  mode: 'polling' | 'webhook',
  options: Partial<TelegramOptions> = {},
): Promise<TelegramHarness> => {
  const clock = createHeldClock();
  const log = createRecordingLog();
  const tg = await startBotApi({ now: () => clock.now() });
  const residents = [tg.resident({ name: 'Maria' }), tg.resident({ name: 'Yohanes' })] as const;
  const channel = createTelegramChannel({
    token: tg.token,
    apiRoot: tg.url,
    mode,
    webhookSecret,
    // Nobody listens there: the stub hands updates to the channel itself.
    publicUrl: 'https://bestie.test',
    log,
    clock,
    ...options,
  });
  const { webhook } = channel;
  if (webhook) tg.deliverTo((request) => webhook.handle(request));

  let lastVoice: string | null = null;
  let isDark = false;
  const delivered = (update: Update): Delivered => ({ handle: update });
  const comeBack = async (): Promise<void> => {
    if (isDark) await tg.acceptConnections();
    isDark = false;
  };

  return {
    tg,
    clock,
    residents,
    channel,
    log,
    people: [addressOf(residents[0]), addressOf(residents[1])],
    secrets: [tg.token, webhookSecret],
    letTimePass: () => clock.runFreely(),
    platform: {
      say: async (text, by = 0) => delivered(await residents[by].says(text)),
      press: async (label) => delivered(await residents[0].presses(label)),
      async sendVoice(bytes) {
        const update = await residents[0].sendsVoice(bytes);
        lastVoice = update.message?.voice?.file_id ?? null;
        return delivered(update);
      },
      edit: async (messageRef, text) => delivered(await residents[0].edits(Number(messageRef), text)),
      again: async ({ handle }) => tg.pushAgain(handle as Update),
      acknowledged: () => tg.allConfirmed(),
      unacknowledged: () => tg.pendingUpdates().length,
      screen: (person) => residents[person].received.map(onScreen),
      block: async (person) => void (await residents[person].blocks()),
      expireMedia: async () => tg.expire(lastVoice!),
      failNextSend: (fault) => tg.fail('sendMessage', faults[fault]),
      async goDark() {
        isDark = true;
        await tg.refuseConnections();
      },
      comeBack,
    },
    async close() {
      await comeBack();
      await channel.stop();
      await tg.close();
    },
  };
};

const addressOf = (resident: Resident): AddressRef => ({
  channel: 'telegram',
  kind: 'chat',
  value: String(resident.id),
});

const faults: Record<SendFault, Fault> = {
  busy: { kind: 'too_many', retryAfter: 3 },
  broken: { kind: 'error', status: 500 },
  refused: { kind: 'error', status: 400, description: 'Bad Request: message is too long' },
  answer_lost: { kind: 'drop_after' },
};

const onScreen = ({ messageId, text, buttons, place, file }: SeenMessage): OnScreen => ({
  messageRef: String(messageId),
  text,
  buttons: buttons.flat().map((button) => button.text),
  place,
  file,
});
