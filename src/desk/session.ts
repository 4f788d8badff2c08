import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import { sessionLimit } from '../actions/log-in.ts';
import type { Queryable } from '../store/database.ts';
import type { DeskEnv, SignedIn } from './allow.ts';
import { hashToken } from './passwords.ts';
import type { Role } from './policy.ts';
import type { DeskDeps } from './ports.ts';

const cookieName = 'bestie_desk';

/** The browser keeps the token, the database its hash; the cookie never leaves the desk's own pages. */
export function setSessionCookie(c: Context, deps: Pick<DeskDeps, 'publicUrl'>, token: string): void {
  setCookie(c, cookieName, token, {
    path: '/desk',
    httpOnly: true,
    sameSite: 'Strict',
    secure: deps.publicUrl.startsWith('https:'),
    maxAge: sessionLimit.wholeMs / 1000,
  });
}

export function clearSessionCookie(c: Context): void {
  deleteCookie(c, cookieName, { path: '/desk' });
}

/** Finds who asks; leaves `officer` unset for nobody, which `allow` then answers. */
export function readSession(deps: DeskDeps) {
  return createMiddleware<DeskEnv>(async (c, next) => {
    const token = getCookie(c, cookieName);
    if (token) {
      const officer = await findSignedIn(deps.db, hashToken(token), deps.clock.now());
      if (officer) c.set('officer', officer);
    }
    await next();
  });
}

const touchMs = 60_000;

export async function findSignedIn(
  db: Queryable,
  tokenHash: Uint8Array,
  now: Date,
): Promise<SignedIn | null> {
  const { rows } = await db.query<{
    id: string;
    name: string;
    login: string;
    role: Role;
    created_at: Date;
    last_seen_at: Date;
  }>(
    `SELECT o.id, o.name, o.login, o.role, s.created_at, s.last_seen_at
       FROM officer_session s JOIN officer o ON o.id = s.officer_id
      WHERE s.token_hash = $1 AND s.expires_at > $2 AND o.is_active`,
    [tokenHash, now],
  );
  const row = rows[0];
  if (!row) return null;
  const endsAt = row.created_at.getTime() + sessionLimit.wholeMs;
  if (endsAt <= now.getTime()) return null;
  if (now.getTime() - row.last_seen_at.getTime() > touchMs) {
    const expiresAt = new Date(Math.min(now.getTime() + sessionLimit.idleMs, endsAt));
    await db.query(`UPDATE officer_session SET last_seen_at = $2, expires_at = $3 WHERE token_hash = $1`, [
      tokenHash,
      now,
      expiresAt,
    ]);
  }
  return { id: row.id, name: row.name, login: row.login, role: row.role, sessionHash: tokenHash };
}
