import { bookingColumns } from '../actions/book-slot.ts';
import type { BookingFacts } from '../actions/book-slot.ts';
import type { Tx } from '../store/transact.ts';
import type { DueNotice } from './define-notice.ts';

export async function readBooking(
  tx: Tx,
  notice: DueNotice,
): Promise<(BookingFacts & { holdExpiresAt: Date | null }) | null> {
  const { rows } = await tx.query<BookingFacts & { holdExpiresAt: Date | null }>(
    `SELECT ${bookingColumns}, hold_expires_at AS "holdExpiresAt" FROM booking WHERE id = $1`,
    [notice.bookingId],
  );
  return rows[0] ?? null;
}

export async function readConcern(
  tx: Tx,
  notice: DueNotice,
): Promise<{ code: string; status: string; officerName: string | null } | null> {
  const { rows } = await tx.query<{ code: string; status: string; officerName: string | null }>(
    `SELECT k.code, k.status, split_part(o.name, ' ', 1) AS "officerName"
       FROM concern k LEFT JOIN officer o ON o.id = k.officer_id WHERE k.id = $1`,
    [notice.concernId],
  );
  return rows[0] ?? null;
}
