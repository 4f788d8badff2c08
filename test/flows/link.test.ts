import { expect, it, vi } from 'vitest';
import { openRoom } from '../support/room.ts';
import type { Resident } from '../support/resident.ts';
import { describeOnEachStore } from '../support/stores.ts';

async function codeFor(resident: Resident): Promise<string> {
  await resident.says('/data');
  await resident.presses('Hubungkan aplikasi lain').sees(/berlaku 15 menit dan sekali pakai/);
  const code = /hubungkan ([0-9A-Z]{4}-[0-9A-Z]{4})/.exec(resident.news().join('\n'))?.[1];
  if (!code) throw new Error('no code was given');
  await resident.says('kembali');
  return code;
}

describeOnEachStore('linking another app', (store) => {
  type Room = Awaited<ReturnType<typeof openRoom>>;
  const residents = async (room: Room) =>
    (await room.rows<{ id: string }>(`SELECT DISTINCT resident_id AS id FROM address`)).length;

  it('makes one resident of two chats, with bookings and concerns, and tells the first', async () => {
    const room = await openRoom(store);
    const [ana, same] = [await room.resident().agrees(), room.resident()];
    const booking = await ana.books(/Senin, 30 November/, '09.00');
    const concern = await ana.poursOut('lampu jalan mati');
    const code = await codeFor(ana);
    const kept = JSON.stringify(await room.rows(`SELECT encode(code_hash, 'escape') AS hash FROM link_code`));
    expect(kept).not.toContain(code);
    ana.looksAway();
    // As people type; and it is their first word in this app, before any consent.
    await same.says(`Hubungkan ${code.toLowerCase().replace('-', ' ')}`).sees(/Sudah terhubung/);
    ana.sees(/baru saja dihubungkan dengan chat ini/);
    expect(await residents(room)).toBe(1);
    await same.says('/status').sees(new RegExp(booking), new RegExp(concern));
    await same.says('/pesan').sees(/sudah punya jadwal/);
    await same.presses('Batalkan jadwal');
    await same.presses('Ya, batalkan');
    await ana.says('/status').sees(/dibatalkan/i);
    expect(await room.rows(`SELECT how, officer_id FROM merge`)).toEqual([{ how: 'code', officer_id: null }]);
    // Nobody is left over, and the night forgets neither.
    room.clock.set('2026-11-26T02:30:00+08:00');
    await room.app.daily();
    expect(await room.rows(`SELECT 1 FROM merge`)).toHaveLength(1);
  });

  it('takes a code once, for a quarter of an hour, and five wrong ones an hour', async () => {
    const room = await openRoom(store);
    const [ana, other, third] = [await room.resident().agrees(), room.resident(), room.resident()];
    const first = await codeFor(ana);
    const second = await codeFor(ana);
    // Only the newest is good.
    await other.says(`hubungkan ${first}`).sees(/tidak cocok, sudah dipakai, atau lewat waktunya/);
    room.clock.set('2026-11-24T10:15:01+08:00');
    await other.says(`hubungkan ${second}`).sees(/lewat waktunya/);
    for (let tries = 2; tries < 5; tries += 1) await other.says('hubungkan 2345-6789').sees(/tidak cocok/);
    const good = await codeFor(ana);
    await other.says(`hubungkan ${good}`).sees(/coba lagi satu jam lagi/);
    expect(await residents(room)).toBe(2);
    await third.says(`hubungkan ${good}`).sees(/Sudah terhubung/);
    await third.says(`hubungkan ${good}`).sees(/tidak cocok/);
    room.clock.set('2026-11-24T11:16:00+08:00');
    await other.says(`hubungkan ${await codeFor(ana)}`).sees(/Sudah terhubung/);
    expect(await residents(room)).toBe(1);
  });

  it('asks to cancel one of two bookings first, and keeps the code good meanwhile', async () => {
    const room = await openRoom(store);
    const [ana, same] = [await room.resident().agrees(), await room.resident().agrees()];
    const there = await ana.books(/Senin, 30 November/, '09.00');
    const here = await same.books(/Senin, 30 November/, '09.30');
    const code = await codeFor(ana);
    await same.says(`hubungkan ${code}`).sees(/Satu orang satu jadwal/, new RegExp(here), new RegExp(there));
    expect(await residents(room)).toBe(2);
    await same.says('/pesan');
    await same.presses('Batalkan jadwal');
    await same.presses('Ya, batalkan');
    await same.says(`hubungkan ${code}`).sees(/Sudah terhubung/);
    await same.says('/status').sees(new RegExp(there));
  });

  it('takes the code in /data too, and refuses it where it was made', async () => {
    const room = await openRoom(store);
    const [ana, same] = [await room.resident().agrees(), await room.resident().agrees()];
    const code = await codeFor(ana);
    await ana.says(`hubungkan ${code}`).sees(/untuk diketik di aplikasi yang lain/);
    await same.says('/data');
    await same.presses('Hubungkan aplikasi lain');
    await same.says('apa ini').sees(/tidak cocok/, /\[Kembali\]/);
    await same.says(code).sees(/Sudah terhubung/);
    expect(await residents(room)).toBe(1);
    // Both had consented: the one who stays keeps one consent.
    expect(
      await room.rows(
        `SELECT 1 FROM consent k JOIN address a ON a.resident_id = k.resident_id WHERE k.withdrawn_at IS NULL GROUP BY k.id`,
      ),
    ).toHaveLength(1);
  });

  it('goes on with what was being told, and takes no ordinary sentence for a code', async () => {
    const room = await openRoom(store);
    const [ana, same] = [await room.resident().agrees(), await room.resident().agrees()];
    await ana.says('hubungkan saya dengan petugas');
    expect(await room.rows(`SELECT 1 FROM link_failure`)).toEqual([]);
    const code = await codeFor(ana);
    await same.says('/curhat');
    await same.says('air di rumah tidak jalan sudah seminggu');
    await same.says(`hubungkan ${code}`).sees(/Sudah terhubung/, /\[Selesai\]/);
    await same.presses('Selesai').sees(/tentang apa|\[Lainnya\]/i);
    await same.says('/batal');
    expect(await residents(room)).toBe(1);
  });

  it('erases both with one word, and nothing of the linking is left', async () => {
    const room = await openRoom(store);
    const [ana, same] = [await room.resident().agrees(), await room.resident().agrees()];
    await same.poursOut('rahasia lama');
    await same.says(`hubungkan ${await codeFor(ana)}`);
    await ana.says('/data');
    await ana.presses('Hapus semua');
    await ana.presses('Lanjut');
    await ana.presses('Ya, hapus semua').sees(/Semuanya sudah dihapus/);
    expect(await room.rows(`SELECT 1 FROM concern`)).toEqual([]);
    expect(await room.rows(`SELECT 1 FROM merge`)).toEqual([]);
    expect(await room.rows(`SELECT 1 FROM link_code`)).toEqual([]);
    expect(await room.rows(`SELECT 1 FROM consent WHERE withdrawn_at IS NULL`)).toEqual([]);
    expect(
      await room.rows(`SELECT 1 FROM message WHERE direction = 'in' AND content_sealed IS NOT NULL`),
    ).toEqual([]);
    expect(await room.rows(`SELECT 1 FROM resident`)).toHaveLength(1);
  });

  // A step that cannot have two locks at once is a matter of real connections; PGlite has one.
  // One connection: nothing there waits for a lock.
  const onServers = store.name === 'embedded' ? () => undefined : it;
  onServers(
    'links two who type the code of each other at the same moment, and neither waits for the other for ever',
    async () => {
      const room = await openRoom(store);
      const [ana, same] = [await room.resident().agrees(), await room.resident().agrees()];
      const [ofAna, ofSame] = [await codeFor(ana), await codeFor(same)];
      // Both steps have their own conversation and stand before the codes when this lets go of them.
      let letGo = () => {};
      const held = new Promise<void>((resolve) => (letGo = resolve));
      const holding = room.db.transaction(async (tx) => {
        await tx.query('SELECT 1 FROM link_code FOR UPDATE');
        await held;
      });
      const both = Promise.all([ana.says(`hubungkan ${ofSame}`), same.says(`hubungkan ${ofAna}`)]);
      await vi.waitUntil(
        async () =>
          (
            await room.rows(
              `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
            )
          ).length === 2,
        { timeout: 15_000 },
      );
      letGo();
      await Promise.all([both, holding]);
      expect(await residents(room)).toBe(1);
      const said = [...ana.news(), ...same.news()].join('\n');
      expect(said).toMatch(/Sudah terhubung/);
      expect(said).not.toMatch(/Ada gangguan/);
      expect(room.logged.filter((line) => /deadlock|could not go on/.test(line))).toEqual([]);
    },
  );
});
