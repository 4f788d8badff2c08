import type { RoomCalendar } from '../domain/calendar.ts';
import type { Tx } from '../store/transact.ts';
import { eraseResident } from './erase-resident.ts';
import { lockResidents, tellPages } from './merge-residents.ts';

export type EraseAtDeskResult =
  /** `agencies`: who is asked to erase its copy, too. */
  { kind: 'erased'; agencies: string[] } | { kind: 'not_found' };

/**
 * What `/data` does, for somebody who cannot: a visitor without a phone, or one whose number is gone. Nothing is said in
 * their chats, which may be in other hands by now.
 */
export async function eraseAtDesk(
  tx: Tx,
  input: { residentId: string; officerId: string; calendar: RoomCalendar },
): Promise<EraseAtDeskResult> {
  await lockResidents(tx, [input.residentId]);
  // Joined to somebody else just now, they are found anew.
  const { count } = await tx.query(
    `SELECT 1 FROM resident r WHERE r.id = $1
        AND NOT EXISTS (SELECT 1 FROM merge g WHERE g.merged_resident_id = r.id AND g.undone_at IS NULL)`,
    [input.residentId],
  );
  if (count === 0) return { kind: 'not_found' };
  const { agencies } = await eraseResident(tx, input);
  await tellPages(tx, input.residentId);
  return { kind: 'erased', agencies };
}
