import { expect, it } from 'vitest';
import { colleagueIn } from '../support/duty.ts';
import { officerIn } from '../support/officer.ts';
import { openRoom } from '../support/room.ts';
import { describeOnEachStore } from '../support/stores.ts';

describeOnEachStore('a person, please', (store) => {
  it('says honestly when somebody will be there, queues once, and lets go on /batal', async () => {
    const room = await openRoom(store);
    const [ana, budi] = [await room.resident().agrees(), await room.resident().agrees()];
    await ana
      .says('/petugas')
      .sees(/urutan 1/, /ruang tutup/, /Petugas ada lagi Rabu, 25 November 2026, 08\.00 WITA/, /SAPA 129/);
    room.clock.advance(60_000);
    await budi.says('petugas').sees(/urutan 2/);
    await ana.says('/petugas').sees(/masih di antrean, urutan 1/);
    await ana.says('saya tunggu').sees(/akan dibaca petugas/);
    await ana.says('ini nomor berkas saya').seesNothing();
    await ana.says('/status').sees(/menunggu petugas/, /Rabu, 25 November 2026, 08\.00 WITA/);
    await ana.says('/batal').sees(/tidak lagi menunggu/);
    await budi.says('/petugas').sees(/urutan 1/);
    room.clock.set('2026-11-25T09:00:00+08:00');
    await ana.says('/petugas').sees(/urutan 2/, /Ruang sedang buka/);
    ana.seesNoneOf(/129/);
    room.clock.set('2026-11-25T16:00:00+08:00');
    await ana.says('/petugas').sees(/Senin, 30 November 2026, 08\.00 WITA/);
  });

  it('is silent while a human holds the chat, keeps everything, and goes on where it was after', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.books(/Senin, 30 November/, '09.00');
    await ana.says('/curhat');
    await ana.says('cerita saya bagian satu');
    await ana.says('/petugas').sees(/urutan 1/, /\[Selesai\]/);
    const maria = await officerIn(room);
    expect(await maria.takes(ana)).toBe('claimed');
    await ana.says('halo ibu, ada di sana?').seesNothing();
    await ana.says('/pesan').seesNothing();
    await ana.sendsFile('photo').seesNothing();
    await maria.tells(ana, 'Selamat pagi, saya Maria.');
    ana.sees(/saya Maria/);
    await ana.says('saya mau bunuh diri').sees(/tidak harus menanggungnya sendiri/, /119/);
    expect(await room.rows(`SELECT 1 FROM danger_alert`)).toHaveLength(1);
    // A reminder's button is answered all the same; it is about the visit, not about the talk.
    await room.passes('2026-11-29T18:00:00+08:00');
    await ana.presses('Datang').sees(/kami tunggu Senin, 30 November 2026/);
    expect(await room.rows(`SELECT 1 FROM message WHERE direction = 'in' AND processed_at IS NULL`)).toEqual(
      [],
    );
    await maria.returns(ana, 'Saya kembalikan ke Bestie, ya.');
    ana.sees(/kembalikan ke Bestie/);
    await ana.says('cerita saya bagian dua').seesNothing();
    await ana.says('selesai').sees(/2 pesan tulisan/);
  });

  it('hands over to a person after two words in a row that it does not understand', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('qwzx').sees(/belum menangkap maksudnya/, /\[Pesan jadwal\]/);
    await ana.says('qwzx qwzx').sees(/minta petugas membaca/);
    expect(await room.rows(`SELECT status, reason FROM handoff`)).toEqual([
      { status: 'waiting', reason: 'not_understood' },
    ]);
  });

  it('a word typed on the paired phone takes the chat over', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.sends({ kind: 'text', text: 'Halo, ini petugas' }, { author: 'phone' }).seesNothing();
    await ana.says('baik bu').seesNothing();
    expect(await room.rows(`SELECT status, reason FROM handoff`)).toEqual([
      { status: 'held', reason: 'phone' },
    ]);
    // Nobody by name holds it: whoever takes it at the desk goes on with it, and gives it back to the bot.
    const [maria, budi] = [await officerIn(room), await officerIn(room, 'Budi Lay')];
    expect(await maria.takes(ana)).toBe('claimed');
    expect(await budi.takes(ana)).toBe('held_by_other');
    await maria.returns(ana);
    await ana.says('/bantuan').sees(/\/pesan/);
  });

  it('tells the place, the usual wait once it is known, and that one may wait, book or write it down', async () => {
    const room = await openRoom(store, { now: '2026-11-25T09:00:00+08:00' });
    const ana = await room.resident().agrees();
    await ana.says('/petugas').sees(/urutan 1/, /belum ada petugas di meja/, /belum bisa kami perkirakan/);
    const maria = await colleagueIn(room, 'Maria');
    await maria.claims(ana);
    // Five residents have had their officer after 8 minutes.
    await room.rows(
      `INSERT INTO handoff (conversation_id, status, reason, requested_at, claimed_at, closed_at)
       SELECT conversation_id, 'closed', 'asked', $1::timestamptz, $1::timestamptz + interval '8 minutes', $1
         FROM handoff, generate_series(1, 5)`,
      ['2026-11-23T09:00:00+08:00'],
    );
    const budi = await room.resident().agrees();
    await budi.says('/petugas').sees(/urutan 1/, /begitu ada yang kosong/, /dalam 10 menit/, /Ketik \/batal/);
    room.clock.set('2026-11-25T12:10:00+08:00');
    await budi.says('/petugas').sees(/masih di antrean, urutan 1/, /istirahat sampai pukul 13\.00 WITA/);
    await budi.says('saya mau bicara dengan petugas').sees(/masih di antrean, urutan 1/);
    room.clock.set('2026-11-25T16:30:00+08:00');
    const citra = await room.resident().agrees();
    await citra
      .says('/petugas')
      .sees(
        /urutan 2/,
        /Petugas ada lagi Senin, 30 November 2026, 08\.00 WITA/,
        /Setelah buka, biasanya petugas datang ke chat dalam 10 menit/,
        /menunggu di sini, memesan jadwal bertemu, atau menuliskannya sebagai curhat/,
        /129/,
        /\[Pesan jadwal\]\n\[Mulai curhat\]\n\[Batal\]/,
      );
  });

  it('says once that one is next, and once that it takes longer than was said', async () => {
    const room = await openRoom(store, { now: '2026-11-25T09:00:00+08:00' });
    // Whoever took a chat and says nothing in it for the whole of this test keeps it.
    await room.rows(
      `INSERT INTO setting (key, value, updated_at) VALUES ('handoff', '{"holderAfterMinutes": 1440}', now())`,
    );
    const seen = await room.resident().agrees();
    await seen.says('/petugas');
    const maria = await colleagueIn(room, 'Maria Lay');
    await maria.claims(seen);
    await room.rows(
      `INSERT INTO handoff (conversation_id, status, reason, requested_at, claimed_at, closed_at)
       SELECT conversation_id, 'closed', 'asked', $1::timestamptz, $1::timestamptz + interval '8 minutes', $1
         FROM handoff, generate_series(1, 5)`,
      ['2026-11-23T09:00:00+08:00'],
    );
    const [ana, budi] = [await room.resident().agrees(), await room.resident().agrees()];
    await ana.says('/petugas').sees(/urutan 1/);
    room.clock.advance(1_000);
    await budi.says('/petugas').sees(/urutan 2/);
    for (const one of [ana, budi]) one.looksAway();
    await room.passes('2026-11-25T09:05:00+08:00');
    budi.seesNothing();
    await maria.claims(ana);
    budi.sees(/Anda yang berikutnya/);
    budi.looksAway();
    await room.passes('2026-11-25T09:09:00+08:00');
    budi.seesNothing();
    await room.passes('2026-11-25T09:11:00+08:00');
    budi.sees(/lebih lama dari yang kami kira, maaf\. Anda tetap di antrean, urutan 1/);
    budi.looksAway();
    for (const time of ['09:20', '10:00', '15:59']) await room.passes(`2026-11-25T${time}:00+08:00`);
    budi.seesNothing();
    await budi.says('/petugas').sees(/masih di antrean, urutan 1/);
    await maria.claims(budi);
    expect(await room.rows(`SELECT kind FROM notice WHERE kind LIKE 'queue-%' ORDER BY kind`)).toEqual([
      { kind: 'queue-longer' },
      { kind: 'queue-next' },
    ]);
  });

  it('says nothing of the queue at night, and not that the wait of a closed room is long', async () => {
    const room = await openRoom(store);
    const [ana, budi] = [await room.resident().agrees(), await room.resident().agrees()];
    await ana.says('/petugas');
    room.clock.advance(1_000);
    await budi.says('/petugas').sees(/urutan 2/);
    budi.looksAway();
    await ana.says('/batal');
    await room.passes('2026-11-24T23:00:00+08:00');
    budi.seesNothing();
    await room.passes('2026-11-25T08:00:05+08:00');
    budi.sees(/Anda yang berikutnya/);
  });

  it('acknowledges thanks after a chat was closed, and opens nothing again', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('/petugas');
    const maria = await officerIn(room);
    await maria.takes(ana);
    await maria.tells(ana, 'Sudah kami urus, ya.');
    await maria.returns(ana);
    for (const thanks of ['Terima kasih', 'makasih banyak bu maria 🙏', 'terima kasih ya, Tuhan berkati'])
      await ana.says(thanks).sees(/Sama-sama/);
    expect(await room.rows(`SELECT 1 FROM handoff WHERE status <> 'closed'`)).toEqual([]);
  });

  it('says the place in the queue when it hands over by itself', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('qwzx');
    await ana
      .says('qwzx qwzx')
      .sees(/minta petugas membaca/, /urutan 1/, /Petugas ada lagi Rabu, 25 November/);
  });

  it('pages those on call once an alert, without the words', async () => {
    const room = await openRoom(store, { officerChatId: '-100500' });
    const ana = await room.resident().agrees();
    await ana.says('suami saya pukul saya, tolong');
    const pages = () =>
      room.telegram.sentTo('-100500').map((page) => (page.kind === 'text' ? page.text : ''));
    expect(pages()).toHaveLength(1);
    expect(pages()[0]).toMatch(/BAHAYA: kekerasan di rumah/);
    expect(pages()[0]).not.toMatch(/suami/);
    await room.passes('2026-11-24T10:05:00+08:00');
    expect(pages()).toHaveLength(1);
  });
});
