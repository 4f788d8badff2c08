import { bookingColumns } from '../actions/book-slot.ts';
import type { BookingFacts } from '../actions/book-slot.ts';
import type { Day } from '../domain/wita.ts';
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
): Promise<{
  code: string;
  status: string;
  officerName: string | null;
  /** The new day for a word that did not come in time. */
  putOffTo: Day | null;
} | null> {
  const { rows } = await tx.query<{
    code: string;
    status: string;
    officerName: string | null;
    putOffTo: Day | null;
  }>(
    `SELECT k.code, k.status, split_part(o.name, ' ', 1) AS "officerName", k.put_off_to AS "putOffTo"
       FROM concern k LEFT JOIN officer o ON o.id = k.officer_id WHERE k.id = $1`,
    [notice.concernId],
  );
  return rows[0] ?? null;
}
