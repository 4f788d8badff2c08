import { createMiddleware } from 'hono/factory';
import { refuse } from './refusal.ts';

const readMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Writes come from our own page only. The cookie is SameSite=Strict already; this is the second lock: the
 * browser's own word on where the request was born, and a body type that a foreign form cannot send.
 */
export function sameOrigin(publicUrl: string) {
  const publicHost = new URL(publicUrl).host;
  return createMiddleware(async (c, next) => {
    if (readMethods.has(c.req.method)) return next();
    const site = c.req.header('sec-fetch-site');
    const origin = c.req.header('origin');
    const host = c.req.header('host');
    const isForeign =
      (site !== undefined && site !== 'same-origin' && site !== 'none') ||
      (origin !== undefined && !isOneOf(origin, [publicHost, host]));
    if (isForeign) return refuse(c, 403, 'FOREIGN', 'Permintaan ini tidak datang dari meja petugas.');
    const type = c.req.header('content-type') ?? '';
    if (c.req.method === 'POST' && !type.toLowerCase().startsWith('application/json')) {
      return refuse(c, 415, 'NOT_JSON', 'Permintaan ini tidak dikenal.');
    }
    return next();
  });
}

function isOneOf(origin: string, hosts: readonly (string | undefined)[]): boolean {
  if (!URL.canParse(origin)) return false;
  return hosts.includes(new URL(origin).host);
}
