import type { AddressRef } from '../../../src/domain/message.ts';
import { createRig, pageMessage } from '../../support/whatsapp-page/channel.ts';
import type { PageFaults, PageMessage, SentByPage } from '../../support/whatsapp-page/whatsapp-page.ts';
import type { ChannelHarness, Delivered, OnScreen, SendFault } from '../channel-harness.ts';
import { createRecordingLog } from '../recording.ts';

const numbers = ['6281234567890', '6285550001111'] as const;
const address = (value: string): AddressRef => ({ channel: 'whatsapp', kind: 'phone', value });

/** WhatsApp Web has no word for "too busy" or "never": what it does not take, it throws back. */
const faults: Record<SendFault, PageFaults['sends']> = {
  busy: 'throw',
  broken: 'throw',
  refused: 'throw',
  answer_lost: 'silent',
};

export async function makeWhatsappHarness(): Promise<ChannelHarness> {
  const log = createRecordingLog();
  const rig = await createRig({ isPaired: true, log });
  const { page, clock } = rig;
  let darkBy: 'server' | 'state' | null = null;
  let isStarted = false;
  let arrivals = 0;
  let lastVoice = '';
  let faulty: Promise<void> = Promise.resolve();
  let passing: NodeJS.Timeout | null = null;
  const seen = () => page.reports.filter(({ what }) => what === 'seen').length;

  function letTimePass() {
    passing ??= setInterval(() => clock.advance(250), 20);
  }

  async function deliver(message: PageMessage): Promise<Delivered> {
    arrivals += 1;
    await page.arrive(message);
    return { handle: message };
  }

  return {
    channel: {
      ...rig.channel,
      async start(sink) {
        isStarted = true;
        await rig.channel.start(sink);
      },
      async send(to, message) {
        await faulty;
        return await rig.channel.send(to, message);
      },
    },
    log,
    people: [address(numbers[0]), address(numbers[1])],
    secrets: [],
    letTimePass,
    platform: {
      say: (body, by = 0) => deliver(pageMessage({ body, from: `${numbers[by]}@c.us` })),
      press: () => Promise.reject(new Error('there are no buttons')),
      async sendVoice(bytes) {
        lastVoice = `/v/${arrivals}`;
        page.media.set(lastVoice, bytes);
        const file = { directPath: lastVoice, size: bytes.byteLength, mimetype: 'audio/ogg; codecs=opus' };
        return await deliver(pageMessage({ type: 'ptt', ...file }));
      },
      async edit(id, body) {
        const changes = { body, latestEditSenderTimestampMs: 1_790_000_000_000 };
        await page.order('change', { id, changes });
        return { handle: null };
      },
      again: async ({ handle }) => void (await deliver(handle as PageMessage)),
      // The blue ticks are what WhatsApp is told once a message is stored.
      unacknowledged: () => arrivals - seen(),
      acknowledged: () => page.until(() => seen() >= arrivals),
      screen: (person) => page.sent.filter(({ chat }) => chat === `${numbers[person]}@c.us`).map(onScreen),
      // Being blocked looks like one grey tick for ever; a number that left is told at once.
      block: (person) => page.setFaults({ unknownNumbers: [numbers[person]] }),
      expireMedia: async () => void page.media.delete(lastVoice),
      failNextSend(fault) {
        faulty = page.setFaults({ nextSend: faults[fault] });
        if (fault === 'answer_lost') letTimePass();
      },
      async goDark() {
        darkBy = isStarted ? 'state' : 'server';
        if (!isStarted) return await page.close();
        await page.order('state', { state: 'TIMEOUT' });
        await rig.state('reconnecting');
      },
      async comeBack() {
        if (darkBy === 'server') await page.start();
        if (darkBy === 'state') {
          await page.order('state', { state: 'CONNECTED' });
          await rig.state('connected');
        }
        darkBy = null;
      },
    },
    async close() {
      await rig.end();
      if (passing) clearInterval(passing);
    },
  };
}

function onScreen(sent: SentByPage): OnScreen {
  const { lat, lng, file } = sent;
  return {
    messageRef: sent.id,
    text: (sent.type === 'chat' ? sent.body : (sent.caption ?? sent.loc)) ?? '',
    buttons: [],
    place: lat === undefined ? null : { latitude: lat, longitude: lng ?? 0 },
    file: file && {
      name: sent.filename ?? '',
      bytes: new Uint8Array(Buffer.from(file.base64 ?? '', 'base64')),
    },
  };
}
