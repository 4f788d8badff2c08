import type { Tx } from '../store/transact.ts';

/** The officer reads this concern before the visit: it was poured out, and the visit booked for it afterwards. */
export async function attachConcern(
  tx: Tx,
  input: { residentId: string; concernId: string; bookingId: string },
): Promise<void> {
  await tx.query(`UPDATE concern SET booking_id = $3 WHERE id = $1 AND resident_id = $2`, [
    input.concernId,
    input.residentId,
    input.bookingId,
  ]);
  tx.changed({ kind: 'concern', id: input.concernId });
}
