import { Hono } from 'hono';
import { z } from 'zod';
import { openDay } from '../../actions/close-day.ts';
import { addAgency, removeAgency } from '../../actions/add-agency.ts';
import { addHotline, removeHotline } from '../../actions/add-hotline.ts';
import { findWithoutPlace } from '../../actions/cancel-without-place.ts';
import { importClosures } from '../../actions/import-closures.ts';
import { editAgency, editHotline, editRoom } from '../../actions/edit-room.ts';
import { categories } from '../../domain/category.ts';
import { dangerKinds } from '../../domain/danger-kind.ts';
import { roomSchema, roomSettingKey } from '../../domain/room.ts';
import { dayOf } from '../../domain/wita.ts';
import { allow } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import { dayField, line, orNothing, words } from '../fields.ts';
import type { DeskDeps } from '../ports.ts';
import { readImportPreview } from '../reads/import-preview.ts';
import { readRoomCalendar } from '../reads/room-calendar.ts';
import { check, notFoundSentence, refuse, staleSentence } from '../refusal.ts';

const textId = z.object({ id: z.string().min(1).max(80) });
const link = orNothing(200).refine(
  (text) => text === null || /^https?:\/\//.test(text),
  'mulai dengan https://',
);

const agencyFields = z.object({
  version: z.int(),
  name: line(200),
  short: line(40),
  level: line(40),
  categories: z.array(z.enum(categories)),
  handles: words(1000),
  email: orNothing(200).refine(
    (text) => text === null || z.email().safeParse(text).success,
    'alamat email belum benar',
  ),
  contact: orNothing(300),
  isActive: z.boolean(),
});

const hotlineFields = z.object({
  version: z.int(),
  name: line(120),
  call: orNothing(40),
  whatsapp: orNothing(40),
  web: link,
  hours: orNothing(120),
  kinds: z.array(z.enum(dangerKinds)).max(20),
  isShown: z.boolean(),
  position: z.int().min(0).max(1000),
  source: words(600),
  verifiedOn: dayField.nullable(),
});

const closureFields = z.object({
  day: dayField,
  kind: z.enum(['libur_nasional', 'cuti_bersama', 'admin']),
  name: line(120),
});
const noSource = 'Nomor darurat tanpa sumber tidak boleh ditampilkan. Isi sumbernya dulu.';
const lastShown =
  'Ini satu-satunya nomor yang ditampilkan. Warga dalam bahaya harus selalu membaca satu; tampilkan yang lain dulu.';
/** Of base64: some 300 kB, where a year's holidays are five. */
const maxHolidayFile = 400_000;

