import { Hono } from 'hono';
import { z } from 'zod';
import { editDuty, editHandoffSettings } from '../../actions/edit-duty.ts';
import { passOffer } from '../../actions/pass-offer.ts';
import { handoffSettingsSchema } from '../../domain/duty.ts';
import { allow } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import { dayField, idParam } from '../fields.ts';
import type { DeskDeps } from '../ports.ts';
import { readDuty } from '../reads/duty.ts';
import { readOffers } from '../reads/offers.ts';
import { readUnsentPages } from '../reads/unsent-pages.ts';
import { check, notFoundSentence, refuse, staleSentence } from '../refusal.ts';

const lines = z
  .array(
    z.object({
      officerId: z.guid(),
      isInRoom: z.boolean(),
      onCallRank: z.int().min(1).max(9).nullable(),
    }),
  )
  .max(100);

const dutyOf = z.union([
  z.strictObject({ weekday: z.int().min(0).max(6) }),
  z.strictObject({ sessionDate: dayField }),
]);

/** Who serves, who is on call, what is offered to whom, and which calls did not leave. */
export function dutyRoutes(deps: DeskDeps) {
  return new Hono<DeskEnv>()
    .get('/duty', allow('duty.read'), async (c) => c.json(await readDuty(deps)))
    .post('/duty', allow('duty.manage'), check('json', z.object({ of: dutyOf, lines })), async (c) => {
      const result = await deps.transact((tx) =>
        editDuty(tx, { ...c.req.valid('json'), byOfficerId: c.get('officer').id }),
      );
      if (result.kind === 'unknown_officer')
        return refuse(
          c,
          400,
          'UNKNOWN_OFFICER',
          'Ada petugas yang tidak aktif lagi. Muat ulang, lalu coba lagi.',
        );
      return c.json({ ok: true as const });
    })
    .post(
      '/duty/settings',
      allow('duty.manage'),
      check('json', z.object({ settings: handoffSettingsSchema, seenAt: z.coerce.date().nullable() })),
      async (c) => {
        const result = await deps.transact((tx) =>
          editHandoffSettings(tx, { ...c.req.valid('json'), officerId: c.get('officer').id }),
        );
        return result.kind === 'saved'
          ? c.json({ ok: true as const })
          : refuse(c, 409, 'STALE', staleSentence);
      },
    )
    .get('/offers', allow('handoff.claim'), async (c) => c.json(await readOffers(deps, c.get('officer').id)))
    .post('/offers/:id/pass', allow('handoff.claim'), check('param', idParam), async (c) => {
      const result = await deps.transact((tx) =>
        passOffer(tx, { offerId: c.req.valid('param').id, officerId: c.get('officer').id }),
      );
      // One that ran out meanwhile is passed as well, as far as the officer is concerned.
      return result.kind === 'not_found'
        ? refuse(c, 404, 'NOT_FOUND', notFoundSentence)
        : c.json({ ok: true as const });
    })
    .get('/pages', allow('unsent.read'), async (c) => c.json({ items: await readUnsentPages(deps) }));
}
