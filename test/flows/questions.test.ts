import { expect, it } from 'vitest';
import { openRoom } from '../support/room.ts';
import { describeOnEachStore } from '../support/stores.ts';

const asked: readonly (readonly [string, RegExp])[] = [
  ['siapa kamu?', /program komputer/],
  ['kamu robot ya?', /bukan orang/],
  ['ini orang atau mesin?', /petugas itu orang/],
  ['bayar berapa?', /Gratis/],
  ['gratis ko?', /Gratis/],
  ['ini rahasia ko?', /setiap pembacaan dicatat/],
  ['siapa yang baca cerita saya?', /hanya dibaca petugas/],
  ['suami saya bisa baca chat ini ko?', /hapus chat ini dari HP/],
  ['bisa diwakilkan?', /untuk orang lain/],
  ['perlu bawa apa?', /sebutkan kode jadwal/],
  ['bisa datang tanpa janji?', /datang langsung tanpa janji.*Senin dan Rabu/],
  ['berapa lama?', /sekitar 30 menit/],
  ['bisa petugas datang ke rumah?', /bertemu warga di ruangnya/],
  ['nomor telepon kantor berapa', /petugas menjawab lewat chat ini/],
  ['mau bikin KTP', /diurus di dinasnya/],
  ['nomor ambulans berapa', /tidak bisa mengirim pertolongan[^]*119/],
  ['jam berapa buka dan bayar berapa?', /Gratis[^]*08\.00–16\.00/],
];

describeOnEachStore('what everybody asks', (store) => {
  it('is answered outside of any question', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    for (const [question, answer] of asked) await ana.says(question).sees(answer);
    expect(await room.rows(`SELECT 1 FROM handoff`)).toEqual([]);
  });

  it('is answered in a flow, whose question is then asked again', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('/pesan');
    for (const [question, answer] of asked.filter((_, at) => at % 2 === 0))
      await ana.says(question).sees(answer, /Hari apa yang cocok/);
  });

  it('is answered before consent, which is then asked again, in few words', async () => {
    const room = await openRoom(store);
    const ana = room.resident();
    await ana.says('halo').sees(/Setuju\?/);
    for (const [question, answer] of asked.filter((_, at) => at % 2 === 1)) {
      await ana.says(question).sees(answer, /Setuju\?/);
      ana.seesNoneOf(/Mohon jawab/, /Sebelum mulai, kami minta izin/);
    }
    await ana.says('kalau tidak setuju?').sees(/tidak ada yang disimpan/, /Setuju\?/);
    await ana.says('ya').sees(/Terima kasih sudah percaya/);
  });

  it('is answered to a stranger without asking for anything', async () => {
    const room = await openRoom(store);
    const ana = room.resident();
    await ana.says('buka jam berapa?').sees(/08\.00–16\.00/, /\[Mulai curhat\]/);
    ana.seesNoneOf(/Setuju\?/);
    expect(
      await room.rows(`SELECT 1 FROM message WHERE direction = 'in' AND content_sealed IS NOT NULL`),
    ).toEqual([]);
    await ana.presses('Mulai curhat').sees(/Setuju\?/);
    await ana.says('ya').sees(/saya dengarkan/);
  });

  it('is answered beside a wish in the same message', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana
      .says('mau pesan jadwal senin jam 9, tempatnya di mana?')
      .sees(/Jl\. Timor Raya/, /\(venue\)/, /Senin, 30 November 2026, 09\.00 WITA\. Saya pesankan/);
    await ana.presses('Ya, pesan');
    await ana
      .says('mau bicara dengan petugas dan batalkan jadwal saya')
      .sees(/urutan 1/, /Batalkan jadwal BST-/);
  });

  it('is no answer to the question that stands, and a story is not taken for a question', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('/curhat');
    await ana
      .says('lampu jalan mati di depan rumah, sudah lapor tapi disuruh bayar, berapa lama lagi?')
      .sees(/dengarkan/);
    await ana.says('selesai');
    await ana.presses('Lainnya');
    await ana.says('lokasi di Liliba').sees(/boleh dinas itu tahu nama Anda/);
    await ana.says('rahasia ko?').sees(/setiap pembacaan dicatat/, /boleh dinas itu tahu nama Anda/);
    await ana.says('rahasia').sees(/pesan jadwal bertemu petugas/);
  });
});

