import { describe, expect, it } from 'vitest';
import { normalise } from '../../../src/understanding/normalise.ts';

describe('normalise', () => {
  it.each([
    ['Beta sonde pi sakola', 'saya tidak pergi sekolah'],
    ['capeeeek', 'capek'],
    ['m4u mat1', 'mau mati'],
    ['anak-anak deng ana2', 'anak dengan anak'],
    ['jam9 tgl2', 'jam 9 tanggal 2'],
    ['bundir', 'bunuh diri'],
    ['b*nuh', 'bunuh'],
    ['ｂｅｔａ', 'saya'],
    ['jum’at', 'jumat'],
    ['beta mau mati sa', 'saya mau mati saja'],
    ['sa mau mati', 'saya mau mati'],
  ])('%s -> %s', (text, expected) => {
    expect(normalise(text).text).toBe(expected);
  });

  it('keeps the original and says where each token stands in it', () => {
    const text = '😭 Béta   mau MATIII!!';
    const normal = normalise(text);
    expect(normal.original).toBe(text);
    expect(normal.tokens.map((token) => text.slice(token.start, token.end))).toEqual([
      'Béta',
      'mau',
      'MATIII',
    ]);
  });
});
