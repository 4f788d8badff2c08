import { expect, it } from 'vitest';
import { deskIn } from '../../support/desk-in.ts';
import type { DeskIn } from '../../support/desk-in.ts';
import { openRoom } from '../../support/room.ts';
import type { RoomUnderTest } from '../../support/room.ts';
import { describeOnEachStore } from '../../support/stores.ts';

const monday = '2026-11-30';
const wednesday = '2026-12-02';

type Day = {
  slots: { time: string; left: number; bookings: { id: string; revision: number; code: string }[] }[];
};

async function onTheDay(desk: DeskIn, day: string) {
  const { slots } = await desk.get<Day>(`/day?day=${day}`);
  return slots.flatMap(({ time, bookings }) => bookings.map((booking) => ({ ...booking, time })));
}

async function lastAudit(room: RoomUnderTest, officerId: string) {
  const [last] = await room.rows<{ action: string; detail: unknown }>(
    `SELECT action, detail FROM audit WHERE officer_id = $1 AND subject_kind = 'booking' ORDER BY id DESC LIMIT 1`,
    [officerId],
  );
  return last;
}

describeOnEachStore('a visit that an officer moves or cancels', (store) => {
  it('is moved with its code, new reminders and a word to whose it is, who may still change it', async () => {
    const room = await openRoom(store, { roles: ['web'] });
    const rini = await deskIn(room, 'officer');
    const ana = await room.resident().agrees();
    const code = await ana.books(/Senin, 30 November/, '09.00');
    const [visit] = await onTheDay(rini, monday);
    const move = (more: object = {}) =>
      rini.asks(`/bookings/${visit?.id}/move`, {
        revision: visit?.revision,
        day: wednesday,
        time: '10:30',
        ...more,
      });
    ana.looksAway();
    expect(await move()).toEqual({ status: 200, body: { code, isTold: true } });
    await room.settles();
    ana.sees(new RegExp(`Jadwal ${code} sudah kami pindahkan ke Rabu, 2 Desember 2026, 10\\.30 WITA`));
    // The answer was lost, and it is pressed again.
    ana.looksAway();
    expect((await move()).status).toBe(200);
    await room.settles();
    ana.seesNothing();
    expect(await onTheDay(rini, monday)).toEqual([]);
    expect(await onTheDay(rini, wednesday)).toMatchObject([{ code, time: '10:30' }]);
    expect(await lastAudit(room, rini.id)).toEqual({
      action: 'move_booking',
      detail: { code, from: `${monday} 09:00`, to: `${wednesday} 10:30` },
    });
    // A page that still shows Monday neither moves nor cancels it.
    expect(await move({ time: '11:00' })).toMatchObject({
      status: 409,
      body: { error: { code: 'CHANGED' } },
    });
    expect(await rini.asks(`/bookings/${visit?.id}/cancel`, { revision: visit?.revision })).toMatchObject({
      status: 409,
    });
    await room.passes('2026-11-29T18:00:30+08:00');
    ana.seesNothing();
    await room.passes('2026-12-01T18:00:30+08:00');
    ana.sees(/besok Anda punya jadwal/);
    await ana.presses('Ubah').sees(/\[Ubah jadwal\]/);
  });

  it('is cancelled, told, and its seat goes to who waits for that day', async () => {
    const room = await openRoom(store, { roles: ['web'] });
    const hours = { opens: '09:00', closes: '09:30', breakFrom: '12:00', breakTo: '13:00' };
    await room.db.query(`INSERT INTO setting (key, value, updated_at) VALUES ('room', $1, now())`, [
      JSON.stringify({ hours, seatsPerSlot: 1 }),
    ]);
    await room.restarts();
    const rini = await deskIn(room, 'officer');
    const [ana, budi] = [await room.resident().agrees(), await room.resident().agrees()];
    const code = await ana.books(/Senin, 30 November/, '09.00');
    await budi.says('/pesan');
    await budi.presses(/Senin, 30 November \(penuh\)/);
    await budi.says('ya');
    const [visit] = await onTheDay(rini, monday);
    const cancel = () => rini.asks(`/bookings/${visit?.id}/cancel`, { revision: visit?.revision });
    for (const one of [ana, budi]) one.looksAway();
    expect(await cancel()).toEqual({ status: 200, body: { code, isTold: true } });
    await room.settles();
    ana.sees(new RegExp(`${code} pada Senin, 30 November 2026, 09\\.00 WITA sudah kami batalkan`));
    budi.sees(/Ada kursi kosong/);
    expect(await lastAudit(room, rini.id)).toEqual({
      action: 'cancel_booking',
      detail: { code, day: monday, time: '09:00' },
    });
    ana.looksAway();
    expect((await cancel()).status).toBe(200);
    await room.settles();
    ana.seesNothing();
    await ana.presses('Pesan jadwal lain').sees(/Rabu/);
    await room.passes('2026-11-29T18:00:30+08:00');
    ana.seesNoneOf(/besok Anda punya jadwal/);
  });

  it('goes only where the room is open and has a place, and not into an hour that is over', async () => {
    const room = await openRoom(store, { roles: ['web'], now: '2026-11-25T10:10:00+08:00' });
    const rini = await deskIn(room, 'officer');
    const guest = async (time: string, isHere: boolean, onceKey: string) =>
      rini.post<{ bookingId: string }>('/walk-ins', {
        day: '2026-11-25',
        time,
        name: '',
        isHere,
        concern: null,
        onceKey,
      });
    const { bookingId } = await guest('14:00', false, 'tamu-siang');
    for (const key of ['tamu-satu', 'tamu-dua']) await guest('11:00', false, key);
    const move = async (day: string, time: string) => {
      const answer = await rini.asks(`/bookings/${bookingId}/move`, { revision: 0, day, time });
      return answer.status === 200 ? 200 : (answer.body as { error: { code: string } }).error.code;
    };
    expect(await move('2026-11-25', '11:00')).toBe('FULL');
    expect(await move('2026-11-25', '09:30')).toBe('NOT_OPEN');
    expect(await move('2026-11-26', '09:00')).toBe('NOT_OPEN');
    expect(await move('2026-11-30', '12:30')).toBe('NOT_OPEN');
    expect(
      (await rini.asks(`/bookings/${bookingId}/move`, { revision: 0, day: 'besok', time: '9' })).status,
    ).toBe(400);
    const { days } = await rini.get<{ days: { day: string; slots: { time: string; left: number }[] }[] }>(
      '/free-slots',
    );
    expect(days[0]?.day).toBe('2026-11-25');
    expect(days[0]?.slots.slice(0, 3)).toEqual([
      { time: '10:00', left: 2 },
      { time: '10:30', left: 2 },
      { time: '11:00', left: 0 },
    ]);
    // They stand in the room, and the hour that runs has a place: a resident's own hour of notice is not asked.
    expect(await move('2026-11-25', '10:00')).toBe(200);
    await rini.post(`/bookings/${bookingId}/mark`, { from: 'booked', to: 'arrived' });
    expect(await move('2026-11-25', '10:30')).toBe('CHANGED');
  });

  it('is not cancelled once its resident has come, nor on a day that is over', async () => {
    const room = await openRoom(store, { roles: ['web'], now: '2026-11-24T10:00:00+08:00' });
    const ana = await room.resident().agrees();
    await ana.books(/Rabu, 25 November/, '10.00');
    room.clock.set('2026-11-25T10:00:00+08:00');
    const rini = await deskIn(room, 'officer');
    const [visit] = await onTheDay(rini, '2026-11-25');
    const cancel = () => rini.asks(`/bookings/${visit?.id}/cancel`, { revision: visit?.revision });
    await rini.post(`/bookings/${visit?.id}/mark`, { from: 'booked', to: 'arrived' });
    expect(await cancel()).toMatchObject({ status: 409, body: { error: { code: 'CHANGED' } } });
    await rini.post(`/bookings/${visit?.id}/mark`, { from: 'arrived', to: 'booked' });
    room.clock.set('2026-11-26T10:00:00+08:00');
    const next = await deskIn(room, 'officer', 'Ana Benu');
    const late = await next.asks(`/bookings/${visit?.id}/cancel`, { revision: visit?.revision });
    expect(late).toMatchObject({ status: 409, body: { error: { code: 'PAST' } } });
  });
});

