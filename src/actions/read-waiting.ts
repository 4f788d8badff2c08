import type { HandoffFacts } from '../domain/handoff.ts';
import type { Tx } from '../store/transact.ts';

/** A chat that waits, with what its rank, its offers and its climbing hang on. */
export type WaitingChat = HandoffFacts & {
  id: string;
  conversationId: string;
  priority: number;
  requestedAt: Date;
  /** Since when it waits this time: it may have been taken and given back. */
  since: Date;
  climbLevel: number;
  nextClimbAt: Date | null;
  saidPlace: number | null;
  expectedBy: Date | null;
};

const toldWithinMs = 30 * 24 * 3_600_000;

/**
 * The open handoffs named by `which` (a condition on `h`, its first parameter is $2), locked for this transaction and in
 * the order of the queue.
 */
export async function lockOpenHandoffs(
  tx: Tx,
  which: string,
  params: readonly unknown[] = [],
): Promise<WaitingChat[]> {
  const { rows } = await tx.query<WaitingChat>(
    `SELECT h.id, h.conversation_id AS "conversationId", h.priority, h.requested_at AS "requestedAt",
            coalesce(h.waiting_since, h.requested_at) AS since, h.climb_level AS "climbLevel",
            h.next_climb_at AS "nextClimbAt", h.said_place AS "saidPlace", h.expected_by AS "expectedBy",
            (SELECT d.severity FROM danger_alert d
              WHERE d.conversation_id = h.conversation_id AND NOT d.is_false
                AND (d.acknowledged_at IS NULL OR d.last_sign_at >= h.requested_at)
              ORDER BY array_position(ARRAY['darurat', 'tinggi', 'sedang'], d.severity) LIMIT 1) AS danger,
            ARRAY(SELECT d.kind FROM danger_alert d
                   WHERE d.conversation_id = h.conversation_id AND d.last_sign_at > $1 AND NOT d.is_false) AS "toldKinds",
            (SELECT k.category FROM concern k
              WHERE k.resident_id = a.resident_id AND k.status NOT IN ('draft', 'settled')
              ORDER BY k.created_at DESC LIMIT 1) AS category,
            (SELECT b.session_date FROM booking b
              WHERE b.resident_id = a.resident_id AND b.status IN ('booked', 'arrived') LIMIT 1) AS "bookingDay"
       FROM handoff h JOIN conversation c ON c.id = h.conversation_id JOIN address a ON a.id = c.address_id
      WHERE ${which}
      ORDER BY h.priority, h.requested_at, h.id
        FOR NO KEY UPDATE OF h`,
    [new Date(tx.now.getTime() - toldWithinMs), ...params],
  );
  return rows;
}
