import { idOf } from '../domain/slug.ts';
import type { Tx } from '../store/transact.ts';
import type { HotlineEdit } from './edit-room.ts';
import { writeAudit } from './write-audit.ts';

export type NewHotline = Omit<HotlineEdit, 'id' | 'version' | 'position'>;

/** A number for the worst day, at the end of the list. Without a source it may be kept, but not shown. */
export async function addHotline(
  tx: Tx,
  input: { hotline: NewHotline; officerId: string },
): Promise<{ kind: 'added'; id: string } | { kind: 'taken' } | { kind: 'no_source' }> {
  const { hotline } = input;
  if (hotline.isShown && hotline.source.trim() === '') return { kind: 'no_source' };
  const id = idOf(hotline.name);
  const added = await tx.query(
    `INSERT INTO hotline (id, name, call, whatsapp, web, hours, kinds, is_shown, source, verified_on, position)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, coalesce(max(position), 0) + 1 FROM hotline
     ON CONFLICT (id) DO NOTHING`,
    [
      id,
      hotline.name,
      hotline.call,
      hotline.whatsapp,
      hotline.web,
      hotline.hours,
      [...hotline.kinds],
      hotline.isShown,
      hotline.source,
      hotline.verifiedOn,
    ],
  );
  if (added.count === 0) return { kind: 'taken' };
  await writeAudit(tx, {
    officerId: input.officerId,
    action: 'add_hotline',
    subjectKind: 'room',
    subjectId: id,
  });
  tx.changed({ kind: 'room', id: 'hotline' });
  return { kind: 'added', id };
}

/** The last number that is shown stays: somebody in danger must always read one. */
export async function removeHotline(
  tx: Tx,
  input: { id: string; officerId: string },
): Promise<{ kind: 'removed' | 'last_shown' | 'not_found' }> {
  // All of them, so that of two who take out the last two at once one is told.
  const { rows } = await tx.query<{ id: string; is_shown: boolean }>(
    `SELECT id, is_shown FROM hotline ORDER BY id FOR UPDATE`,
  );
  if (!rows.some(({ id }) => id === input.id)) return { kind: 'not_found' };
  if (!rows.some(({ id, is_shown: isShown }) => isShown && id !== input.id)) return { kind: 'last_shown' };
  await tx.query(`DELETE FROM hotline WHERE id = $1`, [input.id]);
  await writeAudit(tx, {
    officerId: input.officerId,
    action: 'remove_hotline',
    subjectKind: 'room',
    subjectId: input.id,
  });
  tx.changed({ kind: 'room', id: 'hotline' });
  return { kind: 'removed' };
}
