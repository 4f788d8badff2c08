import { describe, expect, it } from 'vitest';
import { daysToOffer, empty } from '../../flows/choose-time.ts';
import { addDays } from '../../src/domain/wita.ts';

const days = Array.from({ length: 20 }, (_, at) => ({ day: addDays('2026-11-30', at * 7) }));
const offered = (near: string | null): string[] =>
  daysToOffer(days, { ...empty, near }).map(({ day }) => day);

describe('the days that are offered', () => {
  it('begin with the first, when none was asked for', () => {
    expect(offered(null)).toEqual(days.slice(0, 9).map(({ day }) => day));
  });

  it('lie around one that was asked for and cannot be had', () => {
    expect(offered('2026-12-25')).toEqual(['2026-12-14', '2026-12-21', '2026-12-28', '2027-01-04']);
  });

  it('are the first for one before all, and the last for one behind all', () => {
    expect(offered('2026-11-28')[0]).toBe('2026-11-30');
    expect(offered('2028-01-01')).toEqual(days.slice(-4).map(({ day }) => day));
  });

  it('are those that a question named', () => {
    const asked = { time: null, from: null, to: null, part: null, span: null };
    const named = ['2026-12-07', '2026-12-14'];
    const some = daysToOffer(days, { ...empty, asked: { ...asked, days: named } });
    expect(some.map(({ day }) => day)).toEqual(named);
  });
});
