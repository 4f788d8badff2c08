import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboundReady, SendResult } from '../../../bots/channel.ts';
import type { Fault } from '../../support/bot-api/faults.ts';
import { createRecordingSink } from '../recording.ts';
import { makeTelegramHarness, type TelegramHarness } from './telegram-harness.ts';

let harness: TelegramHarness;

beforeEach(async () => {
  harness = await makeTelegramHarness('webhook');
  await harness.channel.start(createRecordingSink());
});
afterEach(async () => {
  harness.letTimePass();
  await harness.close();
});

const send = (message: OutboundReady, chatId?: number): Promise<SendResult> => {
  const to = harness.people[0];
  return harness.channel.send(chatId === undefined ? to : { ...to, value: String(chatId) }, message);
};
const text = (words: string, replyToRef: string | null = null): OutboundReady => ({
  kind: 'text',
  text: words,
  choices: [],
  replyToRef,
});
const file = (
  name: string,
  mime: string,
  bytes: Uint8Array,
  caption: string | null = null,
): OutboundReady => ({
  kind: 'file',
  name,
  mime,
  bytes,
  caption,
});
const bytes = new Uint8Array([1, 2, 3]);
const methodsSeen = (): string[] => harness.residents[0].received.map(({ method }) => method);

describe('telegram send', () => {
  it('sends plain text, without markup, without a preview of links', async () => {
    await send(text('lihat https://kupangkota.go.id'));
    expect(harness.tg.callsOf('sendMessage')[0]?.payload).toEqual({
      chat_id: String(harness.residents[0].id),
      text: 'lihat https://kupangkota.go.id',
      link_preview_options: { is_disabled: true },
    });
  });

  it('quotes what it answers, and sends all the same when that is gone', async () => {
    const update = await harness.residents[0].says('Kapan buka?');
    await send(text('Senin.', String(update.message?.message_id)));
    expect(harness.tg.callsOf('sendMessage')[0]?.payload.reply_parameters).toEqual({
      message_id: update.message?.message_id,
      allow_sending_without_reply: true,
    });
    expect(await send(text('Senin.', 'bukan-angka'))).toMatchObject({ ok: true });
  });

  it.each([
    ['a voice note', 'suara.ogg', 'audio/ogg; codecs=opus', 'sendVoice'],
    ['a photo', 'foto.jpg', 'image/jpeg', 'sendPhoto'],
    ['a calendar file', 'janji.ics', 'text/calendar', 'sendDocument'],
    ['a drawing', 'peta.svg', 'image/svg+xml', 'sendDocument'],
  ])('sends %s as what it is', async (_what, name, mime, method) => {
    expect(await send(file(name, mime, bytes))).toMatchObject({ ok: true });
    expect(methodsSeen()).toEqual([method]);
  });

  it('sends a photo over ten megabytes, or one that Telegram does not like, as a document', async () => {
    expect(await send(file('besar.png', 'image/png', new Uint8Array(10 * 1024 * 1024 + 1)))).toMatchObject({
      ok: true,
    });
    harness.tg.fail('sendPhoto', {
      kind: 'error',
      status: 400,
      description: 'Bad Request: PHOTO_INVALID_DIMENSIONS',
    });
    expect(await send(file('aneh.png', 'image/png', bytes))).toMatchObject({ ok: true });
    expect(methodsSeen()).toEqual(['sendDocument', 'sendDocument']);
  });

  it('cuts no caption: what has no room under the file follows it', async () => {
    const caption = 'k'.repeat(1500);
    expect(await send(file('janji.ics', 'text/calendar', bytes, caption))).toMatchObject({ ok: true });
    expect(harness.residents[0].received.map(({ method, text: shown }) => [method, shown])).toEqual([
      ['sendDocument', 'janji.ics'],
      ['sendMessage', caption],
    ]);
  });

  it('does not have a file sent twice because its caption failed', async () => {
    harness.tg.fail('sendMessage', { kind: 'error', status: 500 });
    const result = await send(file('janji.ics', 'text/calendar', bytes, 'k'.repeat(1500)));
    expect(result).toMatchObject({ ok: false, outcome: 'unknown' });
  });

  it('sends a file whatever its name', async () => {
    expect(await send(file('a"b;c\r\nd/e é.ics', 'text/calendar', bytes))).toMatchObject({ ok: true });
    expect(harness.residents[0].received[0]?.file?.name).toBe('a_b_c__d_e é.ics');
  });

  const telegramSays = (status: number, description: string): Fault => ({
    kind: 'error',
    status,
    description,
  });
  it.each<[string, Fault, SendResult]>([
    ['blocked', telegramSays(403, 'Forbidden: bot was blocked by the user'), failed('unreachable')],
    [
      'never started',
      telegramSays(403, "Forbidden: bot can't initiate conversation with a user"),
      failed('unreachable'),
    ],
    ['account gone', telegramSays(403, 'Forbidden: user is deactivated'), failed('unreachable')],
    ['no such chat', telegramSays(400, 'Bad Request: chat not found'), failed('unreachable')],
    ['malformed', telegramSays(400, 'Bad Request: message text is empty'), failed('refused')],
    ['too large for the server', telegramSays(413, 'Request Entity Too Large'), failed('refused')],
    ['an error of Telegram', telegramSays(500, 'Internal Server Error'), failed('retry')],
    ['a proxy in trouble', { kind: 'page', status: 502 }, failed('retry')],
    ['the token revoked', telegramSays(401, 'Unauthorized'), failed('retry')],
    ['connection lost on the way', { kind: 'drop_before' }, failed('unknown')],
    ['answer lost', { kind: 'drop_after' }, failed('unknown')],
  ])('%s', async (_what, fault, expected) => {
    harness.tg.fail('sendMessage', fault);
    expect(await send(text('Halo'))).toMatchObject(expected);
  });

  it('calls it unknown when Telegram stays silent', async () => {
    await harness.close();
    harness = await makeTelegramHarness('webhook', { callTimeoutMs: 200 });
    await harness.channel.start(createRecordingSink());
    let release = (): void => {};
    harness.tg.fail('sendMessage', { kind: 'slow', release: new Promise((resolve) => (release = resolve)) });
    expect(await send(text('Halo'))).toMatchObject({ ok: false, outcome: 'unknown' });
    release();
  });

  it('finishes what it is sending when it is stopped', async () => {
    let release = (): void => {};
    harness.tg.fail('sendMessage', { kind: 'slow', release: new Promise((resolve) => (release = resolve)) });
    const sending = send(text('Halo'));
    await harness.tg.nthCall('sendMessage');
    await harness.channel.stop();
    release();
    expect(await sending).toMatchObject({ ok: true });
  });

  it('shows a refused token in its health until it works again', async () => {
    harness.tg.fail('sendMessage', telegramSays(401, 'Unauthorized'));
    harness.tg.fail('getMe', telegramSays(401, 'Unauthorized'));
    await send(text('Halo'));
    expect(harness.channel.health().state).toBe('stuck');
    await harness.clock.passSleep();
    await harness.log.nthLine(/receiving by webhook/, 2);
    expect(harness.channel.health().state).toBe('connected');
  });

  it('is told that a chat it does not know is unreachable', async () => {
    expect(await send(text('Halo'), 999)).toMatchObject({ ok: false, outcome: 'unreachable' });
  });

  it('does not ask again before Telegram said it may, but goes on with others', async () => {
    harness.tg.fail('sendMessage', { kind: 'too_many', retryAfter: 30 });
    expect(await send(text('satu'))).toMatchObject({ ok: false, outcome: 'retry', retryAfterMs: 30_000 });
    harness.clock.advance(10_000);
    expect(await send(text('dua'))).toMatchObject({ ok: false, outcome: 'retry', retryAfterMs: 20_000 });
    expect(await send(text('tiga'), harness.residents[1].id)).toMatchObject({ ok: true });
    harness.clock.advance(20_000);
    expect(await send(text('empat'))).toMatchObject({ ok: true });
    expect(harness.tg.callsOf('sendMessage').map(({ payload }) => payload.text)).toEqual(['tiga', 'empat']);
  });

  describe('fetchMedia', () => {
    it('says when a file is larger than Telegram hands out, or unknown to it', async () => {
      const huge = harness.tg.keepFile(new Uint8Array(20 * 1024 * 1024 + 1));
      expect(await harness.channel.fetchMedia(huge, 1e9)).toMatchObject({ ok: false, outcome: 'too_large' });
      expect(await harness.channel.fetchMedia('tidak-ada', 1e9)).toMatchObject({
        ok: false,
        outcome: 'gone',
      });
    });

    it.each<[string, string, Fault]>([
      ['Telegram has an error', 'getFile', { kind: 'error', status: 500 }],
      ['Telegram asks to wait', 'getFile', { kind: 'too_many', retryAfter: 2 }],
      ['the file server has an error', 'download', { kind: 'error', status: 503 }],
      ['the download breaks off', 'download', { kind: 'drop_after' }],
    ])('has it tried again when %s', async (_what, method, fault) => {
      const id = harness.tg.keepFile(new Uint8Array(5000));
      harness.tg.fail(method, fault);
      const result = await harness.channel.fetchMedia(id, 1e6);
      expect(result).toMatchObject({ ok: false, outcome: 'retry' });
      expect(JSON.stringify(result)).not.toContain(harness.tg.token);
      expect(await harness.channel.fetchMedia(id, 1e6)).toMatchObject({ ok: true });
    });
  });
});

function failed(outcome: 'retry' | 'unknown' | 'unreachable' | 'refused'): SendResult {
  return { ok: false, outcome, reason: expect.any(String) as string };
}
