import type { Tx } from '../store/transact.ts';
import { idOf } from '../domain/slug.ts';
import type { AgencyEdit } from './edit-room.ts';
import { writeAudit } from './write-audit.ts';

export type NewAgency = Omit<AgencyEdit, 'id' | 'version' | 'isActive'> & { source: string };

/** An agency that concerns can be referred to. Its id is made of its short name and stays. */
export async function addAgency(
  tx: Tx,
  input: { agency: NewAgency; officerId: string },
): Promise<{ kind: 'added'; id: string } | { kind: 'taken' }> {
  const { agency } = input;
  const id = idOf(agency.short);
  const added = await tx.query(
    `INSERT INTO agency (id, name, short, level, categories, handles, email, contact, source)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING`,
    [
      id,
      agency.name,
      agency.short,
      agency.level,
      [...agency.categories],
      agency.handles,
      agency.email,
      agency.contact,
      agency.source,
    ],
  );
  if (added.count === 0) return { kind: 'taken' };
  await writeAudit(tx, {
    officerId: input.officerId,
    action: 'add_agency',
    subjectKind: 'room',
    subjectId: id,
  });
  tx.changed({ kind: 'room', id: 'agency' });
  return { kind: 'added', id };
}

/** Takes out an agency that nothing hangs on. One that has had a concern is switched off instead: what was, stays. */
export async function removeAgency(
  tx: Tx,
  input: { id: string; officerId: string },
): Promise<{ kind: 'removed' | 'in_use' | 'not_found' }> {
  // Locked, so that nothing refers to it between the look and the removal: a foreign key wants this row, too.
  const found = await tx.query(`SELECT 1 FROM agency WHERE id = $1 FOR UPDATE`, [input.id]);
  if (found.count === 0) return { kind: 'not_found' };
  const removed = await tx.query(
    `DELETE FROM agency WHERE id = $1
        AND NOT EXISTS (SELECT 1 FROM concern WHERE agency_id = $1)
        AND NOT EXISTS (SELECT 1 FROM correction WHERE agency_id = $1)
        AND NOT EXISTS (SELECT 1 FROM referral WHERE agency_id = $1)
        AND NOT EXISTS (SELECT 1 FROM agency_letter WHERE agency_id = $1)
        AND NOT EXISTS (SELECT 1 FROM agency_route WHERE agency_id = $1)`,
    [input.id],
  );
  if (removed.count === 0) return { kind: 'in_use' };
  await writeAudit(tx, {
    officerId: input.officerId,
    action: 'remove_agency',
    subjectKind: 'room',
    subjectId: input.id,
  });
  tx.changed({ kind: 'room', id: 'agency' });
  return { kind: 'removed' };
}
