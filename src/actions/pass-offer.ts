import type { Tx } from '../store/transact.ts';

/** An officer does not take what they were offered: it goes to the next at once. Passing twice is passing once. */
export async function passOffer(
  tx: Tx,
  input: { offerId: string; officerId: string },
): Promise<{ kind: 'passed' | 'over' | 'not_found' }> {
  const passed = await tx.query<{ handoff_id: string }>(
    `UPDATE handoff_offer SET outcome = 'passed', ended_at = $3
      WHERE id = $1 AND officer_id = $2 AND outcome IS NULL RETURNING handoff_id`,
    [input.offerId, input.officerId, tx.now],
  );
  const handoffId = passed.rows[0]?.handoff_id;
  if (handoffId !== undefined) {
    tx.changed({ kind: 'handoff', id: handoffId });
    tx.ring({ kind: 'queue' });
    return { kind: 'passed' };
  }
  const found = await tx.query(`SELECT 1 FROM handoff_offer WHERE id = $1 AND officer_id = $2`, [
    input.offerId,
    input.officerId,
  ]);
  return { kind: found.count > 0 ? 'over' : 'not_found' };
}
