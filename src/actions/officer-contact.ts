import { sealed } from '../store/sealed.ts';
import type { Tx } from '../store/transact.ts';
import type { Vault } from '../store/vault.ts';
import { writeAudit } from './write-audit.ts';

/** Ways to reach an officer outside the desk. `push` is a browser's subscription as JSON. */
export const contactKinds = ['telegram', 'whatsapp', 'email', 'push'] as const;
export type ContactKind = (typeof contactKinds)[number];

/** Finds a contact without opening one: whose Telegram account, number, mailbox or browser is this? */
export function contactHash(vault: Vault, kind: ContactKind, value: string): Uint8Array {
  return vault.fingerprint(`contact:${kind}:${value}`);
}

export type AddContactResult =
  | { kind: 'added'; contactId: string }
  /** It is this officer's already; a mark that it had failed is taken off. */
  | { kind: 'known'; contactId: string }
  /** One account, number, mailbox or browser is one officer's. */
  | { kind: 'taken' };

/** `value` as {@link contactKinds} means it: a Telegram user id, digits with country code, a mail address, JSON. */
export async function addContact(
  tx: Tx,
  input: { officerId: string; kind: ContactKind; value: string; byOfficerId: string },
): Promise<AddContactResult> {
  const { officerId, kind, value } = input;
  const hash = contactHash(tx.vault, kind, value);
  const added = await tx.query<{ id: string }>(
    `INSERT INTO officer_contact (officer_id, kind, value_hash, value_sealed, created_at)
     SELECT id, $2, $3, $4, $5 FROM officer WHERE id = $1
     ON CONFLICT (kind, value_hash) DO NOTHING RETURNING id`,
    [officerId, kind, hash, tx.vault.seal(value, sealed.officerContact), tx.now],
  );
  const mine = added.rows[0];
  if (!mine) {
    const again = await tx.query<{ id: string }>(
      `UPDATE officer_contact SET failed_at = NULL, gone_since = NULL WHERE kind = $2 AND value_hash = $3 AND officer_id = $1 RETURNING id`,
      [officerId, kind, hash],
    );
    const known = again.rows[0];
    if (!known) return { kind: 'taken' };
    tx.changed({ kind: 'room', id: 'contacts' });
    return { kind: 'known', contactId: known.id };
  }
  await writeAudit(tx, {
    officerId: input.byOfficerId,
    action: 'add_contact',
    subjectKind: 'officer',
    subjectId: officerId,
    detail: { kind },
  });
  tx.changed({ kind: 'room', id: 'contacts' });
  return { kind: 'added', contactId: mine.id };
}

/** `officerId` binds it to that officer's own; an admin removes anybody's. */
export async function removeContact(
  tx: Tx,
  input: { contactId: string; officerId: string | null; byOfficerId: string },
): Promise<{ kind: 'removed' | 'not_found' }> {
  const removed = await tx.query<{ kind: string; officer_id: string }>(
    `DELETE FROM officer_contact WHERE id = $1 AND ($2::uuid IS NULL OR officer_id = $2) RETURNING kind, officer_id`,
    [input.contactId, input.officerId],
  );
  const gone = removed.rows[0];
  if (!gone) return { kind: 'not_found' };
  await writeAudit(tx, {
    officerId: input.byOfficerId,
    action: 'remove_contact',
    subjectKind: 'officer',
    subjectId: gone.officer_id,
    detail: { kind: gone.kind },
  });
  tx.changed({ kind: 'room', id: 'contacts' });
  return { kind: 'removed' };
}
