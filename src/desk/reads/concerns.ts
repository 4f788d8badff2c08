import type { ReferralStatus } from '../../domain/referral.ts';
import { heardAt } from '../../actions/notice-heard.ts';
import { deadlineOf } from '../../domain/deadline.ts';
import type { Day } from '../../domain/wita.ts';
import type { Queryable } from '../../store/database.ts';
import type { BoardFilter } from '../board-filter.ts';

/** Answered, and since an earlier day nothing says that the question with it, or the one after, has reached the resident. */
const isUnheard = `k.status = 'answered'
  AND (SELECT n.done_at < $1::date::timestamp AT TIME ZONE 'Asia/Makassar' AND ${heardAt('n')} IS NULL FROM notice n
        WHERE n.concern_id = k.id AND n.kind IN ('concern-answered', 'concern-check') AND n.status = 'sent'
        ORDER BY n.done_at DESC LIMIT 1) IS TRUE`;

/** Of `concern k`, officer `o`; $1 is today. */
export const listed = `k.id, k.code, k.status, k.category, k.kelurahan_code, k.next_word_by, k.put_off_to, k.received_at, k.created_at,
  k.settled_at, k.added_at, k.officer_id, o.name AS officer_name, (${isUnheard}) AS is_unheard,
  (SELECT jsonb_build_object('status', r.status, 'agency', g.short, 'dueOn', CASE WHEN r.status IN ('sent', 'acknowledged')
            THEN (SELECT min(c.due_on) FROM referral_clock c WHERE c.referral_id = r.id AND c.met_at IS NULL) END)
     FROM referral r JOIN agency g ON g.id = r.agency_id
    WHERE r.concern_id = k.id ORDER BY r.seq DESC LIMIT 1) AS referral`;

export type ListRow = {
  id: string;
  code: string;
  status: string;
  category: string | null;
  kelurahan_code: string | null;
  next_word_by: string | null;
  put_off_to: string | null;
  received_at: Date | null;
  created_at: Date;
  settled_at: Date | null;
  added_at: Date | null;
  officer_id: string | null;
  officer_name: string | null;
  is_unheard: boolean;
  /** The newest; `dueOn`: the first day by which its agency owes something. */
  referral: { status: ReferralStatus; agency: string; dueOn: Day | null } | null;
};

const isOverdue = `k.next_word_by < $1::date AND k.status NOT IN ('settled', 'answered')`;
const isUnassigned = `k.officer_id IS NULL AND k.status NOT IN ('settled', 'answered')`;

/** Of `concern k`; $1 is today, $2 the officer who asks, $3 to $8 the filter. */
const matching = `k.status <> 'draft'
  AND ($3::text IS NULL OR k.status = $3 OR ($3 = 'open' AND k.status <> 'settled'))
  AND ($4::text IS NULL OR k.category = $4)
  AND ($5::text IS NULL OR k.kelurahan_code = $5)
  AND (NOT $6::boolean OR k.officer_id = $2::uuid)
  AND (NOT $7::boolean OR (${isUnassigned}))
  AND (NOT $8::boolean OR (${isOverdue}))`;
const order = `CASE WHEN $8::boolean THEN k.next_word_by END, coalesce(k.received_at, k.created_at) DESC, k.id`;

export type BoardQuery = { filter: BoardFilter; officerId: string; today: Day };

function paramsOf({ filter, officerId, today }: BoardQuery): unknown[] {
  return [
    today,
    officerId,
    filter.status ?? null,
    filter.category ?? null,
    filter.kelurahan ?? null,
    filter.mine !== undefined,
    filter.unassigned !== undefined,
    filter.overdue !== undefined,
  ];
}

/** Rows of the board that a filter lets through, in the board's order. */
export async function findListed<More = object>(
  db: Queryable,
  query: BoardQuery,
  page: { skip: number; limit: number },
  /** Further columns, of `concern k`, its resident `r`, address `a` and booking `b`. */
  more = '',
): Promise<(ListRow & More)[]> {
  const { rows } = await db.query<ListRow & More>(
    `SELECT ${listed}${more} FROM concern k
       JOIN resident r ON r.id = k.resident_id
       LEFT JOIN officer o ON o.id = k.officer_id
       LEFT JOIN conversation c ON c.id = k.conversation_id
       LEFT JOIN address a ON a.id = c.address_id
       LEFT JOIN booking b ON b.id = k.booking_id
      WHERE ${matching} ORDER BY ${order} LIMIT $9 OFFSET $10`,
    [...paramsOf(query), page.limit, page.skip],
  );
  return rows;
}

const pageSize = 100;

/** The board. Codes, states and deadlines only: no word of a resident. */
export async function readConcerns(db: Queryable, query: BoardQuery, skip: number) {
  const rows = await findListed(db, query, { skip, limit: pageSize + 1 });
  const counts = await db.query<
    Record<'open' | 'mine' | 'unassigned' | 'overdue' | 'referred' | 'reopened', number>
  >(
    `SELECT count(*) FILTER (WHERE k.status <> 'settled') AS open,
            count(*) FILTER (WHERE k.status <> 'settled' AND k.officer_id = $2::uuid) AS mine,
            count(*) FILTER (WHERE ${isUnassigned}) AS unassigned,
            count(*) FILTER (WHERE ${isOverdue}) AS overdue,
            count(*) FILTER (WHERE k.status = 'referred') AS referred,
            count(*) FILTER (WHERE k.status = 'reopened') AS reopened
       FROM concern k WHERE k.status <> 'draft'`,
    [query.today, query.officerId],
  );
  return {
    today: query.today,
    hasOlder: rows.length > pageSize,
    counts: counts.rows[0] ?? null,
    items: rows.slice(0, pageSize).map((row) => presentListed(row, query.today)),
  };
}

export function presentListed(row: ListRow, today: Day) {
  return {
    id: row.id,
    code: row.code,
    status: row.status,
    category: row.category,
    kelurahanCode: row.kelurahan_code,
    nextWordBy: row.next_word_by,
    /** The new day that the resident was told when that one went by. */
    putOffTo: row.put_off_to,
    deadline: deadlineOf({ nextWordBy: row.next_word_by, status: row.status }, today),
    receivedAt: (row.received_at ?? row.created_at).toISOString(),
    settledAt: row.settled_at?.toISOString() ?? null,
    /** The resident has added words that its officer has not read. */
    hasAddition: row.added_at !== null,
    /** Our answer has not reached the resident: no silence settles it, somebody has to find them. */
    isUnheard: row.is_unheard,
    officer: row.officer_id === null ? null : { id: row.officer_id, name: row.officer_name ?? '' },
    referral: row.referral && {
      ...row.referral,
      isOverdue: row.referral.dueOn !== null && row.referral.dueOn < today,
    },
  };
}

export type ListedConcern = ReturnType<typeof presentListed>;
