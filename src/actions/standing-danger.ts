import { keptDays } from '../domain/kept-days.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** What {@link standsInDanger} takes as its day: a danger that was seen to before it, and left alone since, is over. */
export function dangerOverSince(now: Date): Date {
  return new Date(now.getTime() - keptDays.danger * dayMs);
}

/**
 * SQL: danger was told of in a conversation and is not over. It is over when an officer has seen to it, that long ago, and
 * nobody talks with them any more; or when it was none. Until then whoever must help has to read where they are: words and files stay.
 */
export function standsInDanger(conversationId: string, overSince: string): string {
  return `EXISTS (SELECT 1 FROM danger_alert d
           WHERE d.conversation_id = ${conversationId} AND NOT d.is_false
             AND (d.acknowledged_at IS NULL OR d.acknowledged_at >= ${overSince} OR EXISTS (
                    SELECT 1 FROM handoff h WHERE h.conversation_id = d.conversation_id
                       AND (h.status IN ('waiting', 'held') OR h.closed_at >= ${overSince}))))`;
}
