import { beforeEach, expect, it } from 'vitest';
import { addWalkIn } from '../../../src/actions/add-walk-in.ts';
import { closeDay, openDay } from '../../../src/actions/close-day.ts';
import { markBooking } from '../../../src/actions/mark-booking.ts';
import { readRoomCalendar } from '../../../src/desk/reads/room-calendar.ts';
import { describeOnEachStore } from '../../support/stores.ts';
import { openDesk } from '../desk/desk-harness.ts';
import type { Desk } from '../desk/desk-harness.ts';

const monday = '2026-11-30';
const wednesday = '2026-12-02';

describeOnEachStore('the day of the room', (store) => {
  let desk: Desk;
  let ana: Awaited<ReturnType<Desk['officer']>>;
  beforeEach(async () => {
    desk = await openDesk(store);
    ana = await desk.officer('Ana');
  });

  it('marks arrived, finished and back, and tells the second of two who mark at once', async () => {
    const booking = await (await desk.resident()).books(monday, '08:00');
    const mark = (from: 'booked' | 'arrived', to: 'arrived' | 'missed' | 'finished') =>
      desk.transact((tx) => markBooking(tx, { bookingId: booking.id, officerId: ana.id, from, to }));
    const both = await Promise.all([mark('booked', 'arrived'), mark('booked', 'missed')]);
    expect(both.map((result) => result.kind).sort()).toEqual(['changed', 'marked']);
    await desk.db.query(`UPDATE booking SET status = 'arrived' WHERE id = $1`, [booking.id]);
    expect(await mark('arrived', 'finished')).toEqual({ kind: 'marked', status: 'finished' });
  });

  it('plans one "belum datang?" for a missed visit, however often it is marked', async () => {
    const booking = await (await desk.resident()).books(monday, '08:00');
    for (const [from, to] of [
      ['booked', 'missed'],
      ['missed', 'booked'],
      ['booked', 'missed'],
    ] as const) {
      await desk.transact((tx) => markBooking(tx, { bookingId: booking.id, officerId: ana.id, from, to }));
    }
    const { count } = await desk.one<{ count: number }>(
      `SELECT count(*) AS count FROM notice WHERE kind = 'booking-missed'`,
    );
    expect(count).toBe(1);
  });

  it('calls nobody missed before their time', async () => {
    const booking = await (await desk.resident()).books(monday, '14:00');
    const mark = (to: 'missed' | 'arrived') =>
      desk.transact((tx) =>
        markBooking(tx, { bookingId: booking.id, officerId: ana.id, from: 'booked', to }),
      );
    expect(await mark('missed')).toEqual({ kind: 'not_yet' });
    const answer = await ana.post(`/bookings/${booking.id}/mark`, { from: 'booked', to: 'missed' });
    expect(answer.status).toBe(409);
    expect(await desk.one(`SELECT status FROM booking`)).toEqual({ status: 'booked' });
    expect(await mark('arrived')).toEqual({ kind: 'marked', status: 'arrived' });
  });

  it('does not bring back a missed booking when the resident has a new one', async () => {
    const maria = await desk.resident();
    const missed = await maria.books(monday, '08:00');
    const mark = (from: 'booked' | 'missed', to: 'missed' | 'arrived') =>
      desk.transact((tx) => markBooking(tx, { bookingId: missed.id, officerId: ana.id, from, to }));
    await mark('booked', 'missed');
    await maria.books(wednesday, '08:00');
    expect(await mark('missed', 'arrived')).toEqual({ kind: 'has_other_booking' });
  });

  it('never seats more walk-ins than there are places, and leaves nothing of those it turned away', async () => {
    const calendar = await readRoomCalendar(desk.db);
    const results = await Promise.all(
      Array.from({ length: 9 }, (_, index) =>
        desk.transact((tx) =>
          addWalkIn(tx, {
            officerId: ana.id,
            calendar,
            day: monday,
            time: '10:00',
            name: `Tamu ${index}`,
            onceKey: `tamu-${index}`,
            isHere: true,
            concern: { category: 'bansos', kelurahanCode: null, note: 'antre sejak pagi' },
          }),
        ),
      ),
    );
    expect(results.filter((result) => result.kind === 'added')).toHaveLength(calendar.room.seatsPerSlot);
    expect(results.filter((result) => result.kind === 'full')).toHaveLength(9 - calendar.room.seatsPerSlot);
    const { count } = await desk.one<{ count: number }>(`SELECT count(*) AS count FROM resident`);
    expect(count).toBe(calendar.room.seatsPerSlot);
  });

  it('takes nobody in outside the opening hours', async () => {
    const calendar = await readRoomCalendar(desk.db);
    for (const [day, time] of [
      ['2026-12-01', '10:00'],
      [monday, '12:30'],
      [monday, '23:00'],
    ] as const) {
      const guest = { name: '', isHere: false, concern: null, onceKey: 'tamu-pagi' };
      const input = { officerId: ana.id, calendar, day, time, ...guest };
      expect(await desk.transact((tx) => addWalkIn(tx, input))).toEqual({ kind: 'not_open' });
    }
  });

  it('closes a day: cancels its bookings, tells each once, names those without a chat', async () => {
    const maria = await desk.resident();
    await maria.books(wednesday, '09:00');
    const calendar = await readRoomCalendar(desk.db);
    await desk.transact((tx) =>
      addWalkIn(tx, {
        officerId: ana.id,
        calendar,
        day: wednesday,
        time: '09:00',
        name: 'Opa',
        isHere: false,
        concern: null,
        onceKey: 'tamu-opa',
      }),
    );
    const close = () =>
      desk.transact((tx) =>
        closeDay(tx, { day: wednesday, name: 'listrik padam', officerId: ana.id, calendar }),
      );
    const twice = await Promise.all([close(), close()]);
    expect(twice.map((result) => result.kind).sort()).toEqual(['already_closed', 'closed']);
    const done = twice.find((result) => result.kind === 'closed');
    expect(done).toMatchObject({ told: 1 });
    expect(done?.kind === 'closed' && done.withoutPhone).toHaveLength(1);
    const notices = await desk.one<{ count: number }>(
      `SELECT count(*) AS count FROM notice WHERE kind = 'booking-closed' AND status = 'due'`,
    );
    expect(notices.count).toBe(1);
    expect(await desk.transact((tx) => openDay(tx, { day: wednesday, officerId: ana.id }))).toEqual({
      kind: 'opened',
    });
  });
});
