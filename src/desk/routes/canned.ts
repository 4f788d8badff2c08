import { Hono } from 'hono';
import { z } from 'zod';
import { editCannedReply, removeCannedReply } from '../../actions/edit-canned-reply.ts';
import type { EditCannedReplyResult } from '../../actions/edit-canned-reply.ts';
import type { Context } from 'hono';
import { allow } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import { idParam, line, someWords } from '../fields.ts';
import type { DeskDeps } from '../ports.ts';
import { check, notFoundSentence, refuse, staleSentence } from '../refusal.ts';

const fields = z.object({
  version: z.int(),
  shortcut: line(30).refine((text) => /^[\p{L}\p{N}_-]+$/u.test(text), 'satu kata tanpa spasi'),
  title: line(80),
  body: someWords(4000),
});

/** Ready answers; `{nama}`, `{petugas}` and their like are filled in by the page before an officer sends them. */
export function cannedRoutes(deps: DeskDeps) {
  return new Hono<DeskEnv>()
    .get('/canned', allow('canned.read'), async (c) => {
      const items = await deps.prisma.cannedReply.findMany({
        select: { id: true, shortcut: true, title: true, body: true, version: true },
        orderBy: { shortcut: 'asc' },
      });
      return c.json({ items });
    })
    .post('/canned', allow('canned.manage'), check('json', fields), async (c) => {
      const result = await deps.transact((tx) =>
        editCannedReply(tx, { ...c.req.valid('json'), id: null, officerId: c.get('officer').id }),
      );
      return answer(c, result);
    })
    .post(
      '/canned/:id',
      allow('canned.manage'),
      check('param', idParam),
      check('json', fields),
      async (c) => {
        const { id } = c.req.valid('param');
        const result = await deps.transact((tx) =>
          editCannedReply(tx, { ...c.req.valid('json'), id, officerId: c.get('officer').id }),
        );
        return answer(c, result);
      },
    )
    .post('/canned/:id/remove', allow('canned.manage'), check('param', idParam), async (c) => {
      const result = await deps.transact((tx) =>
        removeCannedReply(tx, { id: c.req.valid('param').id, officerId: c.get('officer').id }),
      );
      if (result.kind === 'not_found') return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
      return c.json({ ok: true as const });
    });
}

function answer(c: Context, result: EditCannedReplyResult) {
  switch (result.kind) {
    case 'saved':
      return c.json({ id: result.id });
    case 'stale':
      return refuse(c, 409, 'STALE', staleSentence);
    case 'shortcut_taken':
      return refuse(c, 409, 'SHORTCUT_TAKEN', 'Kata singkat itu sudah dipakai balasan lain.');
    case 'not_found':
      return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
  }
}
