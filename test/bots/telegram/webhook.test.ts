import { setImmediate as immediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTelegramChannel } from '../../../bots/telegram/telegram-channel.ts';
import { createRecordingSink, type RecordingSink } from '../recording.ts';
import { makeTelegramHarness, webhookSecret, type TelegramHarness } from './telegram-harness.ts';
import { contents, messageUpdate, press } from './update-fixtures.ts';

let harness: TelegramHarness;
let sink: RecordingSink;

beforeEach(async () => {
  harness = await makeTelegramHarness('webhook');
  sink = createRecordingSink();
});
afterEach(async () => {
  harness.letTimePass();
  await harness.close();
});

const start = (): Promise<void> => harness.channel.start(sink);

const post = (
  body: string | ReadableStream<Uint8Array>,
  headers: Record<string, string> = {},
): Promise<Response> =>
  harness.channel.webhook!.handle(
    new Request('https://bestie.test/telegram/webhook', {
      method: 'POST',
      headers: { 'x-telegram-bot-api-secret-token': webhookSecret, ...headers },
      body,
      duplex: 'half',
    }),
  );
const postUpdate = (update: unknown): Promise<Response> => post(JSON.stringify(update));

describe('telegram webhook', () => {
  it('tells Telegram where to push, with the secret', async () => {
    await start();
    expect(harness.tg.webhook).toEqual({
      url: 'https://bestie.test/telegram/webhook',
      secret: webhookSecret,
    });
    expect(harness.tg.callsOf('setWebhook')[0]?.payload).toMatchObject({
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
      max_connections: 100,
    });
    expect(harness.channel.webhook?.path).toBe('/telegram/webhook');
  });

  it('needs a secret that Telegram accepts', () => {
    const { log, clock } = harness;
    const common = { token: '1:x', mode: 'webhook', log, clock } as const;
    expect(() => createTelegramChannel(common)).toThrow('TELEGRAM_WEBHOOK_SECRET');
    expect(() => createTelegramChannel({ ...common, webhookSecret: 'tidak boleh!' })).toThrow(
      'TELEGRAM_WEBHOOK_SECRET',
    );
  });

  it('answers 200 only after the commit', async () => {
    await start();
    const release = sink.hold();
    let isAnswered = false;
    const answer = postUpdate(messageUpdate(contents.text)).finally(() => (isAnswered = true));
    await sink.nthCall(1);
    for (let turn = 0; turn < 20; turn += 1) await immediate();
    expect(isAnswered).toBe(false);
    release();
    expect((await answer).status).toBe(200);
    expect(sink.stored).toHaveLength(1);
  });

  it('stores what one chat wrote in its order, although Telegram pushes side by side', async () => {
    await start();
    const release = sink.hold();
    const answers = ['satu', 'dua', 'tiga'].map((words, at) =>
      postUpdate(messageUpdate({ text: words }, at + 1)),
    );
    const other = postUpdate(messageUpdate({ ...contents.text, chat: { id: 4712, type: 'private' } }, 9));
    await sink.nthCall(2);
    for (let turn = 0; turn < 20; turn += 1) await immediate();
    expect(sink.calls.map(({ externalId }) => externalId).toSorted()).toEqual(['u1', 'u9']);
    release();
    await Promise.all([...answers, other]);
    const ofOne = sink.calls.map(({ externalId }) => externalId).filter((id) => id !== 'u9');
    expect(ofOne).toEqual(['u1', 'u2', 'u3']);
  });

  it('answers 500 when nothing was stored, and takes the repetition', async () => {
    await start();
    sink.refuse(1);
    expect((await postUpdate(messageUpdate(contents.text))).status).toBe(500);
    expect((await postUpdate(messageUpdate(contents.text))).status).toBe(200);
    expect(sink.stored).toHaveLength(1);
  });

  it('stops the spinner of a pressed button in the answer itself', async () => {
    await start();
    const answer = await postUpdate(press('t-rabu'));
    expect(await answer.json()).toEqual({ method: 'answerCallbackQuery', callback_query_id: '77' });
  });

  it.each(['', 'salah', `${webhookSecret}x`])('answers 401 to the secret %j', async (secret) => {
    await start();
    const answer = await post(JSON.stringify(messageUpdate(contents.text)), {
      'x-telegram-bot-api-secret-token': secret,
    });
    expect(answer.status).toBe(401);
    expect(sink.calls).toEqual([]);
  });

  it.each(['', '{"update_id":', 'bukan json', '\u0000'])('answers 400 to the body %j', async (body) => {
    await start();
    expect((await post(body)).status).toBe(400);
  });

  it.each([
    7,
    null,
    [],
    {},
    { update_id: 1 },
    { update_id: 1, message: 'rusak' },
    { update_id: 2, jenis_baru: {} },
  ])('answers 200 to what it does not understand: %j', async (update) => {
    await start();
    expect((await postUpdate(update)).status).toBe(200);
    expect(sink.calls).toEqual([]);
  });

  it('answers 413 to a body that is announced too long, without reading it', async () => {
    await start();
    const { body, pulls } = endless();
    expect((await post(body, { 'content-length': String(1024 * 1024 + 1) })).status).toBe(413);
    expect(pulls()).toBeLessThanOrEqual(1);
  });

  it('answers 413 to a body that turns out too long, without reading on', async () => {
    await start();
    const { body, pulls } = endless();
    expect((await post(body)).status).toBe(413);
    expect(pulls()).toBeLessThan(30);
  });

  it('answers 405 to anything but POST, and 503 while it is not receiving', async () => {
    const get = new Request('https://bestie.test/telegram/webhook');
    expect((await harness.channel.webhook!.handle(get)).status).toBe(405);
    expect((await postUpdate(messageUpdate(contents.text))).status).toBe(503);
    await start();
    await harness.channel.stop();
    expect((await postUpdate(messageUpdate(contents.text))).status).toBe(503);
  });

  it('stores an update that alone is refused without its content', async () => {
    await start();
    sink.refuse(Infinity, ({ content }) => content.kind === 'text' && content.text === 'racun');
    const poison = messageUpdate({ text: 'racun' }, 1);
    const statuses: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      statuses.push((await postUpdate(poison)).status);
      await postUpdate(messageUpdate({ ...contents.text, chat: { id: 4712, type: 'private' } }, 100 + round));
    }
    expect(statuses).toEqual([500, 500, 500, 500, 500, 200]);
    expect(sink.stored.map(({ content }) => content)).toContainEqual({
      kind: 'unsupported',
      what: 'unreadable',
    });
  });

  it('keeps receiving while Telegram cannot be told where to push', async () => {
    await harness.platform.goDark();
    await start();
    expect(harness.channel.health().state).toBe('reconnecting');
    expect((await postUpdate(messageUpdate(contents.text))).status).toBe(200);
    await harness.platform.comeBack();
    await harness.clock.passSleep();
    await harness.tg.nthCall('setMyCommands', 2);
    expect(harness.channel.health().state).toBe('connected');
  });
});

const endless = () => {
  let count = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        count += 1;
        controller.enqueue(new Uint8Array(64 * 1024));
      },
    },
    { highWaterMark: 0 },
  );
  return { body, pulls: () => count };
};
