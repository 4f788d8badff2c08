import { addMonths, monthOf, monthsBetween } from '../domain/wita.ts';
import type { Month } from '../domain/wita.ts';
import { loadRoomFacts } from '../store/room-facts.ts';
import type { Tx } from '../store/transact.ts';
import { countMonth } from './count-month.ts';
import { hideFew } from './trend-month.ts';

/**
 * Writes down every month that is over and has not been written down yet: what it came to, with whatever could point at
 * somebody hidden already. A month is never written twice, so running it again changes nothing.
 *
 * @returns the months that this call has closed.
 */
export async function closeMonths(tx: Tx): Promise<Month[]> {
  const { rows } = await tx.query<{ first: string | null }>(
    `SELECT least((SELECT min(received_at) AT TIME ZONE 'Asia/Makassar' FROM concern WHERE status <> 'draft')::date,
                  (SELECT min(session_date) FROM booking WHERE status IN ('arrived', 'finished'))) AS first`,
  );
  const first = rows[0]?.first ?? null;
  if (first === null) return [];
  const known = await tx.query<{ month: string }>(`SELECT month FROM trend_month`);
  const isKnown = new Set(known.rows.map((row) => row.month.slice(0, 7)));
  const over = monthsBetween(first.slice(0, 7), addMonths(monthOf(tx.now), -1));
  const { room } = (await loadRoomFacts(tx)).calendar;
  const closed: Month[] = [];
  for (const month of over.filter((one) => !isKnown.has(one))) {
    const figures = hideFew(await countMonth(tx, month), room.trendThreshold);
    const { count } = await tx.query(
      `INSERT INTO trend_month (month, closed_at, threshold, figures) VALUES ($1, $2, $3, $4)
       ON CONFLICT (month) DO NOTHING`,
      [`${month}-01`, tx.now, room.trendThreshold, JSON.stringify(figures)],
    );
    if (count > 0) closed.push(month);
  }
  return closed;
}
