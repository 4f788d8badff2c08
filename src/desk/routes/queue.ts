import { Hono } from 'hono';
import { acknowledgeAlert } from '../../actions/acknowledge-alert.ts';
import { dismissAlert } from '../../actions/dismiss-alert.ts';
import { dayOf } from '../../domain/wita.ts';
import { allow } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import { idParam } from '../fields.ts';
import type { DeskDeps } from '../ports.ts';
import { canReadConversation } from '../policy.ts';
import { findAlertChat, readAlerts } from '../reads/alerts.ts';
import { findConversationSubject } from '../reads/conversation.ts';
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
    })
    .post('/alerts/:id/dismiss', allow('alert.dismiss'), check('param', idParam), async (c) => {
      const { id } = c.req.valid('param');
      const officer = c.get('officer');
      const chat = await findAlertChat(deps.db, id);
      const subject = chat === null ? null : await findConversationSubject(deps.db, chat);
      if (!subject) return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
      if (!canReadConversation(officer, subject)) {
        const sentence = 'Hanya yang boleh membaca chat ini yang bisa menyatakan tandanya bukan bahaya.';
        return refuse(c, 403, 'NOT_YOURS', sentence);
      }
      const result = await deps.transact((tx) => dismissAlert(tx, { alertId: id, officerId: officer.id }));
      if (result.kind === 'not_found') return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
      return c.json({ conversationId: result.conversationId });
    });
}
