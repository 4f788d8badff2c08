import { sealed } from '../store/sealed.ts';
import type { Tx } from '../store/transact.ts';
import { contactHash } from './officer-contact.ts';
import { writeAudit } from './write-audit.ts';

/** More browsers than anybody carries; one who needs another takes an old one out. */
const maxDevices = 10;

/**
 * Turns notifications on in a browser. A browser is one officer's: whoever turns them on last at a shared machine gets
 * them. `endpoint` tells the browser, `value` is the whole subscription as JSON.
 */
export async function addPushDevice(
  tx: Tx,
  input: { officerId: string; endpoint: string; value: string },
): Promise<{ kind: 'added'; contactId: string } | { kind: 'too_many' }> {
  const { officerId } = input;
  const hash = contactHash(tx.vault, 'push', input.endpoint);
  // The officer's row, so that two browsers at once are counted one after the other.
  await tx.query(`SELECT 1 FROM officer WHERE id = $1 FOR UPDATE`, [officerId]);
  const others = await tx.query<{ count: number }>(
    `SELECT count(*) AS count FROM officer_contact WHERE officer_id = $1 AND kind = 'push' AND value_hash <> $2`,
    [officerId, hash],
  );
  if ((others.rows[0]?.count ?? 0) >= maxDevices) return { kind: 'too_many' };
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO officer_contact (officer_id, kind, value_hash, value_sealed, created_at) VALUES ($1, 'push', $2, $3, $4)
     ON CONFLICT (kind, value_hash) DO UPDATE
        SET officer_id = excluded.officer_id, value_sealed = excluded.value_sealed, failed_at = NULL, gone_since = NULL,
            created_at = excluded.created_at
     RETURNING id`,
    [officerId, hash, tx.vault.seal(input.value, sealed.officerContact), tx.now],
  );
  const contact = rows[0];
  if (!contact) throw new Error('addPushDevice: the insert returned no row');
  await writeAudit(tx, {
    officerId,
    action: 'add_contact',
    subjectKind: 'officer',
    subjectId: officerId,
    detail: { kind: 'push' },
  });
  tx.changed({ kind: 'room', id: 'contacts' });
  return { kind: 'added', contactId: contact.id };
}

/** The browser has unsubscribed by itself: nobody can be reached there any more. */
export async function dropGoneDevice(tx: Tx, input: { contactId: string }): Promise<void> {
  const gone = await tx.query(`DELETE FROM officer_contact WHERE id = $1 AND kind = 'push'`, [
    input.contactId,
  ]);
  if (gone.count > 0) tx.changed({ kind: 'room', id: 'contacts' });
}
