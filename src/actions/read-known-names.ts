import { sealed } from '../store/sealed.ts';
import type { Tx } from '../store/transact.ts';

/** What the resident is known by here: the name they gave, and what each platform shows. */
export async function readKnownNames(tx: Tx, residentId: string): Promise<string[]> {
  const { rows } = await tx.query<{ name_sealed: Uint8Array | null; profile_name_sealed: Uint8Array | null }>(
    `SELECT r.name_sealed, a.profile_name_sealed FROM resident r LEFT JOIN address a ON a.resident_id = r.id
      WHERE r.id = $1`,
    [residentId],
  );
  return rows.flatMap((row) => [
    ...(row.name_sealed ? [tx.vault.openText(row.name_sealed, sealed.residentName)] : []),
    ...(row.profile_name_sealed ? [tx.vault.openText(row.profile_name_sealed, sealed.profileName)] : []),
  ]);
}
