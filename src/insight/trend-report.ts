import type { Figure } from '../domain/figure-words.ts';
import { addMonths, monthsBetween } from '../domain/wita.ts';
import type { Month } from '../domain/wita.ts';
import { trendTables } from './trend-month.ts';
import type { TrendFigures, TrendMonth, TrendTable, TrendWait } from './trend-month.ts';
import { eventTitles, foldedWords, rowName, tableTitles, waitTitles } from './trend-words.ts';

/** Months, both included. */
export type TrendPeriod = { from: Month; to: Month };

export type TrendLine = {
  key: string;
  name: string;
  figure: Figure;
  /** Against the period before; null where either side is not known exactly. */
  change: number | null;
};

export type TrendReport = {
  period: TrendPeriod;
  before: TrendPeriod;
  /** Months of the period that are closed, oldest first. */
  months: Month[];
  /** Those that are not: still running, or before the room began. */
  missing: Month[];
  threshold: number;
  highlights: TrendLine[];
  /** The shortest and the longest of the months' medians, in whole days. */
  waits: { key: TrendWait; name: string; days: { least: number; most: number } | null }[];
  tables: {
    key: TrendTable;
    name: string;
    total: Figure;
    rows: TrendLine[];
    /** Lines that hide in one sum; of `tables` that tell only their total, all of it. */
    folded: { name: string; count: number } | null;
  }[];
  byMonth: { month: Month; highlights: { key: string; figure: Figure }[] }[];
};

/** As many months as the period has, right before it. */
export function periodBefore({ from, to }: TrendPeriod): TrendPeriod {
  const length = monthsBetween(from, to).length;
  return { from: addMonths(from, -length), to: addMonths(from, -1) };
}

/**
 * Trends of a period, made of nothing but what its closed months tell by themselves: whoever has those could reckon it
 * all, so no period, however it is cut, tells more than they do.
 */
export function trendReport(given: {
  period: TrendPeriod;
  /** Of the period and the one before it, in any order. */
  closed: readonly TrendMonth[];
  agencyNames: ReadonlyMap<string, string>;
}): TrendReport {
  const { period, agencyNames } = given;
  const before = periodBefore(period);
  const now = within(given.closed, period);
  const then = within(given.closed, before);
  const isWhole = (months: readonly TrendMonth[], { from, to }: TrendPeriod): boolean =>
    months.length === monthsBetween(from, to).length;
  const canCompare = isWhole(now, period) && isWhole(then, before);
  const line = (key: string, name: string, of: (figures: TrendFigures) => number | null): TrendLine => {
    const figure = sumOf(now, of);
    const earlier = sumOf(then, of);
    const isExact = canCompare && figure?.isAtLeast === false && earlier?.isAtLeast === false;
    return { key, name, figure, change: isExact ? figure.count - earlier.count : null };
  };
  const closed = now.map(({ month }) => month);
  return {
    period,
    before,
    months: closed,
    missing: monthsBetween(period.from, period.to).filter((month) => !closed.includes(month)),
    threshold: Math.max(0, ...now.map((month) => month.threshold)),
    highlights: highlights.map(({ key, name, of }) => line(key, name, of)),
    waits: (['answered', 'settled'] as const).map((key) => {
      const days = now.flatMap(({ figures }) => figures.waits[key] ?? []);
      const range = days.length === 0 ? null : { least: Math.min(...days), most: Math.max(...days) };
      return { key, name: waitTitles[key], days: range };
    }),
    tables: trendTables.map((key) => {
      const tables = now.map(({ figures }) => figures.tables[key]);
      const shown = new Set(tables.flatMap((table) => table?.rows.map((row) => row.key) ?? []));
      const sums = tables.flatMap((table) => table?.folded ?? []);
      const hidden = new Set(sums.flatMap((folded) => folded.keys ?? []));
      const names = [...hidden].map((one) => rowName(key, one, agencyNames)).sort();
      return {
        key,
        name: tableTitles[key],
        total: sumOf(now, ({ tables: all }) => all[key]?.total ?? null),
        rows: [...shown]
          .map((row) => line(row, rowName(key, row, agencyNames), (figures) => countIn(figures, key, row)))
          .sort((a, b) => (b.figure?.count ?? 0) - (a.figure?.count ?? 0) || (a.name < b.name ? -1 : 1)),
        folded:
          sums.length === 0
            ? null
            : {
                name: foldedWords(
                  names,
                  sums.some((folded) => folded.keys === null),
                ),
                count: sums.reduce((all, folded) => all + folded.count, 0),
              },
      };
    }),
    byMonth: now.map(({ month, figures }) => ({
      month,
      highlights: highlights.map(({ key, of }) => ({ key, figure: exactly(of(figures)) })),
    })),
  };
}

/** What is told first of a period, and of each of its months. */
const highlights: readonly {
  key: string;
  name: string;
  of: (figures: TrendFigures) => number | null;
}[] = [
  { key: 'received', name: 'Curhat masuk', of: ({ tables }) => tables.category?.total ?? null },
  { key: 'answered', name: eventTitles.answered, of: ({ events }) => events.answered },
  { key: 'settled', name: eventTitles.settled, of: ({ events }) => events.settled },
  { key: 'reopened', name: eventTitles.reopened, of: ({ events }) => events.reopened },
  { key: 'referred', name: 'Dirujuk ke instansi', of: ({ tables }) => tables.agency?.total ?? null },
  { key: 'visits', name: 'Kunjungan', of: ({ tables }) => tables.visit?.total ?? null },
];

function within(months: readonly TrendMonth[], { from, to }: TrendPeriod): TrendMonth[] {
  return months
    .filter(({ month }) => month >= from && month <= to)
    .sort((a, b) => (a.month < b.month ? -1 : 1));
}

function sumOf(months: readonly TrendMonth[], of: (figures: TrendFigures) => number | null): Figure {
  const counts = months.map(({ figures }) => of(figures));
  const known = counts.filter((count) => count !== null);
  if (known.length === 0) return null;
  return { count: known.reduce((all, one) => all + one, 0), isAtLeast: known.length < counts.length };
}

function exactly(count: number | null): Figure {
  return count === null ? null : { count, isAtLeast: false };
}

/** A line of a month's table: nothing of it is a zero, unless it may be hidden in a sum. */
function countIn({ tables }: TrendFigures, table: TrendTable, key: string): number | null {
  const told = tables[table];
  if (told === null) return null;
  const row = told.rows.find((one) => one.key === key);
  if (row) return row.count;
  if (told.folded === null) return 0;
  return told.folded.keys === null || told.folded.keys.includes(key) ? null : 0;
}
