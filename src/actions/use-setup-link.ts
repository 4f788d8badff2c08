import type { Tx } from '../store/transact.ts';
import { hashSetupToken } from './setup-link.ts';
import { writeAudit } from './write-audit.ts';

export type SetupLinkView =
  | { kind: 'first_admin' }
  | { kind: 'invite' | 'reset'; officer: { id: string; login: string; name: string } };

/** What the link is for, without using it; null when it is unknown, used or too old. */
export async function lookAtSetupLink(tx: Tx, input: { token: string }): Promise<SetupLinkView | null> {
  const found = await tx.query<{
    purpose: 'first_admin' | 'invite' | 'reset';
    id: string | null;
    login: string;
    name: string;
  }>(
    `SELECT l.purpose, o.id, o.login, o.name FROM setup_link l LEFT JOIN officer o ON o.id = l.officer_id
     WHERE l.token_hash = $1 AND l.used_at IS NULL AND l.expires_at > $2`,
    [hashSetupToken(input.token), tx.now],
  );
  const row = found.rows[0];
  if (!row) return null;
  if (row.purpose === 'first_admin') return { kind: 'first_admin' };
  return row.id === null
    ? null
    : { kind: row.purpose, officer: { id: row.id, login: row.login, name: row.name } };
}

export type UseSetupLinkInput = {
  token: string;
  passwordHash: string;
  /** For the first admin only; an invited officer has both already. */
  login?: string;
  name?: string;
};

/** Spends the link: of two who use it at once, one gets through. */
export async function useSetupLink(
  tx: Tx,
  input: UseSetupLinkInput,
): Promise<{ kind: 'done'; officerId: string } | { kind: 'link_spent' } | { kind: 'incomplete' }> {
  const spent = await tx.query<{ purpose: 'first_admin' | 'invite' | 'reset'; officer_id: string | null }>(
    `UPDATE setup_link SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2
     RETURNING purpose, officer_id`,
    [hashSetupToken(input.token), tx.now],
  );
  const link = spent.rows[0];
  if (!link) return { kind: 'link_spent' };
  const made: FirstAdmin =
    link.officer_id === null
      ? await createFirstAdmin(tx, input)
      : { kind: 'made', officerId: link.officer_id };
  if (made.kind !== 'made') return made;
  const { officerId } = made;
  if (link.officer_id !== null) {
    await tx.query(`UPDATE officer SET password_hash = $2, version = version + 1 WHERE id = $1`, [
      officerId,
      input.passwordHash,
    ]);
    // A reset is asked for when something is wrong: whoever was logged in with the old password is out.
    await tx.query(`DELETE FROM officer_session WHERE officer_id = $1`, [officerId]);
  }
  await writeAudit(tx, {
    officerId,
    action: 'use_setup_link',
    subjectKind: 'officer',
    subjectId: officerId,
    detail: { purpose: link.purpose },
  });
  tx.changed({ kind: 'room', id: 'officers' });
  return { kind: 'done', officerId };
}

type FirstAdmin = { kind: 'made'; officerId: string } | { kind: 'incomplete' } | { kind: 'link_spent' };

async function createFirstAdmin(tx: Tx, input: UseSetupLinkInput): Promise<FirstAdmin> {
  const login = input.login?.trim() ?? '';
  const name = input.name?.trim() ?? '';
  if (login === '' || name === '') {
    // Nothing was made, so the link must stay good for the corrected form.
    await tx.query(`UPDATE setup_link SET used_at = NULL WHERE token_hash = $1`, [
      hashSetupToken(input.token),
    ]);
    return { kind: 'incomplete' };
  }
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('first_admin'))`);
  const created = await tx.query<{ id: string }>(
    `INSERT INTO officer (login, name, role, password_hash, created_at)
     SELECT $1, $2, 'admin', $3, $4 WHERE NOT EXISTS (SELECT 1 FROM officer) RETURNING id`,
    [login, name, input.passwordHash, tx.now],
  );
  const admin = created.rows[0];
  // Somebody was faster: there is an admin, and this link is worth nothing any more.
  return admin ? { kind: 'made', officerId: admin.id } : { kind: 'link_spent' };
}
