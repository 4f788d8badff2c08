import { expect, it } from 'vitest';
import { editRoom } from '../../../src/actions/edit-room.ts';
import { defaultRoom } from '../../../src/domain/room.ts';
import { deskIn } from '../../support/desk-in.ts';
import { officerIn } from '../../support/officer.ts';
import type { Resident } from '../../support/resident.ts';
import { openRoom } from '../../support/room.ts';
import { describeOnEachStore } from '../../support/stores.ts';

describeOnEachStore('notices about a booking', (store) => {
  /** Pours out what the officer shall read before the visit that is booked. */
  const attaches = async (resident: Resident, text: string) => {
    await resident.says('/curhat');
    await resident.says(text);
    for (const label of ['Selesai', 'Lainnya', 'Lewati', 'Tidak, rahasiakan', 'Ya, lampirkan'])
      await resident.presses(label);
    return resident.code('CRH');
  };

  it('reminds the evening before and two hours before, and takes Datang, Ubah and Batal', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    const code = await ana.books(/Rabu, 25 November/, '10.00');
    ana.looksAway();
    await room.passes('2026-11-24T17:59:00+08:00');
    ana.seesNothing();
    await room.passes('2026-11-24T18:00:00+08:00');
    ana.sees(
      new RegExp(`besok Anda punya jadwal ${code} di Ruang Curhat, Rabu, 25 November 2026, 10\\.00 WITA`),
      /\[Datang\]\n\[Ubah\]\n\[Batal\]/,
    );
    await room.passes('2026-11-24T18:00:10+08:00');
    expect(ana.news()).toHaveLength(1);
    await ana.says('datang').sees(/kami tunggu Rabu, 25 November 2026, 10\.00 WITA/);
    expect(await room.rows(`SELECT confirmed_at IS NOT NULL AS is_confirmed FROM booking`)).toEqual([
      { is_confirmed: true },
    ]);
    ana.looksAway();
    await room.passes('2026-11-25T08:00:00+08:00');
    ana.sees(/hari ini Anda punya jadwal/);
    await ana.presses('Ubah').sees(/sudah punya jadwal/, /\[Ubah jadwal\]/);
    await ana.says('2').sees(/Batalkan jadwal/);
    await ana.says('tidak').sees(/jadwal Anda tetap/);
    await ana.pressesToken(`n.cancel.${code}`).sees(/Batalkan jadwal/, /\[Ya, batalkan\]/);
    await ana.says('ya').sees(/sudah dibatalkan/);
    await ana.pressesToken(`n.cancel.${code}`).sees(/sudah berubah atau dibatalkan/);
    await ana.pressesToken(`n.come.${code}`).sees(/sudah berubah atau dibatalkan/);
  });

  it('asks before Batal costs a seat: the number may have meant the list that the reminder came after', async () => {
    const room = await openRoom(store, { now: '2026-11-24T17:55:00+08:00' });
    const ana = await room.resident().agrees();
    const code = await ana.books(/Rabu, 25 November/, '09.00');
    await ana.says('/pesan');
    await ana.presses('Ubah jadwal');
    await ana.presses(/Rabu, 25 November/).sees(/\[09\.30 \(sisa 2\)\]/);
    await room.passes('2026-11-24T18:00:30+08:00');
    ana.sees(/Pengingat: besok/, /\[Batal\]/);
    await ana.says('3').sees(new RegExp(`Batalkan jadwal ${code}`), /\[Biarkan/);
    expect(await room.rows(`SELECT status FROM booking`)).toEqual([{ status: 'booked' }]);
    await ana.says('tidak').sees(/jadwal Anda tetap/);
    await ana.pressesToken(`n.cancel.${code}`);
    await ana.presses('Ya, batalkan').sees(new RegExp(`${code} .* sudah dibatalkan`));
    expect(await room.rows(`SELECT status FROM booking`)).toEqual([{ status: 'cancelled' }]);
  });

  it('tells those whom other hours, or fewer seats, leave without a place, and nobody else', async () => {
    const room = await openRoom(store);
    const maria = await officerIn(room);
    const [early, late, second, third] = [
      await room.resident().agrees(),
      await room.resident().agrees(),
      await room.resident().agrees(),
      await room.resident().agrees(),
    ];
    await early.books(/Rabu, 25 November/, '08.00');
    await late.books(/Rabu, 25 November/, '15.00');
    await second.books(/Rabu, 25 November/, '10.00');
    await third.books(/Rabu, 25 November/, '10.00');
    for (const one of [early, late, second, third]) one.looksAway();
    const saved = await room.app.transact((tx) =>
      editRoom(tx, {
        room: { ...defaultRoom, hours: { ...defaultRoom.hours, opens: '09:00' }, seatsPerSlot: 1 },
        seenAt: null,
        officerId: maria.id,
      }),
    );
    expect(saved).toEqual({ kind: 'saved', told: 2, withoutPhone: [] });
    await room.settles();
    early.sees(
      /jam buka ruang berubah, jadi jadwal BST-\w+ pada Rabu, 25 November 2026, 08\.00 WITA/,
      /\[Rabu/,
    );
    third.sees(/jam buka ruang berubah/, /Ini yang terdekat/);
    for (const one of [late, second]) one.seesNothing();
    // Neither is reminded of what they lost, and nobody sits down where the seat was taken away.
    await room.passes('2026-11-24T18:00:00+08:00');
    early.seesNoneOf(/besok Anda punya/);
    second.sees(/besok Anda punya jadwal/);
    await third.says('/pesan');
    third.seesNoneOf(/10\.00 \(sisa/);
    expect(
      await room.rows(`SELECT status, count(*) AS count FROM booking GROUP BY status ORDER BY status`),
    ).toEqual([
      { status: 'booked', count: 2 },
      { status: 'cancelled', count: 2 },
    ]);
  });

  it('finds within the hour who booked in the moment in which the day was closed', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.books(/Rabu, 25 November/, '10.00');
    // The closing committed first, and did not see the booking.
    await room.rows(
      `INSERT INTO closure (day, name, kind, created_at) VALUES ('2026-11-25', 'listrik padam', 'admin', $1)`,
      [room.clock.now()],
    );
    ana.looksAway();
    await room.passes('2026-11-24T11:00:00+08:00');
    ana.sees(/ruang tutup pada Rabu, 25 November 2026, 10\.00 WITA \(listrik padam\)/);
    await room.passes('2026-11-24T12:00:00+08:00');
    expect(ana.news()).toHaveLength(1);
  });

  it('sends none for a booking that moved or was cancelled, and the right one for the new time', async () => {
    const room = await openRoom(store);
    const [ana, budi] = [await room.resident().agrees(), await room.resident().agrees()];
    for (const one of [ana, budi]) await one.books(/Rabu, 25 November/, '10.00');
    await ana.says('/pesan');
    await ana.presses('Ubah jadwal');
    await ana.says('senin jam 9');
    await ana.says('ya');
    await budi.says('/pesan');
    await budi.presses('Batalkan jadwal');
    await budi.presses('Ya, batalkan');
    for (const one of [ana, budi]) one.looksAway();
    await room.passes('2026-11-24T18:00:00+08:00');
    await room.passes('2026-11-25T08:00:00+08:00');
    for (const one of [ana, budi]) one.seesNothing();
    await room.passes('2026-11-29T18:00:00+08:00');
    ana.sees(/besok Anda punya jadwal .* Senin, 30 November 2026, 09\.00 WITA/);
    budi.seesNothing();
  });

  it('keeps the quiet hours, and does not say "besok" on the day itself', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.books(/Rabu, 25 November/, '08.00');
    ana.looksAway();
    // Nothing ran that evening.
    await room.passes('2026-11-24T22:30:00+08:00');
    await room.passes('2026-11-25T06:59:00+08:00');
    ana.seesNothing();
    await room.passes('2026-11-25T07:00:00+08:00');
    ana.sees(/hari ini Anda punya jadwal/);
    ana.seesNoneOf(/besok/);
    expect(await room.rows(`SELECT kind, status, outcome FROM notice ORDER BY kind`)).toEqual([
      { kind: 'booking-evening', status: 'dropped', outcome: 'too late' },
      { kind: 'booking-soon', status: 'sent', outcome: 'sent' },
    ]);
  });

  it('answers a number by the reminder that is newer than the question, and words by the question', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.books(/Rabu, 25 November/, '10.00');
    await ana.says('/data').sees(/Mau apa/);
    await room.passes('2026-11-24T18:00:00+08:00');
    await ana.says('batal').sees(/kita tinggalkan dulu/);
    expect(await room.rows(`SELECT status FROM booking`)).toEqual([{ status: 'booked' }]);
    await ana.says('/data');
    await room.passes('2026-11-25T08:00:00+08:00');
    await ana.says('1').sees(/kami tunggu/);
    await ana.says('kembali').sees(/Baik\./);
  });

  it('asks kindly after a missed visit and offers another; who came and was not marked further has been', async () => {
    const room = await openRoom(store);
    const [ana, budi] = [await room.resident().agrees(), await room.resident().agrees()];
    await ana.books(/Rabu, 25 November/, '15.30');
    await budi.books(/Rabu, 25 November/, '15.30');
    const arrived = budi.code('BST');
    await room.db.query(`UPDATE booking SET status = 'arrived' WHERE code = $1`, [arrived]);
    await room.passes('2026-11-25T14:00:00+08:00');
    await room.passes('2026-11-25T15:59:00+08:00');
    for (const one of [ana, budi]) one.looksAway();
    await room.passes('2026-11-25T16:00:00+08:00');
    await room.passes('2026-11-25T16:01:00+08:00');
    ana.sees(/Belum datang\? Tidak apa-apa/);
    expect(ana.news()).toHaveLength(1);
    budi.seesNothing();
    await budi.says('/status').sees(/Kunjungan selesai/);
    await budi.says('/pesan').sees(/Hari apa/);
    await ana.presses('Tidak dulu').sees(/Kapan pun perlu/);
    await ana.presses('Pesan jadwal lain').sees(/Hari apa yang cocok/);
  });

  it('tells everybody when their day is closed, with the nearest free times to press', async () => {
    const room = await openRoom(store);
    const [ana, budi, citra] = [room.resident(), room.resident(), room.resident()];
    for (const one of [ana, budi, citra]) await one.agrees();
    const code = await ana.books(/Rabu, 25 November/, '10.00');
    await budi.books(/Rabu, 25 November/, '10.00');
    await citra.books(/Senin, 30 November/, '10.00');
    for (const one of [ana, budi, citra]) one.looksAway();
    const maria = await officerIn(room);
    expect(await maria.closes('2026-11-25', 'Perbaikan listrik')).toMatchObject({ kind: 'closed', told: 2 });
    for (const one of [ana, budi]) {
      one.sees(/ruang tutup pada Rabu, 25 November 2026, 10\.00 WITA \(Perbaikan listrik\)/);
      one.sees(/\[Senin, 30 November, 08\.00\]/);
      one.seesNoneOf(/\[Rabu, 25/);
    }
    citra.seesNothing();
    await room.passes('2026-11-24T10:05:00+08:00');
    expect(ana.news()).toHaveLength(1);
    await ana
      .presses('Senin, 30 November, 08.30')
      .sees(/Senin, 30 November 2026, 08\.30 WITA. Saya pesankan/);
    await ana.says('ya').sees(/Jadwal Anda tercatat/);
    expect(ana.code('BST')).not.toBe(code);
    await budi.says('/pesan rabu').sees(/Rabu, 25 November 2026 tutup: Perbaikan listrik/);
  });

  it('leaves alone, on a day that closes in the middle, those whose time has begun: they may have been here', async () => {
    const room = await openRoom(store, { roles: ['web'] });
    const [ana, budi, citra] = [room.resident(), room.resident(), room.resident()];
    for (const one of [ana, budi, citra]) await one.agrees();
    const early = await ana.books(/Rabu, 25 November/, '09.00');
    await budi.books(/Rabu, 25 November/, '13.30');
    const late = await citra.books(/Rabu, 25 November/, '14.00');
    await room.passes('2026-11-25T13:30:00+08:00');
    const lead = await deskIn(room, 'supervisor');
    for (const one of [ana, budi, citra]) one.looksAway();
    const preview = await lead.get<{ bookings: { code: string }[] }>('/days/2026-11-25/closing');
    expect(preview.bookings.map(({ code }) => code)).toEqual([late]);
    expect(await lead.post('/days/2026-11-25/close', { name: 'Listrik padam' })).toEqual({
      told: 1,
      withoutPhone: [],
    });
    await room.settles();
    citra.sees(/ruang tutup pada Rabu, 25 November 2026, 14\.00 WITA \(Listrik padam\)/);
    for (const one of [ana, budi]) one.seesNothing();
    const { slots } = await lead.get<{ slots: { bookings: { id: string; code: string }[] }[] }>(
      '/day?day=2026-11-25',
    );
    const booking = slots.flatMap((slot) => slot.bookings).find(({ code }) => code === early);
    await lead.post(`/bookings/${booking?.id}/mark`, { from: 'booked', to: 'arrived' });
    await room.passes('2026-11-25T16:00:30+08:00');
    expect(await room.rows(`SELECT status FROM booking ORDER BY slot_time`)).toEqual([
      { status: 'finished' },
      { status: 'missed' },
      { status: 'cancelled' },
    ]);
  });

  it('takes what was attached to a visit that fell away on to the next one, and says so', async () => {
    const room = await openRoom(store, { roles: ['web'] });
    const ana = await room.resident().agrees();
    await ana.books(/Senin, 30 November/, '09.00');
    const concern = await attaches(ana, 'bantuan beras saya tidak pernah sampai');
    const maria = await officerIn(room);
    await maria.closes('2026-11-30', 'Acara kota');
    await ana.presses(/Rabu, 25 November, 09\.00/);
    await ana
      .presses('Ya, pesan')
      .sees(new RegExp(`Curhat ${concern} ikut dilampirkan ke jadwal ini`), /tidak perlu cerita dari awal/);
    await room.passes('2026-11-25T08:00:00+08:00');
    const desk = await deskIn(room, 'officer', 'Orang Lain');
    const day = async (date: string) =>
      (
        await desk.get<{ slots: { bookings: { code: string; concerns: { code: string }[] }[] }[] }>(
          `/day?day=${date}`,
        )
      ).slots.flatMap((slot) => slot.bookings);
    expect(await day('2026-11-25')).toMatchObject([{ code: ana.code('BST'), concerns: [{ code: concern }] }]);
    const [row] = await room.rows<{ id: string }>(`SELECT id FROM concern`);
    expect((await desk.asks(`/concerns/${row?.id}`)).status).toBe(200);
    // Missed, and booked again; what is settled meanwhile stays behind.
    await room.passes('2026-11-25T16:00:30+08:00');
    await ana.books(/Rabu, 2 Desember/, '09.00');
    expect(await day('2026-12-02')).toMatchObject([{ concerns: [{ code: concern }] }]);
    await ana.pressesToken(`n.cancel.${ana.code('BST')}`);
    await ana.presses('Ya, batalkan');
    await room.rows(`UPDATE concern SET status = 'settled'`);
    await ana.books(/Rabu, 2 Desember/, '10.00');
    ana.seesNoneOf(/ikut dilampirkan/);
    expect(await day('2026-12-02')).toMatchObject([{ concerns: [] }]);
  });

  it('takes it on to a seat that was only held, when that is taken', async () => {
    const room = await openRoom(store);
    const hours = { opens: '09:00', closes: '09:30', breakFrom: '12:00', breakTo: '13:00' };
    const oneSeat = JSON.stringify({ hours, seatsPerSlot: 1 });
    await room.rows(`INSERT INTO setting (key, value, updated_at) VALUES ('room', $1, now())`, [oneSeat]);
    await room.restarts();
    const [ana, budi] = [await room.resident().agrees(), await room.resident().agrees()];
    const first = await ana.books(/Senin, 30 November/, '09.00');
    const concern = await attaches(ana, 'bantuan beras saya tidak pernah sampai');
    await ana.pressesToken(`n.cancel.${first}`);
    await ana.presses('Ya, batalkan');
    const other = await budi.books(/Senin, 30 November/, '09.00');
    await ana.says('/pesan');
    await ana.presses(/Senin, 30 November \(penuh\)/);
    await ana.says('ya').sees(/daftar tunggu/);
    await budi.pressesToken(`n.cancel.${other}`);
    ana.looksAway();
    await budi.presses('Ya, batalkan');
    ana.sees(/Ada kursi kosong untuk Anda/);
    const attachedTo = () =>
      room.rows(`SELECT b.status FROM concern k JOIN booking b ON b.id = k.booking_id`);
    expect(await attachedTo()).toEqual([{ status: 'cancelled' }]);
    await ana.presses('Ambil kursi').sees(new RegExp(`Curhat ${concern} ikut dilampirkan`));
    expect(await attachedTo()).toEqual([{ status: 'booked' }]);
  });

  it('is tried with growing waits when it cannot be written, and given up after a day or so; others go out', async () => {
    const room = await openRoom(store);
    room.mayLogErrors();
    const [ana, budi] = [await room.resident().agrees(), await room.resident().agrees()];
    for (const one of [ana, budi]) {
      await one.books(/Rabu, 25 November/, '10.00');
      one.looksAway();
    }
    // Of a kind that this version does not know.
    await room.rows(
      `UPDATE notice SET kind = 'of-tomorrow' WHERE conversation_id = $1 AND kind = 'booking-evening'`,
      [await room.conversationOf(ana)],
    );
    const attempts = async () =>
      (await room.rows<{ attempts: number }>(`SELECT attempts FROM notice WHERE kind = 'of-tomorrow'`))[0]
        ?.attempts;
    await room.passes('2026-11-24T18:00:00+08:00');
    await room.passes('2026-11-24T18:00:02+08:00');
    expect(await attempts()).toBe(1);
    budi.sees(/besok Anda punya jadwal/);
    await room.passes('2026-11-24T18:00:05+08:00');
    expect(await attempts()).toBe(2);
    for (let hour = 20; hour < 60; hour += 2)
      await room.passes(new Date(Date.parse('2026-11-24T00:00:00+08:00') + hour * 3_600_000));
    expect(
      await room.rows(`SELECT status, outcome, attempts FROM notice WHERE kind = 'of-tomorrow'`),
    ).toEqual([{ status: 'dropped', outcome: 'could not be written', attempts: 14 }]);
  });

  it('asks who did not come an hour after the mark, unless it is taken back, and once', async () => {
    const room = await openRoom(store, { roles: ['web'] });
    const [ana, budi] = [await room.resident().agrees(), await room.resident().agrees()];
    const codes = [
      await ana.books(/Rabu, 25 November/, '09.00'),
      await budi.books(/Rabu, 25 November/, '09.00'),
    ];
    await room.passes('2026-11-25T09:20:00+08:00');
    const desk = await deskIn(room, 'officer', 'Maria Lay');
    const mark = async (code: string | undefined, from: string, to: string) => {
      const [booking] = await room.rows<{ id: string }>(`SELECT id FROM booking WHERE code = $1`, [code]);
      await desk.post(`/bookings/${booking?.id ?? ''}/mark`, { from, to });
      await room.settles();
    };
    for (const one of [ana, budi]) one.looksAway();
    await mark(codes[0], 'booked', 'missed');
    await mark(codes[1], 'booked', 'missed');
    // The wrong row: she sits in the room.
    await mark(codes[0], 'missed', 'booked');
    for (const one of [ana, budi]) one.seesNothing();
    await room.passes('2026-11-25T10:20:00+08:00');
    ana.seesNothing();
    budi.sees(/Belum datang/);
    // She leaves before her turn: now it is so.
    await mark(codes[0], 'booked', 'missed');
    ana.seesNothing();
    await room.passes('2026-11-25T11:20:00+08:00');
    ana.sees(/Belum datang/);
    await room.passes('2026-11-25T17:00:00+08:00');
    expect([ana, budi].map((one) => one.news().length)).toEqual([1, 1]);
  });
});
