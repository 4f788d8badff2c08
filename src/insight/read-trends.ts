import { z } from 'zod';
import type { Queryable } from '../store/database.ts';
import { trendEvents, trendTables, trendWaits } from './trend-month.ts';
import type { TrendMonth } from './trend-month.ts';
import { periodBefore, trendReport } from './trend-report.ts';
import type { TrendPeriod, TrendReport } from './trend-report.ts';

const hidable = z.int().nullable();
const figuresSchema = z.object({
  tables: z.record(
    z.enum(trendTables),
    z
      .object({
        total: z.int(),
        rows: z.array(z.object({ key: z.string(), count: z.int() })),
        folded: z.object({ keys: z.array(z.string()).nullable(), count: z.int() }).nullable(),
      })
      .nullable(),
  ),
  events: z.record(z.enum(trendEvents), hidable),
  waits: z.record(z.enum(trendWaits), hidable),
});

/** Trends of a period, and the closed months that they are made of. */
export async function readTrends(
  db: Queryable,
  period: TrendPeriod,
): Promise<{ report: TrendReport; months: TrendMonth[]; agencyNames: ReadonlyMap<string, string> }> {
  const { rows } = await db.query<{ month: string; threshold: number; figures: unknown }>(
    `SELECT month, threshold, figures FROM trend_month WHERE month BETWEEN $1::date AND $2::date ORDER BY month`,
    [`${periodBefore(period).from}-01`, `${period.to}-01`],
  );
  const agencies = await db.query<{ id: string; short: string }>(`SELECT id, short FROM agency`);
  const closed = rows.map(({ month, threshold, figures }) => ({
    month: month.slice(0, 7),
    threshold,
    figures: figuresSchema.parse(figures),
  }));
  const agencyNames = new Map(agencies.rows.map(({ id, short }) => [id, short]));
  return {
    report: trendReport({ period, closed, agencyNames }),
    months: closed.filter(({ month }) => month >= period.from),
    agencyNames,
  };
}

/** The latest month that is closed; null before the first. */
export async function readLastClosed(db: Queryable): Promise<string | null> {
  const { rows } = await db.query<{ month: string | null }>(`SELECT max(month) AS month FROM trend_month`);
  return rows[0]?.month?.slice(0, 7) ?? null;
}
