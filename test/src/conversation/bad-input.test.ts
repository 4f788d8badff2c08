import { expect, it } from 'vitest';
import { sealed } from '../../../src/store/sealed.ts';
import { openRoom } from '../../support/room.ts';
import type { RoomUnderTest } from '../../support/room.ts';
import type { Resident } from '../../support/resident.ts';
import { describeOnEachStore } from '../../support/stores.ts';

/** What is kept of what a resident wrote, opened, oldest first. */
async function keptOf(room: RoomUnderTest, resident: Resident): Promise<{ kind: string; text?: string }[]> {
  const rows = await room.rows<{ content_sealed: Uint8Array }>(
    `SELECT content_sealed FROM message WHERE conversation_id = $1 AND direction = 'in' AND content_sealed IS NOT NULL ORDER BY seq`,
    [await room.conversationOf(resident)],
  );
  return rows.map((row) => room.vault.openJson(row.content_sealed, sealed.messageContent));
}

describeOnEachStore('whatever comes in', (store) => {
  it('answers an empty message, a poll, a contact, a call and a foreign button, in and out of a flow', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('').sees(/Pesannya kosong/);
    await ana.says('   ').sees(/Pesannya kosong/);
    await ana.sends({ kind: 'unsupported', what: 'poll' }).sees(/belum bisa saya buka/);
    await ana.sends({ kind: 'call' }).sees(/tidak bisa menerima telepon/, /SAPA 129/);
    await ana.says('/pesan');
    await ana.says('').sees(/Pesannya kosong/, /Hari apa/);
    await ana.sends({ kind: 'unsupported', what: 'poll' }).sees(/belum bisa saya buka/, /Hari apa/);
    await ana.sends({ kind: 'call' }).sees(/tidak bisa menerima telepon/, /Hari apa/);
    await ana.sendsFile('sticker').sees(/sudah saya terima/, /Hari apa/);
    await ana.sends({ kind: 'contact', name: 'Om Yosef', phone: '0812000999' }).sees(/sudah saya terima/);
    await ana.says('/curhat');
    await ana.sends({ kind: 'unsupported', what: 'view_once' }).sees(/belum bisa saya buka/);
    await ana.sendsFile('sticker').sees(/Saya dengarkan/);
    await ana.sends({ kind: 'contact', name: 'Om Yosef', phone: '0812000999' }).seesNothing();
    await ana.sends({ kind: 'location', latitude: -10.17, longitude: 123.6 }).seesNothing();
    await ana.says('selesai').sees(/3 kiriman lain/);
    const budi = room.resident();
    await budi.sends({ kind: 'call' }).sees(/tidak bisa menerima telepon/, /SAPA 129/);
    await budi.sends({ kind: 'unsupported', what: 'poll' }).sees(/Setuju\?/);
  });

  it('keeps long texts whole, in and out', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    const long = (length: number) =>
      'Kalimat panjang soal air. '.repeat(Math.ceil(length / 26)).slice(0, length);
    await ana.says('/curhat');
    await ana.says(long(4096)).sees(/Saya dengarkan/);
    await ana.says(long(20_000)).seesNothing();
    await ana.says('🌊'.repeat(200)).seesNothing();
    const kept = await keptOf(room, ana);
    expect(kept.map((one) => one.text?.length).slice(-3)).toEqual([4096, 20_000, 400]);
    await ana.says('selesai').sees(/3 pesan tulisan/);
  });

  it('mends what no database can hold, and reads words between strange marks', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('/curhat');
    await ana.says('nol\u0000 di tengah').sees(/Saya dengarkan/);
    await ana.says('setengah \ud83d saja').seesNothing();
    await ana.says('\u202eterbalik\u202c dan \u200fkanan').seesNothing();
    await ana
      .sends({
        kind: 'media',
        media: {
          kind: 'document',
          mime: 'text/\u0000plain',
          name: 'a\u0000b\ud800.txt',
          size: 1,
          ref: 'none',
        },
        caption: 'berkas\u0000nya',
      })
      .sees(/tidak bisa kami ambil/);
    const kept = await keptOf(room, ana);
    expect(kept.map((one) => one.text).slice(-4, -1)).toEqual([
      'nol di tengah',
      'setengah \ufffd saja',
      '\u202eterbalik\u202c dan \u200fkanan',
    ]);
    await ana.says('\u200eselesai\u200e').sees(/3 pesan tulisan\b/);
  });

  it('keeps an edit beside the original and hears danger in it; a deleted message counts no more', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('/curhat');
    await ana.says('suami saya kerja di pasar');
    const first = ana.lastRef();
    await ana.says('salah kirim');
    const second = ana.lastRef();
    await ana
      .sends({ kind: 'edit', messageRef: first, text: 'suami saya sering pukul saya' })
      .sees(/bukan salah Anda/);
    await ana.sends({ kind: 'delete', messageRef: second }).seesNothing();
    await ana.sends({ kind: 'edit', messageRef: 'unheard-of', text: 'tidak ada' }).seesNothing();
    await ana.says('selesai').sees(/1 pesan tulisan/);
    expect(
      await room.rows(
        `SELECT kind, concern_id IS NOT NULL AS is_filed, edited_at IS NOT NULL AS is_edited, deleted_at IS NOT NULL AS is_deleted
           FROM message WHERE direction = 'in' AND kind IN ('text', 'edit', 'delete') ORDER BY seq OFFSET 2`,
      ),
    ).toEqual([
      { kind: 'text', is_filed: true, is_edited: true, is_deleted: false },
      { kind: 'text', is_filed: true, is_edited: false, is_deleted: true },
      { kind: 'edit', is_filed: true, is_edited: false, is_deleted: false },
      { kind: 'delete', is_filed: false, is_edited: false, is_deleted: false },
      { kind: 'edit', is_filed: false, is_edited: false, is_deleted: false },
      { kind: 'text', is_filed: false, is_edited: false, is_deleted: false },
    ]);
  });

  it('says so when a file is over the limit or cannot be had, and does not count it', async () => {
    const room = await openRoom(store);
    await room.db.query(
      `INSERT INTO setting (key, value, updated_at) VALUES ('room', '{"maxFileBytes": 1048576}', now())`,
    );
    await room.restarts();
    const ana = await room.resident().agrees();
    await ana.says('/curhat');
    await ana.says('ini buktinya');
    await ana.sendsFile('photo', new Uint8Array(1_048_577)).sees(/terlalu besar .*1 MB/);
    const media = { kind: 'photo' as const, mime: 'image/jpeg', name: null, size: null };
    await ana
      .sends({ kind: 'media', media: { ...media, ref: null, bytes: new Uint8Array(1_048_577) } })
      .sees(/terlalu besar/);
    await ana.sends({ kind: 'media', media: { ...media, ref: 'never-there' } }).sees(/tidak bisa kami ambil/);
    await ana.sendsFile('photo', new Uint8Array(1_048_576)).seesNothing();
    await ana.says('selesai').sees(/1 pesan tulisan, 1 foto\./);
    await room.passes('2026-11-24T10:10:00+08:00');
    expect(await room.rows(`SELECT status FROM attachment ORDER BY created_at, status`)).toHaveLength(4);
  });

  it('takes the same event once, at once or later, and those out of order as they come', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('/curhat');
    const event = ana.inbound({ kind: 'text', text: 'cerita yang datang berkali-kali' });
    const answers = await Promise.all([1, 2, 3, 4].map(() => room.telegram.receive(event)));
    await room.settles();
    expect(answers.toSorted()).toEqual(['duplicate', 'duplicate', 'duplicate', 'stored']);
    expect(await room.telegram.receive(event)).toBe('duplicate');
    const photo = ana.inbound({
      kind: 'media',
      media: {
        kind: 'photo',
        mime: 'image/jpeg',
        name: null,
        size: 2,
        ref: null,
        bytes: new Uint8Array([1, 2]),
      },
    });
    for (const _ of [1, 2]) await room.telegram.receive(photo);
    await room.settles();
    await room.app.sweep();
    expect(await room.keptFiles()).toHaveLength(1);
    // The edit overtook its message.
    const late = ana.inbound({ kind: 'text', text: 'pesan yang terlambat' });
    await ana.sends({
      kind: 'edit',
      messageRef: late.messageRef ?? '',
      text: 'pesan yang terlambat, diperbaiki',
    });
    await room.telegram.receive(late);
    await room.settles();
    await ana.says('selesai').sees(/2 pesan tulisan, 1 foto/);
    // Two first words of somebody new at the same time are one person.
    const budi = room.resident();
    await Promise.all(
      ['halo', 'selamat pagi semua'].map((text) =>
        room.telegram.receive(budi.inbound({ kind: 'text', text })),
      ),
    );
    await room.settles();
    expect(await room.rows(`SELECT 1 FROM resident`)).toHaveLength(2);
    expect(await keptOf(room, budi)).toHaveLength(2);
  });

  it('answers a press that waited while nothing ran, but does what it asks only for a command', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('/pesan senin jam 9');
    const token = ana.button('Ya, pesan');
    await ana.sends({ kind: 'choice', token }, { late: true }).sees(/tidak saya jalankan/, /Saya pesankan/);
    expect(await room.rows(`SELECT 1 FROM booking`)).toEqual([]);
    await ana.sends({ kind: 'choice', token: 'c.status' }, { late: true }).sees(/Belum ada jadwal/);
    await ana.sends({ kind: 'text', text: 'ya' }, { late: true }).sees(/Jadwal Anda tercatat/);
  });

  it('helps first where danger is spoken of in the middle of something, and does not mock it with a question', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('/pesan senin');
    await ana.says('beta mau bunuh diri sa').sees(/tidak harus menanggungnya sendiri/, /119/);
    ana.seesNoneOf(/Jam berapa/, /belum menangkap/);
    await ana.says('2').sees(/panggilkan petugas|08\.30 WITA/);
    await ana.says('/curhat');
    await ana.says('suami saya pukul saya tadi malam').sees(/bukan salah Anda/);
    await ana.says('kami menikah tahun 2015').sees(/Saya dengarkan/);
    await ana.says('selesai').sees(/2 pesan tulisan/);
    expect(await room.rows(`SELECT signs FROM danger_alert`)).toEqual([{ signs: 2 }]);
    expect(await room.rows(`SELECT priority FROM handoff WHERE status = 'waiting'`)).toEqual([
      { priority: 0 },
    ]);
  });

  it('takes a command in the middle of a flow and words of the other language', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('/pesan');
    await ana.says('/curhat').sees(/saya dengarkan/);
    await ana.says('status').sees(/Saya dengarkan/);
    await ana.says('done').sees(/1 pesan tulisan/);
    await ana.says('/batal');
    await ana.says('/unheard').sees(/belum menangkap/);
    await ana.says('/bahasa');
    await ana.says('inggris').sees(/I will speak English/);
    await ana.says('/pesan senin jam 9').sees(/Shall I book it/);
    await ana.says('ya').sees(/Your booking is made/);
    await ana.says('batal').sees(/Cancel booking BST-/);
  });
});
