import { createHash, randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { AddressRef } from '../../src/domain/message.ts';

/**
 * A browser is known by a random token in a cookie. The address holds only the token's hash, so whoever reads
 * the database cannot take over a conversation.
 */
export type Visitors = {
  /** The visitor of this request, or null when the cookie is missing or is none of ours. */
  find(c: Context): AddressRef | null;
  /** The visitor of this request; makes one, and its cookie, when there is none. Renews the cookie. */
  ensure(c: Context): AddressRef;
  /** A new visitor would be made by {@link ensure}. */
  isNew(c: Context): boolean;
  forget(c: Context): void;
};

/** 32 random bytes as base64url. A token of another shape was not made here and is treated as absent. */
const tokenShape = /^[\w-]{43}$/;

/** Long enough for a concern to be followed to its end (and its "sudah beres?"), renewed by every message. */
const cookieDays = 180;

export function createVisitors(publicUrl: string): Visitors {
  const secure = new URL(publicUrl).protocol === 'https:';
  // The prefix makes the browser refuse a cookie of this name that a sibling subdomain tries to plant.
  const name = secure ? '__Host-bestie' : 'bestie';
  const attributes = { path: '/', httpOnly: true, sameSite: 'Lax', secure } as const;

  const readToken = (c: Context): string | null => {
    const token = getCookie(c, name);
    return token !== undefined && tokenShape.test(token) ? token : null;
  };

  return {
    find(c) {
      const token = readToken(c);
      return token === null ? null : addressOfToken(token);
    },
    ensure(c) {
      const token = readToken(c) ?? randomBytes(32).toString('base64url');
      setCookie(c, name, token, { ...attributes, maxAge: cookieDays * 86_400 });
      return addressOfToken(token);
    },
    isNew: (c) => readToken(c) === null,
    forget(c) {
      deleteCookie(c, name, attributes);
    },
  };
}

export function addressOfToken(token: string): AddressRef {
  return { channel: 'web', kind: 'visitor', value: createHash('sha256').update(token).digest('hex') };
}
