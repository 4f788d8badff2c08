import type { Tx } from '../store/transact.ts';

/** Writes a setting whole. `seenAt` is the `updated_at` that the page showed, null where it showed the defaults. False: changed since. */
export async function saveSetting(
  tx: Tx,
  input: { key: string; value: unknown; seenAt: Date | null; officerId: string },
): Promise<boolean> {
  const value = JSON.stringify(input.value);
  const { count } =
    input.seenAt === null
      ? await tx.query(
          `INSERT INTO setting (key, value, updated_at, updated_by) VALUES ($1, $2, $3, $4) ON CONFLICT (key) DO NOTHING`,
          [input.key, value, tx.now, input.officerId],
        )
      : await tx.query(
          // To the millisecond: what a page can show of an instant.
          `UPDATE setting SET value = $2, updated_at = $3, updated_by = $4
            WHERE key = $1 AND date_trunc('milliseconds', updated_at) = $5`,
          [input.key, value, tx.now, input.officerId, input.seenAt],
        );
  return count > 0;
}
