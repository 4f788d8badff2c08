import type { RunningClock } from '../domain/referral.ts';
import type { Queryable } from '../store/database.ts';

/** What an agency owes, with the days by which. */
export async function readClocks(db: Queryable, referralId: string): Promise<RunningClock[]> {
  const { rows } = await db.query<RunningClock>(
    `SELECT clock, due_on AS "dueOn", met_at IS NOT NULL AS "isMet" FROM referral_clock
      WHERE referral_id = $1 ORDER BY due_on`,
    [referralId],
  );
  return rows;
}
