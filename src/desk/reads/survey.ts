import { toCsv } from '../../domain/csv.ts';
import { scrub } from '../../domain/scrub.ts';
import { surveyElements } from '../../domain/survey.ts';
import type { SurveyAnswers } from '../../domain/survey.ts';
import { skmOf } from '../../insight/skm.ts';
import type { Skm } from '../../insight/skm.ts';
import { sealed } from '../../store/sealed.ts';
import type { Queryable } from '../../store/database.ts';
import type { Vault } from '../../store/vault.ts';

/** Months `yyyy-mm`, both included. */
export type SurveyPeriod = { from: string; to: string };

const within = `month BETWEEN $1::date AND $2::date`;
const paramsOf = ({ from, to }: SurveyPeriod) => [`${from}-01`, `${to}-01`];

/** The index over a period, and how many answered by which channel. */
export async function readSurvey(
  db: Queryable,
  period: SurveyPeriod,
): Promise<{ skm: Skm; channels: Record<string, number> }> {
  const { rows } = await db.query<SurveyAnswers & { channel: string }>(
    `SELECT channel, ${surveyElements.join(', ')} FROM survey WHERE ${within}`,
    paramsOf(period),
  );
  const channels: Record<string, number> = {};
  for (const { channel } of rows) channels[channel] = (channels[channel] ?? 0) + 1;
  return { skm: skmOf(rows), channels };
}

/** What residents wrote, without what says who they are: older sentences were kept as they came. Ordered by their random ids: the order of coming would be a trace. */
export async function readSurveyComments(db: Queryable, vault: Vault, period: SurveyPeriod) {
  const { rows } = await db.query<{ id: string; month: string; comment_sealed: Uint8Array }>(
    `SELECT id, month, comment_sealed FROM survey WHERE ${within} AND comment_sealed IS NOT NULL
      ORDER BY month DESC, id LIMIT 500`,
    paramsOf(period),
  );
  return rows.map((row) => ({
    id: row.id,
    month: row.month.slice(0, 7),
    text: scrub(vault.openText(row.comment_sealed, sealed.surveyComment)),
  }));
}

/** The index as a table: one line an element, and below them the whole. No answer of a single resident. */
export function surveyCsv(skm: Skm, period: SurveyPeriod): string {
  const of = (one: string, count: number, mean: number | null, band: string | null) => [
    period.from,
    period.to,
    one,
    count,
    mean,
    band,
  ];
  return toCsv(
    ['dari', 'sampai', 'unsur', 'jawaban', 'nilai', 'mutu'],
    [
      ...skm.elements.map(({ element, count, mean }) => of(element, count, mean, null)),
      skm.kind === 'index'
        ? of('IKM', skm.respondents, skm.index, skm.band)
        : of('IKM', skm.respondents, null, null),
    ],
  );
}
