import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Api } from 'grammy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBotApi, type BotApiStub } from '../../support/bot-api/start-bot-api.ts';

/** The stub is what every Telegram test believes in, so what it promises is tested with grammY's own client. */

let tg: BotApiStub;
let api: Api;

beforeEach(async () => {
  tg = await startBotApi();
  api = new Api(tg.token, { apiRoot: tg.url });
});
afterEach(() => tg.close());

const refusal = (call: Promise<unknown>): Promise<{ error_code: number; description: string }> =>
  call.then(
    () => Promise.reject(new Error('it was accepted')),
    (error: unknown) => error as { error_code: number; description: string },
  );
const keyboard = (...data: string[]) => ({
  reply_markup: { inline_keyboard: data.map((each) => [{ text: 'x', callback_data: each }]) },
});

describe('the Bot API stub', () => {
  it('lets a resident write, see and press', async () => {
    const maria = tg.resident({ name: 'Maria' });
    await maria.says('/start');
    const [update] = await api.getUpdates({ timeout: 5 });
    expect(update?.message).toMatchObject({
      text: '/start',
      from: { first_name: 'Maria' },
      chat: { id: maria.id },
    });
    const seen = maria.sees(/Selamat/);
    await api.sendMessage(maria.id, 'Selamat datang', {
      reply_markup: { inline_keyboard: [[{ text: 'Setuju', callback_data: 'yes' }]] },
    });
    expect((await seen).buttons.flat()).toMatchObject([{ text: 'Setuju' }]);
    await maria.presses('Setuju');
    const updates = await api.getUpdates({ offset: update!.update_id + 1, timeout: 5 });
    expect(updates.map(({ callback_query: query }) => query?.data)).toEqual(['yes']);
  });

  it('sees each message once, in order', async () => {
    const maria = tg.resident();
    await api.sendMessage(maria.id, 'satu');
    await api.sendMessage(maria.id, 'dua');
    await maria.sees('dua');
    const impatient = await startBotApi({ waitLimitMs: 1 });
    await expect(impatient.resident().sees('satu')).rejects.toThrow('waited in vain');
    await impatient.close();
  });

  it('keeps updates until they are confirmed', async () => {
    const maria = tg.resident();
    const { update_id: id } = await maria.says('satu');
    expect(await api.getUpdates()).toHaveLength(1);
    expect(await api.getUpdates()).toHaveLength(1);
    expect(await api.getUpdates({ offset: id + 1 })).toEqual([]);
    expect(tg.pendingUpdates()).toEqual([]);
  });

  it('wakes a waiting poll, and ends it when another one comes', async () => {
    const maria = tg.resident();
    const first = refusal(api.getUpdates({ timeout: 20 }));
    await tg.nthCall('getUpdates', 1);
    const second = api.getUpdates({ timeout: 20 });
    expect((await first).error_code).toBe(409);
    await maria.says('halo');
    expect(await second).toHaveLength(1);
  });

  it('refuses what Telegram refuses', async () => {
    const { id } = tg.resident();
    const described = async (call: Promise<unknown>): Promise<string> => (await refusal(call)).description;
    expect(await described(api.sendMessage(id, '  '))).toBe('Bad Request: message text is empty');
    expect(await described(api.sendMessage(id, 'x'.repeat(4097)))).toBe('Bad Request: message is too long');
    expect(await described(api.sendMessage(id, 'x', keyboard('d'.repeat(65))))).toBe(
      'Bad Request: BUTTON_DATA_INVALID',
    );
    expect(await described(api.sendMessage(1, 'x'))).toBe('Bad Request: chat not found');
    expect(await described(api.sendVenue(id, 91, 0, 'a', 'b'))).toContain('latitude');
    expect(await described(api.setMyCommands([{ command: 'Besar', description: 'x' }]))).toContain(
      'COMMAND_INVALID',
    );
    expect(await described(api.sendMessage(id, 'x', { reply_parameters: { message_id: 99 } }))).toContain(
      'not found',
    );
    expect(await described(new Api('1:no', { apiRoot: tg.url }).getMe())).toBe('Unauthorized');
  });

  it('tells a bot that it was blocked', async () => {
    const maria = tg.resident();
    await maria.blocks();
    expect(await refusal(api.sendMessage(maria.id, 'x'))).toMatchObject({ error_code: 403 });
    await maria.unblocks();
    await api.sendMessage(maria.id, 'x');
    expect(maria.received).toHaveLength(1);
  });

  it('pushes to a webhook with its secret until that says yes, and does what the answer asks', async () => {
    const seen: { secret: unknown; text: unknown }[] = [];
    const { server, url } = await listen((secret, body) => {
      seen.push({ secret, text: (JSON.parse(body) as { message: { text: string } }).message.text });
      return seen.length < 3 ? { status: 500, body: '' } : { status: 200, body: '{"method":"getMe"}' };
    });
    await api.setWebhook(url, { secret_token: 'rahasia' });
    await tg.resident().says('halo');
    await tg.allConfirmed();
    const once = { secret: 'rahasia', text: 'halo' };
    expect(seen).toEqual([once, once, once]);
    expect(tg.callsOf('getMe')).toHaveLength(1);
    expect((await refusal(api.getUpdates())).error_code).toBe(409);
    server.close();
  });
});

const listen = async (
  answer: (secret: unknown, body: string) => { status: number; body: string },
): Promise<{ server: Server; url: string }> => {
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const { status, body } = answer(request.headers['x-telegram-bot-api-secret-token'], text);
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
};
