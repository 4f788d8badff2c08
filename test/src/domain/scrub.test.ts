import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mask, scrub } from '../../../src/domain/scrub.ts';
import { normalise } from '../../../src/understanding/normalise.ts';

const m = mask;

describe('scrub', () => {
  it.each([
    ['NIK beta 5371010101800001, KK 5371019999', `NIK beta ${m}, KK ${m}`],
    ['telpon di 0812-3456-789 atau +62 812 34 56 78', `telpon di ${m} atau +${m}`],
    ['lahir 1/5/1980 di Soe', `lahir ${m} di Soe`],
    ['０８１２３４５６ dan 0\u200b8\u200b1\u200b2\u200b3', `${m} dan ${m}`],
    ['nomor saya kosong delapan satu dua tiga empat lima', `nomor saya ${m}`],
    ['kode BST-4K7M2Q dan crh 9ZZX1A', `kode ${m} dan ${m}`],
    ['tulis ke ana.b@mail.co.id atau wa.me/62812 atau @ana_b', `tulis ke ${m} atau ${m} atau ${m}`],
    ['lihat https://fb.com/x?id=1 e', `lihat ${m} e`],
    ['rumah di Jl. Timor Raya No. 12, RT 03/RW 2', `rumah di Jl. Timor Raya No. ${m}, RT ${m}/RW ${m}`],
    ['jalan Sudirman 7A rusak', `jalan Sudirman ${m} rusak`],
    ['rt05 rw01 banjir', `rt ${m} rw ${m} banjir`],
  ])('takes numbers, codes and accounts out of %j', (text, wanted) => {
    expect(scrub(text)).toBe(wanted);
  });

  it.each([
    ['nama saya Maria Bano dari Liliba', `nama saya ${m} dari Liliba`],
    ['beta nama yohanes mau tanya bansos', `beta nama ${m} mau tanya bansos`],
    ['beta pung nama Yohanes Y. Taopan, umur 40', `beta pung nama ${m}. ${m}, umur 40`],
    ['saya bernama siti rahman. minta tolong', `saya bernama ${m}. minta tolong`],
    ['NAMA SAYA MARIA', `NAMA SAYA ${m}`],
    ['atas nama: agus neno', `atas nama: ${m}`],
    ['suami saya Petrus pukul beta, Ibu Lurah tahu', `suami saya ${m} pukul beta, Ibu Lurah tahu`],
    ['suami saya Petrus LIU itu PNS', `suami saya ${m} itu PNS`],
    ['my name is John Smith', `my name is ${m}`],
  ])('takes names that the sentence introduces out of %j', (text, wanted) => {
    expect(scrub(text)).toBe(wanted);
  });

  it('takes the names out that are known, in any case and with an ending, but leaves "mama"', () => {
    expect(scrub('BANO itu rumah marianya, mama tahu, mariabano@', ['Mama Maria Bano'])).toBe(
      `${m} itu rumah ${m}, mama tahu, ${m}`,
    );
  });

  it('leaves what a concern is about', () => {
    for (const text of [
      'nama mama beta sonde keluar di daftar PKH, padahal tahun lalu masih dapat',
      'anak saya umur 9 tahun kelas 3 SD, guru minta 300 ribu jam 10.30',
      'air mati 3 hari di Naikoten 1, jalan rusak parah',
      'suami pukul beta, beta takut pulang',
    ])
      expect(scrub(text)).toBe(text);
  });

  it('leaves a mask that is no word to the classifier', () => {
    expect(normalise(mask).tokens).toEqual([]);
  });

  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom(...'0123456789٣４²-. /()\u200b\u0301abM@_\n'.split('')) }),
    fc.constantFrom('nama saya ', 'RT ', 'No. ', 'BST-', 'Jl. Raya ', 'rt', 'maria'),
  );
  const anyText = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(''));

  it('never lets four digits in a row, a known name or an @ account through, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const left = scrub(text, ['Maria']);
        expect(left).not.toMatch(/\p{N}{4}/u);
        expect(left.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).not.toContain('maria');
        expect(left).not.toMatch(/@[\p{L}\p{N}]/u);
      }),
      { numRuns: 2000 },
    );
  });

  it('goes through a hundred thousand hostile letters', () => {
    for (const unit of ['1', ' ', 'jl ', 'nama ', '@', 'satu ', '1 ', 'a.', 'no.', '[-]', 'rt 1/'])
      expect(scrub(unit.repeat(100_000 / unit.length)).length).toBeLessThanOrEqual(100_000 * 2);
  });
});
