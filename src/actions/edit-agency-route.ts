import type { Category } from '../domain/category.ts';
import type { Tx } from '../store/transact.ts';
import { writeAudit } from './write-audit.ts';

export type EditRouteResult =
  | { kind: 'saved'; id: string; version: number }
  | { kind: 'stale' }
  /** There is one for that category and place. */
  | { kind: 'taken' }
  | { kind: 'unknown_agency' }
  | { kind: 'not_found' };

/** Sets who is asked first for a category, everywhere or in one kelurahan. `id` null makes a new row. */
export async function editAgencyRoute(
  tx: Tx,
  input: {
    id: string | null;
    version: number;
    category: Category;
    kelurahanCode: string | null;
    agencyId: string;
    officerId: string;
  },
): Promise<EditRouteResult> {
  const { id, category, kelurahanCode, agencyId, officerId } = input;
  // One saving at a time, so that the second of two for the same place is told instead of failing on the index.
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('agency_route'))`);
  const agency = await tx.query(`SELECT 1 FROM agency WHERE id = $1 AND is_active`, [agencyId]);
  if (agency.rows.length === 0) return { kind: 'unknown_agency' };
  const same = await tx.query<{ id: string }>(
    `SELECT id FROM agency_route WHERE category = $1 AND kelurahan_code IS NOT DISTINCT FROM $2 AND id IS DISTINCT FROM $3`,
    [category, kelurahanCode, id],
  );
  if (same.rows.length > 0) return { kind: 'taken' };
  const { rows } = await (id === null
    ? tx.query<{ id: string; version: number }>(
        `INSERT INTO agency_route (category, kelurahan_code, agency_id, updated_at, updated_by)
         VALUES ($1, $2, $3, $4, $5) RETURNING id, version`,
        [category, kelurahanCode, agencyId, tx.now, officerId],
      )
    : tx.query<{ id: string; version: number }>(
        `UPDATE agency_route SET category = $1, kelurahan_code = $2, agency_id = $3, updated_at = $4, updated_by = $5,
                version = version + 1
          WHERE id = $6 AND version = $7 RETURNING id, version`,
        [category, kelurahanCode, agencyId, tx.now, officerId, id, input.version],
      ));
  const saved = rows[0];
  if (!saved) return (await exists(tx, id ?? '')) ? { kind: 'stale' } : { kind: 'not_found' };
  await noteEdit(tx, officerId, 'edit_agency_route', {
    category,
    kelurahan: kelurahanCode,
    agency: agencyId,
  });
  return { kind: 'saved', ...saved };
}

export async function removeAgencyRoute(
  tx: Tx,
  input: { id: string; version: number; officerId: string },
): Promise<{ kind: 'removed' } | { kind: 'stale' } | { kind: 'not_found' }> {
  const { rows } = await tx.query<{ category: string; kelurahan_code: string | null }>(
    `DELETE FROM agency_route WHERE id = $1 AND version = $2 RETURNING category, kelurahan_code`,
    [input.id, input.version],
  );
  const gone = rows[0];
  if (!gone) return (await exists(tx, input.id)) ? { kind: 'stale' } : { kind: 'not_found' };
  await noteEdit(tx, input.officerId, 'remove_agency_route', {
    category: gone.category,
    kelurahan: gone.kelurahan_code,
  });
  return { kind: 'removed' };
}

async function exists(tx: Tx, id: string): Promise<boolean> {
  return (await tx.query(`SELECT 1 FROM agency_route WHERE id = $1`, [id])).rows.length > 0;
}

async function noteEdit(
  tx: Tx,
  officerId: string,
  action: string,
  detail: Record<string, unknown>,
): Promise<void> {
  await writeAudit(tx, { officerId, action, subjectKind: 'room', subjectId: 'agency_route', detail });
  tx.changed({ kind: 'room', id: 'agency_route' });
}
