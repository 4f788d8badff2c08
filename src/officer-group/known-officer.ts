import { contactHash } from '../actions/officer-contact.ts';
import type { Actor, Role } from '../desk/policy.ts';
import type { Queryable } from '../store/database.ts';
import type { Vault } from '../store/vault.ts';

export type KnownOfficer = Actor & { readonly name: string };

/** Who speaks is known by the platform's id of the account alone, never by a name. */
export function senderHash(vault: Vault, userRef: string): Uint8Array {
  return contactHash(vault, 'telegram', userRef);
}

/** Null: nobody's account, or of one who works here no more. */
export async function findOfficer(db: Queryable, hash: Uint8Array | null): Promise<KnownOfficer | null> {
  if (!hash) return null;
  const { rows } = await db.query<{ id: string; name: string; role: Role }>(
    `SELECT o.id, o.name, o.role FROM officer_contact k JOIN officer o ON o.id = k.officer_id
      WHERE k.kind = 'telegram' AND k.value_hash = $1 AND o.is_active AND o.role <> 'analyst'`,
    [hash],
  );
  return rows[0] ?? null;
}
