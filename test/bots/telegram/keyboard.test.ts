import { describe, expect, it } from 'vitest';
import { layOutChoices } from '../../../bots/telegram/keyboard.ts';

const rows = (...labels: string[]): string[][] =>
  layOutChoices(labels.map((label, index) => ({ label, token: `t${index}` }))).inline_keyboard.map((row) =>
    row.map(({ text }) => text),
  );

describe('layOutChoices', () => {
  it('puts times beside each other and sentences under each other', () => {
    expect(rows('09.00', '09.30', '10.00', '10.30')).toEqual([['09.00', '09.30', '10.00'], ['10.30']]);
    expect(rows('09.00 (sisa 2)', '09.30 (sisa 1)', '10.00 (sisa 2)')).toEqual([
      ['09.00 (sisa 2)', '09.30 (sisa 1)'],
      ['10.00 (sisa 2)'],
    ]);
    expect(rows('Rabu, 25 November (sisa 14)', 'Senin, 30 November (sisa 28)')).toHaveLength(2);
  });

  it('begins a row where the length changes', () => {
    expect(rows('Ya', 'Tidak', 'Kembali ke menu utama', 'Batal')).toEqual([
      ['Ya', 'Tidak'],
      ['Kembali ke menu utama'],
      ['Batal'],
    ]);
  });

  it('carries the token of each', () => {
    expect(layOutChoices([{ label: 'Ya', token: 'b1:yes' }]).inline_keyboard).toEqual([
      [{ text: 'Ya', callback_data: 'b1:yes' }],
    ]);
  });
});
