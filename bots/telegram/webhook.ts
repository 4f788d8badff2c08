import { createHash, timingSafeEqual } from 'node:crypto';
import type { Update } from 'grammy/types';
import type { Intake } from './intake.ts';

/** Telegram's largest update is a fraction of this. */
const maxBodyBytes = 1024 * 1024;

export type WebhookOptions = {
  readonly secret: string;
  /** Null while the channel is not started or already stopped: Telegram then keeps the update. */
  readonly intake: () => Intake | null;
  /** What may be called in the answer itself, saving a request. */
  readonly answerTo: (update: Update) => Record<string, unknown> | null;
};

/**
 * Takes one update. 200 is said only after it is stored (or will never be understood); anything else makes
 * Telegram repeat it.
 */
export const createWebhookHandler = ({ secret, intake, answerTo }: WebhookOptions) => {
  const expected = digest(secret);

  return async (request: Request): Promise<Response> => {
    if (request.method !== 'POST') return plain(405, 'POST only');
    const given = request.headers.get('x-telegram-bot-api-secret-token') ?? '';
    if (!timingSafeEqual(digest(given), expected)) return plain(401, 'wrong secret');
    const body = await readBody(request);
    if (body === null) return plain(413, 'too long');
    const update = parse(body);
    if (update === undefined) return plain(400, 'not JSON');
    const open = intake();
    if (!open) return plain(503, 'not receiving');
    if (!isUpdate(update)) return plain(200, 'not understood');
    if ((await open.take(update)) === 'refused') return plain(500, 'not stored');
    const call = answerTo(update);
    return call ? Response.json(call) : plain(200, 'ok');
  };
};

/** Digests have one length, so comparing them tells nothing about the secret's. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const plain = (status: number, text: string): Response => new Response(text, { status });

/** Null when longer than allowed; then the rest is not read. */
const readBody = async (request: Request): Promise<string | null> => {
  const declared = request.headers.get('content-length');
  if (Number(declared ?? 0) > maxBodyBytes) {
    await request.body?.cancel();
    return null;
  }
  // HTTP holds a sender to the length that it has declared.
  if (declared !== null) return request.text();
  if (!request.body) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBodyBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const parse = (body: string): unknown => {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
};

const isUpdate = (value: unknown): value is Update =>
  typeof value === 'object' &&
  value !== null &&
  'update_id' in value &&
  Number.isSafeInteger(value.update_id);
