import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Update } from 'grammy/types';
import { json, readPayload, startServer } from '../support/bot-api/server.ts';
import { createUpdateQueue } from '../support/bot-api/update-queue.ts';
import { checkKeyboard } from '../support/bot-api/validate.ts';
import { createWaiters } from '../support/bot-api/waiters.ts';
import { createWebhookPoster, type Webhook } from '../support/bot-api/webhook-delivery.ts';
import type { Heard } from './dialog.ts';

export const benchToken = '7000000001:BENCH-token';

/**
 * The Bot API with nothing but what a measurement needs: the stub of the tests keeps what it sees and checks it,
 * which would cost more than the bot that is measured.
 */
export type LoadStub = {
  readonly url: string;
  /** Hands an update over and resolves when the bot has confirmed it: by its 200, or by polling past it. */
  send(content: Record<string, unknown>): Promise<void>;
  /** Resolves when the bot has set its webhook or polls. */
  connected: Promise<void>;
  /** The next message to this chat is refused with a 500. Resolves when that has been said. */
  refuseNext(chatId: number): Promise<void>;
  onSent(listener: (chatId: number, heard: Heard) => void): void;
};

export const startLoadStub = async (): Promise<LoadStub> => {
  const queue = createUpdateQueue(createWaiters(600_000));
  const poster = createWebhookPoster();
  const refusals = new Map<number, () => void>();
  const unconfirmed = new Map<number, () => void>();
  let listener: (chatId: number, heard: Heard) => void = () => {};
  let webhook: Webhook | null = null;
  let lastMessageId = 0;
  let connect: () => void = () => {};
  const connected = new Promise<void>((resolve) => (connect = resolve));

  const confirm = (offset: number): void => {
    for (const [id, resolve] of unconfirmed) {
      if (id >= offset) return;
      unconfirmed.delete(id);
      resolve();
    }
  };

  const call = async (
    method: string,
    payload: Record<string, unknown>,
    response: ServerResponse,
  ): Promise<unknown> => {
    if (method === 'getUpdates') {
      connect();
      const offset = Number(payload['offset'] ?? 0);
      confirm(offset);
      const gone = new AbortController();
      response.on('close', () => gone.abort());
      const timeoutSeconds = Number(payload['timeout'] ?? 0);
      return queue.poll({ offset, limit: 100, timeoutSeconds, gone: gone.signal });
    }
    if (method === 'setWebhook') {
      webhook = { url: String(payload['url']), secret: String(payload['secret_token']) };
      connect();
    }
    if (method === 'getMe')
      return { id: 7000000001, is_bot: true, first_name: 'Bestie', username: 'BestieBenchBot' };
    if (!method.startsWith('send') || method === 'sendChatAction') return true;
    const chatId = Number(payload['chat_id']);
    const refused = refusals.get(chatId);
    if (refused) {
      refusals.delete(chatId);
      refused();
      return null;
    }
    const { text } = payload;
    listener(chatId, {
      method,
      text: typeof text === 'string' ? text : '',
      buttons: checkKeyboard(payload).flat(),
    });
    return {
      message_id: (lastMessageId += 1),
      date: Math.floor(Date.now() / 1000),
      chat: { id: chatId, type: 'private' },
    };
  };

  /** A kept connection may just have been closed for its idleness; Telegram, too, repeats what did not arrive. */
  const deliver = async (hook: Webhook, update: string): Promise<void> => {
    let { status, body } = await poster.post(hook, update);
    for (let again = 0; status === 0 && again < 3; again += 1)
      ({ status, body } = await poster.post(hook, update));
    if (status !== 200) throw new Error(`the webhook answered ${status}: ${body.slice(0, 200)}`);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const payload = await readPayload(request);
    const method = (request.url ?? '').slice(`/bot${benchToken}/`.length);
    const result = await call(method, payload, response);
    if (result === null) json(response, 500, { ok: false, error_code: 500, description: 'on purpose' });
    else json(response, 200, { ok: true, result });
  };
  const server = await startServer(answer);

  return {
    url: `http://127.0.0.1:${server.port}`,
    connected,
    async send(content) {
      const update = { update_id: queue.nextId(), ...content } as unknown as Update;
      if (webhook) {
        await deliver(webhook, JSON.stringify(update));
        return;
      }
      const confirmed = new Promise<void>((resolve) => unconfirmed.set(update.update_id, resolve));
      queue.push(update);
      await confirmed;
    },
    refuseNext: (chatId) => new Promise<void>((resolve) => refusals.set(chatId, resolve)),
    onSent: (next) => void (listener = next),
  };
};
