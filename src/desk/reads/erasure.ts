import type { Queryable } from '../../store/database.ts';
import type { Vault } from '../../store/vault.ts';
import { findResidentOf, readMergeSide } from './merge.ts';
import type { MergeSide } from './merge.ts';

/** By what of theirs a resident is found. */
export const erasedBy = ['conversation', 'booking', 'concern'] as const;
export type ErasedBy = (typeof erasedBy)[number];

/** What is lost with a resident, in numbers, codes and states: nobody reads a word of it to erase it. */
export type Erasure = Pick<MergeSide, 'name' | 'channels' | 'since'> & {
  bookings: { all: number; newest: MergeSide['bookings'] };
  concerns: { all: number; newest: MergeSide['concerns'] };
  messages: number;
  files: number;
};

export async function findResidentBy(db: Queryable, of: ErasedBy, id: string): Promise<string | null> {
  if (of === 'conversation') return findResidentOf(db, id);
  const { rows } = await db.query<{ id: string }>(`SELECT resident_id AS id FROM ${of} WHERE id = $1`, [id]);
  return rows[0]?.id ?? null;
}

export async function readErasure(db: Queryable, vault: Vault, residentId: string): Promise<Erasure | null> {
  const side = await readMergeSide(db, vault, residentId);
  if (!side) return null;
  const theirs = `FROM message m JOIN conversation c ON c.id = m.conversation_id JOIN address a ON a.id = c.address_id`;
  const { rows } = await db.query<{ bookings: number; concerns: number; messages: number; files: number }>(
    `SELECT (SELECT count(*) FROM booking WHERE resident_id = $1) AS bookings,
            (SELECT count(*) FROM concern WHERE resident_id = $1 AND status <> 'draft') AS concerns,
            (SELECT count(*) ${theirs} WHERE a.resident_id = $1 AND m.content_sealed IS NOT NULL) AS messages,
            (SELECT count(*) ${theirs} JOIN attachment t ON t.message_id = m.id
              WHERE a.resident_id = $1 AND t.status = 'stored') AS files`,
    [residentId],
  );
  const counts = rows[0] ?? { bookings: 0, concerns: 0, messages: 0, files: 0 };
  return {
    name: side.name,
    channels: side.channels,
    since: side.since,
    bookings: { all: counts.bookings, newest: side.bookings },
    concerns: { all: counts.concerns, newest: side.concerns },
    messages: counts.messages,
    files: counts.files,
  };
}
