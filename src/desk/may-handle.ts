import type { Context } from 'hono';
import type { DeskEnv } from './allow.ts';
import { canHandleConcern } from './policy.ts';
import type { DeskDeps } from './ports.ts';
import { findConcernSubject } from './reads/concern-subject.ts';
import { notFoundSentence, refuse } from './refusal.ts';

/** Null where this officer handles the concern; otherwise the refusal. */
export async function mayHandle(
  deps: Pick<DeskDeps, 'db' | 'clock'>,
  c: Context<DeskEnv>,
  concernId: string | undefined,
) {
  const subject = concernId === undefined ? null : await findConcernSubject(deps, concernId);
  if (!subject) return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
  return canHandleConcern(c.get('officer'), subject)
    ? null
    : refuse(c, 403, 'NOT_YOURS', 'Tangani curhat ini dulu, baru bisa merujuknya.');
}
