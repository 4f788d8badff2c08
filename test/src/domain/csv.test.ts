import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCsv } from '../../../src/domain/csv.ts';

const read = (csv: string): string[][] => parse(csv, { bom: true });

describe('a table as CSV', () => {
  it('says that it is UTF-8, ends each line as RFC 4180 wants it, and leaves plain things alone', () => {
    const csv = toCsv(
      ['kelurahan', 'jumlah', 'selisih', 'lengkap', 'catatan'],
      [['Oesapa', 12, -3, true, null]],
    );
    expect(csv).toBe('\uFEFFkelurahan,jumlah,selisih,lengkap,catatan\r\nOesapa,12,-3,true,\r\n');
  });

  it('keeps commas, semicolons, quotes and line ends inside their cell', () => {
    const row = ['a,b', 'a;b', 'kata "dia"', 'dua\r\nbaris', '  spasi  '];
    expect(read(toCsv(['1', '2', '3', '4', '5'], [row]))[1]).toEqual(row);
  });

  it.each([
    '=HYPERLINK("http://jahat.example","klik")',
    '+62811',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '  =1',
    '＝1+1',
    '=',
  ])('never lets %j run as a formula', (text) => {
    const csv = toCsv([text], [[text]]);
    expect(read(csv)).toEqual([[`'${text}`], [`'${text}`]]);
  });

  it('gives back every text, and none begins like a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 4 }), (row) => {
        const back = read(toCsv(row, [row]))[1] ?? [];
        expect(back.map((cell, at) => (cell === row[at] ? cell : cell.slice(1)))).toEqual(row);
        for (const cell of back) expect(cell).not.toMatch(/^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/);
      }),
    );
  });
});
