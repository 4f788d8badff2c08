import type { Category } from '../domain/category.ts';
import type { DangerKind } from '../domain/danger-kind.ts';
import type { Tx } from '../store/transact.ts';
import { writeAudit } from './write-audit.ts';

/** What the machine thought when the officer spoke: ids and numbers only, never a resident's word. */
export type UnderstoodIds = {
  categories: { id: string; confidence: number }[];
  agencies: { id: string; confidence: number }[];
  urgency: string | null;
  danger: { kind: string; severity: string } | null;
};

/** An officer's word on danger; `not_judged` says nothing, and so teaches nothing. */
export type DangerJudgement = 'not_judged' | 'no_danger' | DangerKind;

export type CorrectConcernResult =
  | { kind: 'corrected'; correctionId: number }
  /** Somebody corrected it after the page was read. */
  | { kind: 'changed'; by: string | null }
  | { kind: 'unknown_agency' }
  | { kind: 'not_found' };

/**
 * An officer says what a concern is about, which agency it belongs to and whether it speaks of danger. `seen` is the
 * newest correction that their page showed, null for none.
 */
export async function correctConcern(
  tx: Tx,
  input: {
    concernId: string;
    officerId: string;
    seen: number | null;
    category: Category;
    agencyId: string | null;
    danger: DangerJudgement;
    understood: UnderstoodIds | null;
  },
): Promise<CorrectConcernResult> {
  const { concernId, officerId, category, agencyId } = input;
  const found = await tx.query<{ code: string; category: string | null }>(
    `SELECT code, category FROM concern WHERE id = $1 AND status <> 'draft' FOR UPDATE`,
    [concernId],
  );
  const concern = found.rows[0];
  if (!concern) return { kind: 'not_found' };
  // In a statement of its own: it begins after the lock, so it sees the row of who held the lock before.
  const last = await tx.query<{ id: number; name: string | null }>(
    `SELECT x.id, o.name FROM correction x LEFT JOIN officer o ON o.id = x.officer_id
      WHERE x.concern_id = $1 ORDER BY x.id DESC LIMIT 1`,
    [concernId],
  );
  if ((last.rows[0]?.id ?? null) !== input.seen) return { kind: 'changed', by: last.rows[0]?.name ?? null };
  if (agencyId !== null) {
    const agency = await tx.query(`SELECT 1 FROM agency WHERE id = $1`, [agencyId]);
    if (agency.rows.length === 0) return { kind: 'unknown_agency' };
  }
  const isDanger = input.danger === 'not_judged' ? null : input.danger !== 'no_danger';
  const { rows } = await tx.query<{ id: number }>(
    `INSERT INTO correction (concern_id, officer_id, created_at, category, agency_id, danger_kind, is_danger, understood)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
    [
      concernId,
      officerId,
      tx.now,
      category,
      agencyId,
      isDanger ? input.danger : null,
      isDanger,
      JSON.stringify(input.understood ?? {}),
    ],
  );
  await tx.query(`UPDATE concern SET category = $2, agency_id = $3 WHERE id = $1`, [
    concernId,
    category,
    agencyId,
  ]);
  await writeAudit(tx, {
    officerId,
    action: 'correct_concern',
    subjectKind: 'concern',
    subjectId: concernId,
    detail: {
      code: concern.code,
      from: concern.category,
      category,
      agency: agencyId,
      danger: input.danger,
    },
  });
  tx.changed({ kind: 'concern', id: concernId });
  const row = rows[0];
  if (!row) throw new Error('correctConcern: the insert returned no row');
  return { kind: 'corrected', correctionId: row.id };
}
