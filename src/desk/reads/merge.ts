import { readCode } from '../../domain/code.ts';
import type { Queryable } from '../../store/database.ts';
import type { Vault } from '../../store/vault.ts';
import { residentName } from './resident-name.ts';
import type { NamedRow } from './resident-name.ts';

/** One of two who may be the same person: what an officer compares, without a word of what was told. */
export type MergeSide = {
  name: string;
  channels: string[];
  since: string;
  bookings: { code: string; day: string; time: string; status: string }[];
  concerns: { code: string; status: string }[];
};

/** Whose booking or concern a code is. */
export async function findResidentByCode(db: Queryable, written: string): Promise<string | null> {
  const code = readCode(written);
  if (!code) return null;
  const table = code.startsWith('BST') ? 'booking' : 'concern';
  const { rows } = await db.query<{ id: string }>(`SELECT resident_id AS id FROM ${table} WHERE code = $1`, [
    code,
  ]);
  return rows[0]?.id ?? null;
}

export async function findResidentOf(db: Queryable, conversationId: string): Promise<string | null> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT a.resident_id AS id FROM conversation c JOIN address a ON a.id = c.address_id WHERE c.id = $1`,
    [conversationId],
  );
  return rows[0]?.id ?? null;
}

export async function readMergeSide(
  db: Queryable,
  vault: Vault,
  residentId: string,
): Promise<MergeSide | null> {
  const { rows } = await db.query<NamedRow & { channels: string[] | null; created_at: Date }>(
    `SELECT r.id AS resident_id, r.name_sealed, r.created_at,
            (SELECT a.profile_name_sealed FROM address a
              WHERE a.resident_id = r.id AND a.profile_name_sealed IS NOT NULL ORDER BY a.created_at LIMIT 1)
              AS profile_name_sealed,
            (SELECT array_agg(DISTINCT a.channel) FROM address a WHERE a.resident_id = r.id) AS channels
       FROM resident r WHERE r.id = $1`,
    [residentId],
  );
  const row = rows[0];
  if (!row) return null;
  const bookings = await db.query<MergeSide['bookings'][number]>(
    `SELECT code, session_date AS day, slot_time AS time, status FROM booking
      WHERE resident_id = $1 ORDER BY session_date DESC, slot_time DESC LIMIT 5`,
    [residentId],
  );
  const concerns = await db.query<MergeSide['concerns'][number]>(
    `SELECT code, status FROM concern
      WHERE resident_id = $1 AND status <> 'draft' ORDER BY created_at DESC LIMIT 10`,
    [residentId],
  );
  return {
    name: residentName(vault, row),
    channels: row.channels ?? [],
    since: row.created_at.toISOString(),
    bookings: bookings.rows,
    concerns: concerns.rows,
  };
}

/** Merges that stand and have made this resident who they are, newest first. */
export async function readMerges(db: Queryable, residentId: string) {
  const { rows } = await db.query<{ id: string; how: 'code' | 'desk'; by: string | null; merged_at: Date }>(
    `SELECT g.id, g.how, o.name AS by, g.merged_at FROM merge g LEFT JOIN officer o ON o.id = g.officer_id
      WHERE g.kept_resident_id = $1 AND g.undone_at IS NULL ORDER BY g.merged_at DESC`,
    [residentId],
  );
  return rows.map((row) => ({ id: row.id, how: row.how, by: row.by, at: row.merged_at.toISOString() }));
}
