import type { Tx } from '../store/transact.ts';
import { planNotice } from './plan-notice.ts';
import { writeAudit } from './write-audit.ts';

export type TakeConcernResult =
  { kind: 'taken' } | { kind: 'with_other'; by: string } | { kind: 'settled' } | { kind: 'not_found' };

/** An officer takes a concern on; the resident is told that a person has it. `mayOverride` for the supervisor. */
export async function takeConcern(
  tx: Tx,
  input: { concernId: string; officerId: string; mayOverride?: boolean },
): Promise<TakeConcernResult> {
  const found = await tx.query<{
    code: string;
    status: string;
    officer_id: string | null;
    name: string | null;
  }>(
    `SELECT k.code, k.status, k.officer_id, (SELECT name FROM officer o WHERE o.id = k.officer_id) AS name
       FROM concern k WHERE k.id = $1 AND k.status <> 'draft' FOR UPDATE`,
    [input.concernId],
  );
  const concern = found.rows[0];
  if (!concern) return { kind: 'not_found' };
  if (concern.status === 'settled') return { kind: 'settled' };
  if (concern.officer_id === input.officerId) return { kind: 'taken' };
  if (concern.officer_id !== null && !input.mayOverride)
    return { kind: 'with_other', by: concern.name ?? 'petugas lain' };
  await tx.query(
    `UPDATE concern SET officer_id = $2,
            status = CASE WHEN status IN ('new', 'read', 'reopened') THEN 'with_officer' ELSE status END
      WHERE id = $1`,
    [input.concernId, input.officerId],
  );
  await planNotice(tx, {
    kind: 'concern-taken',
    onceKey: `concern-taken.${concern.code}.${input.officerId}`,
    dueAt: tx.now,
    concernId: input.concernId,
  });
  await writeAudit(tx, {
    officerId: input.officerId,
    action: 'take_concern',
    subjectKind: 'concern',
    subjectId: input.concernId,
    detail: { code: concern.code },
  });
  tx.changed({ kind: 'concern', id: input.concernId });
  return { kind: 'taken' };
}
