import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { setImmediate as immediate } from 'node:timers/promises';

/**
 * HTTP to the Bot API. grammY's own client cannot tell whether a failed request had already left this machine,
 * and "may have been sent" is the one thing that `send` must know; its errors also carry the URL, and with it
 * the token. This one knows the first and never keeps the second.
 */
export type Transport = {
  request(url: string, options: TransportRequest): Promise<IncomingMessage>;
  /** Connections in use are left to finish: what is being sent must not become "may have been sent". */
  closeIdle(): void;
};

export type TransportRequest = {
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Readable;
  readonly signal?: AbortSignal;
  /** Silence of the other side, in connecting or answering, after which we give up. */
  readonly idleTimeoutMs: number;
};

/** `code` is a system error code or a plain word; neither URL nor payload is kept. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly code: string;
  /** False only when the whole request cannot have reached the platform. */
  readonly mayHaveArrived: boolean;

  constructor(code: string, mayHaveArrived: boolean) {
    super(`the Bot API could not be reached (${code})`);
    this.code = code;
    this.mayHaveArrived = mayHaveArrived;
  }
}

/** Shorter than any server keeps an idle connection, so that we do not write into one that was just closed. */
const idleConnectionMs = 4_000;

export const createTransport = (): Transport => {
  const options = { keepAlive: true, timeout: idleConnectionMs };
  const agents = { http: new HttpAgent(options), https: new HttpsAgent(options) };
  let inFlight = 0;

  return {
    async request(url, { method, headers, body, signal, idleTimeoutMs }) {
      // After a quiet time the kept connection may be closed already without node having looked. Writing into
      // it would end in "may have been sent", so node is given the time to look; under load nothing is quiet.
      if (inFlight <= 1) await oneTurnOfTheLoop();
      inFlight += 1;
      const answered = new Promise<IncomingMessage>((resolve, reject) => {
        if (signal?.aborted) {
          reject(new TransportError('ABORTED', false));
          return;
        }
        const isTls = url.startsWith('https:');
        const request = isTls
          ? httpsRequest(url, { method, headers: { ...headers }, agent: agents.https })
          : httpRequest(url, { method, headers: { ...headers }, agent: agents.http });
        let written = false;
        const fail = (code: string): void => {
          signal?.removeEventListener('abort', abort);
          reject(new TransportError(code, written));
          request.destroy();
        };
        const abort = (): void => fail('ABORTED');
        signal?.addEventListener('abort', abort, { once: true });

        request.on('finish', () => (written = true));
        request.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'NETWORK'));
        request.setTimeout(idleTimeoutMs, () => fail('TIMEOUT'));
        request.on('response', (response) => {
          response.on('close', () => signal?.removeEventListener('abort', abort));
          resolve(response);
        });
        if (body instanceof Readable) {
          body.on('error', () => fail('BODY'));
          body.pipe(request);
        } else request.end(body);
      });
      return answered.finally(() => (inFlight -= 1));
    },
    closeIdle() {
      for (const { freeSockets } of [agents.http, agents.https]) {
        for (const socket of Object.values(freeSockets).flat()) socket?.destroy();
      }
    },
  };
};

/** Two, because the first may come before the sockets are looked at. */
const oneTurnOfTheLoop = async (): Promise<void> => {
  await immediate();
  await immediate();
};

/** An answer of the Bot API is small; a larger one is not an answer of the Bot API. */
const maxAnswerBytes = 32 * 1024 * 1024;

/** The body as text; a connection lost half-way is an error and not a short text. */
export const readText = async (response: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxAnswerBytes) throw new TransportError('ANSWER_TOO_LONG', true);
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof TransportError ? error : new TransportError('ANSWER_CUT', true);
  }
  const [only] = chunks;
  return (only && chunks.length === 1 ? only : Buffer.concat(chunks)).toString('utf8');
};
