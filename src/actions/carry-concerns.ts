import type { Tx } from '../store/transact.ts';

/**
 * What was to be read before a visit that fell away (cancelled by either side, or missed) is read before the next one,
 * so that nobody has to tell it from the beginning.
 *
 * @returns the codes of these concerns.
 */
export async function carryConcerns(
  tx: Tx,
  input: { residentId: string; bookingId: string },
): Promise<string[]> {
  const { rows } = await tx.query<{ id: string; code: string }>(
    `UPDATE concern k SET booking_id = $2 FROM booking b
      WHERE k.resident_id = $1 AND k.status NOT IN ('draft', 'settled')
        AND b.id = k.booking_id AND b.status IN ('cancelled', 'missed')
     RETURNING k.id, k.code`,
    [input.residentId, input.bookingId],
  );
  for (const { id } of rows) tx.changed({ kind: 'concern', id });
  return rows.map(({ code }) => code).sort();
}
