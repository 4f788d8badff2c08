import { Hono } from 'hono';
import { z } from 'zod';
import { editAgencyRoute, removeAgencyRoute } from '../../actions/edit-agency-route.ts';
import { categories } from '../../domain/category.ts';
import { kelurahanByCode } from '../../domain/kelurahan.ts';
import { allow } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import type { DeskDeps } from '../ports.ts';
import { check, notFoundSentence, refuse, staleSentence } from '../refusal.ts';

const routeFields = z.object({
  /** Null for a new row. */
  id: z.guid().nullable(),
  version: z.int(),
  category: z.enum(categories),
  kelurahanCode: z
    .string()
    .max(20)
    .nullable()
    .refine((code) => code === null || kelurahanByCode(code) !== null, 'bukan kelurahan di Kota Kupang'),
  agencyId: z.string().min(1).max(80),
});

/** Which agency is asked first for what, and where. */
export function routingRoutes(deps: DeskDeps) {
  return new Hono<DeskEnv>()
    .get('/agency-routes', allow('room.read'), async (c) => {
      const { rows } = await deps.db.query<{
        id: string;
        version: number;
        category: string;
        kelurahanCode: string | null;
        agencyId: string;
        agency: string;
        isAgencyActive: boolean;
      }>(
        `SELECT t.id, t.version, t.category, t.kelurahan_code AS "kelurahanCode", t.agency_id AS "agencyId",
                g.short AS agency, g.is_active AS "isAgencyActive"
           FROM agency_route t JOIN agency g ON g.id = t.agency_id
          ORDER BY t.category, t.kelurahan_code NULLS FIRST`,
      );
      return c.json({ items: rows });
    })
    .post('/agency-routes', allow('agencies.manage'), check('json', routeFields), async (c) => {
      const result = await deps.transact((tx) =>
        editAgencyRoute(tx, { ...c.req.valid('json'), officerId: c.get('officer').id }),
      );
      switch (result.kind) {
        case 'saved':
          return c.json({ id: result.id, version: result.version });
        case 'taken':
          return refuse(c, 409, 'TAKEN', 'Untuk soal dan kelurahan itu sudah ada instansinya.');
        case 'unknown_agency':
          return refuse(c, 400, 'UNKNOWN_AGENCY', 'Instansi itu tidak ada lagi. Pilih yang lain.');
        case 'stale':
          return refuse(c, 409, 'STALE', staleSentence);
        case 'not_found':
          return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
      }
    })
    .post(
      '/agency-routes/:id/remove',
      allow('agencies.manage'),
      check('param', z.object({ id: z.guid() })),
      check('json', z.object({ version: z.int() })),
      async (c) => {
        const result = await deps.transact((tx) =>
          removeAgencyRoute(tx, {
            id: c.req.valid('param').id,
            officerId: c.get('officer').id,
            ...c.req.valid('json'),
          }),
        );
        if (result.kind === 'removed') return c.json({ ok: true as const });
        return result.kind === 'stale'
          ? refuse(c, 409, 'STALE', staleSentence)
          : refuse(c, 404, 'NOT_FOUND', notFoundSentence);
      },
    );
}