describeOnEachStore('small words', (store) => {
  it('with nothing asked are a nod: never a miss, never a step towards an officer', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    for (const nod of ['ya', 'ok', 'oke siap', 'baik', 'baik kaka', 'sip', '👍', 'boleh', 'selesai', 'tidak'])
      await ana.says(nod).sees(/^Baik\.$/);
    await ana.sendsFile('sticker').sees(/^Baik\.$/);
    await ana.says('pelayanan bagus').sees(/menyemangati/);
    await ana.says('maaf salah kirim').sees(/Tidak apa-apa/);
    await ana.says('beta mo tanya e').sees(/tanya saja/);
    await ana.says('😭').sees(/Saya di sini/, /\[Mulai curhat\]/);
    await ana.says('??').sees(/Halo, saya di sini\. Mau mulai dari mana/);
    expect(await room.rows(`SELECT 1 FROM handoff`)).toEqual([]);
    expect(await room.rows(`SELECT 1 FROM concern`)).toEqual([]);
  });

  it('that tell something begin a story, however few they are', async () => {
    const room = await openRoom(store);
    for (const words of [
      'suami saya selingkuh',
      'tidak bisa tidur',
      'sudah 5 kali saya lapor tidak ada yang urus!!!',
    ]) {
      const one = await room.resident().agrees();
      await one.says(words).sees(/Saya dengarkan/);
      await one.says('selesai').sees(/1 pesan tulisan/);
    }
  });

  it('add to the concern that is there when that is what is wanted', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    const code = await ana.poursOut('jalan rusak di depan rumah');
    await ana.says('saya mau tambah cerita').sees(new RegExp(`tambahkan untuk ${code}`));
    await ana.says('makin rusak');
    await ana.says('selesai').sees(new RegExp(`tambahan untuk ${code} sudah masuk`));
  });
});

describeOnEachStore('a kelurahan that the story names', (store) => {
  it('is offered first, and can be corrected, typed over or skipped', async () => {
    const room = await openRoom(store);
    const story = 'namanya masih ada di data kelurahan Oesapa padahal sudah pindah';
    const codeOf = async (answers: (one: ReturnType<typeof room.resident>) => Promise<unknown>) => {
      const one = await room.resident().agrees();
      await one.says('/curhat');
      await one.says(story);
      await one.says('selesai');
      await one.presses('Lainnya').sees(/Kelurahan Oesapa, betul\?/, /\[Ya, Oesapa\]/, /\[Lewati\]/);
      await answers(one);
      one.sees(/boleh dinas itu tahu nama Anda/);
      await one.says('tidak');
      await one.presses('Tanpa jadwal');
      const rows = await room.rows<{ kelurahan_code: string | null }>(
        `SELECT kelurahan_code FROM concern WHERE code = $1`,
        [one.code('CRH')],
      );
      return rows[0]?.kelurahan_code;
    };
    const oesapa = await codeOf(async (one) => one.says('ya'));
    expect(oesapa).toMatch(/^53\.71\./);
    expect(await codeOf(async (one) => one.says('1'))).toBe(oesapa);
    expect(await codeOf(async (one) => one.presses('Lewati'))).toBeNull();
    const liliba = await codeOf(async (one) => one.says('bukan, sekarang di liliba'));
    expect(liliba).toMatch(/^53\.71\./);
    expect(liliba).not.toBe(oesapa);
    expect(
      await codeOf(async (one) => {
        await one.says('bukan').sees(/Ketik namanya/);
        await one.says('liliba');
      }),
    ).toBe(liliba);
  });
});
