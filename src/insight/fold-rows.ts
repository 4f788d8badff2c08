/** A line of a table that splits a total, as it was counted. A line of zero need not be there. */
export type CountedRow = {
  key: string;
  count: number;
  /** How many different people are behind the count. */
  people: number;
};

export type FoldedTable = {
  total: number;
  /** Told as they are. */
  rows: { key: string; count: number }[];
  /**
   * Told as one sum: those with too few people, and as many of the others as it takes to hide them.
   * `keys` is null where nothing but the total is told, not even which lines there are.
   */
  folded: { keys: string[] | null; count: number } | null;
};

/** Lines that must be left to tell beside a sum; with fewer, only the total is told. */
const leastTold = 2;

/**
 * What may be told of a table whose total is told as well; null where even the total stands for too few people.
 *
 * Lines of one to `threshold - 1` people go into one sum, together with one of the others, which `keep` chooses. It is
 * chosen by its place there and never by its size, since the choice would tell of the size; and
 * more are taken until each small line could be anything from 1 to `threshold - 2`, whoever knows this rule and every
 * other figure of the table (test/src/insight/fold-rows.test.ts tries all tables there are). Where that is not reached,
 * only the total remains. Nobody is behind a zero, so it is told.
 */
export function foldRows(
  rows: readonly CountedRow[],
  given: {
    /** Different people in the whole table; no less than in any line. */
    people: number;
    threshold: number;
    /** Keys that are given up last, the dearest at the front; the others go first, by their names. */
    keep: readonly string[];
  },
): FoldedTable | null {
  const { people, threshold } = given;
  if (people < threshold) return null;
  const present = rows.filter((row) => row.count > 0).sort((a, b) => (a.key < b.key ? -1 : 1));
  const total = sum(present);
  const folded = present.filter((row) => row.people < threshold);
  if (folded.length === 0) return { total, rows: present.map(told), folded: null };
  const others = present.filter((row) => row.people >= threshold).sort(givenUpFirst(given.keep));
  let taken = 0;
  /** How far the sum lies above the least that its lines could have come to. */
  let slack = sum(folded) - folded.length;
  while (taken === 0 || slack < threshold - 2) {
    const next = others[taken];
    // Told alone, or with none, a line would be the one case in which the rest lie just so.
    if (!next || others.length - taken <= leastTold)
      return { total, rows: [], folded: { keys: null, count: total } };
    folded.push(next);
    slack += next.count - threshold;
    taken += 1;
  }
  return {
    total,
    rows: present.filter((row) => !folded.includes(row)).map(told),
    folded: { keys: folded.map((row) => row.key).sort(), count: sum(folded) },
  };
}

function sum(rows: readonly CountedRow[]): number {
  return rows.reduce((all, row) => all + row.count, 0);
}

function told({ key, count }: CountedRow): { key: string; count: number } {
  return { key, count };
}

function givenUpFirst(keep: readonly string[]): (a: CountedRow, b: CountedRow) => number {
  const worth = ({ key }: CountedRow) => (keep.includes(key) ? keep.length - keep.indexOf(key) : 0);
  return (a, b) => worth(a) - worth(b) || (a.key < b.key ? -1 : 1);
}
