import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/**
 * Who to count tries against. Behind a proxy on this machine the last hop it named is the browser; anybody else could
 * write whatever they like into that header.
 */
export function networkAddress(c: Context): string {
  let peer: string;
  try {
    peer = getConnInfo(c).remote.address ?? 'unknown';
  } catch {
    // In-process requests of tests have no connection.
    return 'in-process';
  }
  const isLocal = peer === '127.0.0.1' || peer === '::1' || peer === '::ffff:127.0.0.1';
  const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
  return isLocal && forwarded ? forwarded : peer;
}
