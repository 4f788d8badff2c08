import { expect, it } from 'vitest';
import { openRoom } from '../support/room.ts';
import { describeOnEachStore } from '../support/stores.ts';

describeOnEachStore('a strong wish in the middle of a flow', (store) => {
  it('is heard like the command of that name', async () => {
    const room = await openRoom(store);
    const midway = async () => {
      const one = await room.resident().agrees();
      await one.says('/pesan');
      await one.presses(/Senin, 30 November/).sees(/Jam berapa/);
      return one;
    };
    await (await midway()).says('sy mau bicara dgn orang langsung').sees(/saya panggilkan petugas/);
    await (await midway()).says('mau curhat dulu').sees(/saya dengarkan/);
    await (await midway()).says('hapus data saya').sees(/Yang kami simpan/, /\[Hapus semua\]/);
    await (await midway()).says('batal saja').sees(/kita tinggalkan dulu/);
    await (await midway()).says('tidak jadi').sees(/kita tinggalkan dulu/);
    await (await midway()).says('mau lihat status').sees(/Belum ada jadwal/, /Jam berapa/);
    await (
      await midway()
    )
      .says('english please')
      .sees(/I will speak English/, /What time\?/, /\[Another day\]/);
    const rini = await midway();
    await rini.says('halo').sees(/Halo, saya di sini/, /Jam berapa/);
    await rini.says('makasih').sees(/Sama-sama/, /Jam berapa/);
    // A time is a time, whatever else sounds in the sentence.
    await rini.says('bisa jam 9').sees(/09\.00 WITA\. Saya pesankan/);
  });

  it('comes before what merely sounds like a choice, and a choice wished for in a sentence is that choice', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    const code = await ana.books(/Senin, 30 November/, '09.00');
    await ana.says('/pesan').sees(/Mau bagaimana/);
    await ana.says('hapus data saya').sees(/Yang kami simpan/);
    await ana.says('tidak jadi').sees(/kita tinggalkan/);
    expect(await room.rows(`SELECT wants_reminders FROM resident`)).toEqual([{ wants_reminders: true }]);
    await ana.says('/pesan');
    await ana.says('saya tidak bisa datang senin').sees(new RegExp(`Batalkan jadwal ${code}\\?`));
    await ana.says('tidak jadi batal').sees(/jadwal Anda tetap/);
    await ana.says('/pesan');
    await ana.says('saya mau ganti jadwal').sees(/Hari apa yang cocok/);
  });

  it('in an outpouring is only what begins with a slash, and batal; another is kept with the story and told how', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('/curhat');
    await ana.says('saya mau bicara dengan orang').sees(/Saya dengarkan/);
    await ana.says('hapus data saya').sees(/ketik \/data/);
    await ana.says('selesai').sees(/2 pesan tulisan/);
    await ana.says('hapus data saya').sees(/Yang kami simpan/);
    await ana.presses('Kembali').sees(/Ini soal apa/);
  });

  it('corrects a time at the last question instead of giving it up', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('mau pesan senin jam 10').sees(/10\.00 WITA\. Saya pesankan/);
    await ana.says('eh jangan, jam 9 saja').sees(/Senin, 30 November 2026, 09\.00 WITA\. Saya pesankan/);
    await ana.says('ya, senin jam 9').sees(/Jadwal Anda tercatat/);
  });
});

describeOnEachStore('a wish before consent', (store) => {
  it('waits for the yes and then goes on', async () => {
    const room = await openRoom(store);
    const ana = room.resident();
    await ana.says('saya mau pesan jadwal hari rabu jam 10').sees(/Setuju\?/);
    await ana.says('setuju').sees(/Rabu, 25 November 2026, 10\.00 WITA\. Saya pesankan/);
    const budi = room.resident();
    await budi.says('beta mo curhat').sees(/Setuju\?/);
    await budi.says('ya').sees(/Silakan cerita/);
    const caca = room.resident();
    await caca.says('halo');
    await caca.says('setuju, mau pesan hari senin').sees(/Senin, 30 November 2026\. Jam berapa/);
    caca.seesNoneOf(/Satu hal dulu/);
  });

  it('is no consent: only a plain yes is', async () => {
    const room = await openRoom(store);
    const ana = room.resident();
    await ana.says('halo');
    for (const words of [
      'mau tanya',
      'mau bicara dgn orang',
      'boleh tahu siapa yang baca?',
      'kalau tidak setuju?',
      'ok tapi untuk apa?',
    ]) {
      await ana.says(words).sees(/Setuju\?/);
      expect(await room.rows(`SELECT 1 FROM consent`)).toEqual([]);
    }
    await ana.says('oke setuju').sees(/saya panggilkan petugas/);
    expect(await room.rows(`SELECT 1 FROM consent`)).toHaveLength(1);
  });

  it('holds a story that comes in pieces, and says so once', async () => {
    const room = await openRoom(store);
    const ana = room.resident();
    await ana.says('selamat pagi').sees(/Setuju\?/);
    await ana.says('bantuan beras').sees(/kami simpan kalau Anda setuju/, /Setuju\?/);
    await ana.says('belum dapat').seesNothing();
    await ana.says('ya').sees(/Saya dengarkan/);
    await ana.says('selesai').sees(/2 pesan tulisan/);
  });
});

