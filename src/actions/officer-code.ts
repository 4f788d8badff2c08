import { randomBytes } from 'node:crypto';
import { makeLinkCode, readLinkCode } from '../domain/code.ts';
import type { Tx } from '../store/transact.ts';
import { countTry, forgetTry } from './count-try.ts';
import { addContact, contactHash } from './officer-contact.ts';
import { writeAudit } from './write-audit.ts';

export const officerCodeMinutes = 15;

/** A one-time code by which an officer's Telegram account becomes theirs. The newest alone is good; its hash is kept. */
export async function makeOfficerCode(
  tx: Tx,
  input: { officerId: string },
): Promise<{ code: string; minutes: number }> {
  let code: string | null = null;
  while (code === null) code = makeLinkCode(randomBytes(8));
  await tx.query(`DELETE FROM officer_code WHERE officer_id = $1`, [input.officerId]);
  await tx.query(
    `INSERT INTO officer_code (code_hash, officer_id, created_at, expires_at) VALUES ($1, $2, $3, $4)`,
    [hashOf(tx, code), input.officerId, tx.now, new Date(tx.now.getTime() + officerCodeMinutes * 60_000)],
  );
  return { code, minutes: officerCodeMinutes };
}

export type UseOfficerCodeResult =
  | { kind: 'linked'; officerName: string }
  /** Unknown, used, too old, or of one who is no officer any more: which of them is not said. */
  | { kind: 'wrong' }
  /** Too many wrong ones from this account: none is looked at until then. */
  | { kind: 'throttled'; retryAt: Date }
  /** That Telegram account is a colleague's. */
  | { kind: 'taken' };

/** Spends a code: from now on this Telegram user is that officer, instead of whoever was before. */
export async function useOfficerCode(
  tx: Tx,
  input: { code: string; userRef: string },
): Promise<UseOfficerCodeResult> {
  const counted = await countTry(tx, { key: `officer-code:${input.userRef}` });
  if (counted.kind === 'throttled') return counted;
  const code = readLinkCode(input.code);
  if (code === null) return { kind: 'wrong' };
  const hash = hashOf(tx, code);
  const spent = await tx.query<{ officer_id: string }>(
    `UPDATE officer_code SET used_at = $2 WHERE code_hash = $1 AND used_at IS NULL AND expires_at > $2
     RETURNING officer_id`,
    [hash, tx.now],
  );
  const userHash = contactHash(tx.vault, 'telegram', input.userRef);
  const officerId = spent.rows[0]?.officer_id ?? (await spentBefore(tx, hash, userHash));
  if (officerId === null) return { kind: 'wrong' };
  const found = await tx.query<{ name: string }>(
    `SELECT name FROM officer WHERE id = $1 AND is_active AND role <> 'analyst'`,
    [officerId],
  );
  const officer = found.rows[0];
  if (!officer) return { kind: 'wrong' };
  // It was no guess.
  await forgetTry(tx, { tryId: counted.tryId });
  const added = await addContact(tx, {
    officerId,
    kind: 'telegram',
    value: input.userRef,
    byOfficerId: officerId,
  });
  if (added.kind === 'taken') {
    await tx.query(`UPDATE officer_code SET used_at = NULL WHERE code_hash = $1`, [hash]);
    return { kind: 'taken' };
  }
  await tx.query(`DELETE FROM officer_contact WHERE officer_id = $1 AND kind = 'telegram' AND id <> $2`, [
    officerId,
    added.contactId,
  ]);
  return { kind: 'linked', officerName: officer.name };
}

/** Telegram repeats what it is not sure of: the very same account with its own spent code has been linked by it. */
async function spentBefore(tx: Tx, codeHash: Uint8Array, userHash: Uint8Array): Promise<string | null> {
  const { rows } = await tx.query<{ officer_id: string }>(
    `SELECT c.officer_id FROM officer_code c JOIN officer_contact k ON k.officer_id = c.officer_id
      WHERE c.code_hash = $1 AND c.used_at IS NOT NULL AND k.kind = 'telegram' AND k.value_hash = $2`,
    [codeHash, userHash],
  );
  return rows[0]?.officer_id ?? null;
}

/** The officer lets go of their Telegram account: what it writes in the group is nobody's word any more. */
export async function unlinkTelegram(tx: Tx, input: { officerId: string }): Promise<void> {
  await tx.query(`DELETE FROM officer_code WHERE officer_id = $1`, [input.officerId]);
  const gone = await tx.query(`DELETE FROM officer_contact WHERE officer_id = $1 AND kind = 'telegram'`, [
    input.officerId,
  ]);
  if (gone.count === 0) return;
  await writeAudit(tx, {
    officerId: input.officerId,
    action: 'remove_contact',
    subjectKind: 'officer',
    subjectId: input.officerId,
    detail: { kind: 'telegram' },
  });
  tx.changed({ kind: 'room', id: 'contacts' });
}

function hashOf(tx: Tx, code: string): Uint8Array {
  return tx.vault.fingerprint(`officer-code:${code}`);
}
