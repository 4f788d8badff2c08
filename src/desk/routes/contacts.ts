import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import { addContact, removeContact } from '../../actions/officer-contact.ts';
import type { AddContactResult } from '../../actions/officer-contact.ts';
import { tryContact } from '../../actions/try-contact.ts';
import { phoneDigits } from '../../domain/phone.ts';
import { allow } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import { idParam } from '../fields.ts';
import type { DeskDeps } from '../ports.ts';
import { readContacts } from '../reads/contacts.ts';
import { check, notFoundSentence, refuse } from '../refusal.ts';

/** What can be typed in; a Telegram account and a browser are put down where they are. */
const typed = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('whatsapp'),
    value: z
      .string()
      .max(40)
      .transform((text) => phoneDigits(text))
      .refine((digits) => digits !== null, 'tulis nomornya seperti 0812 3456 7890'),
  }),
  z.object({
    kind: z.literal('email'),
    value: z.string().trim().toLowerCase().max(200).pipe(z.email('alamat email belum benar')),
  }),
]);

const wayWords = {
  telegram: 'Telegram',
  whatsapp: 'WhatsApp',
  email: 'email',
  push: 'pemberitahuan peramban',
};

/** Ways to reach an officer outside the desk: their own, and an admin's look at everybody's. */
export function contactRoutes(deps: DeskDeps) {
  return new Hono<DeskEnv>()
    .get('/me/contacts', allow('contact.own'), async (c) =>
      c.json({ items: await readContacts(deps, { officerId: c.get('officer').id, isOwn: true }) }),
    )
    .post('/me/contacts', allow('contact.own'), check('json', typed), async (c) => {
      const { kind, value } = c.req.valid('json');
      const officerId = c.get('officer').id;
      const result = await deps.transact((tx) =>
        addContact(tx, { officerId, kind, value: value ?? '', byOfficerId: officerId }),
      );
      return answerAdded(c, result);
    })
    .post('/me/contacts/:id/remove', allow('contact.own'), check('param', idParam), async (c) => {
      const officerId = c.get('officer').id;
      const result = await deps.transact((tx) =>
        removeContact(tx, { contactId: c.req.valid('param').id, officerId, byOfficerId: officerId }),
      );
      return result.kind === 'removed'
        ? c.json({ ok: true as const })
        : refuse(c, 404, 'NOT_FOUND', notFoundSentence);
    })
    .post('/me/contacts/:id/try', allow('contact.own'), check('param', idParam), async (c) => {
      const result = await deps.transact((tx) =>
        tryContact(tx, {
          contactId: c.req.valid('param').id,
          officerId: c.get('officer').id,
          ways: deps.callWays,
        }),
      );
      switch (result.kind) {
        case 'trying':
          return c.json({ ok: true as const });
        case 'too_soon':
          return refuse(c, 409, 'TOO_SOON', 'Baru saja dicoba. Tunggu satu menit.');
        case 'no_way':
          return refuse(
            c,
            409,
            'NO_WAY',
            `Server ini belum bisa memanggil lewat ${wayWords[result.way]}. Pakai cara lain, atau beri tahu pengelola server.`,
          );
        case 'not_found':
          return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
      }
    })
    .get('/officers/:id/contacts', allow('officers.manage'), check('param', idParam), async (c) =>
      c.json({ items: await readContacts(deps, { officerId: c.req.valid('param').id, isOwn: false }) }),
    )
    .post(
      '/officers/:id/contacts',
      allow('officers.manage'),
      check('param', idParam),
      check('json', typed),
      async (c) => {
        const { id } = c.req.valid('param');
        const found = await deps.prisma.officer.findUnique({ where: { id }, select: { id: true } });
        if (!found) return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
        const { kind, value } = c.req.valid('json');
        const result = await deps.transact((tx) =>
          addContact(tx, { officerId: id, kind, value: value ?? '', byOfficerId: c.get('officer').id }),
        );
        return answerAdded(c, result);
      },
    )
    .post('/contacts/:id/remove', allow('officers.manage'), check('param', idParam), async (c) => {
      const result = await deps.transact((tx) =>
        removeContact(tx, {
          contactId: c.req.valid('param').id,
          officerId: null,
          byOfficerId: c.get('officer').id,
        }),
      );
      return result.kind === 'removed'
        ? c.json({ ok: true as const })
        : refuse(c, 404, 'NOT_FOUND', notFoundSentence);
    });
}

function answerAdded(c: Context, result: AddContactResult) {
  return result.kind === 'taken'
    ? refuse(c, 409, 'TAKEN', 'Itu sudah dipakai petugas lain.')
    : c.json({ id: result.contactId });
}
