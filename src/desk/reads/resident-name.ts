import { sealed } from '../../store/sealed.ts';
import type { Vault } from '../../store/vault.ts';

export type NamedRow = {
  resident_id: string;
  name_sealed: Uint8Array | null;
  profile_name_sealed: Uint8Array | null;
};

/** The name the resident gave, else the one their platform shows, else a word that at least stays the same. */
export function residentName(vault: Vault, row: NamedRow): string {
  if (row.name_sealed) return vault.openText(row.name_sealed, sealed.residentName);
  if (row.profile_name_sealed) return vault.openText(row.profile_name_sealed, sealed.profileName);
  return `Warga ${row.resident_id.slice(0, 4).toUpperCase()}`;
}
