import type { Tx } from '../store/transact.ts';
import { writeAudit } from './write-audit.ts';

/** Ten wrong tries for one login from one network address, then a pause until the oldest is 15 minutes old. */
export const logInLimit = { failures: 10, windowMs: 15 * 60 * 1000 };

/** A session ends after 12 idle hours, and after seven days however busy. */
export const sessionLimit = { idleMs: 12 * 60 * 60 * 1000, wholeMs: 7 * 24 * 60 * 60 * 1000 };

export type LogInAttempt =
  | { kind: 'throttled'; retryAt: Date }
  /** Counted as wrong until {@link openOfficerSession} takes it back, so that parallel guesses all count. */
  | { kind: 'counted'; attemptId: number; officer: { id: string; passwordHash: string } | null };

/** First half of logging in. The slow check of the password is done between the halves, outside a transaction. */
export async function countLogInAttempt(
  tx: Tx,
  input: { login: string; from: string },
): Promise<LogInAttempt> {
  const login = input.login.trim().toLowerCase();
  const key = tx.vault.fingerprint(`login:${login}:${input.from}`);
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext(encode($1::bytea, 'hex')))`, [key]);
  const since = new Date(tx.now.getTime() - logInLimit.windowMs);
  await tx.query(`DELETE FROM login_failure WHERE key_hash = $1 AND at <= $2`, [key, since]);
  const failures = await tx.query<{ count: number; oldest: Date | null }>(
    `SELECT count(*) AS count, min(at) AS oldest FROM login_failure WHERE key_hash = $1`,
    [key],
  );
  const { count = 0, oldest = null } = failures.rows[0] ?? {};
  if (count >= logInLimit.failures && oldest) {
    return { kind: 'throttled', retryAt: new Date(oldest.getTime() + logInLimit.windowMs) };
  }
  const attempt = await tx.query<{ id: number }>(
    `INSERT INTO login_failure (key_hash, at) VALUES ($1, $2) RETURNING id`,
    [key, tx.now],
  );
  const officer = await tx.query<{ id: string; password_hash: string }>(
    `SELECT id, password_hash FROM officer WHERE lower(login) = $1 AND is_active`,
    [login],
  );
  const found = officer.rows[0];
  return {
    kind: 'counted',
    attemptId: attempt.rows[0]?.id ?? 0,
    officer: found ? { id: found.id, passwordHash: found.password_hash } : null,
  };
}

/** Second half: the password was right. `tokenHash` is of the cookie, which only the browser keeps. */
export async function openOfficerSession(
  tx: Tx,
  input: { officerId: string; tokenHash: Uint8Array; attemptId: number | null },
): Promise<{ kind: 'opened'; expiresAt: Date } | { kind: 'inactive' }> {
  const officer = await tx.query(`SELECT 1 FROM officer WHERE id = $1 AND is_active FOR SHARE`, [
    input.officerId,
  ]);
  if (officer.count === 0) return { kind: 'inactive' };
  if (input.attemptId !== null) await tx.query(`DELETE FROM login_failure WHERE id = $1`, [input.attemptId]);
  await tx.query(`DELETE FROM officer_session WHERE expires_at <= $1`, [tx.now]);
  const expiresAt = new Date(tx.now.getTime() + sessionLimit.idleMs);
  await tx.query(
    `INSERT INTO officer_session (token_hash, officer_id, created_at, last_seen_at, expires_at)
     VALUES ($1, $2, $3, $3, $4)`,
    [input.tokenHash, input.officerId, tx.now, expiresAt],
  );
  await tx.query(`UPDATE officer SET presence = 'on_duty' WHERE id = $1 AND presence = 'away'`, [
    input.officerId,
  ]);
  await writeAudit(tx, {
    officerId: input.officerId,
    action: 'log_in',
    subjectKind: 'officer',
    subjectId: input.officerId,
  });
  tx.changed({ kind: 'room', id: 'officers' });
  tx.ring({ kind: 'queue' });
  return { kind: 'opened', expiresAt };
}
