import { changeWords, figureWords, waitWords } from '../domain/figure-words.ts';
import { formatMonth } from '../domain/wita.ts';
import type { TrendPeriod, TrendReport } from './trend-report.ts';

/** The report for a terminal, in Indonesian: it is for the head of department, whoever prints it. */
export function trendText(report: TrendReport): string {
  const { months, missing, threshold } = report;
  const title = `Tren Ruang Curhat Bestie: ${periodWords(report.period)}`;
  if (months.length === 0)
    return `${title}\nBelum ada bulan yang ditutup pada masa ini. Satu bulan dihitung pada malam pertama sesudahnya.`;
  const given = { threshold, months: months.length };
  const lines = (rows: { name: string; said: string; change?: string }[]): string[] => {
    const [name, said] = [widest(rows.map((row) => row.name)), widest(rows.map((row) => row.said))];
    return rows.map((row) =>
      `  ${row.name.padEnd(name)}  ${row.said.padStart(said)}  ${row.change ?? ''}`.trimEnd(),
    );
  };
  const told = (rows: TrendReport['highlights']) =>
    rows.map(({ name, figure, change }) => ({
      name,
      said: figureWords(figure, given),
      change: changeWords(change),
    }));
  return [
    title,
    ...(missing.length > 0
      ? [`Belum terhitung: ${missing.map((month) => formatMonth(month, 'id')).join(', ')}.`]
      : []),
    `Dibanding ${periodWords(report.before)}. Kurang dari ${threshold} orang tidak disebut.`,
    '',
    ...lines([
      ...told(report.highlights),
      ...report.waits.map(({ name, days }) => ({ name, said: waitWords(days) })),
    ]),
    ...report.tables.flatMap(({ name, total, rows, folded }) => [
      '',
      `${name}: ${figureWords(total, given)}`,
      ...lines([
        ...told(rows),
        ...(folded === null ? [] : [{ name: folded.name, said: folded.count.toLocaleString('id-ID') }]),
      ]),
    ]),
  ].join('\n');
}

export function periodWords({ from, to }: TrendPeriod): string {
  return from === to ? formatMonth(from, 'id') : `${formatMonth(from, 'id')} sampai ${formatMonth(to, 'id')}`;
}

function widest(texts: readonly string[]): number {
  // What is folded may name many lines; it must not push the figures off the screen.
  return Math.max(0, ...texts.map((text) => text.length).filter((length) => length <= 44));
}
