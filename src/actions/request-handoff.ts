import type { Tx } from '../store/transact.ts';

export type HandoffReason = 'asked' | 'danger' | 'not_understood' | 'taken' | 'phone';

export type RequestHandoffResult = {
  /** `held`: an officer holds the conversation already. */
  kind: 'queued' | 'already_waiting' | 'held';
  handoffId: string;
  /** Place in the queue, 1 is next. 0 when held. */
  place: number;
};

export const handoffPriority = { danger: 0, ordinary: 10 } as const;

/**
 * Puts a conversation into the queue of chats that wait for a person. Asking twice is one place in the queue;
 * danger raises a place that is already there.
 */
export async function requestHandoff(
  tx: Tx,
  input: { conversationId: string; reason: HandoffReason },
): Promise<RequestHandoffResult> {
  const priority = input.reason === 'danger' ? handoffPriority.danger : handoffPriority.ordinary;
  const { rows } = await tx.query<{ id: string; status: string; is_new: boolean }>(
    `INSERT INTO handoff (conversation_id, status, reason, priority, requested_at)
     VALUES ($1, 'waiting', $2, $3, $4)
     ON CONFLICT (conversation_id) WHERE status IN ('waiting', 'held') DO UPDATE
        SET priority = least(handoff.priority, excluded.priority),
            reason = CASE WHEN excluded.priority < handoff.priority THEN excluded.reason ELSE handoff.reason END
     RETURNING id, status, (xmax = 0) AS is_new`,
    [input.conversationId, input.reason, priority, tx.now],
  );
  const handoff = rows[0];
  if (!handoff) throw new Error('requestHandoff: the insert returned no row');
  tx.changed({ kind: 'handoff', id: handoff.id });
  if (handoff.status === 'held') return { kind: 'held', handoffId: handoff.id, place: 0 };
  const place = await placeInQueue(tx, { handoffId: handoff.id });
  return { kind: handoff.is_new ? 'queued' : 'already_waiting', handoffId: handoff.id, place };
}

async function placeInQueue(tx: Tx, input: { handoffId: string }): Promise<number> {
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
  return { kind: 'left' };
}
