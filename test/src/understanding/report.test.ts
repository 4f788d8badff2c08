import { describe, expect, it } from 'vitest';
import { report } from '../../../src/understanding/report.ts';
import { labelled } from './labelled.ts';

describe('report', () => {
  it('measures what is labelled, in each of the accepted shapes, and prints no text of a resident', () => {
    const text = report([
      {
        text: 'senin depan jam 9',
        now: '2026-11-24T10:00:00+08:00',
        date: '2026-11-30',
        time: '09:00',
        part: 'pagi',
        ask: null,
      },
      {
        text: 'KTP beta rahasia belum jadi',
        category: 'adminduk',
        agency: 'dukcapil',
        urgency: 'sedang',
        crisis: null,
      },
      { text: 'saya mau bunuh diri', category: 'self_harm', severity: 'darurat' },
      { text: 'mati lampu dari tadi malam', expect: 'bukan_krisis' },
    ]);
    expect(text).toContain('exact 100.0% (1/1)');
    expect(text).toContain('recall 100.0% (1/1), false alarms   0.0% (0/2)');
    expect(text).toMatch(/agency\n {2}right 100\.0% \(1\/1\)/);
    expect(text).not.toContain('rahasia');
  });

  it('takes the held-out files', () => {
    expect(report(labelled('danger-heldout.jsonl'))).toContain('explicit');
  });

  it('says nothing of what is not labelled', () => {
    expect(report([{ text: 'halo' }])).toBe('1 lines\n');
    expect(report([])).toBe('0 lines\n');
  });
});
