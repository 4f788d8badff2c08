import { expect, it } from 'vitest';
import { openRoom } from '../support/room.ts';
import { describeOnEachStore } from '../support/stores.ts';
import type { RoomUnderTest } from '../support/room.ts';

const filed = (room: RoomUnderTest) =>
  room.rows(`SELECT 1 FROM message WHERE concern_id IS NOT NULL AND direction = 'in'`);

describeOnEachStore('few words', (store) => {
  it('that wish to report something and say what are the beginning of it', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    for (const text of [
      'beta mau lapor lampu jalan mati di Kelapa Lima',
      'mau mengadu, sampah di Pasar Oeba tidak diangkut tiga minggu',
      'I want to report a broken street light in Oesapa',
    ]) {
      const one = await room.resident().agrees();
      await one.says(text).sees(/Saya dengarkan|I am listening/);
      await one.says('itu su').sees(/1 pesan tulisan/);
    }
    for (const text of [
      'beta mau curhat',
      'mau cerita masalah',
      'mau lapor',
      'saya mau curhat sekarang sama petugas',
    ]) {
      const one = await room.resident().agrees();
      await one.says(text);
      expect(one.news().join()).not.toMatch(/Saya dengarkan\. Lanjutkan/);
    }
    expect(await filed(room)).toHaveLength(3);
    // Before the consent it is held, whether it comes first or after the greeting.
    const budi = room.resident();
    await budi.says('mau lapor lampu jalan mati di Kelapa Lima').sees(/hanya kalau Anda setuju/);
    await budi.says('setuju').sees(/Saya dengarkan/);
    await budi.says('selesai').sees(/1 pesan tulisan/);
    const caca = room.resident();
    await caca.says('/start');
    await caca.says('mau lapor lampu jalan mati di Kelapa Lima').sees(/sudah sampai/);
    await caca.says('setuju').sees(/Saya dengarkan/);
    await ana.says('/status').sees(/Belum ada/);
  });

  it('without a story or a matter are asked about before they become one', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('oke nanti saya kabari').sees(/Mau saya catat sebagai curhat/, /\[Ya, catat\]\n\[Bukan\]/);
    await ana.says('bukan').sees(/tidak saya catat/, /\[Bicara dengan petugas\]/);
    expect(await room.rows(`SELECT 1 FROM concern`)).toEqual([]);
    await ana.says('oke nanti saya kabari');
    // What is asked beside it lets it go.
    await ana.says('bayar ko?').sees(/gratis|biaya/i);
    ana.seesNoneOf(/Mau saya catat/);
    await ana.says('oke nanti saya kabari');
    await ana.says('iya').sees(/Saya dengarkan/);
    await ana.says('selesai').sees(/1 pesan tulisan/);
    // Whoever writes on has begun to pour out, and nothing of it is lost.
    const budi = await room.resident().agrees();
    await budi.says('ini yang tadi itu');
    await budi.says('tetangga saya bakar sampah tiap malam').sees(/Saya dengarkan/);
    await budi.says('selesai').sees(/2 pesan tulisan/);
    // Trouble and a matter are poured out at once, however short.
    for (const text of ['air mati', 'gaji belum dibayar', 'beta sedih sekali', 'suami selingkuh']) {
      const one = await room.resident().agrees();
      await one.says(text);
      expect(one.news().join()).not.toMatch(/Mau saya catat/);
    }
  });

  it('said to us end an outpouring, are answered, or are offered as what they wish', async () => {
    const room = await openRoom(store);
    for (const end of ['sudah bu, itu saja', 'Sudah itu saja bu', "that's all", 'itu sudah']) {
      const one = await room.resident().agrees();
      await one.says('/curhat');
      await one.says('lampu jalan di depan rumah mati sejak Agustus');
      await one.says(end).sees(/1 pesan tulisan|Ini soal apa/);
    }
    const ana = await room.resident().agrees();
    await ana.says('/curhat');
    await ana.says('lampu jalan di depan rumah mati sejak Agustus').sees(/Saya dengarkan/);
    await ana.says('bisa rahasia ko?').sees(/petugas/, /\[Selesai\]/);
    await ana.says('sudah cukup saya menderita').seesNothing();
    await ana.says('mau batalkan jadwal').sees(/membatalkan jadwal, ketik \/pesan/);
    await ana.says('beta mau ketemu petugas').sees(/ketik \/petugas/);
    await ana.says('kapan saya dikabari?').sees(/sebutkan tanggal/);
    room.clock.set('2026-11-24T10:05:00+08:00');
    await ana.sendsFile('photo').sees(/Sudah masuk/, /\[Selesai\]/);
    await ana.says('itu su').sees(/5 pesan tulisan, 1 foto/);
  });

  it('rid of the story leave it at any of its questions, and /status knows that it is not sent', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('lampu jalan di depan rumah mati sejak Agustus');
    await ana.says('selesai').sees(/Ini soal apa/);
    await ana.says('/status').sees(/belum terkirim/, /Ini soal apa/);
    ana.seesNoneOf(/Belum ada jadwal atau curhat/);
    await ana.says('mau batalkan curhat saya').sees(/ceritanya tidak kami teruskan/);
    expect(await room.rows(`SELECT 1 FROM concern`)).toEqual([]);
  });
});
