import { Hono } from 'hono';
import { z } from 'zod';
import { eraseAtDesk } from '../../actions/erase-at-desk.ts';
import { allow } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import { idParam } from '../fields.ts';
import type { DeskDeps } from '../ports.ts';
import { erasedBy, findResidentBy, readErasure } from '../reads/erasure.ts';
import { readRoomCalendar } from '../reads/room-calendar.ts';
import { check, notFoundSentence, refuse } from '../refusal.ts';

const whose = idParam.extend({ of: z.enum(erasedBy) });

/** All of a resident erased for them, at their wish: what is lost, told first; then the same as their own `/data`. */
export function erasureRoutes(deps: DeskDeps) {
  return new Hono<DeskEnv>()
    .get('/erasures/:of/:id', allow('resident.erase'), check('param', whose), async (c) => {
      const { of, id } = c.req.valid('param');
      const residentId = await findResidentBy(deps.db, of, id);
      const erasure = residentId && (await readErasure(deps.db, deps.vault, residentId));
      return erasure ? c.json(erasure) : refuse(c, 404, 'NOT_FOUND', notFoundSentence);
    })
    .post(
      '/erasures/:of/:id',
      allow('resident.erase'),
      check('param', whose),
      // It cannot be undone: a request that does not say so is no wish.
      check('json', z.object({ isSure: z.literal(true) })),
      async (c) => {
        const { of, id } = c.req.valid('param');
        const calendar = await readRoomCalendar(deps.db);
        const result = await deps.transact(async (tx) => {
          const residentId = await findResidentBy(tx, of, id);
          if (!residentId) return { kind: 'not_found' as const };
          return eraseAtDesk(tx, { residentId, officerId: c.get('officer').id, calendar });
        });
        if (result.kind === 'not_found') return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
        return c.json({ agencies: result.agencies });
      },
    );
}
