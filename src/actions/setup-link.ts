import { createHash, randomBytes } from 'node:crypto';
import type { Tx } from '../store/transact.ts';

export const setupLinkHours = { first_admin: 24, invite: 72, reset: 24 };

/** Path of the page that a one-time link opens; the token stands behind `#`, so no server logs it. */
export const setupPath = '/desk/mulai';

export function hashSetupToken(token: string): Uint8Array {
  return createHash('sha256').update(token).digest();
}

/** Makes a one-time link and voids the unused ones of the same purpose and officer: only the newest works. */
export async function makeSetupLink(
  tx: Tx,
  input: { purpose: 'first_admin' | 'invite' | 'reset'; officerId: string | null },
): Promise<string> {
  await tx.query(`DELETE FROM setup_link WHERE used_at IS NULL AND officer_id IS NOT DISTINCT FROM $1`, [
    input.officerId,
  ]);
  const token = randomBytes(32).toString('base64url');
  await tx.query(
    `INSERT INTO setup_link (token_hash, purpose, officer_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)`,
    [
      hashSetupToken(token),
      input.purpose,
      input.officerId,
      tx.now,
      new Date(tx.now.getTime() + setupLinkHours[input.purpose] * 60 * 60 * 1000),
    ],
  );
  return token;
}

/** At start: the link that makes the first admin, or null when there are officers already. */
export async function ensureSetupLink(tx: Tx): Promise<{ path: string } | null> {
  const officers = await tx.query(`SELECT 1 FROM officer LIMIT 1`);
  if (officers.count > 0) return null;
  const token = await makeSetupLink(tx, { purpose: 'first_admin', officerId: null });
  return { path: `${setupPath}#${token}` };
}
