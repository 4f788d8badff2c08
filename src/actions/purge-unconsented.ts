import type { Tx } from '../store/transact.ts';
import { dangerOverSince, standsInDanger } from './standing-danger.ts';

type Stranger = { conversationId: string; residentId: string };

/**
 * Nothing is kept of what came before consent. While the question stands, messages wait for the answer; once it has been
 * left, their content goes. Of somebody in danger it stays for the officer who must act on it (vital interest). The ref
 * stays for the day (see `daily.ts`): by it an open web chat knows which of its messages arrived.
 */
export async function purgeUnconsented(tx: Tx, input: Stranger & { isAsked: boolean }): Promise<void> {
  if (input.isAsked) return;
  const { isDanger } = await readStanding(tx, input);
  if (!isDanger) await purge(tx, input);
}

/**
 * A no to the question for consent: what came before goes at once. The words of danger stay, and while an officer talks
 * with them so does what is said around these.
 *
 * @returns `danger_kept` where something stays.
 */
export async function refuseConsent(
  tx: Tx,
  input: Stranger,
): Promise<{ kind: 'nothing_kept' | 'danger_kept' }> {
  const { isDanger, isHeld } = await readStanding(tx, input);
  if (!isDanger || !isHeld) await purge(tx, input);
  return { kind: isDanger ? 'danger_kept' : 'nothing_kept' };
}

/** Whether words are kept of them without consent, because of a danger. */
export async function isDangerKept(tx: Tx, input: Pick<Stranger, 'conversationId'>): Promise<boolean> {
  return (await readStanding(tx, input)).isDanger;
}

async function readStanding(
  tx: Tx,
  { conversationId }: Pick<Stranger, 'conversationId'>,
): Promise<{ isDanger: boolean; isHeld: boolean }> {
  const { rows } = await tx.query<{ isDanger: boolean; isHeld: boolean }>(
    `SELECT ${standsInDanger('c.id', '$2')} AS "isDanger", c.owner = 'human' AS "isHeld"
       FROM conversation c WHERE c.id = $1`,
    [conversationId, dangerOverSince(tx.now)],
  );
  return rows[0] ?? { isDanger: false, isHeld: false };
}

async function purge(tx: Tx, { conversationId, residentId }: Stranger): Promise<void> {
  await tx.query(
    `WITH gone AS (
       UPDATE message SET content_sealed = NULL
        WHERE conversation_id = $1 AND direction = 'in' AND processed_at IS NOT NULL AND content_sealed IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM consent k WHERE k.resident_id = $2 AND k.withdrawn_at IS NULL)
          AND NOT EXISTS (SELECT 1 FROM danger_alert d WHERE d.id = message.danger_alert_id AND NOT d.is_false)
       RETURNING id
     ), nameless AS (
       UPDATE address SET profile_name_sealed = NULL
        WHERE resident_id = $2 AND profile_name_sealed IS NOT NULL
     )
     DELETE FROM attachment WHERE message_id IN (SELECT id FROM gone)`,
    [conversationId, residentId],
  );
}
