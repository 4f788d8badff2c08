import type { Tx } from '../store/transact.ts';
import { writeAudit } from './write-audit.ts';

export type EditCannedReplyResult =
  { kind: 'saved'; id: string } | { kind: 'stale' } | { kind: 'shortcut_taken' } | { kind: 'not_found' };

/** A ready answer of the room. `id` null makes a new one. */
export async function editCannedReply(
  tx: Tx,
  input: {
    id: string | null;
    version: number;
    shortcut: string;
    title: string;
    body: string;
    officerId: string;
  },
): Promise<EditCannedReplyResult> {
  const shortcut = input.shortcut.trim().toLowerCase();
  const taken = await tx.query(
    `SELECT 1 FROM canned_reply WHERE lower(shortcut) = $1 AND id IS DISTINCT FROM $2::uuid`,
    [shortcut, input.id],
  );
  if (taken.count > 0) return { kind: 'shortcut_taken' };
  const values = [shortcut, input.title.trim(), input.body, tx.now, input.officerId];
  const { rows } =
    input.id === null
      ? await tx.query<{ id: string }>(
          `INSERT INTO canned_reply (shortcut, title, body, updated_at, updated_by) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT DO NOTHING RETURNING id`,
          values,
        )
      : await tx.query<{ id: string }>(
          `UPDATE canned_reply SET shortcut = $1, title = $2, body = $3, updated_at = $4, updated_by = $5,
                  version = version + 1
            WHERE id = $6 AND version = $7 RETURNING id`,
          [...values, input.id, input.version],
        );
  const id = rows[0]?.id;
  if (id === undefined) return whyNot(tx, input.id);
  await writeAudit(tx, {
    officerId: input.officerId,
    action: 'edit_canned_reply',
    subjectKind: 'room',
    subjectId: id,
  });
  tx.changed({ kind: 'room', id: 'canned' });
  return { kind: 'saved', id };
}

async function whyNot(tx: Tx, id: string | null): Promise<EditCannedReplyResult> {
  if (id === null) return { kind: 'shortcut_taken' };
  const found = await tx.query(`SELECT 1 FROM canned_reply WHERE id = $1`, [id]);
  return found.count > 0 ? { kind: 'stale' } : { kind: 'not_found' };
}

export async function removeCannedReply(
  tx: Tx,
  input: { id: string; officerId: string },
): Promise<{ kind: 'removed' } | { kind: 'not_found' }> {
  const removed = await tx.query(`DELETE FROM canned_reply WHERE id = $1`, [input.id]);
  if (removed.count === 0) return { kind: 'not_found' };
  await writeAudit(tx, {
    officerId: input.officerId,
    action: 'remove_canned_reply',
    subjectKind: 'room',
    subjectId: input.id,
  });
  tx.changed({ kind: 'room', id: 'canned' });
  return { kind: 'removed' };
}
