import { addMonths, instantOf } from '../domain/wita.ts';
import type { Month } from '../domain/wita.ts';
import type { Queryable } from '../store/database.ts';
import { mapOf, trendEvents, trendTables } from './trend-month.ts';
import type { MonthCounts } from './trend-month.ts';

type Counted = { what: string; key: string | null; count: number; people: number; days: number | null };

const countedBy = (what: string, key: string, from: string): string =>
  `SELECT '${what}' AS what, ${key} AS key, count(*) AS count, count(DISTINCT resident_id) AS people,
          NULL::float8 AS days FROM ${from} GROUP BY GROUPING SETS ((${key}), ())`;
const happened = (what: string, from: string): string =>
  `SELECT '${what}', NULL, count(*), count(DISTINCT resident_id),
          percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM at - received_at)::float8 / 86400) FROM ${from}`;

/** $1 and $2: the instants between which the month lies; $3 and $4: its first day and that of the next. */
const sql = `
WITH kept AS (
  SELECT k.* FROM concern k WHERE k.status <> 'draft' AND k.received_at IS NOT NULL
), received AS (
  SELECT k.resident_id, coalesce(k.category, 'none') AS category, coalesce(a.channel, 'none') AS channel,
         coalesce(left(k.kelurahan_code, 8), 'none') AS kecamatan
    FROM kept k LEFT JOIN conversation c ON c.id = k.conversation_id LEFT JOIN address a ON a.id = c.address_id
   WHERE k.received_at >= $1 AND k.received_at < $2
), referred AS (
  SELECT k.resident_id, r.agency_id AS agency FROM referral r JOIN kept k ON k.id = r.concern_id
   WHERE r.sent_at >= $1 AND r.sent_at < $2
), owed AS (
  SELECT k.resident_id, CASE WHEN (q.met_at AT TIME ZONE 'Asia/Makassar')::date <= q.due_on THEN 'in_time'
                             ELSE 'late' END AS punctuality
    FROM referral_clock q JOIN referral r ON r.id = q.referral_id JOIN kept k ON k.id = r.concern_id
   WHERE q.clock = 'answer' AND q.due_on >= $3::date AND q.due_on < $4::date
     AND r.status IN ('sent', 'acknowledged', 'answered', 'not_ours')
), visited AS (
  SELECT resident_id, CASE WHEN is_walk_in THEN 'walk_in' ELSE 'booked' END AS visit FROM booking
   WHERE status IN ('arrived', 'finished') AND session_date >= $3::date AND session_date < $4::date
), endangered AS (
  SELECT DISTINCT ON (a.resident_id) a.resident_id, d.kind AS danger
    FROM danger_alert d JOIN conversation c ON c.id = d.conversation_id JOIN address a ON a.id = c.address_id
   WHERE d.created_at >= $1 AND d.created_at < $2 AND NOT d.is_false
   ORDER BY a.resident_id, array_position(ARRAY['darurat', 'tinggi', 'sedang'], d.severity), d.created_at
), answered AS (
  SELECT k.resident_id, k.received_at, min(x.at) AS at
    FROM kept k JOIN audit x ON x.subject_kind = 'concern' AND x.subject_id = k.id::text AND x.action = 'answer_concern'
   GROUP BY k.id, k.resident_id, k.received_at HAVING min(x.at) >= $1 AND min(x.at) < $2
), settled AS (
  SELECT resident_id, received_at, settled_at AS at FROM kept
   WHERE status = 'settled' AND settled_at >= $1 AND settled_at < $2
), reopened AS (
  SELECT k.resident_id, k.received_at, min(x.at) AS at
    FROM kept k JOIN audit x ON x.subject_kind = 'concern' AND x.subject_id = k.id::text AND x.action = 'reopen_concern'
   WHERE x.at >= $1 AND x.at < $2 GROUP BY k.id, k.resident_id, k.received_at
)
${[
  countedBy('category', 'category', 'received'),
  countedBy('kecamatan', 'kecamatan', 'received'),
  countedBy('channel', 'channel', 'received'),
  countedBy('agency', 'agency', 'referred'),
  countedBy('punctuality', 'punctuality', 'owed'),
  countedBy('visit', 'visit', 'visited'),
  countedBy('danger', 'danger', 'endangered'),
  ...trendEvents.map((event) => happened(event, event)),
].join('\nUNION ALL\n')}`;

/** Counts a month in one reading, with how many different residents are behind each count. No text, code or name. */
export async function countMonth(db: Queryable, month: Month): Promise<MonthCounts> {
  const [first, next] = [`${month}-01`, `${addMonths(month, 1)}-01`];
  const { rows } = await db.query<Counted>(sql, [
    instantOf(first, '00:00'),
    instantOf(next, '00:00'),
    first,
    next,
  ]);
  const of = (what: string) => rows.filter((row) => row.what === what);
  return {
    tables: mapOf(trendTables, (table) => ({
      people: of(table).find((row) => row.key === null)?.people ?? 0,
      rows: of(table).flatMap(({ key, count, people }) => (key === null ? [] : [{ key, count, people }])),
    })),
    events: mapOf(trendEvents, (event) => {
      const [found] = of(event);
      return { people: found?.people ?? 0, count: found?.count ?? 0, medianDays: found?.days ?? null };
    }),
  };
}
