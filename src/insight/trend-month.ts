import { allKelurahan } from '../domain/kelurahan.ts';
import { foldRows } from './fold-rows.ts';
import type { CountedRow, FoldedTable } from './fold-rows.ts';

/** Tables of a month: each splits one total by one thing, never by two at once. */
export const trendTables = [
  'category',
  'kecamatan',
  'channel',
  'agency',
  'punctuality',
  'visit',
  'danger',
] as const;
export type TrendTable = (typeof trendTables)[number];

/** What happened in the month, whenever the concern had come in. */
export const trendEvents = ['answered', 'settled', 'reopened'] as const;
export type TrendEvent = (typeof trendEvents)[number];

/** Of those events, how many whole days after the concern came in: the median. */
export const trendWaits = ['answered', 'settled'] as const;
export type TrendWait = (typeof trendWaits)[number];

/** The key of a line for what has none: no category chosen, no kelurahan named, no chat. */
export const noKey = 'none';

/** Lines that are given up last to hide others, the dearest at the front: what the city most needs to know. */
const keptLongest: Readonly<Record<TrendTable, readonly string[]>> = {
  category: [
    'bansos',
    'adminduk',
    'infrastruktur',
    'perlindungan_perempuan_anak',
    'kesehatan',
    'pendidikan',
    'ketenagakerjaan',
    'lingkungan',
    'perizinan',
  ],
  kecamatan: [...new Set(allKelurahan.map((one) => kecamatanOf(one.code)))],
  channel: ['whatsapp', 'telegram'],
  agency: ['dinsos', 'dukcapil', 'pupr', 'pdam', 'dinkes', 'disdikbud', 'dp3a', 'uptd_ppa'],
  punctuality: [],
  visit: [],
  danger: [],
};

/** The part of a kelurahan's code that names its kecamatan. */
export function kecamatanOf(kelurahanCode: string): string {
  return kelurahanCode.slice(0, 8);
}

/** What is kept of a month, in `trend_month.figures`. null: of too few people to tell. */
export type TrendFigures = {
  tables: Record<TrendTable, FoldedTable | null>;
  events: Record<TrendEvent, number | null>;
  waits: Record<TrendWait, number | null>;
};

export type TrendMonth = { month: string; threshold: number; figures: TrendFigures };

/** A month as it was counted, before anything is hidden. Never leaves the process that counts. */
export type MonthCounts = {
  tables: Record<TrendTable, { people: number; rows: CountedRow[] }>;
  events: Record<TrendEvent, { people: number; count: number; medianDays: number | null }>;
};

/** What may be told of a month. */
export function hideFew({ tables, events }: MonthCounts, threshold: number): TrendFigures {
  const isEnough = (event: TrendEvent): boolean => events[event].people >= threshold;
  const days = (event: TrendWait): number | null => {
    const { medianDays } = events[event];
    return isEnough(event) && medianDays !== null ? Math.round(medianDays) : null;
  };
  return {
    tables: mapOf(trendTables, (table) => {
      const { people, rows } = tables[table];
      return foldRows(rows, { people, threshold, keep: keptLongest[table] });
    }),
    events: mapOf(trendEvents, (event) => (isEnough(event) ? events[event].count : null)),
    waits: mapOf(trendWaits, days),
  };
}

export function mapOf<Key extends string, Value>(
  keys: readonly Key[],
  valueOf: (key: Key) => Value,
): Record<Key, Value> {
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Record<Key, Value>;
}