describeOnEachStore('while a chat waits for an officer', (store) => {
  it('what the bot can answer is answered, and what is for the officer is kept', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('/petugas').sees(/urutan 1/);
    await ana.says('saya tunggu').sees(/akan dibaca petugas/, /Rabu, 25 November 2026, 08\.00 WITA/);
    await ana.says('ini nomor berkas saya').seesNothing();
    await ana.says('buka jam berapa?').sees(/08\.00–16\.00/);
    await ana.says('alamatnya di mana').sees(/Jl\. Timor Raya/);
    await ana.says('bayar berapa?').sees(/Gratis/);
    await ana.says('makasih').sees(/Sama-sama/);
    await ana.says('kok belum dibalas').sees(/masih di antrean, urutan 1/);
    await ana.says('mau pesan senin jam 9').sees(/Saya pesankan/);
    await ana.says('ya').sees(/Jadwal Anda tercatat/);
    await ana.says('beta mo curhat').sees(/saya dengarkan/);
    expect(await room.rows(`SELECT status FROM handoff`)).toEqual([{ status: 'waiting' }]);
  });

  it('is told anew after a long while, and when the room has closed, each time once', async () => {
    const room = await openRoom(store, { now: '2026-11-25T13:00:00+08:00' });
    const ana = await room.resident().agrees();
    await ana.says('/petugas').sees(/urutan 1/);
    await ana.says('ini soal berkas saya').sees(/akan dibaca petugas/, /Ruang sedang buka/);
    room.clock.advance(60 * 60_000);
    await ana.says('nomor berkasnya 5371').seesNothing();
    room.clock.set('2026-11-25T15:10:00+08:00');
    await ana.says('berkasnya di loket 3').sees(/akan dibaca petugas/, /Ruang sedang buka/);
    await ana.says('loket sebelah kiri').seesNothing();
    room.clock.set('2026-11-25T16:05:00+08:00');
    await ana
      .says('berkasnya warna biru')
      .sees(/akan dibaca petugas/, /Senin, 30 November 2026, 08\.00 WITA/);
    await ana.says('warna biru tua').seesNothing();
  });
});

describeOnEachStore('a question of a flow', (store) => {
  it('takes a part of the day, a no and a moment to think for what they are', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('/pesan');
    await ana.says('sebentar ya').sees(/Tidak usah buru-buru/, /Hari apa yang cocok/);
    await ana.says('senin').sees(/\[08\.00/, /\[15\.30/);
    await ana.says('pagi').sees(/\[08\.00/);
    ana.seesNoneOf(/\[15\.30/, /Halo/);
    await ana.says('tidak dulu').sees(/kita tinggalkan dulu/);
  });

  it('after a story is not asked over and over of somebody who has had enough', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('/curhat');
    await ana.sendsFile('voice');
    await ana.says('selesai').sees(/Ini soal apa/);
    ana.seesNoneOf(/dugaan saya/);
    await ana.says('selesai').sees(/Di kelurahan mana/);
    await ana.says('tidak tahu').sees(/boleh dinas itu tahu nama Anda/);
    await ana.says('tidak jadi').sees(/pesan jadwal bertemu petugas/);
    await ana.says('nanti saja').sees(/CRH-/);
    expect(await room.rows(`SELECT category, is_name_shared FROM concern`)).toEqual([
      { category: 'lainnya', is_name_shared: false },
    ]);
  });

  it('of consent can be put off, and nothing is kept', async () => {
    const room = await openRoom(store);
    const ana = room.resident();
    await ana.says('halo').sees(/Setuju\?/);
    await ana.says('beta pikir dulu').sees(/kita tinggalkan dulu/);
    expect(
      await room.rows(`SELECT 1 FROM message WHERE direction = 'in' AND content_sealed IS NOT NULL`),
    ).toEqual([]);
  });
});
