import type { Tx } from '../store/transact.ts';
import { bookingColumns } from './book-slot.ts';
import type { BookingFacts } from './book-slot.ts';

/** The resident said "datang". */
export async function confirmBooking(
  tx: Tx,
  input: { code: string; residentId: string },
): Promise<{ kind: 'confirmed'; booking: BookingFacts } | { kind: 'gone' }> {
  const { rows } = await tx.query<BookingFacts>(
    `UPDATE booking SET confirmed_at = coalesce(confirmed_at, $3), updated_at = $3
      WHERE code = $1 AND resident_id = $2 AND status IN ('booked', 'arrived') RETURNING ${bookingColumns}`,
    [input.code, input.residentId, tx.now],
  );
  const booking = rows[0];
  if (!booking) return { kind: 'gone' };
  tx.changed({ kind: 'booking', id: booking.id });
  return { kind: 'confirmed', booking };
}
