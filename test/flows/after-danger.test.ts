import { expect, it } from 'vitest';
import { openRoom } from '../support/room.ts';
import type { RoomUnderTest } from '../support/room.ts';
import { describeOnEachStore } from '../support/stores.ts';

const alerts = (room: RoomUnderTest) =>
  room.rows<{ kind: string }>(`SELECT kind FROM danger_alert ORDER BY created_at, id`);

describeOnEachStore('"are you safe now?"', (store) => {
  it.each(['aman', 'iya', 'sudah', 'sudah aman kok', 'iya sudah di rumah mama', 'yes'])(
    'answered by "%s" gets a warm word and an offer, and no new alarm',
    async (words) => {
      const room = await openRoom(store);
      const ana = await room.resident().agrees();
      await ana.says('suami saya pukul saya, tolong').sees(/Apakah Anda aman sekarang\?/);
      await ana.says(words).sees(/Syukurlah Anda aman/, /\[Mulai curhat\]/, /\[Bicara dengan petugas\]/);
      expect(await alerts(room)).toHaveLength(1);
    },
  );

  it.each(['tidak', 'belum', 'sonde', 'masih takut', 'dia ada di sini', 'tidak tahu', 'entah'])(
    'answered by "%s" gets the numbers first, what to do now, and the alarm anew',
    async (words) => {
      const room = await openRoom(store);
      const ana = await room.resident().agrees();
      await ana.says('suami saya pukul saya, tolong');
      await ana.says(words).sees(/^Saya di sini[^]*129[^]*keluar dulu ke tetangga/);
      expect(await alerts(room)).toEqual([{ kind: 'kekerasan_kdrt' }, { kind: 'kekerasan_kdrt' }]);
      await ana.says('sudah').sees(/Syukurlah/);
      expect(await alerts(room)).toHaveLength(2);
    },
  );

  it('is heard in the middle of a flow, and answers nothing else', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('mau pesan senin jam 9').sees(/Saya pesankan/);
    await ana.says('saya mau mati saja').sees(/Apakah Anda aman sekarang/);
    await ana.says('ya').sees(/Syukurlah/);
    ana.seesNoneOf(/tercatat/);
    expect(await room.rows(`SELECT 1 FROM booking`)).toEqual([]);
    // The next yes is to the question that stands.
    await ana.says('mau pesan senin jam 9').sees(/Saya pesankan/);
    await ana.says('ya').sees(/tercatat/);
  });

  it('in an outpouring is answered and the story goes on', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('/curhat');
    await ana.says('suami saya sering marah');
    await ana.says('tadi malam dia pukul saya dan anak').sees(/Apakah Anda aman sekarang/);
    await ana.says('sudah').sees(/Syukurlah/);
    ana.seesNoneOf(/Ini soal apa/);
    await ana.says('dia sudah pergi kerja').seesNothing();
    await ana.says('selesai').sees(/Ini soal apa/);
  });

  it('is over after an hour, and when something else has been asked since', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('suami saya pukul saya, tolong');
    room.clock.advance(61 * 60_000);
    await ana.says('tidak');
    ana.seesNoneOf(/129/);
    const budi = await room.resident().agrees();
    await budi.says('suami saya pukul saya, tolong');
    await budi.says('/pesan');
    await budi.says('tidak');
    budi.seesNoneOf(/129/);
    await budi.says('dia masih di rumah, saya takut').sees(/129/);
    expect(await alerts(room)).toHaveLength(3);
  });
});

describeOnEachStore('danger before consent', (store) => {
  it('hears the answer, consents to nothing by it, and asks for consent in few words when it must', async () => {
    const room = await openRoom(store);
    const ana = room.resident();
    await ana.says('saya mau bunuh diri').sees(/Apakah Anda aman sekarang/);
    await ana.says('belum').sees(/^Saya di sini[^]*119[^]*Jangan sendirian dulu/);
    await ana.says('ya').sees(/Syukurlah/);
    expect(await room.rows(`SELECT 1 FROM consent`)).toEqual([]);
    await ana.presses('Bicara dengan petugas').sees(/masih di antrean/);
    ana.seesNoneOf(/Setuju\?/);
    await ana.presses('Mulai curhat').sees(/Setuju\?/, /hapus|menghapus/);
    ana.seesNoneOf(/Halo, saya Bestie/, /129|119/);
    await ana.says('ya').sees(/Silakan cerita, saya dengarkan/);
    const [proof] = await room.rows<{ text_version: string }>(`SELECT text_version FROM consent`);
    expect(proof?.text_version).toBe('1.gentle.id');
  });

  it('is not taken for a no to the consent that stood before it', async () => {
    const room = await openRoom(store);
    const ana = room.resident();
    await ana.says('halo').sees(/Setuju\?/);
    await ana.says('saya mau bunuh diri').sees(/Apakah Anda aman sekarang/);
    await ana.says('tidak').sees(/^Saya di sini/);
    ana.seesNoneOf(/tidak ada yang kami simpan/);
    expect(await alerts(room)).toHaveLength(2);
  });

  it('lets the officer who came read what is answered', async () => {
    const room = await openRoom(store);
    const { officerIn } = await import('../support/officer.ts');
    const ana = room.resident();
    await ana.says('saya mau bunuh diri');
    const maria = await officerIn(room);
    expect(await maria.takes(ana)).toBe('claimed');
    await ana.says('saya di kos, ibu').seesNothing();
    const kept = await room.rows(
      `SELECT 1 FROM message WHERE direction = 'in' AND content_sealed IS NOT NULL`,
    );
    expect(kept).toHaveLength(2);
  });
});
