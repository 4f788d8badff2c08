import type { Readable } from 'node:stream';
import { Api } from 'grammy';
import { readText, TransportError, type Transport } from './transport.ts';

export type BotApiOptions = {
  readonly token: string;
  readonly apiRoot: string;
  readonly transport: Transport;
  /** How long Telegram may stay silent on a call. */
  readonly callTimeoutMs: number;
  /** How long a poll waits at Telegram; its silence is allowed to last that much longer. */
  readonly pollSeconds: number;
};

/** grammY's typed Bot API over our {@link Transport}. */
export const createBotApi = (options: BotApiOptions): Api =>
  new Api(options.token, {
    apiRoot: options.apiRoot,
    // grammY asks for node-fetch's and uses no more of it than what is here.
    fetch: createFetch(options),
  });

type GrammyRequest = {
  method: 'POST';
  headers: Record<string, string>;
  body: string | Readable;
  signal: AbortSignal;
};

const createFetch =
  ({ transport, callTimeoutMs, pollSeconds }: BotApiOptions) =>
  async (url: string, { headers, body, signal }: GrammyRequest): Promise<{ json(): Promise<unknown> }> => {
    const idleTimeoutMs = callTimeoutMs + (url.endsWith('/getUpdates') ? pollSeconds * 1000 : 0);
    const sized =
      typeof body === 'string' ? { ...headers, 'content-length': String(Buffer.byteLength(body)) } : headers;
    const response = await transport.request(url, {
      method: 'POST',
      headers: sized,
      body,
      signal,
      idleTimeoutMs,
    });
    const text = await readText(response);
    return { json: async () => parseAnswer(text, response.statusCode ?? 0) };
  };

/** A proxy or a server in trouble answers with a page; that is still an answer with a status. */
const parseAnswer = (text: string, status: number): unknown => {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === 'object' && answer !== null && 'ok' in answer) return answer;
  } catch {
    // Judged below by its status.
  }
  if (status >= 400) return { ok: false, error_code: status, description: `HTTP ${status}` };
  throw new TransportError('ANSWER_UNREADABLE', true);
};
