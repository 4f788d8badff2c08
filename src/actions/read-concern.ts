import type { Tx } from '../store/transact.ts';
import { writeReading } from './write-audit.ts';

/**
 * Records that an officer reads what a resident poured out, and moves a new concern on to `read`. Called in the
 * transaction that fetches the words, so no reading is without its row.
 */
export async function readConcern(
  tx: Tx,
  input: { concernId: string; officerId: string; code: string },
): Promise<void> {
  await writeReading(tx, {
    officerId: input.officerId,
    action: 'read_concern',
    subjectKind: 'concern',
    subjectId: input.concernId,
    detail: { code: input.code },
  });
  // What was added is read once its officer has; a colleague's look leaves the mark.
  const moved = await tx.query(
    `UPDATE concern SET added_at = CASE WHEN officer_id IS NULL OR officer_id = $2 THEN NULL ELSE added_at END,
            status = CASE WHEN status = 'new' THEN 'read' ELSE status END
      WHERE id = $1 AND (status = 'new' OR (added_at IS NOT NULL AND (officer_id IS NULL OR officer_id = $2)))`,
    [input.concernId, input.officerId],
  );
  if (moved.count > 0) tx.changed({ kind: 'concern', id: input.concernId });
}
