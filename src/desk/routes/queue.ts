import { Hono } from 'hono';
import { acknowledgeAlert } from '../../actions/acknowledge-alert.ts';
import { dayOf } from '../../domain/wita.ts';
import { allow } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import { idParam } from '../fields.ts';
import type { DeskDeps } from '../ports.ts';
import { readAlerts } from '../reads/alerts.ts';
import { readQueue } from '../reads/queue.ts';
import { check, notFoundSentence, refuse } from '../refusal.ts';

/** Who waits for a person, and the alarms of danger. */
export function queueRoutes(deps: DeskDeps) {
  return new Hono<DeskEnv>()
    .get('/queue', allow('queue.read'), async (c) => {
      const now = deps.clock.now();
      return c.json({ now: now.toISOString(), items: await readQueue(deps, { today: dayOf(now) }) });
    })
    .get('/alerts', allow('alert.read'), async (c) => c.json({ items: await readAlerts(deps) }))
    .post('/alerts/:id/acknowledge', allow('alert.acknowledge'), check('param', idParam), async (c) => {
      const result = await deps.transact((tx) =>
        acknowledgeAlert(tx, { alertId: c.req.valid('param').id, officerId: c.get('officer').id }),
      );
      if (result.kind === 'not_found') return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
      return c.json({
        conversationId: result.conversationId,
        acknowledgedBy: result.kind === 'acknowledged' ? null : result.by,
      });
    });
}
