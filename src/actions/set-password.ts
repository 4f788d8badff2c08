import type { Tx } from '../store/transact.ts';
import { forgetTry } from './count-try.ts';
import { writeAudit } from './write-audit.ts';

/** A new password ends every other session of the officer: a stolen one must not outlive it. */
export async function setPassword(
  tx: Tx,
  input: { officerId: string; passwordHash: string; keepSession: Uint8Array; attemptId: number },
): Promise<void> {
  await tx.query(`UPDATE officer SET password_hash = $2, version = version + 1 WHERE id = $1`, [
    input.officerId,
    input.passwordHash,
  ]);
  await tx.query(`DELETE FROM officer_session WHERE officer_id = $1 AND token_hash <> $2`, [
    input.officerId,
    input.keepSession,
  ]);
  await forgetTry(tx, { tryId: input.attemptId });
  await writeAudit(tx, {
    officerId: input.officerId,
    action: 'set_password',
    subjectKind: 'officer',
    subjectId: input.officerId,
  });
}
