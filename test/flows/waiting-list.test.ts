import { expect, it } from 'vitest';
import { openRoom } from '../support/room.ts';
import { officerIn } from '../support/officer.ts';
import type { RoomUnderTest } from '../support/room.ts';
import { describeOnEachStore } from '../support/stores.ts';

/** A room of one slot and one seat a session, so that two people fill a day. */
async function openSmallRoom(room: RoomUnderTest, seats = 1): Promise<void> {
  const hours = { opens: '09:00', closes: '09:30', breakFrom: '12:00', breakTo: '13:00' };
  await room.db.query(`INSERT INTO setting (key, value, updated_at) VALUES ('room', $1, now())`, [
    JSON.stringify({ hours, seatsPerSlot: seats }),
  ]);
  await room.restarts();
}

describeOnEachStore('the waiting list', (store) => {
  it('offers a freed seat to the first who waits, holds it for a time, and goes on to the next', async () => {
    const room = await openRoom(store);
    await openSmallRoom(room);
    const [ana, budi, citra, dedi] = [room.resident(), room.resident(), room.resident(), room.resident()];
    for (const one of [ana, budi, citra, dedi]) await one.agrees();
    const code = await ana.books(/Senin, 30 November/, '09.00');
    for (const [place, one] of [budi, citra, dedi].entries()) {
      await one.says('/pesan');
      await one.presses(/Senin, 30 November \(penuh\)/).sees(/sudah penuh. Mau masuk daftar tunggu/);
      await one.says('ya').sees(new RegExp(`urutan ${place + 1} daftar tunggu Senin, 30 November 2026`));
      room.clock.advance(60_000);
    }
    await budi.says('/status').sees(/Daftar tunggu Senin, 30 November 2026/);

    for (const one of [budi, citra, dedi]) one.looksAway();
    await ana.says('/pesan');
    await ana.presses('Batalkan jadwal');
    await ana.presses('Ya, batalkan').sees(new RegExp(`${code}.*dibatalkan`));
    budi.sees(
      /Senin, 30 November 2026, 09\.00 WITA/,
      /tahan sampai Selasa, 24 November 2026, 12\.0/,
      /\[Ambil kursi\]/,
    );
    citra.seesNothing();
    // Nobody else can book it meanwhile.
    await ana.says('/pesan').sees(/Senin, 30 November \(penuh\)/);
    // He lets it pass: Citra is next.
    citra.looksAway();
    await budi.says('lewati').sees(/berikan ke yang lain/);
    await budi.says('/status');
    budi.seesNoneOf(/BST-/);
    citra.sees(/tahan sampai/);
    // She does not answer in time: it goes to Dedi, and her button says so.
    const take = citra.button('Ambil kursi');
    dedi.looksAway();
    await room.passes('2026-11-24T12:30:00+08:00');
    dedi.sees(/Ada kursi kosong/);
    citra.sees(/Kursi untuk Senin, 30 November 2026 sudah kami lepas/);
    await citra.pressesToken(take).sees(/sudah tidak ditahan lagi/);
    // /pesan shows what is held; he takes it there.
    await dedi.says('/pesan').sees(/kursi kosong yang kami tahan untuk Anda: Senin, 30 November 2026/);
    await dedi.presses('Ambil kursi').sees(/Jadwal Anda tercatat/, /\(file\)/);
    await room.passes('2026-11-24T16:00:00+08:00');
    expect(await room.rows(`SELECT status FROM booking WHERE status <> 'cancelled'`)).toEqual([
      { status: 'booked' },
    ]);
  });

  it('keeps a freed seat for the morning when it comes free at night', async () => {
    const room = await openRoom(store);
    await openSmallRoom(room);
    const [ana, budi] = [await room.resident().agrees(), await room.resident().agrees()];
    await ana.books(/Senin, 30 November/, '09.00');
    await budi.says('/pesan');
    await budi.presses(/30 November/);
    await budi.presses('Masuk daftar tunggu');
    budi.looksAway();
    room.clock.set('2026-11-24T22:00:00+08:00');
    await ana.says('/pesan');
    await ana.presses('Batalkan jadwal');
    await ana.presses('Ya, batalkan');
    budi.seesNothing();
    await room.passes('2026-11-25T06:59:00+08:00');
    budi.seesNothing();
    await room.passes('2026-11-25T07:00:00+08:00');
    budi.sees(/tahan sampai Rabu, 25 November 2026, 09\.00 WITA/);
    await budi.says('mau').sees(/Jadwal Anda tercatat/);
  });

  it('offers what came free in the moment of joining, and leaves out who has booked elsewhere', async () => {
    const room = await openRoom(store);
    await openSmallRoom(room);
    const [ana, budi] = [await room.resident().agrees(), await room.resident().agrees()];
    await ana.books(/Senin, 30 November/, '09.00');
    await budi.says('/pesan');
    await budi.presses(/30 November/);
    await ana.says('/pesan');
    await ana.presses('Batalkan jadwal');
    await ana.presses('Ya, batalkan');
    await budi.presses('Masuk daftar tunggu').sees(/Jam berapa/, /09\.00 \(sisa 1\)/);
    await budi.presses(/^09\.00/);
    await budi.presses('Ya, pesan');
    // Ana waits for Monday, then books Wednesday: she waits no more.
    await ana.says('/pesan');
    await ana.presses(/30 November/);
    await ana.presses('Masuk daftar tunggu');
    await ana.books(/Rabu, 25 November/, '09.00');
    await ana.says('/status');
    ana.seesNoneOf(/Daftar tunggu/);
    // A second seat is added by the admin: whoever waits is offered it by the sweep.
    const citra = await room.resident().agrees();
    await citra.says('/pesan');
    await citra.presses(/30 November/);
    await citra.presses('Masuk daftar tunggu');
    citra.looksAway();
    await room.db.query(
      `UPDATE setting SET value = value || '{"seatsPerSlot": 2}'::jsonb WHERE key = 'room'`,
    );
    await room.restarts();
    await room.passes('2026-11-24T11:00:00+08:00');
    citra.sees(/Ada kursi kosong/);
    await room.passes('2026-11-24T11:05:00+08:00');
    expect(citra.news()).toHaveLength(1);
  });

  it('tells whoever waits when the day is closed, once, and finds them another', async () => {
    const room = await openRoom(store);
    await openSmallRoom(room);
    const [ana, budi] = [await room.resident().agrees(), await room.resident().agrees()];
    await ana.books(/Senin, 30 November/, '09.00');
    await budi.says('/pesan');
    await budi.presses(/30 November/);
    await budi.presses('Masuk daftar tunggu');
    for (const one of [ana, budi]) one.looksAway();
    const officer = await officerIn(room);
    await officer.closes('2026-11-30', 'listrik padam');
    budi.sees(/Senin, 30 November 2026 ruang tutup \(listrik padam\)/, /\[Pesan jadwal lain\]/);
    ana.sees(/jadwal BST-\w+ tidak bisa dipakai/);
    await room.passes('2026-11-24T10:05:00+08:00');
    expect(budi.news()).toHaveLength(1);
    await budi.presses('Pesan jadwal lain').sees(/Hari apa/, /Rabu, 2 Desember/);
  });

  it('ends with a word when the day is over, and is not listed any more', async () => {
    const room = await openRoom(store);
    await openSmallRoom(room);
    const [ana, budi] = [await room.resident().agrees(), await room.resident().agrees()];
    await ana.books(/Senin, 30 November/, '09.00');
    await budi.says('/pesan');
    await budi.presses(/30 November/);
    await budi.presses('Masuk daftar tunggu');
    budi.looksAway();
    // An hour before the one slot it can still be booked, and offered.
    await room.passes('2026-11-30T07:59:00+08:00');
    budi.seesNothing();
    for (const minute of ['01', '02']) await room.passes(`2026-11-30T08:${minute}:00+08:00`);
    expect(budi.news()).toHaveLength(1);
    budi.sees(/tidak ada kursi yang kosong untuk Senin, 30 November 2026/);
    expect(await room.rows(`SELECT status FROM waiting`)).toEqual([{ status: 'left' }]);
    await budi.says('/status');
    budi.seesNoneOf(/Daftar tunggu/);
    await budi.presses('Pesan jadwal lain');
    budi.sees(/Rabu, 2 Desember/);
  });
});
