import { dayOf } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';
import { lockResidents, tellPages } from './merge-residents.ts';
import type { MovedRows } from './merge-residents.ts';
import { writeAudit } from './write-audit.ts';

export type UndoMergeResult =
  | { kind: 'undone'; conversations: number }
  | { kind: 'not_found' }
  | { kind: 'already_undone' }
  /** The one who was kept has been merged into another since: that has to be undone first. */
  | { kind: 'merged_again' };

/**
 * Takes a merge back: the rows that moved return, as far as they are still with the resident who was kept, and so does
 * what was written since in the conversations that return. Nothing that has changed hands otherwise is touched.
 */
export async function undoMerge(
  tx: Tx,
  input: { mergeId: string; officerId: string },
): Promise<UndoMergeResult> {
  const found = await tx.query<{ kept: string; gone: string }>(
    `SELECT kept_resident_id AS kept, merged_resident_id AS gone FROM merge WHERE id = $1`,
    [input.mergeId],
  );
  const pair = found.rows[0];
  if (!pair) return { kind: 'not_found' };
  const { kept, gone } = pair;
  await lockResidents(tx, [kept, gone]);
  const { rows } = await tx.query<{ moved: MovedRows; isUndone: boolean; isMergedAgain: boolean }>(
    `SELECT moved, undone_at IS NOT NULL AS "isUndone",
            EXISTS (SELECT 1 FROM merge g WHERE g.merged_resident_id = merge.kept_resident_id AND g.undone_at IS NULL)
              AS "isMergedAgain"
       FROM merge WHERE id = $1 FOR UPDATE`,
    [input.mergeId],
  );
  const row = rows[0];
  if (!row) return { kind: 'not_found' };
  if (row.isUndone) return { kind: 'already_undone' };
  if (row.isMergedAgain) return { kind: 'merged_again' };

  const { moved } = row;
  const giveBack = (table: string, ids: readonly string[]) =>
    tx.query(`UPDATE ${table} SET resident_id = $2 WHERE resident_id = $1 AND id = ANY ($3::uuid[])`, [
      kept,
      gone,
      ids,
    ]);
  for (const table of ['address', 'booking', 'concern', 'consent', 'waiting'] as const)
    await giveBack(table, moved[table]);
  await giveBackWhatCameSince(tx, kept, gone);
  // Waits that the merge ended begin again, unless the resident has booked or waits for something else meanwhile.
  for (const id of moved.left) {
    await tx.query(
      `UPDATE waiting SET status = 'waiting'
        WHERE id = $1 AND status = 'left' AND session_date >= $2::date
          AND NOT EXISTS (SELECT 1 FROM waiting w WHERE w.resident_id = waiting.resident_id AND w.status IN ('waiting', 'offered'))
          AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.resident_id = waiting.resident_id AND b.status IN ('held', 'booked', 'arrived'))`,
      [id, dayOf(tx.now)],
    );
  }
  if (moved.isNamed) {
    await tx.query(
      `UPDATE resident SET name_sealed = NULL
        WHERE id = $1 AND name_sealed = (SELECT g.name_sealed FROM resident g WHERE g.id = $2)`,
      [kept, gone],
    );
  }
  await tx.query(`UPDATE merge SET undone_at = $2, undone_by = $3 WHERE id = $1`, [
    input.mergeId,
    tx.now,
    input.officerId,
  ]);
  await writeAudit(tx, {
    officerId: input.officerId,
    action: 'undo_merge',
    subjectKind: 'resident',
    subjectId: kept,
    detail: { merge: input.mergeId, returned: gone },
  });
  await tellPages(tx, kept);
  await tellPages(tx, gone);
  const { count } = await tx.query(`SELECT 1 FROM address WHERE resident_id = $1`, [gone]);
  return { kind: 'undone', conversations: count };
}

/** Whoever wrote in a conversation booked and told there; and no concern may point at another person's booking. */
async function giveBackWhatCameSince(tx: Tx, kept: string, gone: string): Promise<void> {
  const theirs = `conversation_id IN (SELECT c.id FROM conversation c JOIN address a ON a.id = c.address_id
                                       WHERE a.resident_id = $2)`;
  for (const table of ['booking', 'concern', 'waiting'])
    await tx.query(`UPDATE ${table} SET resident_id = $2 WHERE resident_id = $1 AND ${theirs}`, [kept, gone]);
  await tx.query(
    `UPDATE concern SET booking_id = NULL FROM booking b
      WHERE b.id = concern.booking_id AND b.resident_id <> concern.resident_id
        AND concern.resident_id = ANY ($1::uuid[])`,
    [[kept, gone]],
  );
}
