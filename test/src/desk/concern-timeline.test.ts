import { describe, expect, it } from 'vitest';
import { concernTimeline } from '../../../src/desk/reads/concern-timeline.ts';
import type { TimelineRows } from '../../../src/desk/reads/concern-timeline.ts';
import { deadlineOf } from '../../../src/domain/deadline.ts';

const at = (clock: string, day = '2026-11-30'): Date => new Date(`${day}T${clock}:00+08:00`);
const nothing: TimelineRows = {
  concern: { receivedAt: at('08:00'), settledAt: null },
  audits: [],
  notes: [],
  notices: [],
  referrals: [],
};
const audit = (when: Date, action: string, name: string | null = 'Ana', by: string | null = null) => ({
  at: when,
  action,
  name,
  by,
});
const whats = (rows: Partial<TimelineRows>) =>
  concernTimeline({ ...nothing, ...rows }).map(({ what, by, times }) => [what, by, times]);

describe('the way of a concern', () => {
  it('begins with its coming and goes by time, whatever table tells it', () => {
    expect(
      whats({
        audits: [audit(at('09:00'), 'take_concern'), audit(at('11:00'), 'answer_concern')],
        notes: [{ at: at('10:00'), name: 'Budi' }],
        notices: [{ at: at('11:00'), kind: 'concern-answered', isSent: true }],
        referrals: [{ at: at('10:30'), kind: 'acknowledged', name: 'DLH', agency: 'DLH' }],
      }),
    ).toEqual([
      ['received', null, 1],
      ['take_concern', 'Ana', 1],
      ['note', 'Budi', 1],
      ['referral_acknowledged', 'DLH', 1],
      ['answer_concern', 'Ana', 1],
      ['concern-answered', null, 1],
    ]);
  });

  it('tells readings of one officer on one day once, with their number', () => {
    expect(
      whats({
        audits: [
          audit(at('09:00'), 'read_concern'),
          audit(at('09:20'), 'read_concern'),
          audit(at('09:40'), 'read_concern', 'Budi'),
          audit(at('10:00'), 'read_concern'),
          audit(at('00:10', '2026-12-01'), 'read_concern'),
        ],
      }),
    ).toEqual([
      ['received', null, 1],
      ['read_concern', 'Ana', 2],
      ['read_concern', 'Budi', 1],
      ['read_concern', 'Ana', 1],
      ['read_concern', 'Ana', 1],
    ]);
  });

  it('says whether a word or a silence settled it, also of what was settled before that was written down', () => {
    const silent = audit(at('09:00'), 'settle_concern', null, 'silence');
    const word = audit(at('09:00'), 'settle_concern', null, 'resident');
    const concern = { receivedAt: at('08:00'), settledAt: at('09:00') };
    expect(whats({ concern, audits: [silent] })[1]).toEqual(['settled_by_silence', null, 1]);
    expect(whats({ concern, audits: [word] })).toHaveLength(2);
    expect(whats({ concern })[1]).toEqual(['settle_concern', null, 1]);
  });

  it('tells a referral once, though the audit knows its officer’s part too', () => {
    expect(
      whats({
        audits: [audit(at('09:00'), 'referral_ask')],
        referrals: [{ at: at('09:00'), kind: 'asked', name: 'Ana', agency: 'DLH' }],
      }),
    ).toEqual([
      ['received', null, 1],
      ['referral_asked', 'Ana', 1],
    ]);
  });

  it('marks what is still to come', () => {
    const told = concernTimeline({
      ...nothing,
      notices: [{ at: at('12:00'), kind: 'concern-check', isSent: false }],
    });
    expect(told.map((entry) => entry.isPlanned)).toEqual([false, true]);
  });
});

describe('a deadline', () => {
  it.each([
    ['2026-11-29', 'new', 'over'],
    ['2026-11-30', 'new', 'today'],
    ['2026-12-01', 'referred', 'soon'],
    ['2026-12-02', 'reopened', 'later'],
    ['2026-11-29', 'answered', null],
    ['2026-11-29', 'settled', null],
    [null, 'new', null],
  ] as const)('of %s, %s, is %s', (nextWordBy, status, expected) => {
    expect(deadlineOf({ nextWordBy, status }, '2026-11-30')).toBe(expected);
  });
});
