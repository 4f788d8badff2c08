import { toCsv } from '../domain/csv.ts';
import type { CsvCell } from '../domain/csv.ts';
import { trendEvents, trendTables, trendWaits } from './trend-month.ts';
import type { TrendMonth } from './trend-month.ts';
import { eventTitles, foldedWords, rowName, tableTitles, waitTitles } from './trend-words.ts';

/** What each closed month tells, one figure a line; what is hidden has no figure and says so. */
export function trendCsv(months: readonly TrendMonth[], agencyNames: ReadonlyMap<string, string>): string {
  return toCsv(
    ['bulan', 'tabel', 'baris', 'jumlah', 'keterangan'],
    months.flatMap((month) => linesOf(month, agencyNames)),
  );
}

function linesOf({ month, threshold, figures }: TrendMonth, agencyNames: ReadonlyMap<string, string>) {
  const hidden = `kurang dari ${threshold} orang`;
  const line = (table: string, row: string, count: number | null, note = ''): CsvCell[] => [
    month,
    table,
    row,
    count,
    count === null ? hidden : note,
  ];
  return [
    ...trendEvents.map((event) => line('Peristiwa', eventTitles[event], figures.events[event])),
    ...trendWaits.map((wait) => line('Lama, hari (median)', waitTitles[wait], figures.waits[wait])),
    ...trendTables.flatMap((key) => {
      const table = figures.tables[key];
      const nameOf = (row: string): string => rowName(key, row, agencyNames);
      const folded = table?.folded ?? null;
      return [
        line(tableTitles[key], 'Jumlah', table?.total ?? null),
        ...(table?.rows ?? []).map((row) => line(tableTitles[key], nameOf(row.key), row.count)),
        ...(folded === null
          ? []
          : [
              line(
                tableTitles[key],
                foldedWords(folded.keys?.map(nameOf) ?? [], folded.keys === null),
                folded.count,
                'disamarkan',
              ),
            ]),
      ];
    }),
  ];
}
