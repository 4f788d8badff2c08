import { ConversationsBusy } from '../store/lock-order.ts';
import type { Tx } from '../store/transact.ts';
import { bookingColumns } from './book-slot.ts';
import type { BookingFacts } from './book-slot.ts';
import { writeAudit } from './write-audit.ts';

/** Ids of the rows that changed hands, by table; `left`: waits that ended because one person needs only one. */
export type MovedRows = {
  address: string[];
  booking: string[];
  concern: string[];
  consent: string[];
  waiting: string[];
  left: string[];
  /** Whether the name went along. */
  isNamed: boolean;
};

export type MergeResult =
  | { kind: 'merged'; mergeId: string; keptId: string }
  | { kind: 'same' }
  | { kind: 'not_found' }
  /** One person has one booking: `ours` is of the first resident named, `theirs` of the other. */
  | { kind: 'two_bookings'; ours: BookingFacts; theirs: BookingFacts }
  /** Both are in the middle of telling something. */
  | { kind: 'two_drafts' };

/**
 * Makes one resident of two: the one who has consented, else the older, takes over the other's addresses (and with them
 * conversations and notices), bookings, concerns, waits and consents. What moved is written down for `undoMerge`.
 */
export async function mergeResidents(
  tx: Tx,
  input: {
    residentId: string;
    otherId: string;
    how: 'code' | 'desk';
    officerId: string | null;
    /** Whether the caller has a conversation's lock already. */
    isInStep?: boolean;
  },
): Promise<MergeResult> {
  const { residentId, otherId, how, officerId } = input;
  if (residentId === otherId) return { kind: 'same' };
  await lockResidents(tx, [residentId, otherId], input.isInStep);
  const keptId = await whoStays(tx, residentId, otherId);
  if (!keptId) return { kind: 'not_found' };
  const goneId = keptId === residentId ? otherId : residentId;
  const [ours, theirs] = [await activeBooking(tx, residentId), await activeBooking(tx, otherId)];
  if (ours && theirs) return { kind: 'two_bookings', ours, theirs };
  if (await haveTwoDrafts(tx, residentId, otherId)) return { kind: 'two_drafts' };

  const left = await endWaits(tx, keptId, goneId, ours !== null || theirs !== null);
  const move = async (table: string, condition = '') => {
    const { rows } = await tx.query<{ id: string }>(
      `UPDATE ${table} SET resident_id = $1 WHERE resident_id = $2 ${condition} RETURNING id`,
      [keptId, goneId],
    );
    return rows.map((row) => row.id);
  };
  const moved: MovedRows = {
    address: await move('address'),
    booking: await move('booking'),
    concern: await move('concern'),
    // A second open consent stays where it was given: one person has one.
    consent: await move(
      'consent',
      'AND (withdrawn_at IS NOT NULL OR NOT EXISTS (SELECT 1 FROM consent k WHERE k.resident_id = $1 AND k.withdrawn_at IS NULL))',
    ),
    waiting: await move('waiting'),
    left,
    isNamed: await giveName(tx, keptId, goneId),
  };
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO merge (kept_resident_id, merged_resident_id, how, officer_id, moved, merged_at)
     VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
    [keptId, goneId, how, officerId, JSON.stringify(moved), tx.now],
  );
  const mergeId = rows[0]?.id ?? '';
  await writeAudit(tx, {
    officerId,
    action: 'merge_residents',
    subjectKind: 'resident',
    subjectId: keptId,
    detail: { how, merge: mergeId, merged: goneId, addresses: moved.address.length },
  });
  await tellPages(tx, keptId);
  return { kind: 'merged', mergeId, keptId };
}

/**
 * Every conversation of these residents, in one order, as steps of a dialog lock them; then the residents, so that
 * nothing is written for one of them meanwhile. Within a step, which has its own conversation's lock, none of the others
 * is waited for.
 *
 * @throws ConversationsBusy within a step, where another one holds one of them.
 */
export async function lockResidents(tx: Tx, residentIds: readonly string[], isInStep = false): Promise<void> {
  const theirs = `FROM conversation WHERE address_id IN (SELECT id FROM address WHERE resident_id = ANY ($1::uuid[]))`;
  const locked = await tx.query(
    `SELECT 1 ${theirs} ORDER BY id FOR NO KEY UPDATE ${isInStep ? 'SKIP LOCKED' : ''}`,
    [residentIds],
  );
  if (isInStep) {
    const { rows } = await tx.query<{ id: string }>(`SELECT id ${theirs}`, [residentIds]);
    if (rows.length > locked.count) throw new ConversationsBusy(rows.map(({ id }) => id));
  }
  await tx.query(`SELECT 1 FROM resident WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE`, [residentIds]);
}

/** Open pages show the conversations anew. */
export async function tellPages(tx: Tx, residentId: string): Promise<void> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT c.id FROM conversation c JOIN address a ON a.id = c.address_id WHERE a.resident_id = $1`,
    [residentId],
  );
  for (const { id } of rows) tx.changed({ kind: 'conversation', id });
}

/** Null when one of them is not there any more, or is only the shell that an earlier merge has left. */
async function whoStays(tx: Tx, one: string, other: string): Promise<string | null> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT r.id FROM resident r
      WHERE r.id = ANY ($1::uuid[])
        AND NOT EXISTS (SELECT 1 FROM merge g WHERE g.merged_resident_id = r.id AND g.undone_at IS NULL)
      ORDER BY EXISTS (SELECT 1 FROM consent k WHERE k.resident_id = r.id AND k.withdrawn_at IS NULL) DESC,
               r.created_at, r.id`,
    [[one, other]],
  );
  return rows.length === 2 ? (rows[0]?.id ?? null) : null;
}

async function activeBooking(tx: Tx, residentId: string): Promise<BookingFacts | null> {
  const { rows } = await tx.query<BookingFacts>(
    `SELECT ${bookingColumns} FROM booking WHERE resident_id = $1 AND status IN ('held', 'booked', 'arrived')`,
    [residentId],
  );
  return rows[0] ?? null;
}

async function haveTwoDrafts(tx: Tx, one: string, other: string): Promise<boolean> {
  const { count } = await tx.query(
    `SELECT 1 FROM concern WHERE status = 'draft' AND resident_id = ANY ($1::uuid[])`,
    [[one, other]],
  );
  return count > 1;
}

/** Who has booked waits for no day, and nobody waits twice: of two waits the older stays. Answers what ended. */
async function endWaits(tx: Tx, keptId: string, goneId: string, isBooked: boolean): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `UPDATE waiting SET status = 'left'
      WHERE resident_id = ANY ($1::uuid[]) AND status = 'waiting'
        AND ($2 OR id <> (SELECT w.id FROM waiting w WHERE w.resident_id = ANY ($1::uuid[])
                             AND w.status IN ('waiting', 'offered')
                           ORDER BY w.status = 'offered' DESC, w.created_at, w.id LIMIT 1))
      RETURNING id`,
    [[keptId, goneId], isBooked],
  );
  return rows.map((row) => row.id);
}

async function giveName(tx: Tx, keptId: string, goneId: string): Promise<boolean> {
  const { count } = await tx.query(
    `UPDATE resident SET name_sealed = g.name_sealed FROM resident g
      WHERE resident.id = $1 AND g.id = $2 AND resident.name_sealed IS NULL AND g.name_sealed IS NOT NULL`,
    [keptId, goneId],
  );
  return count > 0;
}
