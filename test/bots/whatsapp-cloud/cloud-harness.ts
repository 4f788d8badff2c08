import type { WhatsappCloudOptions } from '../../../bots/whatsapp-cloud/options.ts';
import {
  createWhatsappCloudChannel,
  type WhatsappCloudChannel,
} from '../../../bots/whatsapp-cloud/whatsapp-cloud-channel.ts';
import type { AddressRef } from '../../../src/domain/message.ts';
import { type GraphApi, type SeenMessage, startGraphApi } from '../../support/graph-api/graph-api.ts';
import type { ChannelHarness, Delivered, OnScreen } from '../channel-harness.ts';
import { createHeldClock, type HeldClock } from '../held-clock.ts';
import { createRecordingLog } from '../recording.ts';

export type CloudHarness = ChannelHarness & {
  readonly channel: WhatsappCloudChannel;
  readonly api: GraphApi;
  readonly clock: HeldClock;
};

const numbers = ['6281234567890', '6285550001111'] as const;
const address = (value: string): AddressRef => ({ channel: 'whatsapp', kind: 'phone', value });

export async function makeCloudHarness(options: Partial<WhatsappCloudOptions> = {}): Promise<CloudHarness> {
  const api = await startGraphApi();
  const clock = createHeldClock();
  const log = createRecordingLog();
  const { token, phoneId, appSecret, verifyToken, apiRoot } = api;
  const channel = createWhatsappCloudChannel({
    token,
    phoneId,
    appSecret,
    verifyToken,
    apiRoot,
    log,
    clock,
    ...options,
  });
  api.deliverTo((request) => channel.webhook.handle(request));
  let lastFile = '';

  function say(fields: Record<string, unknown>, by: 0 | 1 = 0): Delivered {
    const message = api.message(numbers[by], fields);
    const contacts = [{ wa_id: numbers[by], profile: { name: 'Maria' } }];
    const handle = { contacts, messages: [message] };
    api.deliver(handle);
    return { handle };
  }

  return {
    channel,
    api,
    clock,
    log,
    people: [address(numbers[0]), address(numbers[1])],
    secrets: [token, appSecret, verifyToken],
    letTimePass: () => clock.runFreely(),
    platform: {
      say: async (body, by) => say({ type: 'text', text: { body } }, by),
      async press(label) {
        const on = api.seen.findLast((message) => pressable(message).some((one) => one.label === label));
        const one = on && pressable(on).find((each) => each.label === label);
        if (!on || !one) throw new Error('no such button');
        return say({ type: 'interactive', context: { id: on.id }, interactive: one.reply });
      },
      async sendVoice(bytes) {
        lastFile = api.keepFile(bytes, 'audio/ogg; codecs=opus');
        return say({
          type: 'audio',
          audio: { id: lastFile, mime_type: 'audio/ogg; codecs=opus', voice: true },
        });
      },
      edit: async (original_message_id, body) =>
        say({ type: 'edit', edit: { original_message_id, message: { type: 'text', text: { body } } } }),
      again: async ({ handle }) => api.deliver(handle as Record<string, unknown>),
      acknowledged: () => api.acknowledged(),
      unacknowledged: () => api.unacknowledged,
      screen: (person) => api.seen.filter(({ to }) => to === numbers[person]).map(onScreen),
      block: async (person) => void api.blocked.add(numbers[person]),
      expireMedia: async () => void api.files.delete(lastFile),
      failNextSend: (fault) => (api.fault = fault),
      goDark: () => api.hangUp(),
      async comeBack() {
        await api.hangUp();
        await api.listen();
      },
    },
    async close() {
      await channel.stop();
      api.deliverTo(async () => new Response());
      await api.acknowledged();
      await api.hangUp();
    },
  };
}

type Interactive = {
  body: { text: string };
  action: {
    buttons?: { reply: { id: string; title: string } }[];
    sections?: { rows: { id: string; title: string; description?: string }[] }[];
  };
};

function pressable({ payload }: SeenMessage): { label: string; reply: Record<string, unknown> }[] {
  const { action } = (payload['interactive'] ?? { action: {} }) as Interactive;
  const buttons = action.buttons ?? [];
  const rows = action.sections?.flatMap((section) => section.rows) ?? [];
  return [
    ...buttons.map(({ reply }) => ({
      label: reply.title,
      reply: { type: 'button_reply', button_reply: reply },
    })),
    ...rows.map((row) => ({
      label: [row.title, row.description].filter(Boolean).join(' '),
      reply: { type: 'list_reply', list_reply: row },
    })),
  ];
}

function onScreen(message: SeenMessage): OnScreen {
  const { payload, file, id } = message;
  const part = payload[String(payload['type'])] as Record<string, never> & {
    latitude?: number;
    longitude?: number;
  };
  const { body, caption, name, address: where } = part as Record<string, unknown>;
  const text = typeof body === 'object' ? (body as { text: string }).text : body;
  return {
    messageRef: id,
    text: [text, caption, name, where].filter(Boolean).join('\n'),
    buttons: pressable(message).map(({ label }) => label),
    place: part.latitude === undefined ? null : { latitude: part.latitude, longitude: part.longitude ?? 0 },
    file: file && { name: file.name, bytes: file.bytes },
  };
}
