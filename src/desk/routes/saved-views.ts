import { Hono } from 'hono';
import { z } from 'zod';
import { removeView, saveView } from '../../actions/edit-saved-view.ts';
import { allow } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import { boardFilter } from '../board-filter.ts';
import { idParam, line } from '../fields.ts';
import type { DeskDeps } from '../ports.ts';
import { check, notFoundSentence, refuse } from '../refusal.ts';

/** Views of the board that an officer keeps: each sees and removes their own. */
export function savedViewRoutes(deps: DeskDeps) {
  return new Hono<DeskEnv>()
    .get('/views', allow('concern.list'), async (c) => {
      const views = await deps.prisma.savedView.findMany({
        where: { officerId: c.get('officer').id },
        select: { id: true, name: true, filter: true },
        orderBy: { createdAt: 'asc' },
      });
      // One that an older desk saved may hold what the board no longer knows: it is left out, not half-applied.
      const items = views.flatMap(({ id, name, filter }) => {
        const known = boardFilter.strict().safeParse(filter);
        return known.success ? [{ id, name, filter: known.data }] : [];
      });
      return c.json({ items });
    })
    .post(
      '/views',
      allow('concern.list'),
      check('json', z.object({ name: line(40), filter: boardFilter.strict() })),
      async (c) => {
        const result = await deps.transact((tx) =>
          saveView(tx, { ...c.req.valid('json'), officerId: c.get('officer').id }),
        );
        switch (result.kind) {
          case 'saved':
            return c.json({ id: result.id });
          case 'name_taken':
            return refuse(c, 409, 'NAME_TAKEN', 'Anda sudah punya tampilan dengan nama itu.');
          case 'too_many':
            return refuse(
              c,
              409,
              'TOO_MANY',
              `Paling banyak ${result.most} tampilan. Hapus dulu satu yang tidak dipakai.`,
            );
        }
      },
    )
    .post('/views/:id/remove', allow('concern.list'), check('param', idParam), async (c) => {
      const result = await deps.transact((tx) =>
        removeView(tx, { id: c.req.valid('param').id, officerId: c.get('officer').id }),
      );
      if (result.kind === 'not_found') return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
      return c.json({ ok: true as const });
    });
}
