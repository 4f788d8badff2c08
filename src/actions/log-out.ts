import type { Tx } from '../store/transact.ts';
import { writeAudit } from './write-audit.ts';

/** Ends the session on the server: the cookie is worth nothing afterwards, whoever holds a copy. */
export async function logOut(tx: Tx, input: { tokenHash: Uint8Array }): Promise<void> {
  const ended = await tx.query<{ officer_id: string }>(
    `DELETE FROM officer_session WHERE token_hash = $1 RETURNING officer_id`,
    [input.tokenHash],
  );
  const officerId = ended.rows[0]?.officer_id;
  if (officerId === undefined) return;
  await tx.query(
    // Who goes on in the officers' group begins anew there.
    `UPDATE officer SET presence = 'away', in_group_until = NULL
     WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM officer_session WHERE officer_id = $1 AND expires_at > $2)`,
    [officerId, tx.now],
  );
  await writeAudit(tx, { officerId, action: 'log_out', subjectKind: 'officer', subjectId: officerId });
  tx.changed({ kind: 'room', id: 'officers' });
  tx.ring({ kind: 'queue' });
}
