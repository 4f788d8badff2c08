import { createMiddleware } from 'hono/factory';
import type { MiddlewareHandler } from 'hono';
import { can } from './policy.ts';
import type { Permission, Role } from './policy.ts';
import { refuse } from './refusal.ts';

export type SignedIn = { id: string; name: string; login: string; role: Role; sessionHash: Uint8Array };
export type DeskEnv = { Variables: { officer: SignedIn } };

/** A route's declaration, found again by the test that walks routes × roles. */
export type Declared = MiddlewareHandler & { permission?: Permission | 'public' };

/** Every route behind the log-in has exactly one of these. */
export function allow(permission: Permission) {
  const middleware = createMiddleware<DeskEnv>(async (c, next) => {
    const officer = c.get('officer');
    if (!officer) return refuse(c, 401, 'SIGNED_OUT', 'Silakan masuk dulu.');
    if (!can(officer, permission)) {
      return refuse(
        c,
        403,
        'FORBIDDEN',
        'Peran Anda tidak mengizinkan ini. Mintalah kepada supervisor atau admin.',
      );
    }
    await next();
    return undefined;
  });
  return Object.assign(middleware, { permission });
}

/** The few routes that need no log-in. */
export function open() {
  const middleware = createMiddleware<DeskEnv>(async (_c, next) => next());
  return Object.assign(middleware, { permission: 'public' as const });
}
