import { expect, it } from 'vitest';
import { openRoom } from '../support/room.ts';
import { describeOnEachStore } from '../support/stores.ts';

describeOnEachStore('the concern flow', (store) => {
  it('takes in many messages and files with one sign of listening, counts them, and promises a day', async () => {
    const room = await openRoom(store, { now: '2026-12-22T10:00:00+08:00' });
    const ana = await room.resident().agrees();
    await ana.says('/curhat').sees(/saya dengarkan/, /\[Selesai\]/);
    await ana.says('selesai').sees(/Belum ada yang masuk/);
    await ana.says('air di rumah sudah dua bulan tidak jalan').sees(/Saya dengarkan. Lanjutkan saja/);
    await ana.says('tiap hari saya beli air tangki').seesNothing();
    await ana
      .says('kapan urusan ini selesai')
      .sees(/^Begitu ceritanya selesai, saya sebutkan tanggal[^\n]*$/);
    await ana.says('petugas PDAM tidak pernah datang').seesNothing();
    await ana.sendsFile('voice').seesNothing();
    await ana.sendsFile('photo', undefined, 'meteran saya').seesNothing();
    await ana.sendsFile('document').seesNothing();
    await ana.sends({ kind: 'location', latitude: -10.1, longitude: 123.6 }).seesNothing();
    await ana
      .says('Selesai.')
      .sees(/4 pesan tulisan, 1 pesan suara, 1 foto, 2 kiriman lain/, /Ini soal apa/, /dugaan saya/);
    ana.seesNoneOf(/tangki/, /PDAM/);
    await ana.presses(/Jalan, air, listrik/).sees(/kelurahan mana/, /\[Lewati\]/);
    await ana.says('Oesapa Barat').sees(/boleh dinas itu tahu nama Anda/);
    await ana.says('jangan').sees(/pesan jadwal bertemu petugas/);
    // 22 December and three working days: 23, then 28 and 29 (24 is cuti bersama, 25 Christmas).
    await ana.says('tanpa jadwal').sees(/CRH-[0-9A-Z]{6}/, /paling lambat Selasa, 29 Desember 2026/);
    expect(
      await room.rows(
        `SELECT status, category, is_name_shared, booking_id, kelurahan_code IS NOT NULL AS has_place, next_word_by FROM concern`,
      ),
    ).toEqual([
      {
        status: 'new',
        category: 'infrastruktur',
        is_name_shared: false,
        booking_id: null,
        has_place: true,
        next_word_by: '2026-12-29',
      },
    ]);
    expect(await room.rows(`SELECT 1 FROM attachment WHERE status = 'stored'`)).toHaveLength(3);
    await ana.says('/status').sees(/CRH-[0-9A-Z]{6} \(Jalan, air, listrik\): Sudah masuk/, /29 Desember/);
  });

  it('attaches it to the booking there is, or books for it', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    const booking = await ana.books(/Senin, 30 November/, '09.00');
    await ana.says('/curhat');
    await ana.says('saya mau tanya soal bantuan beras');
    await ana.presses('Selesai');
    await ana.presses(/^Bantuan sosial/);
    await ana.says('lewati');
    await ana.says('boleh').sees(new RegExp(`jadwal ${booking}`), /\[Ya, lampirkan\]/);
    await ana.says('ya').sees(/CRH-/);
    const budi = await room.resident().agrees();
    await budi.says('/curhat');
    await budi.says('soal lampu jalan depan rumah');
    for (const answer of ['selesai', 'Lingkungan, sampah', 'lewati', 'tidak']) await budi.says(answer);
    await budi.presses('Pesan jadwal').sees(/CRH-/, /Hari apa yang cocok/);
    await budi.presses(/Rabu, 25 November/);
    await budi.presses(/^08\.00/);
    await budi.presses('Ya, pesan').sees(/Jadwal Anda tercatat/);
    expect(
      await room.rows(
        `SELECT b.code, k.is_name_shared FROM concern k JOIN booking b ON b.id = k.booking_id ORDER BY k.received_at, k.is_name_shared DESC`,
      ),
    ).toEqual([
      { code: booking, is_name_shared: true },
      { code: budi.code('BST'), is_name_shared: false },
    ]);
  });

  it('takes a time that is said with the wish for a visit, or instead of it', async () => {
    const room = await openRoom(store);
    for (const said of ['beta mo pesan hari rabu jam stengah 10', 'rabu jam 09.30 sa']) {
      const ana = await room.resident().agrees();
      await ana.says('/curhat');
      await ana.says('soal lampu jalan depan rumah');
      for (const answer of ['selesai', 'Lingkungan, sampah', 'lewati', 'tidak']) await ana.says(answer);
      await ana.says(said).sees(/CRH-/, /Rabu, 25 November 2026, 09\.30 WITA\. Saya pesankan/);
    }
  });

  it('gives the name to an agency only for a bare yes, and keeps it for whatever asks for that', async () => {
    const room = await openRoom(store);
    const atName = async () => {
      const one = await room.resident().agrees();
      await one.says('/curhat');
      await one.says('soal lampu jalan depan rumah');
      for (const answer of ['selesai', 'Lingkungan, sampah', 'lewati']) await one.says(answer);
      return one;
    };
    const ana = await atName();
    for (const text of ['iya tapi alamat beta nanti dulu', 'boleh, asal aman', 'boleh pakai nama saya'])
      await ana.says(text).sees(/boleh dinas itu tahu nama Anda|Mohon jawab/);
    await ana.says('iya tanpa nama saja').sees(/nama Anda tidak kami sebut/, /pesan jadwal/);
    await ana.says('tanpa jadwal');
    for (const text of [
      'boleh tanpa nama',
      'boleh dirahasiakan?',
      'iya sembunyikan',
      'ok without my name',
      'ya tapi jangan sebut nama',
    ]) {
      const one = await atName();
      await one.says(text).sees(/nama Anda tidak kami sebut/);
      await one.says('tanpa jadwal');
    }
    expect(await room.rows(`SELECT DISTINCT is_name_shared FROM concern`)).toEqual([
      { is_name_shared: false },
    ]);
    const budi = await atName();
    await budi.says('iya boleh sa kaka').sees(/pesan jadwal/);
    await budi.says('tanpa jadwal');
    expect(await room.rows(`SELECT 1 FROM concern WHERE is_name_shared`)).toHaveLength(1);
  });

  it('asks which place is meant, takes an unknown one calmly, and lets it be skipped', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('/curhat');
    await ana.says('sampah menumpuk di ujung jalan');
    await ana.presses('Selesai');
    await ana.presses(/^Lingkungan/);
    await ana.says('xyzzy').sees(/belum menemukan kelurahan itu/, /kelurahan mana/);
    await ana
      .says('Naikoten')
      .sees(/Yang mana, ya\?/, /\[Naikoten Satu \(Kec\. Kota Raja\)\]/, /\[Naikoten Dua /);
    await ana.presses(/Naikoten Dua /).sees(/boleh dinas itu tahu nama/);
  });

  it('keeps what is told after "selesai" too', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('/curhat');
    await ana.says('soal KTP saya');
    await ana.presses('Selesai');
    await ana.sendsFile('photo').sees(/tambahkan ke cerita Anda/, /Ini soal apa/);
    await ana.presses(/^KTP, KK, akta/);
    await ana
      .says('oh ya, saya lupa: sudah tiga kali saya datang ke loket dan selalu disuruh pulang lagi')
      .sees(/tambahkan ke cerita Anda/, /kelurahan mana/);
    await ana.says('lewati');
    await ana.says('tidak');
    await ana.says('tanpa jadwal').sees(/CRH-/);
    expect(await room.rows(`SELECT kind FROM message WHERE concern_id IS NOT NULL ORDER BY seq`)).toEqual([
      { kind: 'text' },
      { kind: 'media' },
      { kind: 'text' },
    ]);
  });

  it('ends an outpouring by a long silence, and sends it in when a question stays unanswered for a day', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('/curhat');
    await ana.says('saya tidak tahu harus mulai dari mana');
    ana.looksAway();
    await room.passes('2026-11-24T10:29:00+08:00');
    ana.seesNothing();
    await room.passes('2026-11-24T10:30:00+08:00');
    ana.sees(/sudah cukup untuk sekarang. Saya terima: 1 pesan tulisan/, /Ini soal apa/);
    ana.looksAway();
    await room.passes('2026-11-25T10:29:00+08:00');
    ana.seesNothing();
    await room.passes('2026-11-25T10:30:00+08:00');
    ana.sees(/CRH-/, /paling lambat Senin, 30 November 2026/);
    await room.passes('2026-11-25T10:31:00+08:00');
    expect(ana.news()).toHaveLength(1);
    const budi = await room.resident().agrees();
    await budi.says('/curhat');
    budi.looksAway();
    await room.passes('2026-11-25T11:05:00+08:00');
    budi.sees(/Belum ada cerita yang masuk/);
    expect(await room.rows(`SELECT 1 FROM concern WHERE status = 'draft'`)).toEqual([]);
  });

  it('adds to an open concern and counts only what was added', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    const code = await ana.poursOut('satu hal', 'dan satu hal lagi');
    await ana
      .says('/curhat')
      .sees(/masih berjalan/, /\[Curhat baru\]/, new RegExp(`\\[Tambah ke ${code}\\]`));
    await ana.presses(`Tambah ke ${code}`).sees(new RegExp(`tambahkan untuk ${code}`));
    await ana.says('selesai').sees(/Belum ada yang masuk/);
    await ana.says('ini tambahannya').sees(/Saya dengarkan/);
    await ana.says('selesai').sees(new RegExp(`tambahan untuk ${code} sudah masuk \\(1 pesan tulisan\\)`));
    await ana.says('/curhat');
    await ana.presses(`Tambah ke ${code}`);
    await ana.says('/batal').sees(new RegExp(`tetap ada di ${code}`));
    // Who writes on instead of choosing has begun to pour out.
    await ana.says('/curhat');
    await ana.says('ini hal yang lain sekali').sees(/Saya dengarkan/);
    await ana.says('selesai').sees(/1 pesan tulisan/);
    const [{ count } = {}] = await room.rows<{ count: number }>(
      `SELECT count(*) AS count FROM message m JOIN concern k ON k.id = m.concern_id WHERE k.code = $1`,
      [code],
    );
    expect(count).toBe(3);
  });

  it('comes back to the outpouring after /status, /pesan and /bantuan, and /batal lets it go', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('/curhat');
    await ana.says('cerita bagian pertama');
    await ana.says('/status').sees(/belum terkirim/, /Lanjutkan saja/, /\[Selesai\]/);
    await ana.says('cerita bagian kedua').seesNothing();
    await ana.says('/pesan senin jam 9').sees(/Saya pesankan/);
    await ana.says('/bantuan').sees(/\/batal/, /Saya pesankan/);
    await ana.says('/status').sees(/Saya pesankan/);
    await ana.presses('Ya, pesan').sees(/Jadwal Anda tercatat/, /Lanjutkan saja/, /\[Selesai\]/);
    await ana.says('cerita bagian ketiga').seesNothing();
    await ana.says('/curhat').sees(/Lanjutkan saja/);
    await ana.says('selesai').sees(/3 pesan tulisan/, /Ini soal apa/);
    await ana.says('/batal').sees(/tidak kami teruskan/);
    await ana.says('/status');
    ana.seesNoneOf(/CRH-/);
    expect(await room.rows(`SELECT 1 FROM concern`)).toEqual([]);
    // Nothing is left to leave but the visit.
    await ana.says('/batal').sees(/Batalkan jadwal BST-/);
  });

  it('hears the silence of a story that was left for something else', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('/curhat');
    await ana.says('cerita yang ditinggal');
    await ana.says('/pesan').sees(/Hari apa/);
    ana.looksAway();
    await room.passes('2026-11-24T10:31:00+08:00');
    ana.sees(/Saya terima: 1 pesan tulisan/, /Ini soal apa/);
  });

  it('takes a story that nobody asked for as the beginning of a concern', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana
      .says(
        'anak saya sudah dua minggu demam tapi puskesmas selalu bilang obatnya habis jadi kami pulang lagi',
      )
      .sees(/Saya dengarkan/, /\[Selesai\]/);
    await ana.presses('Selesai').sees(/1 pesan tulisan/);
    const budi = await room.resident().agrees();
    await budi.sendsFile('voice').sees(/Saya dengarkan/);
    await budi.says('cukup').sees(/1 pesan suara/);
  });

  it('takes ten photos sent at once as one telling: one answer, not ten', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    ana.looksAway();
    for (let n = 0; n < 10; n += 1) {
      room.telegram.keepsFile(`photo-${n}`, new Uint8Array([n]));
      const media = { kind: 'photo', mime: 'image/jpeg', name: null, size: 1, ref: `photo-${n}` } as const;
      await room.telegram.receive(ana.inbound({ kind: 'media', media, caption: null }));
    }
    await room.settles();
    expect(ana.news()).toEqual([expect.stringMatching(/Saya dengarkan/)]);
    await ana.presses('Selesai').sees(/Ini soal apa/);
    expect(await room.rows(`SELECT 1 FROM message WHERE concern_id IS NOT NULL`)).toHaveLength(10);
  });
});
