import { describe, expect, it } from 'vitest';
import data from '../../../src/understanding/data/kelurahan.json' with { type: 'json' };
import { findKelurahan } from '../../../src/understanding/kelurahan.ts';

const both = ['Alak', 'Maulafa', 'Kelapa Lima', 'Oebobo'];

describe('findKelurahan', () => {
  it('finds each of the 51 by its name', () => {
    for (const one of data.kelurahan) {
      expect(findKelurahan(`sampah di kelurahan ${one.kelurahan} su batumpuk`)).toMatchObject({
        kind: 'kelurahan',
        code: one.code,
      });
      if (!both.includes(one.kelurahan))
        expect(findKelurahan(one.kelurahan)).toMatchObject({ kind: 'kelurahan', code: one.code });
    }
  });

  it.each([
    ['TDM', 'Tuak Daun Merah'], ['llbk', 'Lai Lai Bisi Kopan'], ['lai-lai bissi kopan', 'Lai Lai Bisi Kopan'], ['Naikoten I', 'Naikoten Satu'],
    ['naikoten dua', 'Naikoten Dua'], ['naikoten2', 'Naikoten Dua'], ['bakunase II', 'Bakunase Dua'], ['lampu mati di lilba', 'Liliba'], ['sikumna', 'Sikumana'], ['oesapa selatan', 'Oesapa Selatan'],
  ])('%s is %s', (text, name) => {
    expect(findKelurahan(text)).toMatchObject({ kind: 'kelurahan', name });
  }); // prettier-ignore

  it('asks where a name is both, or only half, or two', () => {
    for (const name of both)
      expect(findKelurahan(`di ${name}`)).toMatchObject({ kind: 'ambiguous', kecamatan: name });
    expect(findKelurahan('naikoten')).toMatchObject({
      kind: 'ambiguous',
      options: [{ name: 'Naikoten Satu' }, { name: 'Naikoten Dua' }],
    });
    expect(findKelurahan('kecamatan kota raja')).toMatchObject({ kind: 'ambiguous', kecamatan: 'Kota Raja' });
    expect(findKelurahan('liliba deng fatululi')).toMatchObject({ kind: 'ambiguous' });
  });

  it.each([
    'minyak kayu putih habis',
    'air mata beta jatuh',
    'solar langka',
    'lomba 17 merdeka',
    'ana pung sakola',
    '',
  ])('finds none in "%s"', (text) => {
    expect(findKelurahan(text)).toEqual({ kind: 'none' });
  });
});
