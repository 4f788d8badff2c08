import type { Tx } from '../store/transact.ts';
import { countTry, forgetTry } from './count-try.ts';
import { writeAudit } from './write-audit.ts';

/** A session ends after 12 idle hours, and after seven days however busy. */
export const sessionLimit = { idleMs: 12 * 60 * 60 * 1000, wholeMs: 7 * 24 * 60 * 60 * 1000 };

export type LogInAttempt =
  | { kind: 'throttled'; retryAt: Date }
  /** Counted as wrong until {@link openOfficerSession} takes it back. */
  | { kind: 'counted'; attemptId: number; officer: { id: string; passwordHash: string } | null };

/** First half of logging in: tries are counted for one login from one network address. The slow check of the password is done between the halves, outside a transaction. */
export async function countLogInAttempt(
  tx: Tx,
  input: { login: string; from: string },
): Promise<LogInAttempt> {
  const login = input.login.trim().toLowerCase();
  const counted = await countTry(tx, { key: `login:${login}:${input.from}` });
  if (counted.kind === 'throttled') return counted;
  const officer = await tx.query<{ id: string; password_hash: string }>(
    `SELECT id, password_hash FROM officer WHERE lower(login) = $1 AND is_active`,
    [login],
  );
  const found = officer.rows[0];
  return {
    kind: 'counted',
    attemptId: counted.tryId,
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
  if (input.attemptId !== null) await forgetTry(tx, { tryId: input.attemptId });
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
