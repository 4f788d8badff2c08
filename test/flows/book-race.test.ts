import { expect, it } from 'vitest';
import { openRoom } from '../support/room.ts';
import type { RoomUnderTest } from '../support/room.ts';
import { describeOnEachStore } from '../support/stores.ts';

async function openRoomOf(room: RoomUnderTest, seats: number): Promise<void> {
  const hours = { opens: '09:00', closes: '09:30', breakFrom: '12:00', breakTo: '13:00' };
  await room.db.query(`INSERT INTO setting (key, value, updated_at) VALUES ('room', $1, now())`, [
    JSON.stringify({ hours, seatsPerSlot: seats }),
  ]);
  await room.restarts();
}

describeOnEachStore('many at once', (store) => {
  it(
    '200 residents race for 6 seats: 6 are booked, everybody is answered',
    { timeout: 240_000 },
    async () => {
      const room = await openRoom(store);
      await openRoomOf(room, 6);
      const residents = Array.from({ length: 200 }, () => room.resident());
      const all = async (text: string) => {
        await Promise.all(
          residents.map((one) => {
            one.looksAway();
            return room.telegram.receive(one.inbound({ kind: 'text', text }));
          }),
        );
        await room.settles();
      };
      for (const text of ['/pesan senin jam 9', 'setuju']) await all(text);
      for (const one of residents) one.sees(/30 November 2026, 09\.00 WITA. Saya pesankan/);
      await all('ya');
      const booked = residents.filter((one) => one.news().join().includes('Jadwal Anda tercatat'));
      const refused = residents.filter((one) => /baru saja penuh/.test(one.news().join()));
      expect(booked).toHaveLength(6);
      expect(refused).toHaveLength(194);
      for (const one of refused) one.sees(/Mau masuk daftar tunggu/);
      const seats = await room.rows<{ seat: number }>(`SELECT seat FROM booking ORDER BY seat`);
      expect(seats.map(({ seat }) => seat)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(room.telegram.mostInFlight()).toBe(1);
    },
  );

  it('two residents want the one last seat: one has it, the other is told and offered the waiting list', async () => {
    const room = await openRoom(store);
    await openRoomOf(room, 1);
    const both = [await room.resident().agrees(), await room.resident().agrees()];
    for (const one of both) await one.says('/pesan senin jam 9').sees(/Saya pesankan/);
    for (const one of both) one.looksAway();
    await Promise.all(both.map((one) => room.telegram.receive(one.inbound({ kind: 'text', text: 'ya' }))));
    await room.settles();
    const news = both.map((one) => one.news().join());
    expect(news.filter((text) => text.includes('Jadwal Anda tercatat'))).toHaveLength(1);
    expect(news.filter((text) => /baru saja penuh[^]*daftar tunggu/.test(text))).toHaveLength(1);
  });

  it('two residents swap and cancel at once: nobody waits for ever, no seat is given twice', async () => {
    const room = await openRoom(store);
    await openRoomOf(room, 1);
    const residents = Array.from({ length: 8 }, () => room.resident());
    for (const one of residents) await one.agrees();
    const two = residents.slice(0, 2);
    await residents[0]?.books(/Senin, 30 November/, '09.00');
    await residents[1]?.books(/Rabu, 2 Desember/, '09.00');
    for (const [at, one] of residents.slice(2).entries()) {
      await one.says('/pesan');
      await one.presses(at % 2 ? /30 November/ : /2 Desember/);
      await one.presses('Masuk daftar tunggu');
      room.clock.advance(1_000);
    }
    for (const one of two) {
      await one.says('/pesan');
      await one.presses('Batalkan jadwal');
    }
    await Promise.all(
      two.map((one) => room.telegram.receive(one.inbound({ kind: 'text', text: 'ya, batalkan' }))),
    );
    await room.settles();
    const held = await room.rows(
      `SELECT session_date FROM booking WHERE status = 'held' ORDER BY session_date`,
    );
    expect(held).toEqual([{ session_date: '2026-11-30' }, { session_date: '2026-12-02' }]);
  });
});
