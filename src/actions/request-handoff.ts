import { rankHandoff } from '../domain/handoff.ts';
import type { Tx } from '../store/transact.ts';
import { lockOpenHandoffs } from './read-waiting.ts';

export type HandoffReason = 'asked' | 'danger' | 'not_understood' | 'taken' | 'phone';

export type RequestHandoffResult = {
  /** `held`: an officer holds the conversation already. */
  kind: 'queued' | 'already_waiting' | 'held';
  handoffId: string;
  /** Place in the queue, 1 is next. 0 when held. */
  place: number;
};

/**
 * Puts a conversation into the queue of chats that wait for a person, at the rank that is due to it. Asking twice is one
 * place in the queue; danger raises a place that is already there.
 */
export async function requestHandoff(
  tx: Tx,
  input: { conversationId: string; reason: HandoffReason },
): Promise<RequestHandoffResult> {
  const { rows } = await tx.query<{ id: string; status: string; is_new: boolean }>(
    `INSERT INTO handoff (conversation_id, status, reason, requested_at)
     VALUES ($1, 'waiting', $2, $3)
     ON CONFLICT (conversation_id) WHERE status IN ('waiting', 'held') DO UPDATE
        SET reason = CASE WHEN excluded.reason = 'danger' THEN excluded.reason ELSE handoff.reason END
     RETURNING id, status, (xmax = 0) AS is_new`,
    [input.conversationId, input.reason, tx.now],
  );
  const handoff = rows[0];
  if (!handoff) throw new Error('requestHandoff: the insert returned no row');
  for (const chat of await lockOpenHandoffs(tx, 'h.id = $2', [handoff.id])) await raiseRank(tx, chat);
  tx.changed({ kind: 'handoff', id: handoff.id });
  if (handoff.status === 'held') return { kind: 'held', handoffId: handoff.id, place: 0 };
  tx.ring({ kind: 'queue' });
  const place = await placeInQueue(tx, { handoffId: handoff.id });
  return { kind: handoff.is_new ? 'queued' : 'already_waiting', handoffId: handoff.id, place };
}

/**
 * A fact that came later (danger, a booking for today, what the concern is about) moves a chat forward, never back.
 *
 * @returns its rank now.
 */
export async function raiseRank(
  tx: Tx,
  chat: Parameters<typeof rankHandoff>[0] & { id: string; priority: number },
): Promise<number> {
  const rank = rankHandoff(chat, tx.now);
  if (rank >= chat.priority) return chat.priority;
  await tx.query(`UPDATE handoff SET priority = $2 WHERE id = $1`, [chat.id, rank]);
  tx.changed({ kind: 'handoff', id: chat.id });
  return rank;
}

export async function placeInQueue(tx: Tx, input: { handoffId: string }): Promise<number> {
  const { rows } = await tx.query<{ place: number }>(
    `SELECT count(*) AS place FROM handoff h, handoff mine
      WHERE mine.id = $1 AND h.status = 'waiting'
        AND (h.priority, h.requested_at, h.id) <= (mine.priority, mine.requested_at, mine.id)`,
    [input.handoffId],
  );
  return rows[0]?.place ?? 1;
}

/** The resident does not want to wait any longer. A held conversation is not theirs to close this way. */
export async function leaveQueue(
  tx: Tx,
  input: { conversationId: string },
): Promise<{ kind: 'left' | 'not_waiting' }> {
  const { rows } = await tx.query<{ id: string }>(
    `UPDATE handoff SET status = 'closed', outcome = 'left', closed_at = $2
      WHERE conversation_id = $1 AND status = 'waiting' AND reason <> 'danger' RETURNING id`,
    [input.conversationId, tx.now],
  );
  const handoff = rows[0];
  if (!handoff) return { kind: 'not_waiting' };
  tx.changed({ kind: 'handoff', id: handoff.id });
  tx.ring({ kind: 'queue' });
  return { kind: 'left' };
}
