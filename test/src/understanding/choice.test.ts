import { describe, expect, it } from 'vitest';
import { isHalfYes, matchChoice } from '../../../src/understanding/choice.ts';

const options = (...labels: string[]): { id: string; label: string }[] =>
  labels.map((label) => ({ id: label, label }));
const slots = options('08.00 (sisa 2)', '08.30 (sisa 1)', '09.00 (sisa 2)', '13.00 (sisa 2)');
const days = options('Senin, 30 November', 'Rabu, 2 Desember', 'Senin, 7 Desember');
const consent = options('Ya, setuju', 'Tidak');

describe('matchChoice', () => {
  it.each([
    ['2', slots, '08.30 (sisa 1)'], ['no 2', slots, '08.30 (sisa 1)'], ['nomor dua', slots, '08.30 (sisa 1)'], ['yang kedua', slots, '08.30 (sisa 1)'], ['2️⃣', slots, '08.30 (sisa 1)'],
    ['jam 9', slots, '09.00 (sisa 2)'], ['9.00', slots, '09.00 (sisa 2)'], ['9', slots, '09.00 (sisa 2)'], ['jam stengah 9', slots, '08.30 (sisa 1)'], ['jam 1', slots, '13.00 (sisa 2)'],
    ['rabu sa kaka', days, 'Rabu, 2 Desember'], ['rebu', days, 'Rabu, 2 Desember'], ['tgl 7', days, 'Senin, 7 Desember'], ['yang terakhir', days, 'Senin, 7 Desember'], ['bukan senin, rabu', days, 'Rabu, 2 Desember'], ['rbau', days, 'Rabu, 2 Desember'],
    ['iya', consent, 'Ya, setuju'], ['sonde', consent, 'Tidak'], ['gak setuju', consent, 'Tidak'],
  ] as const)('%s', (text, of, id) => {
    expect(matchChoice(text, of)).toEqual({ kind: 'one', id });
  }); // prettier-ignore

  it('never guesses among two', () => {
    expect(matchChoice('senin', days)).toEqual({
      kind: 'ambiguous',
      ids: ['Senin, 30 November', 'Senin, 7 Desember'],
    });
  });

  it('never takes a number out of a sentence', () => {
    for (const text of [
      'beta su 2 minggu sonde dapa air',
      'ana ada 3 orang di rumah',
      'RT 02 RW 01',
      'tgl 15',
    ])
      expect(matchChoice(text, slots)).toEqual({ kind: 'none' });
  });

  it('takes words that the option lists', () => {
    expect(
      matchChoice('dong pung sampah', [
        { id: 'a', label: 'Lingkungan', words: ['sampah', 'limbah'] },
        { id: 'b', label: 'Sekolah' },
      ]),
    ).toEqual({ kind: 'one', id: 'a' });
  });

  it('takes no yes that is limited at once', () => {
    for (const text of ['iya betul sekali', 'ok lanjut sa', 'iyo sudah', 'yes go ahead'])
      expect(matchChoice(text, consent)).toEqual({ kind: 'one', id: 'Ya, setuju' });
    for (const text of ['ya tanpa nama', 'boleh anonim', 'iya tutup nama', 'yes but secret', 'ya tapi nanti'])
      expect(matchChoice(text, consent)).toEqual({ kind: 'none' });
    expect(matchChoice('tidak, beta takut', consent)).toEqual({ kind: 'one', id: 'Tidak' });
  });

  it('knows a yes that says more', () => {
    for (const text of ['boleh, asal aman', 'iya tapi alamat beta nanti', 'boleh pakai nama saya'])
      expect(isHalfYes(text)).toBe(true);
    for (const text of ['iya boleh sa kaka', 'boleh dong', 'yes please', 'jangan'])
      expect(isHalfYes(text)).toBe(false);
  });

  it('answers none for nothing', () => {
    expect(matchChoice('', slots)).toEqual({ kind: 'none' });
    expect(matchChoice('2', [])).toEqual({ kind: 'none' });
  });
});
