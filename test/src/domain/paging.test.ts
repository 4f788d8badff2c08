import { describe, expect, it } from 'vitest';
import { handoffSettingsSchema } from '../../../src/domain/duty.ts';
import { callsDue, isGoneForGood } from '../../../src/domain/paging.ts';
import type { PagingFacts } from '../../../src/domain/paging.ts';

const raisedAt = new Date('2026-11-29T02:00:00+08:00');
const { paging } = handoffSettingsSchema.parse({});
const facts: PagingFacts = {
  raisedAt,
  severity: 'darurat',
  holder: null,
  onCall: [
    { officerId: 'first', rank: 1 },
    { officerId: 'second', rank: 2 },
  ],
  supervisors: ['lead'],
  admins: ['it'],
};
/** Who is newly called in each minute, as a page is written once a step. */
const callsBy = (given: PagingFacts, minutes: number): [number, string[]][] => {
  const seen = new Set<string>();
  const told: [number, string[]][] = [];
  for (let minute = 0; minute <= minutes; minute += 1) {
    const { calls } = callsDue(given, paging, new Date(raisedAt.getTime() + minute * 60_000));
    const fresh = calls.filter(({ officerId, step }) => !seen.has(`${officerId} ${step}`));
    for (const { officerId, step } of fresh) seen.add(`${officerId} ${step}`);
    if (fresh.length > 0) told.push([minute, fresh.map(({ officerId }) => officerId).sort()]);
  }
  return told;
};

describe('who is called on danger', () => {
  it('climbs minute by minute and then calls everybody again and again', () => {
    const all = ['first', 'it', 'lead', 'second'];
    expect(callsBy(facts, 41)).toEqual([
      [0, ['first']],
      [3, ['second']],
      [6, ['lead']],
      [10, ['it']],
      [25, all],
      [40, all],
    ]);
  });

  it('takes supervisors and admins for the list when there is none', () => {
    expect(callsBy({ ...facts, onCall: [] }, 11)).toEqual([
      [0, ['it', 'lead']],
      [6, ['lead']],
      [10, ['it']],
    ]);
  });

  it('gives up after a day, and wakes nobody twice for what may be a false alarm', () => {
    const at = (hours: number) => new Date(raisedAt.getTime() + hours * 3_600_000);
    expect(callsDue(facts, paging, at(23)).nextAt).not.toBeNull();
    expect(callsDue(facts, paging, at(24.1)).nextAt).toBeNull();
    expect(callsBy({ ...facts, severity: 'sedang' }, 120).map(([minute]) => minute)).toEqual([0, 3]);
    expect(callsDue({ ...facts, severity: 'sedang' }, paging, at(1)).nextAt).toBeNull();
  });

  it('calls each only once for all that was missed while the server was down', () => {
    const { calls } = callsDue(facts, paging, new Date(raisedAt.getTime() + 60 * 60_000));
    expect(calls.map(({ officerId }) => officerId).sort()).toEqual(['first', 'it', 'lead', 'second']);
    expect(new Set(calls.map(({ step }) => step)).size).toBe(1);
  });

  it('names the next time to look, whoever is missing', () => {
    const lonely = { ...facts, onCall: [], supervisors: [], admins: [] };
    const { calls, nextAt } = callsDue(lonely, paging, raisedAt);
    expect(calls).toEqual([]);
    expect(nextAt).not.toBeNull();
  });
});

describe('a contact that is no more', () => {
  it.each([
    ['never before', null, '2026-11-29T02:00:00+08:00', false],
    ['an hour ago', '2026-11-29T02:00:00+08:00', '2026-11-29T03:00:00+08:00', false],
    ['the same night, before midnight', '2026-11-28T23:55:00+08:00', '2026-11-29T00:10:00+08:00', false],
    ['late on the same day', '2026-11-29T02:00:00+08:00', '2026-11-29T23:00:00+08:00', false],
    ['the day before', '2026-11-28T10:00:00+08:00', '2026-11-29T08:00:00+08:00', true],
  ])('that was so %s', (_when, since, now, expected) => {
    expect(isGoneForGood(since === null ? null : new Date(since), new Date(now))).toBe(expected);
  });
});
