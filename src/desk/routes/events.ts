import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { allow } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import { idParam } from '../fields.ts';
import { canReadConversation } from '../policy.ts';
import type { Change } from '../../store/transact.ts';
import type { DeskDeps } from '../ports.ts';
import { findConversationSubject } from '../reads/conversation.ts';
import { check, notFoundSentence, refuse } from '../refusal.ts';
import { findSignedIn } from '../session.ts';
import type { DeskEvent, DeskHub } from '../typing.ts';

/** Proxies and browsers give up on a silent stream; and a session that ended must stop hearing. */
const beatMs = 20_000;

/** Live updates. Ids only: the page reads the rows again, under its officer's rights. */
export function eventRoutes(deps: DeskDeps, hub: DeskHub) {
  return new Hono<DeskEnv>()
    .get('/events', allow('events.read'), (c) => {
      const officer = c.get('officer');
      // nginx would hold the stream back otherwise.
      c.header('x-accel-buffering', 'no');
      return streamSSE(c, async (stream) => {
        const closed = new AbortController();
        stream.onAbort(() => closed.abort());
        const send = (event: DeskEvent | Change): void => {
          // Between processes only, and far too many for a page.
          if (event.kind === 'ring') return;
          if (event.kind === 'typing' && event.officerId === officer.id) return;
          stream.writeSSE({ event: 'change', data: JSON.stringify(event) }).catch(() => closed.abort());
        };
        const stops = [deps.changes.subscribe(send), hub.subscribe(send)];
        try {
          await stream.writeSSE({ event: 'hello', data: '{}', retry: 2000 });
          while (!closed.signal.aborted) {
            await deps.clock.sleep(beatMs, closed.signal);
            if (closed.signal.aborted) break;
            if (!(await findSignedIn(deps.db, officer.sessionHash, deps.clock.now()))) {
              await stream.writeSSE({ event: 'signed-out', data: '{}' });
              break;
            }
            await stream.writeSSE({ event: 'beat', data: '{}' });
          }
        } finally {
          for (const stop of stops) stop();
        }
      });
    })
    .post('/conversations/:id/typing', allow('conversation.read'), check('param', idParam), async (c) => {
      const officer = c.get('officer');
      const { id } = c.req.valid('param');
      const subject = await findConversationSubject(deps.db, id);
      if (!subject) return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
      if (!canReadConversation(officer, subject))
        return refuse(c, 403, 'NOT_YOURS', 'Chat ini bukan milik Anda.');
      hub.publish({ kind: 'typing', id, officerId: officer.id, name: officer.name });
      return c.json({ ok: true as const });
    });
}
