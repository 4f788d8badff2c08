import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadWords } from '../../flows/words/load-words.ts';
import { projectFolder } from '../../src/ops/project-folder.ts';
import { openRoom } from '../support/room.ts';
import type { RoomUnderTest } from '../support/room.ts';
import { describeOnEachStore } from '../support/stores.ts';

const contents = (room: RoomUnderTest) =>
  room.rows(`SELECT kind FROM message WHERE direction = 'in' AND content_sealed IS NOT NULL`);

describeOnEachStore('the first word and the consent', (store) => {
  it('greets in three sentences, tells the emergency numbers, and keeps the proof of a yes', async () => {
    const room = await openRoom(store);
    const ana = room.resident('Ana Tanone');
    await ana.says('/start').sees(/Senin dan Rabu/, /SAPA 129/, /110/, /Yang kami simpan/, /Setuju\?/);
    ana.seesNoneOf(/\b112\b/);
    expect(
      ana
        .news()[0]
        ?.split('\n')[0]
        ?.match(/\.(\s|$)/g),
    ).toHaveLength(3);
    await ana.presses('Setuju').sees(/Terima kasih/, /\[Pesan jadwal\]/, /\[Mulai curhat\]/);
    const consentText = loadWords(join(projectFolder(), 'flows', 'words'))('id')('consent');
    expect(
      await room.rows(`SELECT text_version, text_hash, channel, given_at, withdrawn_at FROM consent`),
    ).toEqual([
      {
        text_version: '1.id',
        text_hash: createHash('sha256').update(consentText).digest('hex'),
        channel: 'telegram',
        given_at: room.clock.now(),
        withdrawn_at: null,
      },
    ]);
    await ana.says('/start').sees(/Senin dan Rabu/, /Mau mulai dari mana/);
  });

  it('refused, keeps nothing and still tells hours, place and numbers', async () => {
    const room = await openRoom(store);
    const ana = room.resident('Ana Tanone');
    await ana.says('saya mau tanya soal bantuan sosial').sees(/Setuju\?/, /hanya kalau Anda setuju/);
    await ana
      .says('tidak setuju')
      .sees(
        /tidak ada yang kami simpan/,
        /Senin dan Rabu, pukul 08\.00–16\.00 WITA, istirahat 12\.00–13\.00/,
        /Buka berikutnya: Rabu, 25 November 2026, 08\.00 WITA/,
        /Jl\. Timor Raya No\. 124/,
        /SAPA 129/,
      );
    expect(await contents(room)).toEqual([]);
    expect(await room.rows(`SELECT profile_name_sealed FROM address`)).toEqual([
      { profile_name_sealed: null },
    ]);
    await ana.says('/bantuan').sees(/SAPA 129/, /08\.00–16\.00/, /Jl\. Timor Raya/, /\/pesan/);
    await ana.says('/data').sees(/Belum ada yang kami simpan/);
    await ana.says('/bahasa').sees(/Which language/);
    await ana.presses('English').sees(/I will speak English/);
    await ana.says('/pesan').sees(/Do you agree\?/);
    expect(await contents(room)).toEqual([{ kind: 'text' }]);
    await ana.says('no').sees(/nothing is kept/, /Monday and Wednesday/);
    expect(await contents(room)).toEqual([]);
    // A day later not even the address is known.
    room.clock.set('2026-11-26T02:30:00+08:00');
    await room.app.daily();
    expect(await room.rows(`SELECT id FROM resident`)).toEqual([]);
    await ana.says('/start').sees(/Setuju\?/);
  });

  it('goes on with what was wanted once consent is given', async () => {
    const room = await openRoom(store);
    const ana = room.resident();
    await ana.says('/pesan senin').sees(/Setuju\?/);
    await ana.says('hm').sees(/Mohon jawab/);
    await ana.says('setuju').sees(/Terima kasih/, /Senin, 30 November 2026. Jam berapa/);
    const budi = room.resident();
    await budi.says('/petugas').sees(/Setuju\?/);
    await budi.presses('Setuju').sees(/saya panggilkan petugas/);
  });

  it('answers a first question of any length, and asks once more after some minutes of silence', async () => {
    const room = await openRoom(store);
    const ana = room.resident();
    await ana.says('Slamat siang, beta Mama Yuliana dari Oesapa').sees(/Setuju\?/);
    await ana
      .says('Beta mau tanya, beta pung bantuan su tiga bulan sonde turun. Karmana ini?')
      .sees(/sudah sampai; kami simpan kalau Anda setuju|Pesan Anda yang tadi sudah sampai/, /Setuju\?/);
    const budi = room.resident();
    await budi.says('/start');
    await budi
      .says('bantuan saya sudah tiga bulan tidak turun, bagaimana ini?')
      .sees(/sudah sampai; kami simpan kalau Anda setuju/, /Setuju\?/);
    await budi.says('sudah saya tanya ke kelurahan, tidak ada jawaban sama sekali').seesNothing();
    budi.looksAway();
    await room.passes('2026-11-24T10:06:00+08:00');
    budi.sees(/sudah sampai; kami simpan kalau Anda setuju/, /Setuju\?/);
    budi.looksAway();
    await room.passes('2026-11-24T11:30:00+08:00');
    budi.seesNothing();
    await budi.says('setuju').sees(/Saya dengarkan/);
    await budi.says('selesai').sees(/2 pesan tulisan/);
  });

  it('holds a voice note that is the first word ever, and files it with the story after a yes', async () => {
    const room = await openRoom(store);
    const ana = room.resident();
    await ana.sendsFile('voice').sees(/Setuju\?/, /hanya kalau Anda setuju/);
    expect(room.telegram.fetches()).toBe(0);
    await ana.says('anak saya sudah tiga minggu tidak mau masuk sekolah').seesNothing();
    await ana.says('/bahasa').sees(/Which language/);
    await ana.presses('English').sees(/I will speak English/, /Do you agree\?/, /only if you agree/);
    await ana.says('/curhat').sees(/Do you agree\?/);
    await ana.presses('I agree').sees(/Thank you/, /I am listening/, /\[Done\]/);
    expect(room.telegram.fetches()).toBe(1);
    await ana.says('done').sees(/1 written message, 1 voice message\./);
  });

  it('lets a voice note go after a no, and bytes that came with it from the disk', async () => {
    const room = await openRoom(store);
    const ana = room.resident();
    await ana.sendsFile('voice');
    const media = { kind: 'photo' as const, mime: 'image/jpeg', name: null, size: 3, ref: null };
    await ana.sends({ kind: 'media', media: { ...media, bytes: new Uint8Array([7, 7, 7]) } });
    expect(await room.keptFiles()).toHaveLength(1);
    await ana.presses('Tidak setuju').sees(/tidak ada yang kami simpan/);
    expect(await contents(room)).toEqual([]);
    expect(await room.rows(`SELECT 1 FROM attachment`)).toEqual([]);
    await room.app.sweep();
    expect(await room.keptFiles()).toEqual([]);
    expect(room.telegram.fetches()).toBe(0);
  });

  it('keeps for a week what waits for the answer, and says so; a yes in time finds it all', async () => {
    const room = await openRoom(store, { now: '2026-11-27T20:00:00+08:00' });
    const ana = room.resident();
    const story = 'bantuan beras saya tidak pernah sampai, sudah tiga bulan saya tanya ke kelurahan';
    await ana.says(story).sees(/hanya kalau Anda setuju; tanpa jawaban dalam 7 hari, kami hapus/);
    const budi = room.resident();
    await budi.says('/start');
    await budi.says('jalan rusak').sees(/Tanpa jawaban dalam 7 hari, kami hapus/);
    for (const day of ['11-29', '12-04']) {
      room.clock.set(`2026-${day}T02:30:00+08:00`);
      await room.app.daily();
    }
    await ana.says('Setuju').sees(/Terima kasih/, /\[Selesai\]/);
    ana.seesNoneOf(/Yang kami simpan/);
    await ana.says('selesai').sees(/1 pesan tulisan/);
  });

  it('lets go of what nobody answered for within a week, and then of the address', async () => {
    const room = await openRoom(store);
    const ana = room.resident();
    await ana.says('saya mau cerita soal tetangga saya');
    expect(await contents(room)).toHaveLength(1);
    room.clock.set('2026-12-01T09:59:00+08:00');
    await room.app.daily();
    expect(await contents(room)).toHaveLength(1);
    room.clock.set('2026-12-01T10:01:00+08:00');
    await room.app.daily();
    expect(await contents(room)).toEqual([]);
    expect(await room.rows(`SELECT 1 FROM resident`)).toEqual([]);
  });

  it('answers danger before consent at once, and keeps the words for the officer', async () => {
    const room = await openRoom(store);
    const ana = room.resident();
    await ana
      .says('saya mau bunuh diri')
      .sees(/Anda tidak harus menanggungnya sendiri/, /119/, /tidak dijaga 24 jam/);
    ana.seesNoneOf(/Setuju\?/, /selamat datang/i);
    expect(await room.rows(`SELECT kind, severity FROM danger_alert`)).toEqual([
      { kind: 'self_harm', severity: 'darurat' },
    ]);
    expect(await room.rows(`SELECT status, reason, priority FROM handoff`)).toEqual([
      { status: 'waiting', reason: 'danger', priority: 0 },
    ]);
    await ana.says('halo').sees(/Setuju\?/);
    await ana.says('saya mau bunuh diri sekarang').sees(/Saya masih di sini/, /119/);
    ana.seesNoneOf(/Mohon jawab/);
    await ana.presses('Tidak setuju').sees(/hanya pesan tentang bahaya[^]*paling lama 90 hari/, /SAPA 129/);
    ana.seesNoneOf(/tidak ada yang kami simpan/);
    // With the no itself, which tells the officer how they stand.
    expect(await contents(room)).toHaveLength(3);
    room.clock.set('2026-11-27T02:30:00+08:00');
    await room.app.daily();
    expect(await contents(room)).toHaveLength(3);
  });
});
