import { randomUUID } from 'node:crypto';
import { addressOfToken } from '../../../bots/web/visitor.ts';
import { createWebChannel, type WebChannel } from '../../../bots/web/web-channel.ts';
import type { Outbound } from '../../../src/domain/message.ts';
import type { OutboundReady } from '../../../bots/channel.ts';
import type { ChannelHarness, Delivered, OnScreen } from '../channel-harness.ts';
import { createHeldClock, type HeldClock } from '../held-clock.ts';
import { createRecordingLog, type RecordingLog } from '../recording.ts';
import { createBrowser, type Browser } from './browser.ts';
import { createFakeHistory, type FakeHistory } from './fake-history.ts';

export type WebRoom = {
  channel: WebChannel;
  rows: FakeHistory;
  clock: HeldClock;
  log: RecordingLog;
  browser(): Browser;
};

export function makeWebRoom(options: Partial<Parameters<typeof createWebChannel>[0]> = {}): WebRoom {
  const clock = createHeldClock();
  const log = createRecordingLog();
  const rows = createFakeHistory(clock);
  const channel = createWebChannel({
    ...rows,
    clock,
    log,
    speaksOfDanger: (text) => text.includes('bahaya'),
    publicUrl: 'http://bestie.test',
    pageRoot: '/nowhere',
    ...options,
  });
  return { channel, rows, clock, log, browser: () => createBrowser(channel.routes) };
}

/**
 * For the channel contract. The platform of the web chat is the page and our own database: `say` puts a message
 * into an outbox like the page's (one at a time, repeated under its id until stored), and what `send` takes is
 * put into the history as `deliver` would have left it, and read back as the page reads it.
 */
export async function makeWebHarness(): Promise<ChannelHarness> {
  const room = makeWebRoom();
  const browsers = [room.browser(), room.browser()] as const;
  for (const browser of browsers) await browser.post('/chat/api/visitor', {});
  const tokens = browsers.map(({ cookie }) => cookie?.split('=')[1] ?? '');
  const people = [addressOfToken(tokens[0] ?? ''), addressOfToken(tokens[1] ?? '')] as const;
  const screens: [OnScreen[], OnScreen[]] = [[], []];
  const refs = new Map<number, string>();
  let isClosed = false;

  type Post = () => Promise<Response>;
  const outbox: Post[] = [];
  let isWorking = false;
  let idle: (() => void)[] = [];

  async function work(): Promise<void> {
    if (isWorking) return;
    isWorking = true;
    while (outbox[0] && !isClosed) {
      const response = await outbox[0]();
      if (response.ok) outbox.shift();
      else if (!response.headers.has('Retry-After')) throw new Error(`refused: ${await response.text()}`);
      else await room.clock.sleep(Number(response.headers.get('Retry-After')) * 1000);
    }
    isWorking = false;
    for (const resolve of idle) resolve();
    idle = [];
  }

  async function deliver(post: Post): Promise<Delivered> {
    outbox.push(post);
    void work();
    return { handle: post };
  }

  async function redraw(person: 0 | 1): Promise<void> {
    const { messages } = await browsers[person].messages();
    screens[person] = await Promise.all(
      messages
        .filter(({ from }) => from !== 'resident')
        .map(async ({ seq, text, venue, choices, files }): Promise<OnScreen> => {
          const file = files?.[0];
          const bytes = file?.href ? await (await browsers[person].get(file.href)).arrayBuffer() : null;
          return {
            messageRef: refs.get(seq) ?? '',
            text: [text, venue?.title, venue?.address].filter(Boolean).join('\n'),
            buttons: (choices ?? []).map(({ label }) => label),
            place: venue ? { latitude: venue.latitude, longitude: venue.longitude } : null,
            file: file && bytes ? { name: file.name, bytes: new Uint8Array(bytes) } : null,
          };
        }),
    );
  }

  const message = (by: 0 | 1, body: object): Promise<Delivered> => {
    const repeated = { clientId: randomUUID(), ...body };
    return deliver(() => browsers[by].post('/chat/api/message', repeated));
  };

  return {
    channel: {
      ...room.channel,
      async send(to, outbound) {
        const result = await room.channel.send(to, outbound);
        if (result.ok && result.messageRef !== null) {
          const { seq } = room.rows.addOut(to, asStored(outbound), { ref: result.messageRef });
          refs.set(seq, result.messageRef);
          await redraw(to.value === people[0].value ? 0 : 1);
        }
        return result;
      },
    },
    log: room.log,
    people,
    secrets: tokens,
    letTimePass: room.clock.runFreely,
    platform: {
      say: (text, by = 0) => message(by, { text }),
      async press(label) {
        const { messages } = await browsers[0].messages();
        const choice = messages
          .flatMap(({ choices }) => choices ?? [])
          .toReversed()
          .find((each) => each.label === label);
        if (!choice) throw new Error(`no button ${label}`);
        return message(0, { choice });
      },
      sendVoice(bytes) {
        const clientId = randomUUID();
        const file = new File([bytes.slice()], 'suara.ogg', { type: 'audio/ogg;codecs=opus' });
        return deliver(() => browsers[0].upload(file, { clientId, voice: '1' }));
      },
      edit: (messageRef, text) => message(0, { edits: messageRef.split(':')[1], text }),
      again: async ({ handle }) => void (await deliver(handle as Post)),
      acknowledged: () => (isWorking ? new Promise((resolve) => idle.push(resolve)) : Promise.resolve()),
      unacknowledged: () => outbox.length,
      screen: (person) => screens[person],
      block: () => Promise.reject(new Error('nobody blocks a page')),
      expireMedia: () => Promise.reject(new Error('uploads bring their bytes')),
      // There is nothing between the room and its own page that could fail.
      failNextSend: () => {},
      goDark: async () => {},
      comeBack: async () => {},
    },
    async close() {
      isClosed = true;
      await room.channel.stop();
    },
  };
}

function asStored(message: OutboundReady): Outbound {
  if (message.kind !== 'file') return message;
  const { kind, name, mime, caption, bytes } = message;
  return { kind, name, mime, caption, source: { from: 'text', text: Buffer.from(bytes).toString() } };
}
