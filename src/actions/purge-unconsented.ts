import type { Tx } from '../store/transact.ts';

/**
 * Nothing is kept of what came before consent. While the question stands, messages wait for the answer; once it has
 * been refused or left, their content goes. Words of danger stay for the officer who must act on them (vital interest).
 * The ref stays for the day (see `daily.ts`): by it an open web chat knows which of its messages arrived.
 */
export async function purgeUnconsented(
  tx: Tx,
  input: { conversationId: string; residentId: string; isAsked: boolean },
): Promise<void> {
  if (input.isAsked) return;
  const unconsented = `conversation_id = $1 AND direction = 'in' AND processed_at IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM consent k WHERE k.resident_id = $2 AND k.withdrawn_at IS NULL)
      AND NOT EXISTS (SELECT 1 FROM danger_alert d WHERE d.message_id = message.id)`;
  await tx.query(
    `WITH gone AS (
       UPDATE message SET content_sealed = NULL WHERE ${unconsented} AND content_sealed IS NOT NULL
       RETURNING id
     ), nameless AS (
       UPDATE address SET profile_name_sealed = NULL
        WHERE resident_id = $2 AND profile_name_sealed IS NOT NULL
     )
     DELETE FROM attachment WHERE message_id IN (SELECT id FROM gone)`,
    [input.conversationId, input.residentId],
  );
}
