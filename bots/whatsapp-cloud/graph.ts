import { z } from 'zod';

export type GraphAnswer =
  | { ok: true; body: unknown }
  /** Meta said no. */
  | { ok: false; by: 'meta'; status: number; code: number | null; retryAfterMs: number | null }
  /** Nothing was sent: there was no connection to send it on. */
  | { ok: false; by: 'network'; maybeDone: boolean };

export type Graph = {
  get(path: string): Promise<GraphAnswer>;
  post(path: string, body: object | FormData, extraMs?: number): Promise<GraphAnswer>;
  /** A file; at most `maxBytes` of it are read. */
  download(url: string, maxBytes: number): Promise<Uint8Array | 'too_large' | 'gone' | 'failed'>;
};

const errorSchema = z.object({ error: z.object({ code: z.number() }) });

/** The few calls of the Graph API that are made, with what can go wrong as values and no secret in any. */
export function createGraph(options: {
  token: string;
  apiRoot: string;
  timeoutMs: number;
  fetch: typeof fetch;
}): Graph {
  const { apiRoot, timeoutMs } = options;
  const authorization = `Bearer ${options.token}`;

  async function call(path: string, init: RequestInit, ms: number): Promise<GraphAnswer> {
    let response: Response;
    let text: string;
    const signal = AbortSignal.timeout(Math.ceil(ms));
    try {
      response = await options.fetch(`${apiRoot}/${path}`, { ...init, signal });
    } catch (error) {
      return { ok: false, by: 'network', maybeDone: !neverConnected(error) };
    }
    try {
      text = await response.text();
    } catch {
      return { ok: false, by: 'network', maybeDone: true };
    }
    const body = parse(text);
    if (response.ok)
      return body === undefined ? { ok: false, by: 'network', maybeDone: true } : { ok: true, body };
    const error = errorSchema.safeParse(body);
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    return {
      ok: false,
      by: 'meta',
      status: response.status,
      code: error.success ? error.data.error.code : null,
      retryAfterMs: seconds > 0 ? seconds * 1000 : null,
    };
  }

  return {
    get: (path) => call(path, { headers: { authorization } }, timeoutMs),
    post(path, body, extraMs = 0) {
      const isForm = body instanceof FormData;
      return call(
        path,
        {
          method: 'POST',
          headers: isForm ? { authorization } : { authorization, 'content-type': 'application/json' },
          body: isForm ? body : JSON.stringify(body),
        },
        timeoutMs + extraMs,
      );
    },
    async download(url, maxBytes) {
      // The token goes to Meta and to nobody that an answer merely names.
      if (!isMetas(url, apiRoot)) return 'failed';
      const signal = AbortSignal.timeout(Math.ceil(timeoutMs + maxBytes / 50));
      try {
        const response = await options.fetch(url, { headers: { authorization }, redirect: 'error', signal });
        if (response.status === 404 || response.status === 410) return 'gone';
        if (!response.ok || !response.body) return 'failed';
        const chunks: Uint8Array[] = [];
        let size = 0;
        for await (const chunk of response.body) {
          size += chunk.byteLength;
          if (size > maxBytes) return 'too_large';
          chunks.push(chunk);
        }
        return new Uint8Array(Buffer.concat(chunks));
      } catch {
        return 'failed';
      }
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isMetas(url: string, apiRoot: string): boolean {
  if (!URL.canParse(url)) return false;
  const { origin, protocol, hostname } = new URL(url);
  if (origin === new URL(apiRoot).origin) return true;
  return protocol === 'https:' && /(?:^|\.)(?:fbsbx\.com|facebook\.com|whatsapp\.net)$/.test(hostname);
}

const beforeConnecting = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function neverConnected(error: unknown): boolean {
  const cause = (error as { cause?: { code?: string; errors?: { code?: string }[] } } | null)?.cause;
  const codes = cause?.errors?.map(({ code }) => code) ?? [cause?.code];
  return codes.length > 0 && codes.every((code) => code !== undefined && beforeConnecting.has(code));
}