/** Everything about the room that is data: hours, closed days, agencies, hotlines. */
export function roomRoutes(deps: DeskDeps) {
  return new Hono<DeskEnv>()
    .get('/room', allow('room.read'), async (c) => {
      const row = await deps.prisma.setting.findUnique({ where: { key: roomSettingKey } });
      return c.json({
        room: roomSchema.parse(row?.value ?? {}),
        seenAt: row?.updatedAt.toISOString() ?? null,
      });
    })
    .post(
      '/room',
      allow('room.manage'),
      check('json', z.object({ room: roomSchema, seenAt: z.coerce.date().nullable() })),
      async (c) => {
        const result = await deps.transact((tx) =>
          editRoom(tx, { ...c.req.valid('json'), officerId: c.get('officer').id }),
        );
        return result.kind === 'saved'
          ? c.json({ told: result.told, withoutPhone: result.withoutPhone })
          : refuse(c, 409, 'STALE', staleSentence);
      },
    )
    .post('/room/preview', allow('room.manage'), check('json', z.object({ room: roomSchema })), async (c) => {
      const { closures } = await readRoomCalendar(deps.db);
      const calendar = { room: c.req.valid('json').room, closures };
      const lost = await findWithoutPlace(deps.db, { calendar, now: deps.clock.now() });
      return c.json({
        bookings: lost.map(({ code, day, time, conversationId }) => ({
          code,
          day,
          time,
          isTold: conversationId !== null,
        })),
      });
    })
    .get('/closures', allow('room.read'), async (c) => {
      const { rows } = await deps.db.query<{ day: string; name: string; kind: string }>(
        `SELECT day, name, kind FROM closure WHERE day >= $1 ORDER BY day`,
        [dayOf(deps.clock.now())],
      );
      return c.json({ items: rows });
    })
    .post(
      '/closures/:day/remove',
      allow('room.manage'),
      check('param', z.object({ day: dayField })),
      async (c) => {
        const result = await deps.transact((tx) =>
          openDay(tx, { day: c.req.valid('param').day, officerId: c.get('officer').id }),
        );
        if (result.kind === 'not_closed') return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
        return c.json({ ok: true as const });
      },
    )
    .post(
      '/closures/preview',
      allow('room.manage'),
      check(
        'json',
        z.object({
          file: z.base64('berkasnya tidak terbaca').max(maxHolidayFile, 'berkasnya terlalu besar'),
        }),
      ),
      async (c) => c.json(await readImportPreview(deps, Buffer.from(c.req.valid('json').file, 'base64'))),
    )
    .post(
      '/closures/import',
      allow('room.manage'),
      check('json', z.object({ days: z.array(closureFields).min(1).max(1000) })),
      async (c) => {
        const calendar = await readRoomCalendar(deps.db);
        const { days } = c.req.valid('json');
        const officerId = c.get('officer').id;
        return c.json(await deps.transact((tx) => importClosures(tx, { days, officerId, calendar })));
      },
    )
    .get('/agencies', allow('room.read'), async (c) => {
      return c.json({ items: await deps.prisma.agency.findMany({ orderBy: { short: 'asc' } }) });
    })
    .post(
      '/agencies/:id',
      allow('agencies.manage'),
      check('param', textId),
      check('json', agencyFields),
      async (c) => {
        const agency = { ...c.req.valid('json'), id: c.req.valid('param').id };
        const result = await deps.transact((tx) =>
          editAgency(tx, { agency, officerId: c.get('officer').id }),
        );
        if (result.kind === 'stale') return refuse(c, 409, 'STALE', staleSentence);
        if (result.kind === 'not_found') return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
        return c.json({ ok: true as const });
      },
    )
    .post(
      '/agencies',
      allow('agencies.manage'),
      check('json', agencyFields.omit({ version: true, isActive: true }).extend({ source: words(600) })),
      async (c) => {
        const result = await deps.transact((tx) =>
          addAgency(tx, { agency: c.req.valid('json'), officerId: c.get('officer').id }),
        );
        return result.kind === 'added'
          ? c.json({ id: result.id })
          : refuse(c, 409, 'TAKEN', 'Sudah ada instansi dengan singkatan itu.');
      },
    )
    .post('/agencies/:id/remove', allow('agencies.manage'), check('param', textId), async (c) => {
      const result = await deps.transact((tx) =>
        removeAgency(tx, { id: c.req.valid('param').id, officerId: c.get('officer').id }),
      );
      switch (result.kind) {
        case 'removed':
          return c.json({ ok: true as const });
        case 'in_use':
          return refuse(
            c,
            409,
            'IN_USE',
            'Instansi ini sudah pernah dipakai untuk curhat, koreksi, atau rujukan. Hilangkan centang "Dipakai untuk rujukan" saja.',
          );
        case 'not_found':
          return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
      }
    })
    .get('/hotlines', allow('room.read'), async (c) => {
      const rows = await deps.prisma.hotline.findMany({ orderBy: [{ position: 'asc' }, { id: 'asc' }] });
      const items = rows.map((row) => ({
        ...row,
        verifiedOn: row.verifiedOn?.toISOString().slice(0, 10) ?? null,
      }));
      return c.json({ items });
    })
    .post(
      '/hotlines/:id',
      allow('room.manage'),
      check('param', textId),
      check('json', hotlineFields),
      async (c) => {
        const hotline = { ...c.req.valid('json'), id: c.req.valid('param').id };
        const result = await deps.transact((tx) =>
          editHotline(tx, { hotline, officerId: c.get('officer').id }),
        );
        switch (result.kind) {
          case 'saved':
            return c.json({ ok: true as const });
          case 'stale':
            return refuse(c, 409, 'STALE', staleSentence);
          case 'no_source':
            return refuse(c, 400, 'NO_SOURCE', noSource);
          case 'last_shown':
            return refuse(c, 409, 'LAST_SHOWN', lastShown);
          case 'not_found':
            return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
        }
      },
    )
    .post(
      '/hotlines',
      allow('room.manage'),
      check('json', hotlineFields.omit({ version: true, position: true })),
      async (c) => {
        const result = await deps.transact((tx) =>
          addHotline(tx, { hotline: c.req.valid('json'), officerId: c.get('officer').id }),
        );
        switch (result.kind) {
          case 'added':
            return c.json({ id: result.id });
          case 'no_source':
            return refuse(c, 400, 'NO_SOURCE', noSource);
          case 'taken':
            return refuse(c, 409, 'TAKEN', 'Sudah ada nomor darurat dengan nama itu.');
        }
      },
    )
    .post('/hotlines/:id/remove', allow('room.manage'), check('param', textId), async (c) => {
      const result = await deps.transact((tx) =>
        removeHotline(tx, { id: c.req.valid('param').id, officerId: c.get('officer').id }),
      );
      switch (result.kind) {
        case 'removed':
          return c.json({ ok: true as const });
        case 'last_shown':
          return refuse(c, 409, 'LAST_SHOWN', lastShown);
        case 'not_found':
          return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
      }
    });
}
