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
  const moved = await tx.query(`UPDATE concern SET status = 'read' WHERE id = $1 AND status = 'new'`, [
    input.concernId,
  ]);
  if (moved.count > 0) tx.changed({ kind: 'concern', id: input.concernId });
}
