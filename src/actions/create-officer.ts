import type { Tx } from '../store/transact.ts';
import { makeSetupLink } from './setup-link.ts';
import { writeAudit } from './write-audit.ts';

export type OfficerRole = 'officer' | 'supervisor' | 'admin' | 'analyst';

/** The new officer has no password; the one-time link of the answer lets them choose one. */
export async function createOfficer(
  tx: Tx,
  input: { login: string; name: string; role: OfficerRole; byOfficerId: string | null },
): Promise<{ kind: 'created'; officerId: string; token: string } | { kind: 'login_taken' }> {
  const login = input.login.trim();
  const created = await tx.query<{ id: string }>(
    `INSERT INTO officer (login, name, role, password_hash, created_at) VALUES ($1, $2, $3, '!', $4)
     ON CONFLICT DO NOTHING RETURNING id`,
    [login, input.name.trim(), input.role, tx.now],
  );
  const officerId = created.rows[0]?.id;
  if (officerId === undefined) return { kind: 'login_taken' };
  const token = await makeSetupLink(tx, { purpose: 'invite', officerId });
  await writeAudit(tx, {
    officerId: input.byOfficerId,
    action: 'create_officer',
    subjectKind: 'officer',
    subjectId: officerId,
    detail: { role: input.role },
  });
  tx.changed({ kind: 'room', id: 'officers' });
  return { kind: 'created', officerId, token };
}
