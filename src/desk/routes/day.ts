import { Hono } from 'hono';
import { z } from 'zod';
import { addWalkIn } from '../../actions/add-walk-in.ts';
import { cancelAtDesk, moveAtDesk } from '../../actions/change-at-desk.ts';
import { closeDay } from '../../actions/close-day.ts';
import { findFreeDays } from '../../actions/find-free-slots.ts';
import { markBooking } from '../../actions/mark-booking.ts';
import { withoutNotice } from '../../domain/calendar.ts';
import { categories } from '../../domain/category.ts';
import { dayOf } from '../../domain/wita.ts';
import { allow } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import { dayField, idParam, line, onceKeyField, timeField, words } from '../fields.ts';
import type { DeskDeps } from '../ports.ts';
import { readClosingPreview } from '../reads/closing-preview.ts';
import { readDay } from '../reads/day.ts';
import { readRoomCalendar } from '../reads/room-calendar.ts';
import { check, notFoundSentence, refuse, staleSentence } from '../refusal.ts';

const mark = z.enum(['booked', 'arrived', 'finished', 'missed']);

const statusWords: Record<string, string> = {
  held: 'ditahan untuk daftar tunggu',
  booked: 'terjadwal',
  arrived: 'sudah datang',
  finished: 'selesai',
  missed: 'tidak datang',
  cancelled: 'dibatalkan',
};

/** The day of the room: bookings by time, arrivals, walk-ins, closing a day. */
export function dayRoutes(deps: DeskDeps) {
  return new Hono<DeskEnv>()
    .get('/day', allow('day.read'), check('query', z.object({ day: dayField.optional() })), async (c) =>
      c.json(await readDay(deps, { day: c.req.valid('query').day ?? null, officerId: c.get('officer').id })),
    )
    .post(
      '/bookings/:id/mark',
      allow('booking.mark'),
      check('param', idParam),
      check('json', z.object({ from: mark, to: mark })),
      async (c) => {
        const result = await deps.transact((tx) =>
          markBooking(tx, {
            bookingId: c.req.valid('param').id,
            officerId: c.get('officer').id,
            ...c.req.valid('json'),
          }),
        );
        switch (result.kind) {
          case 'marked':
            return c.json({ status: result.status });
          case 'changed': {
            const now = statusWords[result.status] ?? result.status;
            return refuse(c, 409, 'CHANGED', `Rekan Anda sudah mengubahnya: sekarang "${now}".`);
          }
          case 'has_other_booking':
            return refuse(
              c,
              409,
              'HAS_OTHER_BOOKING',
              'Warga ini sudah punya jadwal lain yang masih berlaku.',
            );
          case 'not_yet':
            return refuse(c, 409, 'NOT_YET', 'Jamnya belum tiba, jadi belum bisa ditandai tidak datang.');
          case 'not_found':
            return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
        }
      },
    )
    .get('/free-slots', allow('booking.mark'), async (c) => {
      const calendar = withoutNotice(await readRoomCalendar(deps.db));
      const days = await deps.transact((tx) => findFreeDays(tx, { calendar }));
      return c.json({ days });
    })
    .post(
      '/bookings/:id/move',
      allow('booking.mark'),
      check('param', idParam),
      check('json', z.object({ revision: z.int(), day: dayField, time: timeField })),
      async (c) => {
        const calendar = await readRoomCalendar(deps.db);
        const result = await deps.transact((tx) =>
          moveAtDesk(tx, {
            bookingId: c.req.valid('param').id,
            officerId: c.get('officer').id,
            calendar,
            ...c.req.valid('json'),
          }),
        );
        switch (result.kind) {
          case 'moved':
            return c.json({ code: result.code, isTold: result.isTold });
          case 'full':
            return refuse(c, 409, 'FULL', 'Jam itu baru saja penuh. Pilih jam lain.');
          case 'not_open':
            return refuse(c, 409, 'NOT_OPEN', 'Ruang tidak buka pada jam itu. Pilih jam lain.');
          case 'changed':
            return refuse(c, 409, 'CHANGED', staleSentence);
          case 'not_found':
            return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
        }
      },
    )
    .post(
      '/bookings/:id/cancel',
      allow('booking.mark'),
      check('param', idParam),
      check('json', z.object({ revision: z.int() })),
      async (c) => {
        const calendar = await readRoomCalendar(deps.db);
        const result = await deps.transact((tx) =>
          cancelAtDesk(tx, {
            bookingId: c.req.valid('param').id,
            officerId: c.get('officer').id,
            calendar,
            ...c.req.valid('json'),
          }),
        );
        switch (result.kind) {
          case 'cancelled':
            return c.json({ code: result.code, isTold: result.isTold });
          case 'past':
            return refuse(c, 409, 'PAST', 'Hari itu sudah lewat, jadi jadwalnya tidak bisa dibatalkan lagi.');
          case 'changed':
            return refuse(c, 409, 'CHANGED', staleSentence);
          case 'not_found':
            return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
        }
      },
    )
    .post(
      '/walk-ins',
      allow('walk_in.add'),
      check(
        'json',
        z.object({
          day: dayField,
          time: timeField,
          name: words(120),
          isHere: z.boolean(),
          onceKey: onceKeyField,
          concern: z
            .object({
              category: z.enum(categories),
              kelurahanCode: z.string().max(20).nullable(),
              note: words(8000),
            })
            .nullable(),
        }),
      ),
      async (c) => {
        const calendar = await readRoomCalendar(deps.db);
        const result = await deps.transact((tx) =>
          addWalkIn(tx, { ...c.req.valid('json'), calendar, officerId: c.get('officer').id }),
        );
        if (result.kind === 'full') {
          return refuse(c, 409, 'FULL', 'Jam itu baru saja penuh. Pilih jam lain.');
        }
        if (result.kind === 'not_open') {
          return refuse(c, 409, 'NOT_OPEN', 'Ruang tidak buka pada jam itu. Pilih jam lain.');
        }
        return c.json({
          code: result.booking.code,
          bookingId: result.booking.id,
          concernCode: result.concernCode,
        });
      },
    )
    .get('/days/:day/closing', allow('day.close'), check('param', z.object({ day: dayField })), async (c) =>
      c.json(await readClosingPreview(deps, c.req.valid('param').day)),
    )
    .post(
      '/days/:day/close',
      allow('day.close'),
      check('param', z.object({ day: dayField })),
      check('json', z.object({ name: line(120) })),
      async (c) => {
        const { day } = c.req.valid('param');
        if (day < dayOf(deps.clock.now())) {
          return refuse(c, 400, 'PAST', 'Hari itu sudah lewat, jadi tidak bisa ditutup lagi.');
        }
        const calendar = await readRoomCalendar(deps.db);
        const result = await deps.transact((tx) =>
          closeDay(tx, { day, name: c.req.valid('json').name, calendar, officerId: c.get('officer').id }),
        );
        if (result.kind === 'already_closed') {
          return refuse(c, 409, 'ALREADY_CLOSED', `Hari itu sudah ditutup: ${result.name}.`);
        }
        return c.json({ told: result.told, withoutPhone: result.withoutPhone });
      },
    );
}
