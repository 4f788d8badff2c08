import { describe, expect, it } from 'vitest';
import { findDanger, type DangerKind, type DangerSeverity } from '../../../src/understanding/danger.ts';
import { labelled } from './labelled.ts';

type Line = { text: string; group: string; danger: { kind: DangerKind; severity: DangerSeverity } | null };

function flagged(lines: readonly Line[], ...groups: string[]): number {
  const of = lines.filter((line) => groups.includes(line.group));
  return of.filter((line) => findDanger(line.text)).length / of.length;
}

describe('findDanger', () => {
  it.each([
    'heldout',
    'fresh',
    'second',
    'blind',
    'blind-second',
    'blind-third',
    'blind-fourth',
    'blind-fifth',
    'blind-sixth',
    'blind-seventh',
    'blind-eighth',
  ])('keeps the bars on lines it was not trained on: %s', (name) => {
    const lines = labelled<Line>(`danger-${name}.jsonl`);
    expect(flagged(lines, 'explicit')).toBeGreaterThanOrEqual(0.97);
    expect(flagged(lines, 'indirect')).toBeGreaterThanOrEqual(0.85);
    expect(flagged(lines, 'negative')).toBeLessThanOrEqual(0.05);
    if (lines.some((line) => line.group === 'ordinary'))
      expect(flagged(lines, 'ordinary')).toBeLessThanOrEqual(0.05);
  });

  it('rarely hears danger in what such a number hears all day', () => {
    expect(flagged(labelled<Line>('danger-everyday.jsonl'), 'everyday')).toBeLessThanOrEqual(0.05);
  });

  it('keeps the bars on the lines it was tuned on', () => {
    const lines = labelled<Line>('danger.jsonl', '../../../src/understanding/training/');
    expect(flagged(lines, 'explicit')).toBeGreaterThanOrEqual(0.99);
    expect(flagged(lines, 'indirect')).toBeGreaterThanOrEqual(0.97);
    expect(flagged(lines, 'negative')).toBeLessThanOrEqual(0.02);
  });

  it('finds every seed phrase, and asks at most one of the seed concerns a gentle question', () => {
    const isConcern = ({ group }: Line): boolean => group === 'concern';
    const lines = labelled<Line>('danger-seed.jsonl');
    for (const line of lines.filter((line) => !isConcern(line)))
      expect([line.text, findDanger(line.text) !== null]).toEqual([line.text, line.danger !== null]);
    // Neglect of somebody who lives alone is no danger by its label; looking twice is no harm.
    const asked = lines.filter(isConcern).flatMap((line) => findDanger(line.text) ?? []);
    expect(asked.length).toBeLessThanOrEqual(1);
    expect(asked.every(({ severity }) => severity === 'sedang')).toBe(true);
  });

  it.each([
    ['saya mau bunuh diri', 'self_harm', 'darurat'],
    ['m4u mat1 saja', 'self_harm', 'darurat'],
    ['b u n u h d i r i', 'self_harm', 'darurat'],
    ['teman beta bilang dia mau bunuh diri', 'self_harm', 'tinggi'],
    ['saya tidak mau bunuh diri, cuma capek kerja', 'self_harm', 'sedang'],
    ['syukur beta sonde pernah mau bunuh diri', 'self_harm', 'sedang'],
    ['kenapa beta sonde mati sa', 'self_harm', 'darurat'],
    ['tahun lalu saya pernah coba bunuh diri, sekarang sudah lebih baik', 'self_harm', 'sedang'],
    ['anak saya dilecehkan guru', 'kekerasan_anak', 'tinggi'],
    ['saya mau tikam suami saya', 'ancaman_orang_lain', 'darurat'],
    ['my husband beats me', 'kekerasan_kdrt', 'tinggi'],
    // Asked gently, never more: nothing but tiredness was said.
    ['beta capek sekali', 'self_harm', 'sedang'],
    ['kubakar rumah mereka', 'ancaman_orang_lain', 'darurat'],
  ] as const)('reads "%s" as %s, %s', (text, kind, severity) => {
    expect(findDanger(text)).toMatchObject({ kind, severity });
  });

  it.each([
    'mati lampu',
    'cape mati urus KK',
    'pukul 9 bisa datang ko',
    'sosialisasi pencegahan bunuh diri ada kapan',
    'bunuh waktu sa',
    'suami saya sering pulang malam',
    'beta capek sekali hari ini',
    'suami di malaysia lama tidak kirim kabar',
    'puji tuhan suami sonde pernah pukul beta',
  ])('lets "%s" pass', (text) => {
    expect(findDanger(text)).toBeNull();
  });

  it('hears one sentence in the middle of a long story', () => {
    const before =
      'anak saya sudah dua minggu tidak masuk sekolah karena belum bayar uang komite. suami kerja di pelabuhan dan jarang pulang. '.repeat(
        8,
      );
    const after = ' kemarin beta pi kelurahan tanya bansos tapi nama sonde ada. tolong dibantu kaka.'.repeat(
      8,
    );
    expect(findDanger(`${before}sa sonde kuat lai${after}`)?.kind).toBe('self_harm');
    expect(findDanger(`${before}${after}`)).toBeNull();
  });

  it('says with which of the resident’s own words it decided', () => {
    expect(findDanger('kaka, BETA MO MATIII sa')?.words.join(' ')).toContain('MATIII');
  });
});
