import type { MiddlewareHandler } from 'hono';
import { refuse } from './refusal.ts';

/**
 * Refuses writes that another site makes in a resident's name. Browsers say where a request comes from by
 * `Sec-Fetch-Site`, older ones by `Origin`. A client that sends neither is no current browser: it may send
 * JSON (which no foreign form can) and nothing else.
 */
export function requireSameOrigin(publicUrl: string): MiddlewareHandler {
  const publicOrigin = new URL(publicUrl).origin;
  return async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    const site = c.req.header('sec-fetch-site');
    const origin = c.req.header('origin');
    const isOurs =
      site !== undefined
        ? site === 'same-origin'
        : origin !== undefined
          ? origin === publicOrigin || hostOf(origin) === c.req.header('host')
          : isJson(c.req.header('content-type'));
    return isOurs ? next() : refuse(c, 'FOREIGN_ORIGIN');
  };
}

export function isJson(contentType: string | undefined): boolean {
  return /^application\/json\s*(;|$)/i.test(contentType ?? '');
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
