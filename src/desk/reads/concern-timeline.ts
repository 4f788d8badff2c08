import { dayOf } from '../../domain/wita.ts';
import type { Queryable } from '../../store/database.ts';

/** What happened with a concern, as its tables tell it. */
export type TimelineRows = {
  concern: { receivedAt: Date; settledAt: Date | null };
  /** What was done with it and who read it. `by`: `resident` or `silence` where it settled. */
  audits: readonly { at: Date; action: string; name: string | null; by: string | null }[];
  notes: readonly { at: Date; name: string | null }[];
  /** `at`: when it was sent, or is to be. */
  notices: readonly { at: Date; kind: string; isSent: boolean }[];
  /** What officers, the resident and the agency did with a referral. */
  referrals: readonly { at: Date; kind: string; name: string | null; agency: string }[];
};

export type TimelineEntry = {
  at: string;
  /** An audit action, a notice's kind, `received`, `note`, `settled_by_silence` or `referral_<event>`. */
  what: string;
  /** The officer, or the agency of a referral; null: the resident or nobody. */
  by: string | null;
  /** Of a referral: where it went. */
  agency: string | null;
  /** How often in a row: one officer who reads again on the same day is one line. */
  times: number;
  /** Still to come. */
  isPlanned: boolean;
};

/** The audit has the officers' part of a referral as well; the referral tells it itself, with the rest. */
const isToldElsewhere = (action: string) => action.startsWith('referral_');

/** The way of a concern in one list, oldest first; what happened at one instant stands in the order of its causes. */
export function concernTimeline(rows: TimelineRows): TimelineEntry[] {
  const done = (at: Date, what: string, by: string | null, agency: string | null = null) => {
    return { at, what, by, agency, isPlanned: false };
  };
  const settled = rows.audits.filter((row) => row.action === 'settle_concern');
  const entries = [
    done(rows.concern.receivedAt, 'received', null),
    ...rows.audits
      .filter((row) => !isToldElsewhere(row.action))
      .map((row) => done(row.at, row.by === 'silence' ? 'settled_by_silence' : row.action, row.name)),
    ...rows.notes.map((row) => done(row.at, 'note', row.name)),
    ...rows.referrals.map((row) => done(row.at, `referral_${row.kind}`, row.name, row.agency)),
    // Settled before the system wrote down by whom.
    ...(rows.concern.settledAt && settled.length === 0
      ? [done(rows.concern.settledAt, 'settle_concern', null)]
      : []),
    ...rows.notices.map((row) => ({ ...done(row.at, row.kind, null), isPlanned: !row.isSent })),
  ];
  // Sorting is stable: causes stand before the notices that they bring.
  entries.sort((a, b) => a.at.getTime() - b.at.getTime());
  const told: TimelineEntry[] = [];
  for (const entry of entries) {
    const last = told.at(-1);
    const isAgain =
      last !== undefined &&
      entry.what === 'read_concern' &&
      last.what === entry.what &&
      last.by === entry.by &&
      dayOf(new Date(last.at)) === dayOf(entry.at);
    if (isAgain) last.times += 1;
    else told.push({ ...entry, at: entry.at.toISOString(), times: 1 });
  }
  return told;
}

export async function readTimelineRows(db: Queryable, concernId: string): Promise<TimelineRows> {
  const all = async <Row>(sql: string): Promise<Row[]> => (await db.query<Row>(sql, [concernId])).rows;
  const [concern] = await all<TimelineRows['concern']>(
    `SELECT coalesce(received_at, created_at) AS "receivedAt", settled_at AS "settledAt" FROM concern WHERE id = $1`,
  );
  if (!concern) throw new Error('readTimelineRows: no such concern');
  return {
    concern,
    audits: await all(
      `SELECT x.at, x.action, o.name, x.detail->>'by' AS by FROM audit x LEFT JOIN officer o ON o.id = x.officer_id
        WHERE x.subject_kind = 'concern' AND x.subject_id = $1::text ORDER BY x.id`,
    ),
    notes: await all(
      `SELECT n.created_at AS at, o.name FROM note n LEFT JOIN officer o ON o.id = n.officer_id
        WHERE n.concern_id = $1 ORDER BY n.created_at, n.id`,
    ),
    notices: await all(
      `SELECT coalesce(done_at, due_at) AS at, kind, status = 'sent' AS "isSent" FROM notice
        WHERE concern_id = $1 AND status <> 'dropped' ORDER BY due_at, id`,
    ),
    referrals: await all(
      `SELECT e.at, e.kind, CASE e.author WHEN 'agency' THEN g.short ELSE o.name END AS name, g.short AS agency
         FROM referral_event e JOIN referral r ON r.id = e.referral_id JOIN agency g ON g.id = r.agency_id
         LEFT JOIN officer o ON o.id = e.officer_id WHERE r.concern_id = $1 ORDER BY e.id`,
    ),
  };
}
