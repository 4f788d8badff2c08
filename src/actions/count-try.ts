import type { Tx } from '../store/transact.ts';

/** Ten wrong tries under one key, then a pause until the oldest is 15 minutes old. */
export const tryLimit = { failures: 10, windowMs: 15 * 60 * 1000 };

export type CountedTry = { kind: 'throttled'; retryAt: Date } | { kind: 'counted'; tryId: number };

/**
 * Counts a guess at a secret as wrong before it is looked at, so that parallel ones all count; {@link forgetTry} takes it
 * back when it was right. `key` names who guesses and at what, and is kept as a fingerprint alone.
 */
export async function countTry(tx: Tx, input: { key: string }): Promise<CountedTry> {
  const key = tx.vault.fingerprint(input.key);
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext(encode($1::bytea, 'hex')))`, [key]);
  const since = new Date(tx.now.getTime() - tryLimit.windowMs);
  await tx.query(`DELETE FROM login_failure WHERE key_hash = $1 AND at <= $2`, [key, since]);
  const failures = await tx.query<{ count: number; oldest: Date | null }>(
    `SELECT count(*) AS count, min(at) AS oldest FROM login_failure WHERE key_hash = $1`,
    [key],
  );
  const { count = 0, oldest = null } = failures.rows[0] ?? {};
  if (count >= tryLimit.failures && oldest) {
    return { kind: 'throttled', retryAt: new Date(oldest.getTime() + tryLimit.windowMs) };
  }
  const counted = await tx.query<{ id: number }>(
    `INSERT INTO login_failure (key_hash, at) VALUES ($1, $2) RETURNING id`,
    [key, tx.now],
  );
  return { kind: 'counted', tryId: counted.rows[0]?.id ?? 0 };
}

export async function forgetTry(tx: Tx, input: { tryId: number }): Promise<void> {
  await tx.query(`DELETE FROM login_failure WHERE id = $1`, [input.tryId]);
}
