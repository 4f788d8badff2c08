import { describe, expect, it } from 'vitest';
import { understandWhen } from '../../../src/understanding/when.ts';
import { labelled } from './labelled.ts';

type Label = { date: string | null; time: string | null; part: string | null; ask: boolean };
type Line = { text: string; now: string; when: Label | null };
type Seed = {
  text: string;
  now: string;
  date: string | null;
  time: string | null;
  part: string | null;
  ask: string | null;
};

function judge(lines: readonly Line[]): { exact: number; silent: number } {
  let exact = 0;
  let silent = 0;
  for (const { text, now, when } of lines) {
    const got = understandWhen(text, new Date(now));
    const same =
      when === null
        ? got === null
        : got !== null && got.date === when.date && got.time === when.time && (got.ask !== null) === when.ask;
    if (same) exact += 1;
    if (got?.date && got.date !== (when?.date ?? null)) silent += 1;
  }
  return { exact: exact / lines.length, silent: silent / lines.length };
}

describe('understandWhen', () => {
  it('reads every seed expression exactly', () => {
    for (const { text, now, date, time, part, ask } of labelled<Seed>('when-seed.jsonl')) {
      const got = understandWhen(text, new Date(now));
      expect([text, got?.date, got?.time, got?.part, typeof got?.ask === 'string']).toEqual([
        text,
        date,
        time,
        part,
        ask !== null,
      ]);
    }
  });

  it.each(['when-heldout.jsonl', 'when-tuned.jsonl'])('keeps the bars on %s', (name) => {
    const { exact, silent } = judge(labelled<Line>(name));
    expect(exact).toBeGreaterThanOrEqual(0.92);
    expect(silent).toBeLessThanOrEqual(0.02);
  });

  const tuesday = new Date('2026-11-24T10:00:00+08:00');

  it('keeps a range as bounds', () => {
    expect(understandWhen('rabu antara jam 9 deng 11', tuesday)).toMatchObject({
      date: '2026-11-25',
      time: null,
      from: '09:00',
      to: '11:00',
    });
    expect(understandWhen('rabu habis jam 1', tuesday)).toMatchObject({ from: '13:00' });
  });

  it('marks "the earliest" and "any time"', () => {
    expect(understandWhen('yang paling cepat sa', tuesday)).toMatchObject({
      date: '2026-11-25',
      earliest: true,
    });
    expect(understandWhen('kapan saja', tuesday)).toMatchObject({ anyTime: true });
  });

  it('asks with the full days when the day and the date clash', () => {
    expect(understandWhen('senin tgl 2 desember', tuesday)?.ask).toBe(
      '2 Des itu hari Rabu; maksudnya Senin 30 Nov atau Rabu 2 Des?',
    );
  });
});
