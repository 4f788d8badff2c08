import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateWait, rankHandoff } from '../../../src/domain/handoff.ts';
import type { HandoffFacts } from '../../../src/domain/handoff.ts';

const now = new Date('2026-11-30T09:00:00+08:00');
const calm: HandoffFacts = { danger: null, toldKinds: [], category: null, bookingDay: null };
const rank = (facts: Partial<HandoffFacts>) => rankHandoff({ ...calm, ...facts }, now);

describe('the rank of a waiting chat', () => {
  it('puts danger first, then children and violence, then who comes today, then the rest', () => {
    const ranks = [
      rank({ danger: 'darurat' }),
      rank({ danger: 'sedang' }),
      rank({ category: 'perlindungan_perempuan_anak' }),
      rank({ bookingDay: '2026-11-30' }),
      rank({}),
    ];
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(new Set(ranks).size).toBe(5);
    expect(ranks[0]).toBe(0);
    expect(ranks.at(-1)).toBe(10);
    expect(rank({ danger: 'tinggi' })).toBe(0);
    expect(rank({ toldKinds: ['kekerasan_anak'] })).toBe(rank({ category: 'perlindungan_perempuan_anak' }));
    expect(rank({ toldKinds: ['self_harm'] })).toBe(10);
    expect(rank({ bookingDay: '2026-12-02' })).toBe(10);
  });

  it('knows the day as it is in Kupang', () => {
    const late = new Date('2026-11-29T16:30:00Z');
    expect(rankHandoff({ ...calm, bookingDay: '2026-11-30' }, late)).toBe(5);
    expect(rankHandoff({ ...calm, bookingDay: '2026-11-29' }, late)).toBe(10);
  });

  it('never falls by a further fact', () => {
    const facts = fc.record({
      danger: fc.constantFrom('darurat', 'tinggi', 'sedang', null),
      toldKinds: fc.subarray(['kekerasan_kdrt', 'self_harm', 'tppo']),
      category: fc.constantFrom('perlindungan_perempuan_anak', 'bansos', null),
      bookingDay: fc.constantFrom('2026-11-30', '2026-12-02', null),
    }) as fc.Arbitrary<HandoffFacts>;
    fc.assert(
      fc.property(facts, (one) => {
        const all = rankHandoff(one, now);
        for (const key of ['danger', 'category', 'bookingDay'] as const)
          expect(all).toBeLessThanOrEqual(rankHandoff({ ...one, [key]: null }, now));
        expect(all).toBeLessThanOrEqual(rankHandoff({ ...one, toldKinds: [] }, now));
      }),
    );
  });
});

describe('the waiting time that is told', () => {
  it('is what three of four did not exceed, and nothing when too few have waited', () => {
    expect(estimateWait([3, 4, 5, 6])).toBeNull();
    expect(estimateWait([1, 1, 1, 1, 1])).toBe(5);
    expect(estimateWait([4, 30, 7, 9, 11, 12, 6, 200])).toBe(15);
  });
});
