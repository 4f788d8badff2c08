import type { Day } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';

/** Puts a resident on the waiting list of a day. One list at a time: another day replaces the earlier one. */
export async function joinWaitingList(
  tx: Tx,
  input: { residentId: string; conversationId: string; day: Day },
): Promise<{ kind: 'waiting'; place: number }> {
  await tx.query(
    `UPDATE waiting SET status = 'left'
      WHERE resident_id = $1 AND status = 'waiting' AND session_date <> $2`,
    [input.residentId, input.day],
  );
  await tx.query(
    `INSERT INTO waiting (resident_id, conversation_id, session_date, status, created_at)
     VALUES ($1, $2, $3, 'waiting', $4) ON CONFLICT DO NOTHING`,
    [input.residentId, input.conversationId, input.day, tx.now],
  );
  const { rows } = await tx.query<{ place: number }>(
    `SELECT count(*) AS place FROM waiting
      WHERE session_date = $2 AND status = 'waiting'
        AND created_at <= (SELECT created_at FROM waiting WHERE resident_id = $1 AND status = 'waiting')`,
    [input.residentId, input.day],
  );
  return { kind: 'waiting', place: rows[0]?.place ?? 1 };
}
