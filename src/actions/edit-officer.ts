import type { Tx } from '../store/transact.ts';
import type { OfficerRole } from './create-officer.ts';
import { requeueHandoff } from './requeue-handoff.ts';
import { makeSetupLink } from './setup-link.ts';
import { writeAudit } from './write-audit.ts';

export type EditOfficerResult =
  | { kind: 'saved'; version: number }
  /** Somebody saved since the page was read. */
  | { kind: 'stale' }
  /** Without an active admin nobody could ever mend it on the desk. */
  | { kind: 'last_admin' }
  | { kind: 'not_found' };

/**
 * Switching an officer off ends their sessions at once. Who may see no person any more (switched off, or an analyst now) is
 * on no duty and has nobody: their chats go back into the queue, their concerns stand on the board as nobody's.
 */
export async function editOfficer(
  tx: Tx,
  input: {
    officerId: string;
    byOfficerId: string;
    version: number;
    name: string;
    role: OfficerRole;
    isActive: boolean;
    capacity: number;
    skills: readonly string[];
  },
): Promise<EditOfficerResult> {
  // Serialises edits of officers: two admins must not demote each other at the same moment.
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('edit_officer'))`);
  const found = await tx.query<{ version: number }>(`SELECT version FROM officer WHERE id = $1 FOR UPDATE`, [
    input.officerId,
  ]);
  const officer = found.rows[0];
  if (!officer) return { kind: 'not_found' };
  if (officer.version !== input.version) return { kind: 'stale' };
  if (!input.isActive || input.role !== 'admin') {
    const others = await tx.query(
      `SELECT 1 FROM officer WHERE role = 'admin' AND is_active AND id <> $1 AND password_hash <> '!' LIMIT 1`,
      [input.officerId],
    );
    const isAdmin = await tx.query(`SELECT 1 FROM officer WHERE id = $1 AND role = 'admin' AND is_active`, [
      input.officerId,
    ]);
    if (isAdmin.count > 0 && others.count === 0) return { kind: 'last_admin' };
  }
  await tx.query(
    `UPDATE officer SET name = $2, role = $3, is_active = $4, capacity = $5, skills = $6, version = version + 1
      WHERE id = $1`,
    [input.officerId, input.name.trim(), input.role, input.isActive, input.capacity, [...input.skills]],
  );
  if (!input.isActive) await setOff(tx, input.officerId);
  if (!input.isActive || input.role === 'analyst') await release(tx, input);
  await writeAudit(tx, {
    officerId: input.byOfficerId,
    action: 'edit_officer',
    subjectKind: 'officer',
    subjectId: input.officerId,
    detail: { role: input.role, isActive: input.isActive },
  });
  tx.changed({ kind: 'room', id: 'officers' });
  return { kind: 'saved', version: input.version + 1 };
}

async function setOff(tx: Tx, officerId: string): Promise<void> {
  await tx.query(`DELETE FROM officer_session WHERE officer_id = $1`, [officerId]);
  await tx.query(`DELETE FROM setup_link WHERE officer_id = $1 AND used_at IS NULL`, [officerId]);
}

async function release(
  tx: Tx,
  { officerId, byOfficerId }: { officerId: string; byOfficerId: string },
): Promise<void> {
  await tx.query(`UPDATE officer SET presence = 'away' WHERE id = $1`, [officerId]);
  await tx.query(
    `SELECT 1 FROM conversation WHERE id IN (SELECT conversation_id FROM handoff WHERE officer_id = $1 AND status = 'held')
      ORDER BY id FOR NO KEY UPDATE`,
    [officerId],
  );
  const released = await tx.query<{ id: string; conversation_id: string }>(
    `SELECT id, conversation_id FROM handoff WHERE officer_id = $1 AND status = 'held' ORDER BY id FOR NO KEY UPDATE`,
    [officerId],
  );
  for (const handoff of released.rows) {
    await requeueHandoff(tx, { handoffId: handoff.id });
    tx.changed({ kind: 'handoff', id: handoff.id });
    tx.changed({ kind: 'conversation', id: handoff.conversation_id });
  }
  // One that is settled keeps whose it was, until it is opened again.
  const concerns = await tx.query<{ id: string; code: string }>(
    `WITH theirs AS (
       SELECT id FROM concern WHERE officer_id = $1 AND status <> 'settled' ORDER BY id FOR NO KEY UPDATE
     )
     UPDATE concern k SET officer_id = NULL, status = CASE WHEN k.status = 'with_officer' THEN 'read' ELSE k.status END
       FROM theirs WHERE k.id = theirs.id RETURNING k.id, k.code`,
    [officerId],
  );
  for (const { id, code } of concerns.rows) {
    await writeAudit(tx, {
      officerId: byOfficerId,
      action: 'release_concern',
      subjectKind: 'concern',
      subjectId: id,
      detail: { code, from: officerId },
    });
    tx.changed({ kind: 'concern', id });
  }
}

/** A fresh one-time link for an officer who forgot the password or never used the invitation. */
export async function resetOfficer(
  tx: Tx,
  input: { officerId: string; byOfficerId: string },
): Promise<{ kind: 'reset'; token: string } | { kind: 'not_found' }> {
  const found = await tx.query<{ is_new: boolean }>(
    `SELECT password_hash = '!' AS is_new FROM officer WHERE id = $1 AND is_active`,
    [input.officerId],
  );
  const officer = found.rows[0];
  if (!officer) return { kind: 'not_found' };
  const token = await makeSetupLink(tx, {
    purpose: officer.is_new ? 'invite' : 'reset',
    officerId: input.officerId,
  });
  await writeAudit(tx, {
    officerId: input.byOfficerId,
    action: 'reset_officer',
    subjectKind: 'officer',
    subjectId: input.officerId,
  });
  return { kind: 'reset', token };
}
