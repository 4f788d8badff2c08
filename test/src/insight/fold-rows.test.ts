import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldRows } from '../../../src/insight/fold-rows.ts';
import type { CountedRow, FoldedTable } from '../../../src/insight/fold-rows.ts';

const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

/** A table in which each counts once. */
const fold = (counts: readonly number[], threshold: number, keep: readonly string[] = []) =>
  foldRows(
    counts.map((count, at) => ({ key: keys[at] ?? '', count, people: count })),
    { people: counts.reduce((all, one) => all + one, 0), threshold, keep },
  );

/** Every way to write `total` as so many numbers from 0 on. */
function* splits(total: number, parts: number): Generator<number[]> {
  if (parts === 1) yield [total];
  else
    for (let first = 0; first <= total; first += 1)
      for (const rest of splits(total - first, parts - 1)) yield [first, ...rest];
}

const someRow = fc.record({ people: fc.nat({ max: 14 }), more: fc.nat({ max: 3 }) });
const someTable = fc.array(someRow, { minLength: 1, maxLength: keys.length }).map((all): CountedRow[] =>
  all.map(({ people, more }, at) => ({
    key: keys[at] ?? '',
    people,
    count: people === 0 ? 0 : people + more,
  })),
);
const totalOf = (table: FoldedTable): number =>
  table.rows.reduce((all, row) => all + row.count, table.folded?.count ?? 0);

describe('what is told of a table', () => {
  it('is all of it where every line has enough people, and nothing of too few', () => {
    expect(fold([5, 0, 9], 5)).toEqual({
      total: 14,
      rows: [
        { key: 'a', count: 5 },
        { key: 'c', count: 9 },
      ],
      folded: null,
    });
    expect(fold([4], 5)).toBeNull();
    expect(fold([], 5)).toBeNull();
    expect(fold([1, 1, 1, 1], 5)).toBeNull();
  });

  it('gives up one more line for a small one: the least dear, not the smallest', () => {
    expect(fold([30, 2, 12, 8], 5, ['a', 'd'])).toEqual({
      total: 52,
      rows: [
        { key: 'a', count: 30 },
        { key: 'd', count: 8 },
      ],
      folded: { keys: ['b', 'c'], count: 14 },
    });
  });

  it('gives up another where the first hides too little, and all but the total where few are left', () => {
    // One and five: who knows that one of them has five or more knows both.
    expect(fold([1, 5, 8, 20, 30], 5)).toMatchObject({
      rows: [
        { key: 'd', count: 20 },
        { key: 'e', count: 30 },
      ],
      folded: { keys: ['a', 'b', 'c'], count: 14 },
    });
    const onlyTotal = (total: number) => ({ total, rows: [], folded: { keys: null, count: total } });
    expect(fold([1, 5, 6, 20], 5)).toEqual(onlyTotal(32));
    expect(fold([30, 2], 5)).toEqual(onlyTotal(32));
    expect(fold([4, 4, 4], 5)).toEqual(onlyTotal(12));
  });

  it('goes by people: what one person brings ten times is not ten people', () => {
    const rows = ['b', 'c', 'd'].map((key) => ({ key, count: 20, people: 20 }));
    const often = { key: 'a', count: 10, people: 1 };
    expect(foldRows([often, ...rows], { people: 61, threshold: 5, keep: [] })).toMatchObject({
      rows: [{ key: 'c' }, { key: 'd' }],
      folded: { keys: ['a', 'b'], count: 30 },
    });
    expect(foldRows([often], { people: 1, threshold: 5, keep: [] })).toBeNull();
  });

  it('adds up, tells nothing of fewer people than the threshold, and never one small line alone', () => {
    fc.assert(
      fc.property(
        someTable,
        fc.integer({ min: 5, max: 9 }),
        fc.shuffledSubarray(keys),
        (rows, threshold, keep) => {
          const people = rows.reduce((all, row) => all + row.people, 0);
          const table = foldRows(rows, { people, threshold, keep });
          expect(table === null).toBe(people < threshold);
          if (table === null) return;
          expect(totalOf(table)).toBe(table.total);
          const isAll = table.folded !== null && table.folded.keys === null;
          const hidden = isAll ? keys : (table.folded?.keys ?? []);
          if (hidden.length > 0) expect(hidden.length).toBeGreaterThan(1);
          for (const { key, people: some } of rows)
            if (some > 0 && some < threshold) expect(hidden).toContain(key);
          for (const { key, count } of table.rows) {
            expect(rows.find((one) => one.key === key)).toMatchObject({ count });
            expect(hidden).not.toContain(key);
          }
        },
      ),
    );
  });

  // Whoever knows the rule can try every table there is and keep those that would look the same.
  it.each([
    [2, 30, 5, []],
    [3, 28, 5, ['c']],
    [4, 24, 5, []],
    [4, 24, 5, ['d', 'b']],
    [5, 20, 5, ['e', 'a', 'b']],
    [6, 15, 5, []],
    [4, 26, 6, ['b']],
  ] as const)(
    'leaves three or more answers for every hidden line: %i lines, up to %i in all, threshold %i',
    (parts, most, threshold, keep) => {
      const seen = new Map<string, Set<number>[]>();
      const hides = new Map<string, Set<number>>();
      for (let total = threshold; total <= most; total += 1) {
        for (const counts of splits(total, parts)) {
          const table = fold(counts, threshold, keep);
          const looks = JSON.stringify(table);
          const values = seen.get(looks) ?? counts.map(() => new Set<number>());
          seen.set(looks, values);
          counts.forEach((count, at) => values[at]?.add(count));
          const folded = table?.folded ?? null;
          if (folded === null) continue;
          const small = hides.get(looks) ?? new Set<number>();
          hides.set(looks, small);
          counts.forEach((_count, at) => {
            if (folded.keys === null || folded.keys.includes(keys[at] ?? '')) small.add(at);
          });
        }
      }
      expect(hides.size).toBeGreaterThan(0);
      for (const [looks, small] of hides)
        for (const at of small)
          expect([looks, keys[at], (seen.get(looks)?.[at]?.size ?? 0) >= 3]).toEqual([looks, keys[at], true]);
    },
  );
});
