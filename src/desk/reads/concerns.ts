import { sealed } from '../../store/sealed.ts';
import type { Queryable } from '../../store/database.ts';
import type { Vault } from '../../store/vault.ts';
import { residentName } from './resident-name.ts';
import type { NamedRow } from './resident-name.ts';
import { readConcernMessages } from './thread.ts';

export type ConcernFilter = {
  status: string | null;
  category: string | null;
  kelurahanCode: string | null;
  /** Only those of this officer. */
  officerId: string | null;
  isOverdue: boolean;
  /** A code or part of one. */
  search: string | null;
  before: Date | null;
};

const listed = `k.id, k.code, k.status, k.category, k.kelurahan_code, k.next_word_by, k.received_at, k.created_at,
  k.settled_at, k.officer_id, o.name AS officer_name`;

type ListRow = {
  id: string;
  code: string;
  status: string;
  category: string | null;
  kelurahan_code: string | null;
  next_word_by: string | null;
  received_at: Date | null;
  created_at: Date;
  settled_at: Date | null;
  officer_id: string | null;
  officer_name: string | null;
};

const pageSize = 100;

/** The board. Codes, states and deadlines only: no word of a resident. */
export async function readConcerns(db: Queryable, filter: ConcernFilter, today: string) {
  const { rows } = await db.query<ListRow>(
    `SELECT ${listed} FROM concern k LEFT JOIN officer o ON o.id = k.officer_id
      WHERE k.status <> 'draft'
        AND ($1::text IS NULL OR k.status = $1 OR ($1 = 'open' AND k.status <> 'settled'))
        AND ($2::text IS NULL OR k.category = $2)
        AND ($3::text IS NULL OR k.kelurahan_code = $3)
        AND ($4::uuid IS NULL OR k.officer_id = $4)
        AND (NOT $5::boolean OR (k.next_word_by < $6::date AND k.status NOT IN ('settled', 'answered')))
        AND ($7::text IS NULL OR k.code ILIKE '%' || $7 || '%')
        AND ($8::timestamptz IS NULL OR coalesce(k.received_at, k.created_at) < $8)
      ORDER BY coalesce(k.received_at, k.created_at) DESC LIMIT ${pageSize + 1}`,
    [
      filter.status,
      filter.category,
      filter.kelurahanCode,
      filter.officerId,
      filter.isOverdue,
      today,
      filter.search?.replace(/[%_\\]/g, '') ?? null,
      filter.before,
    ],
  );
  const counts = await db.query<{ status: string; count: number }>(
    `SELECT status, count(*) AS count FROM concern WHERE status <> 'draft' GROUP BY status`,
  );
  return {
    today,
    hasOlder: rows.length > pageSize,
    counts: Object.fromEntries(counts.rows.map((row) => [row.status, row.count])),
    items: rows.slice(0, pageSize).map((row) => presentListed(row)),
  };
}

function presentListed(row: ListRow) {
  return {
    id: row.id,
    code: row.code,
    status: row.status,
    category: row.category,
    kelurahanCode: row.kelurahan_code,
    nextWordBy: row.next_word_by,
    receivedAt: (row.received_at ?? row.created_at).toISOString(),
    settledAt: row.settled_at?.toISOString() ?? null,
    officer: row.officer_id === null ? null : { id: row.officer_id, name: row.officer_name ?? '' },
  };
}

/** One concern with its words and its timeline. The caller has checked the right and records the reading. */
export async function readConcernDetail(db: Queryable, vault: Vault, concernId: string) {
  const { rows } = await db.query<
    ListRow &
      NamedRow & {
        conversation_id: string | null;
        booking_id: string | null;
        is_name_shared: boolean;
        channel: string | null;
        booking_code: string | null;
        session_date: string | null;
        slot_time: string | null;
      }
  >(
    `SELECT ${listed}, k.conversation_id, k.booking_id, k.is_name_shared, r.id AS resident_id, r.name_sealed,
            a.profile_name_sealed, a.channel, b.code AS booking_code, b.session_date, b.slot_time
       FROM concern k JOIN resident r ON r.id = k.resident_id
       LEFT JOIN officer o ON o.id = k.officer_id
       LEFT JOIN conversation c ON c.id = k.conversation_id
       LEFT JOIN address a ON a.id = c.address_id
       LEFT JOIN booking b ON b.id = k.booking_id
      WHERE k.id = $1 AND k.status <> 'draft'`,
    [concernId],
  );
  const row = rows[0];
  if (!row) return null;
  const earlier = await db.query<{ id: string; code: string; status: string; category: string | null }>(
    `SELECT id, code, status, category FROM concern
      WHERE resident_id = $1 AND id <> $2 AND status <> 'draft' ORDER BY created_at DESC LIMIT 10`,
    [row.resident_id, concernId],
  );
  const notes = await db.query<{
    id: string;
    name: string | null;
    body_sealed: Uint8Array;
    created_at: Date;
  }>(
    `SELECT n.id, o.name, n.body_sealed, n.created_at FROM note n LEFT JOIN officer o ON o.id = n.officer_id
      WHERE n.concern_id = $1 ORDER BY n.created_at`,
    [concernId],
  );
  return {
    ...presentListed(row),
    name: residentName(vault, row),
    isNameShared: row.is_name_shared,
    conversationId: row.conversation_id,
    channel: row.channel,
    booking:
      row.booking_code === null
        ? null
        : { code: row.booking_code, day: row.session_date ?? '', time: row.slot_time ?? '' },
    earlier: earlier.rows,
    messages: await readConcernMessages(db, vault, concernId),
    notes: notes.rows.map((note) => ({
      id: note.id,
      officer: note.name,
      body: vault.openText(note.body_sealed, sealed.note),
      at: note.created_at.toISOString(),
    })),
    timeline: await readTimeline(db, concernId),
  };
}

/** What was done with a concern, and who read it, oldest first. */
async function readTimeline(db: Queryable, concernId: string) {
  const done = await db.query<{ at: Date; action: string; name: string | null }>(
    `SELECT x.at, x.action, o.name FROM audit x LEFT JOIN officer o ON o.id = x.officer_id
      WHERE x.subject_kind = 'concern' AND x.subject_id = $1 ORDER BY x.id`,
    [concernId],
  );
  const notices = await db.query<{ at: Date; kind: string; status: string }>(
    `SELECT coalesce(done_at, due_at) AS at, kind, status FROM notice
      WHERE concern_id = $1 AND status <> 'dropped' ORDER BY due_at`,
    [concernId],
  );
  const events = [
    ...done.rows.map((row) => ({ at: row.at.toISOString(), what: row.action, by: row.name, state: 'done' })),
    ...notices.rows.map((row) => ({ at: row.at.toISOString(), what: row.kind, by: null, state: row.status })),
  ];
  return events.sort((a, b) => a.at.localeCompare(b.at));
}
