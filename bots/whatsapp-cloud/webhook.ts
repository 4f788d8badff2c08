import type { AddressRef, InboundInput } from '../../src/domain/message.ts';
import type { ChannelClock, ChannelLog, ChannelSink } from '../channel.ts';
import { createPoisonWatch, withoutContent } from '../poison-watch.ts';
import {
  callSchema,
  messageSchema,
  statusSchema,
  valueSchema,
  webhookSchema,
  type WebhookValue,
} from './payload.ts';
import { readCall, readMessage, readStatus } from './read-message.ts';
import { isSameSecret, isSigned } from './signature.ts';

/** Meta sends up to 3 MB, a thousand updates in one. */
const maxBodyBytes = 4 * 1024 * 1024;

export type WebhookDeps = {
  phoneId: string;
  appSecret: string;
  verifyToken: string;
  log: ChannelLog;
  clock: ChannelClock;
  /** Null while nothing is received: Meta then comes again. */
  sink(): ChannelSink | null;
};

export type Webhook = {
  handle(request: Request): Promise<Response>;
  /** Resolves when what is being stored is stored. */
  drain(): Promise<void>;
};

/**
 * 200 is said only after everything in the body is stored or will never be understood; anything else makes
 * Meta repeat the whole of it, and what was stored already is then a duplicate by its id.
 */
export function createWebhook(deps: WebhookDeps): Webhook {
  const lines = new Map<string, Promise<unknown>>();
  const poison = createPoisonWatch({ log: deps.log, platform: 'WhatsApp' });

  function inLine<T>(address: AddressRef, work: () => Promise<T>): Promise<T> {
    const result = (lines.get(address.value) ?? Promise.resolve()).then(work);
    const next = result.catch(() => undefined);
    lines.set(address.value, next);
    void next.then(() => {
      if (lines.get(address.value) === next) lines.delete(address.value);
    });
    return result;
  }

  async function take(inbound: InboundInput, sink: ChannelSink): Promise<void> {
    const { externalId } = inbound;
    const outcome = await inLine(inbound.address, () =>
      poison.store(externalId, (isReduced) => sink.receive(isReduced ? withoutContent(inbound) : inbound)),
    );
    if (outcome === 'refused') throw new Error('not stored');
  }

  function readValue(value: WebhookValue): InboundInput[] {
    const names = new Map(value.contacts?.map((contact) => [contact.wa_id, contact.profile?.name ?? null]));
    const messages = value.messages.map((item) => {
      const message = parse(messageSchema, item);
      return message ? readMessage(message, names.get(message.from) ?? null) : null;
    });
    const echoes = value.message_echoes.map((item) => {
      const message = parse(messageSchema, item);
      return message ? readMessage(message, null, 'phone') : null;
    });
    const calls = value.calls.map((item) => {
      const call = parse(callSchema, item);
      return call ? readCall(call, deps.clock.now()) : null;
    });
    return [...messages, ...echoes, ...calls].filter((inbound) => inbound !== null);
  }

  function parse<T>(
    schema: { safeParse(item: unknown): { success: boolean; data?: T } },
    item: unknown,
  ): T | null {
    const parsed = schema.safeParse(item);
    if (parsed.success && parsed.data !== undefined) return parsed.data;
    deps.log.warn({}, 'whatsapp webhook: an item of an unknown shape was left out');
    return null;
  }

  async function takeAll(values: WebhookValue[], sink: ChannelSink): Promise<void> {
    const inbounds = values.flatMap(readValue);
    const statuses = values.flatMap((value) =>
      value.statuses
        .map((item) => parse(statusSchema, item))
        .map((status) => (status ? readStatus(status) : null)),
    );
    // Each person's line keeps their order; people do not wait for one another.
    const results = await Promise.allSettled([
      ...inbounds.map((inbound) => take(inbound, sink)),
      ...statuses.filter((status) => status !== null).map((status) => sink.status(status)),
    ]);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }

  async function post(request: Request): Promise<Response> {
    const body = await readBody(request);
    if (body === null) return plain(413, 'too long');
    if (!isSigned(body, request.headers.get('x-hub-signature-256'), deps.appSecret))
      return plain(401, 'not signed');
    const json = parseJson(body);
    if (json === undefined) return plain(400, 'not JSON');
    const sink = deps.sink();
    if (!sink) return plain(503, 'not receiving');
    const webhook = webhookSchema.safeParse(json);
    if (!webhook.success) return plain(200, 'not understood');
    const values = webhook.data.entry
      .flatMap((entry) => entry.changes)
      .map(({ value }) => valueSchema.safeParse(value))
      .filter((value) => value.success)
      .map(({ data }) => data)
      .filter((value) => value.metadata.phone_number_id === deps.phoneId);
    try {
      await takeAll(values, sink);
    } catch (error) {
      deps.log.warn(
        { error: error instanceof Error ? error.name : 'unknown' },
        'whatsapp webhook not stored',
      );
      return plain(500, 'not stored');
    }
    return plain(200, 'ok');
  }

  return {
    async handle(request) {
      if (request.method === 'GET') return verify(new URL(request.url).searchParams, deps.verifyToken);
      return request.method === 'POST' ? await post(request) : plain(405, 'GET or POST');
    },
    async drain() {
      while (lines.size > 0) await Promise.all(lines.values());
    },
  };
}

/** Meta's question when the webhook is set up; the answer is its own challenge. */
function verify(query: URLSearchParams, verifyToken: string): Response {
  const isOurs =
    query.get('hub.mode') === 'subscribe' && isSameSecret(query.get('hub.verify_token') ?? '', verifyToken);
  return isOurs ? plain(200, query.get('hub.challenge') ?? '') : plain(403, 'wrong token');
}

/** Null when longer than allowed; then the rest is not read. */
async function readBody(request: Request): Promise<Uint8Array | null> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBodyBytes) {
    await request.body?.cancel();
    return null;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBodyBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

function plain(status: number, text: string): Response {
  return new Response(text, { status, headers: { 'content-type': 'text/plain' } });
}
