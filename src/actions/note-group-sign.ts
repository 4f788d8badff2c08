import type { Tx } from '../store/transact.ts';
import { isHere, goneBefore, readHandoffSettings } from './read-duty.ts';

/** Signs within this time of the last one are not written down anew. */
const touchMs = 60_000;

/**
 * An officer has claimed, written or ordered something in their group, at `at`: they are there, as with the desk open.
 * The first sign after a silence is what logging in is at the desk: who was away is on duty. Who chose to be away a
 * moment ago stays so.
 */
export async function noteGroupSign(tx: Tx, input: { officerId: string; at: Date }): Promise<void> {
  const { officerId, at } = input;
  const settings = await readHandoffSettings(tx);
  const until = new Date(at.getTime() + settings.groupGoneAfterMinutes * 60_000);
  // Said long ago and only handled now.
  if (until <= tx.now) return;
  const { rows } = await tx.query<{ presence: string; is_here: boolean; in_group_until: Date | null }>(
    `SELECT o.presence, ${isHere('$2', '$3')} AS is_here, o.in_group_until FROM officer o
      WHERE o.id = $1 AND o.is_active FOR NO KEY UPDATE`,
    [officerId, tx.now, goneBefore(tx.now, settings)],
  );
  const officer = rows[0];
  if (!officer) return;
  const known = officer.in_group_until?.getTime() ?? 0;
  if (officer.is_here && until.getTime() - known < touchMs) return;
  const begins = !officer.is_here && officer.presence === 'away';
  await tx.query(`UPDATE officer SET in_group_until = $2, presence = $3 WHERE id = $1`, [
    officerId,
    until,
    begins ? 'on_duty' : officer.presence,
  ]);
  if (officer.is_here) return;
  tx.changed({ kind: 'room', id: 'officers' });
  tx.ring({ kind: 'queue' });
}
