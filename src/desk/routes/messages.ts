import { Hono } from 'hono';
import { attendToMessage, retryMessage } from '../../actions/retry-message.ts';
import { allow } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import { idParam } from '../fields.ts';
import type { DeskDeps } from '../ports.ts';
import { readUnsent } from '../reads/unsent.ts';
import { check, notFoundSentence, refuse } from '../refusal.ts';

/** What did not reach a resident, and doing something about it. */
export function messageRoutes(deps: DeskDeps) {
  return new Hono<DeskEnv>()
    .get('/unsent', allow('unsent.read'), async (c) => c.json({ items: await readUnsent(deps) }))
    .post('/messages/:id/retry', allow('message.retry'), check('param', idParam), async (c) => {
      const result = await deps.transact((tx) =>
        retryMessage(tx, { messageId: c.req.valid('param').id, officerId: c.get('officer').id }),
      );
      if (result.kind === 'not_found') return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
      if (result.kind === 'not_failed') {
        return refuse(c, 409, 'NOT_FAILED', 'Pesan ini sudah terkirim atau sedang dikirim.');
      }
      return c.json({ ok: true as const });
    })
    .post('/messages/:id/attend', allow('message.retry'), check('param', idParam), async (c) => {
      const result = await deps.transact((tx) =>
        attendToMessage(tx, { messageId: c.req.valid('param').id, officerId: c.get('officer').id }),
      );
      if (result.kind === 'not_found') return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
      return c.json({ ok: true as const });
    });
}