describeOnEachStore('a guest at the counter', (store) => {
  const now = '2026-11-25T10:10:00+08:00';
  const guest = {
    day: '2026-11-25',
    time: '10:00',
    name: 'Opa Markus',
    isHere: true,
    concern: { category: 'bansos', kelurahanCode: null, note: 'antre sejak pagi' },
    onceKey: 'tamu-opa-markus',
  };

  it('takes one seat, however often the request comes, and two who are alike take two', async () => {
    const room = await openRoom(store, { roles: ['web'], now });
    const rini = await deskIn(room, 'officer');
    const answers = await Promise.all([0, 1, 2].map(() => rini.post('/walk-ins', guest)));
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect(await onTheDay(rini, guest.day)).toHaveLength(1);
    const count = `SELECT (SELECT count(*) FROM resident) AS residents, (SELECT count(*) FROM concern) AS concerns`;
    expect(await room.rows(count)).toEqual([{ residents: 1, concerns: 1 }]);
    await rini.post('/walk-ins', { ...guest, onceKey: 'tamu-opa-lukas' });
    expect(await onTheDay(rini, guest.day)).toHaveLength(2);
    expect((await rini.asks('/walk-ins', { ...guest, onceKey: undefined })).status).toBe(400);
  });

  it('who was put down wrongly is taken out though marked as arrived, and the seat is free again', async () => {
    const room = await openRoom(store, { roles: ['web'], now });
    const rini = await deskIn(room, 'officer');
    const { bookingId, concernCode } = await rini.post<{ bookingId: string; concernCode: string }>(
      '/walk-ins',
      guest,
    );
    const [visit] = await onTheDay(rini, guest.day);
    const body = { code: visit?.code, isTold: false };
    expect(await rini.asks(`/bookings/${bookingId}/cancel`, { revision: 0 })).toEqual({ status: 200, body });
    const { slots } = await rini.get<Day>(`/day?day=${guest.day}`);
    expect(slots.find(({ time }) => time === '10:00')).toMatchObject({ left: 2, bookings: [] });
    // What was told stays with the officer who heard it.
    expect(await room.rows(`SELECT code, status FROM concern`)).toEqual([
      { code: concernCode, status: 'with_officer' },
    ]);
    const nobody = '00000000-0000-0000-0000-000000000000';
    expect((await rini.asks(`/bookings/${nobody}/cancel`, { revision: 0 })).status).toBe(404);
  });
});
