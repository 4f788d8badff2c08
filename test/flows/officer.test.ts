import { expect, it } from 'vitest';
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
  });

  it('pages those on call once an alert, without the words', async () => {
    const room = await openRoom(store, { officerChatId: '-100500' });
    const ana = await room.resident().agrees();
    await ana.says('suami saya pukul saya, tolong');
    const pages = () =>
      room.telegram.sentTo('-100500').map((page) => (page.kind === 'text' ? page.text : ''));
    expect(pages()).toHaveLength(1);
    expect(pages()[0]).toMatch(/pesan bahaya \(kekerasan kdrt/);
    expect(pages()[0]).not.toMatch(/suami/);
    await room.passes('2026-11-24T10:05:00+08:00');
    expect(pages()).toHaveLength(1);
  });
});
