import { Hono } from 'hono';
import { z } from 'zod';
import { createOfficer } from '../../actions/create-officer.ts';
import { editOfficer, resetOfficer } from '../../actions/edit-officer.ts';
import { goneBefore, presenceNow, readHandoffSettings } from '../../actions/read-duty.ts';
import { setupPath } from '../../actions/setup-link.ts';
import { categories } from '../../domain/category.ts';
import { allow } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import { idParam, line, loginField } from '../fields.ts';
import { roles } from '../policy.ts';
import type { DeskDeps } from '../ports.ts';
import { check, notFoundSentence, refuse, staleSentence } from '../refusal.ts';

/** Who works here. The colleagues' names are for everybody, the rest for admins. */
export function officerRoutes(deps: DeskDeps) {
  const linkOf = (token: string) => new URL(`${setupPath}#${token}`, deps.publicUrl).href;
  return new Hono<DeskEnv>()
    .get('/colleagues', allow('officers.list'), async (c) => {
      const now = deps.clock.now();
      const since = goneBefore(now, await readHandoffSettings(deps.db));
      const { rows } = await deps.db.query<{ id: string; name: string; role: string; presence: string }>(
        `SELECT o.id, o.name, o.role, ${presenceNow('$1', '$2')} AS presence FROM officer o
          WHERE o.is_active AND o.role <> 'analyst' ORDER BY o.name`,
        [now, since],
      );
      return c.json({ items: rows });
    })
    .get('/officers', allow('officers.manage'), async (c) => {
      const rows = await deps.prisma.officer.findMany({ orderBy: [{ isActive: 'desc' }, { name: 'asc' }] });
      const items = rows.map((row) => ({
        id: row.id,
        login: row.login,
        name: row.name,
        role: row.role,
        isActive: row.isActive,
        presence: row.presence,
        capacity: row.capacity,
        skills: row.skills,
        version: row.version,
        hasPassword: row.passwordHash !== '!',
      }));
      return c.json({ items });
    })
    .post(
      '/officers',
      allow('officers.manage'),
      check('json', z.object({ login: loginField, name: line(80), role: z.enum(roles) })),
      async (c) => {
        const result = await deps.transact((tx) =>
          createOfficer(tx, { ...c.req.valid('json'), byOfficerId: c.get('officer').id }),
        );
        if (result.kind === 'login_taken') {
          return refuse(c, 409, 'LOGIN_TAKEN', 'Nama masuk itu sudah dipakai petugas lain.');
        }
        return c.json({ id: result.officerId, link: linkOf(result.token) });
      },
    )
    .post(
      '/officers/:id',
      allow('officers.manage'),
      check('param', idParam),
      check(
        'json',
        z.object({
          version: z.int(),
          name: line(80),
          role: z.enum(roles),
          isActive: z.boolean(),
          capacity: z.int().min(0).max(50),
          skills: z.array(z.enum(categories)).max(categories.length),
        }),
      ),
      async (c) => {
        const result = await deps.transact((tx) =>
          editOfficer(tx, {
            officerId: c.req.valid('param').id,
            byOfficerId: c.get('officer').id,
            ...c.req.valid('json'),
          }),
        );
        switch (result.kind) {
          case 'saved':
            return c.json({ version: result.version });
          case 'stale':
            return refuse(c, 409, 'STALE', staleSentence);
          case 'last_admin':
            return refuse(c, 409, 'LAST_ADMIN', 'Ini admin terakhir. Angkat admin lain dulu.');
          case 'not_found':
            return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
        }
      },
    )
    .post('/officers/:id/reset', allow('officers.manage'), check('param', idParam), async (c) => {
      const result = await deps.transact((tx) =>
        resetOfficer(tx, { officerId: c.req.valid('param').id, byOfficerId: c.get('officer').id }),
      );
      if (result.kind === 'not_found') return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
      return c.json({ link: linkOf(result.token) });
    });
}
