import type { Tx } from '../store/transact.ts';

/** More would be a second board to look through. */
const most = 20;

export type SaveViewResult =
  { kind: 'saved'; id: string } | { kind: 'name_taken' } | { kind: 'too_many'; most: number };

/** Keeps a set of filters of the board under a name, for this officer alone. */
export async function saveView(
  tx: Tx,
  input: { officerId: string; name: string; filter: Readonly<Record<string, unknown>> },
): Promise<SaveViewResult> {
  // Two tabs that save at once wait for each other here.
  await tx.query(`SELECT 1 FROM officer WHERE id = $1 FOR NO KEY UPDATE`, [input.officerId]);
  const { count } = await tx.query(`SELECT 1 FROM saved_view WHERE officer_id = $1`, [input.officerId]);
  if (count >= most) return { kind: 'too_many', most };
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO saved_view (officer_id, name, filter, created_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (officer_id, lower(name)) DO NOTHING RETURNING id`,
    [input.officerId, input.name, JSON.stringify(input.filter), tx.now],
  );
  return rows[0] ? { kind: 'saved', id: rows[0].id } : { kind: 'name_taken' };
}

/** Only one's own can be removed. */
export async function removeView(
  tx: Tx,
  input: { officerId: string; id: string },
): Promise<{ kind: 'removed' } | { kind: 'not_found' }> {
  const { count } = await tx.query(`DELETE FROM saved_view WHERE id = $1 AND officer_id = $2`, [
    input.id,
    input.officerId,
  ]);
  return { kind: count > 0 ? 'removed' : 'not_found' };
}
