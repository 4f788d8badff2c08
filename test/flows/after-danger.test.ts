import { expect, it } from 'vitest';
import { dismissAlert } from '../../src/actions/dismiss-alert.ts';
import { openRoom } from '../support/room.ts';
import type { RoomUnderTest } from '../support/room.ts';
import { describeOnEachStore } from '../support/stores.ts';

const alerts = (room: RoomUnderTest) =>
  room.rows<{ kind: string; signs: number }>(`SELECT kind, signs FROM danger_alert ORDER BY created_at, id`);

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
    'answered by "%s" gets the numbers first, what to do now, and is a sign more in the alarm',
    async (words) => {
      const room = await openRoom(store);
      const ana = await room.resident().agrees();
      await ana.says('suami saya pukul saya, tolong');
      await ana.says(words).sees(/^Saya di sini[^]*129[^]*keluar dulu ke tetangga/);
      expect(await alerts(room)).toEqual([{ kind: 'kekerasan_kdrt', signs: 2 }]);
      // Nothing was asked, so that a yes may mean anything.
      await ana.says('sudah').sees(/apakah Anda sudah aman sekarang\?/);
      await ana.says('iya').sees(/Syukurlah/);
      expect(await alerts(room)).toEqual([{ kind: 'kekerasan_kdrt', signs: 2 }]);
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
    expect(await alerts(room)).toEqual([
      { kind: 'kekerasan_kdrt', signs: 1 },
      { kind: 'kekerasan_kdrt', signs: 2 },
    ]);
  });
});

describeOnEachStore('whoever goes on in danger', (store) => {
  const cry = 'beta pung laki pukul beta tadi malam, beta takut pulang';

  it('reads the numbers in full once, then a line that fits what was said', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says(cry).sees(/Apakah Anda aman sekarang/);
    await ana.says('sonde').sees(/keluar dulu ke tetangga/);
    const heard: string[] = [];
    for (const words of [
      'dia ada cari beta',
      'jang kasi tau dia',
      'beta mau polisi',
      'su telpon sonde diangkat',
    ]) {
      await ana.says(words);
      const lines = ana.news().map((each) => each.replace(/\n\[.*\]$/s, ''));
      expect([words, lines]).toEqual([words, [expect.not.stringMatching(/•|\n/)]]);
      heard.push(...lines);
    }
    expect(heard).toEqual([
      expect.stringMatching(/^Saya dengar/),
      expect.stringMatching(/tidak memberi tahu dia/),
      expect.stringMatching(/^Telepon polisi sekarang: 110\. /),
      expect.stringMatching(/WA 08111-129-129 \(SAPA 129\), atau Polisi 110/),
    ]);
    expect(await alerts(room)).toEqual([{ kind: 'kekerasan_kdrt', signs: 6 }]);
    // The numbers must not scroll away for ever.
    room.clock.advance(11 * 60_000);
    await ana.says('masih takut').sees(/^Saya di sini[^]*129/);
  });

  it('hears all of it in English', async () => {
    const room = await openRoom(store);
    const ana = room.resident();
    await ana.says('my husband beats me every night and I am scared').sees(/Are you safe now\?/);
    await ana.says("please don't tell him").sees(/we do not tell that person/);
    await ana
      .says('I called, nobody picks up')
      .sees(/Try another way: WA 08111-129-129 \(SAPA 129\), or Police 110\./);
    await ana.says('call the police').sees(/^Call the police now: 110/);
    await ana.says('I just want to be heard').sees(/Tell it slowly/);
  });

  it('who only wants to be heard is listened to', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('saya capek hidup, semua orang lebih baik tanpa saya').sees(/Apakah Anda aman/);
    await ana.says('aku cuma mau didengar').sees(/^Tentu\. Ceritakan saja/, /Silakan cerita, saya dengarkan/);
    ana.seesNoneOf(/119/);
    await ana.says('ibu saya meninggal bulan lalu').sees(/Saya dengarkan/);
    expect(await alerts(room)).toEqual([{ kind: 'self_harm', signs: 1 }]);
  });

  it.each(['🙏', 'asdfgh', '???', '.', '7', 'lama lai?', 'sonde jadi'])(
    'with "%s" gets one short line, and it is no sign of danger',
    async (words) => {
      const room = await openRoom(store);
      const ana = await room.resident().agrees();
      await ana.says('saya mau mati saja').sees(/Apakah Anda aman/);
      await ana.says(words);
      expect(ana.news()).toEqual([
        expect.stringMatching(
          /^Saya masih di sini\. Apakah Anda aman sekarang\?[^\n]*\n\[Bicara dengan petugas\]$/,
        ),
      ]);
      expect(await alerts(room)).toEqual([{ kind: 'self_harm', signs: 1 }]);
      await ana.says('iya').sees(/Syukurlah/);
    },
  );

  it('can be told that it is over by an officer who finds no danger in the words', async () => {
    const room = await openRoom(store);
    const { officerIn } = await import('../support/officer.ts');
    const ana = await room.resident().agrees();
    await ana.says('saya mau mati saja').sees(/Apakah Anda aman/);
    const maria = await officerIn(room);
    const [alert] = await room.rows<{ id: string }>(`SELECT id FROM danger_alert`);
    await room.app.transact((tx) => dismissAlert(tx, { alertId: alert?.id ?? '', officerId: maria.id }));
    await ana.says('sonde');
    ana.seesNoneOf(/119|aman sekarang/);
  });
});

describeOnEachStore('danger before consent', (store) => {
  it('hears the answer, consents to nothing by it, and asks for consent in few words when it must', async () => {
    const room = await openRoom(store);
    const ana = room.resident();
    await ana.says('saya mau bunuh diri').sees(/Apakah Anda aman sekarang/);
    await ana.says('belum').sees(/^Saya di sini[^]*119[^]*Jangan sendirian dulu/);
    await ana.says('ya').sees(/apakah Anda sudah aman/);
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
    expect(await alerts(room)).toEqual([{ kind: 'self_harm', signs: 2 }]);
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

describeOnEachStore('what answers "are you safe now?"', (store) => {
  it('is kept for the officer beside the cry, after a no to consent too; "setuju" is still for consent', async () => {
    const room = await openRoom(store);
    const ana = room.resident();
    await ana.says('saya mau bunuh diri').sees(/Apakah Anda aman sekarang/);
    await ana.says('setuju').sees(/Setuju\?/);
    ana.seesNoneOf(/119/);
    await ana.says('iya aman sekarang').sees(/Syukurlah/);
    await ana.says('Tidak setuju').sees(/hanya pesan tentang bahaya/);
    const kept = await room.rows<{ kept: boolean }>(
      `SELECT content_sealed IS NOT NULL AS kept FROM message WHERE direction = 'in' ORDER BY seq`,
    );
    expect(kept.slice(0, 3).map((each) => each.kept)).toEqual([true, false, true]);
  });

  it('is not "setuju", which stays a yes to the consent that was asked for before the cry', async () => {
    const room = await openRoom(store);
    const ana = room.resident();
    await ana.says('halo').sees(/Setuju\?/);
    await ana.says('saya mau bunuh diri').sees(/Apakah Anda aman sekarang/);
    await ana.says('sonde').sees(/^Saya di sini/);
    await ana.says('setuju').sees(/Terima kasih sudah percaya/);
    expect(await room.rows(`SELECT 1 FROM consent`)).toHaveLength(1);
  });
});
