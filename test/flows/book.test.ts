import { expect, it } from 'vitest';
import { openRoom } from '../support/room.ts';
import { describeOnEachStore } from '../support/stores.ts';

describeOnEachStore('the book flow', (store) => {
  it('books by buttons: day, time, yes, and gives code, place and calendar file', async () => {
    const room = await openRoom(store);
    const ana = room.resident('Ana');
    await ana.agrees();
    await ana
      .says('/pesan')
      .sees(/Hari apa/, /Rabu, 25 November \(sisa \d+\)/, /Senin, 30 November \(sisa 28\)/);
    await ana.presses(/Senin, 30 November/).sees(/Jam berapa/, /\[09\.00 \(sisa 2\)\]/);
    ana.seesNoneOf(/12\.00/, /12\.30/, /16\.00/);
    await ana.presses('09.00 (sisa 2)').sees(/Senin, 30 November 2026, 09\.00 WITA/);
    await ana.presses('Ya, pesan').sees(/BST-[0-9A-Z]{6}/, /Jl\. Timor Raya/, /\(venue\)/, /\(file\)/);
    const code = ana.code('BST');
    expect(ana.file()).toMatch(new RegExp(`UID:${code}@bestie.kupangkota.go.id\r\nSEQUENCE:0\r\n`));
    expect(ana.file()).toMatch(/DTSTART:20261130T010000Z/);
    await ana.says('/status').sees(/BST-[0-9A-Z]{6}: Senin, 30 November 2026, 09\.00 WITA/);
    const budi = await room.resident('Budi').agrees();
    await budi.says('/pesan');
    await budi.presses(/Senin, 30 November/).sees(/\[09\.00 \(sisa 1\)\]/, /\[09\.30 \(sisa 2\)\]/);
  });

  it('understands plain words: a day, a number, a time, a day and a time', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('/pesan');
    await ana.says('senin').sees(/Senin, 30 November 2026/, /Jam berapa/);
    await ana.says('2').sees(/08\.30 WITA. Saya pesankan/);
    await ana.says('rabu jam 9').sees(/Rabu, 25 November 2026, 09\.00 WITA. Saya pesankan/);
    await ana.says('ganti jam').sees(/Jam berapa/);
    await ana.says('10.30').sees(/Rabu, 25 November 2026, 10\.30 WITA/);
    await ana.says('iya').sees(/Jadwal Anda tercatat/, /BST-/);
    const budi = await room.resident().agrees();
    await budi.says('/pesan rabu jam 9').sees(/Rabu, 25 November 2026, 09\.00 WITA. Saya pesankan/);
    await budi.says('tidak').sees(/tidak jadi/);
    await budi.says('/status').sees(/Belum ada jadwal/);
  });

  it('keeps what was said before a question that it had to ask back', async () => {
    const room = await openRoom(store, { now: '2026-11-30T07:30:00+08:00' });
    const ana = await room.resident().agrees();
    await ana.says('/pesan senin jam 10').sees(/Hari ini, Senin 30 Nov, atau Senin 7 Des\?/);
    await ana.says('yang tanggal 7').sees(/Senin, 7 Desember 2026, 10\.00 WITA. Saya pesankan/);
    const budi = await room.resident().agrees();
    await budi.says('/pesan minggu depan jam 2 siang').sees(/Senin 7 Des atau Rabu 9 Des\?/);
    await budi.presses(/Rabu, 9 Desember/).sees(/Rabu, 9 Desember 2026, 14\.00 WITA. Saya pesankan/);
    const dewi = await room.resident().agrees();
    await dewi.says('/pesan sebelum tanggal 15').sees(/Rabu 2 Des atau Senin 7 Des\?/, /\[Hari lain\]/);
    dewi.seesNoneOf(/9 Desember/);
    await dewi.says('rbu tgl 9 des jm 2 siang').sees(/Rabu, 9 Desember 2026, 14\.00 WITA. Saya pesankan/);
    const cici = await room.resident().agrees();
    await cici.says('/pesan rabu').sees(/Rabu, 2 Desember 2026/, /Jam berapa/);
    await cici.says('jam 9 pagi').sees(/Rabu, 2 Desember 2026, 09\.00 WITA/);
  });

  it('says why a day is closed and offers the nearest', async () => {
    const room = await openRoom(store, { now: '2027-03-01T09:00:00+08:00' });
    const ana = await room.resident().agrees();
    await ana
      .says('/pesan tiga empat hari lagi')
      .sees(/Kamis, 4 Maret 2027 ruangnya tidak buka/, /\[Rabu, 3 Maret \(sisa/);
    await ana.says('/pesan');
    ana.seesNoneOf(/8 Maret/, /10 Maret/, /15 Maret/);
    await ana.says('10 maret').sees(/Rabu, 10 Maret 2027 tutup: .*Idul Fitri/i, /\[Rabu, 3 Maret \(sisa/);
    await ana
      .says('selasa')
      .sees(/Selasa, 2 Maret 2027 ruangnya tidak buka; .*Senin dan Rabu/, /\[Rabu, 3 Maret/);
    await ana.says('26 mei 2027').sees(/tidak bisa dipesan/, /28 hari/);
  });

  it('keeps the hours of Ramadan', async () => {
    const room = await openRoom(store, { now: '2027-02-23T09:00:00+08:00' });
    const ana = await room.resident().agrees();
    await ana.says('/pesan');
    await ana.presses(/Rabu, 24 Februari/).sees(/\[12\.30 /, /\[14\.30 /);
    ana.seesNoneOf(/12\.00/, /15\.00/, /15\.30/);
  });

  it('offers nothing that begins within the hour, nor books what has come too near meanwhile', async () => {
    const room = await openRoom(store, { now: '2026-11-25T09:10:00+08:00' });
    const ana = await room.resident().agrees();
    await ana.says('/pesan');
    await ana.presses(/Rabu, 25 November/).sees(/\[10\.30 /);
    ana.seesNoneOf(/09\.30/, /10\.00/);
    await ana.presses(/^10\.30 /);
    room.clock.set('2026-11-25T09:40:00+08:00');
    await ana.presses('Ya, pesan').sees(/tidak bisa dipesan/, /Jam berapa/, /\[11\.00 /);
    ana.seesNoneOf(/10\.30/);
  });

  it('has one booking a resident: moves it with the same code and calendar entry, or cancels it', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    const code = await ana.books(/Senin, 30 November/, '09.00');
    await ana.says('/pesan').sees(new RegExp(`sudah punya jadwal ${code}`), /\[Ubah jadwal\]/);
    await ana.presses('Biarkan saja').sees(/jadwal Anda tetap/);
    await ana.says('/pesan');
    await ana.presses('Ubah jadwal');
    await ana.presses(/Rabu, 2 Desember/);
    await ana.presses(/^13\.00 /).sees(new RegExp(`${code} pindah ke Rabu, 2 Desember 2026, 13\\.00 WITA`));
    await ana.says('ya').sees(/sudah dipindah/, new RegExp(code), /\(file\)/);
    expect(ana.file()).toMatch(new RegExp(`UID:${code}@bestie.kupangkota.go.id\r\nSEQUENCE:1\r\n`));
    await ana.says('/pesan');
    await ana.says('batalkan').sees(new RegExp(`Batalkan jadwal ${code}\\?`));
    await ana.presses('Ya, batalkan').sees(/sudah dibatalkan/);
    await ana.says('/status').sees(/Dibatalkan/);
    const again = await ana.books(/Senin, 30 November/, '09.00');
    expect(again).not.toBe(code);
  });

  it('confirms once however often it is tapped, and never obeys a button of an old question', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('/pesan');
    const oldDay = ana.button(/Rabu, 25 November/);
    await ana.presses(/Senin, 30 November/);
    await ana.presses(/^09\.00 /);
    await ana.pressesToken(oldDay).sees(/percakapan yang sudah lewat/, /09\.00 WITA. Saya pesankan/);
    const yes = ana.button('Ya, pesan');
    ana.looksAway();
    await Promise.all(
      [1, 2, 3].map(() => room.telegram.receive(ana.inbound({ kind: 'choice', token: yes }))),
    );
    await room.settles();
    ana.sees(/Jadwal Anda tercatat/, /sudah saya terima tadi/);
    await ana.pressesToken(oldDay).sees(/percakapan yang sudah lewat|sudah saya terima/);
    expect(await room.rows(`SELECT 1 FROM booking`)).toHaveLength(1);
    await ana.pressesToken('p99.7').sees(/tidak saya jalankan/);
    await ana.pressesToken('n.cancel.BST-000000').sees(/sudah berubah atau dibatalkan/);
    await ana.pressesToken('rubbish').sees(/tidak saya jalankan/);
    expect(await room.rows(`SELECT 1 FROM booking WHERE status = 'booked'`)).toHaveLength(1);
  });

  it('takes a day or an hour said to "batalkan?" as a move, and asks the same of a bare "batal"', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    const code = await ana.books(/Senin, 30 November/, '09.00');
    await ana
      .says('batal')
      .sees(new RegExp(`Batalkan jadwal ${code}\\?`), /\[Ya, batalkan\]\n\[Ubah jadwal\]\n\[Biarkan saja\]/);
    await ana
      .says('jam satu')
      .sees(new RegExp(`Jadwal ${code} pindah ke Senin, 30 November 2026, 13\\.00 WITA`));
    await ana.presses('Ya, pindahkan');
    await ana.says('batalkan saja').sees(/Batalkan jadwal/);
    await ana.says('hari rabu sa').sees(/Rabu, 25 November 2026|Rabu yang mana/);
    await ana.says('batal').sees(/kita tinggalkan/);
    await ana.says('batalkan sa').sees(/Batalkan jadwal/);
    await ana.says('ya batalkan yang senin').sees(/sudah dibatalkan/);
    await ana.says('batal').sees(/Tidak ada yang sedang berjalan/);
  });

  it('asked for an hour that there is not, says why and offers the nearest', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana
      .says('mau pesan senin jam 4 sore')
      .sees(
        /Pukul 16\.00 ruangnya tutup; kami buka pukul 08\.00 sampai 16\.00\. Yang terdekat pukul 15\.30/,
        /Senin, 30 November 2026, 15\.30 WITA\. Saya pesankan/,
      );
    await ana
      .says('jam 12.30')
      .sees(/istirahat, dari 12\.00 sampai 13\.00/, /(11\.30|13\.00) WITA\. Saya pesankan/);
    await ana.says('can I come monday 30 november in the afternoon?').sees(/\[13\.00 /, /\[15\.30 /);
    await ana.says('jam 9.10').sees(/tidak ada di jadwal hari itu\. Yang terdekat pukul 09\.00/);
  });
});
