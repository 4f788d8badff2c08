import { rankHandoff } from '../domain/handoff.ts';
import type { Tx } from '../store/transact.ts';
import { lockConversation } from './lock-conversation.ts';
import { endPaging } from './plan-pages.ts';
import { lockOpenHandoffs } from './read-waiting.ts';
import { writeAudit } from './write-audit.ts';

export type DismissAlertResult =
  | { kind: 'dismissed'; conversationId: string }
  /** It was taken down before: pressing twice is no error. */
  | { kind: 'known'; conversationId: string }
  | { kind: 'not_found' };

/**
 * An officer has read the words and there is no danger in them: the alarm is taken down as false, nobody is called for it,
 * the chat goes back to the place in the queue that is due to it without, and the words become a line to learn from (see
 * `exportCorrections`). Nobody is put out of the queue by it: an officer was promised.
 */
export async function dismissAlert(
  tx: Tx,
  input: { alertId: string; officerId: string },
): Promise<DismissAlertResult> {
  const { alertId, officerId } = input;
  const { rows } = await tx.query<{ conversation_id: string }>(
    `SELECT conversation_id FROM danger_alert WHERE id = $1`,
    [alertId],
  );
  const conversationId = rows[0]?.conversation_id;
  if (conversationId === undefined) return { kind: 'not_found' };
  await lockConversation(tx, conversationId);
  const taken = await tx.query(
    `UPDATE danger_alert SET is_false = true, acknowledged_by = $2, acknowledged_at = coalesce(acknowledged_at, $3)
      WHERE id = $1 AND NOT is_false`,
    [alertId, officerId, tx.now],
  );
  if (taken.count === 0) return { kind: 'known', conversationId };
  await endPaging(tx, { alertIds: [alertId] });
  for (const chat of await lockOpenHandoffs(tx, 'h.conversation_id = $2', [conversationId])) {
    await tx.query(
      `UPDATE handoff SET priority = $2, reason = CASE WHEN reason = 'danger' AND $3 THEN 'not_understood' ELSE reason END
        WHERE id = $1`,
      [chat.id, rankHandoff(chat, tx.now), chat.danger === null],
    );
    tx.changed({ kind: 'handoff', id: chat.id });
  }
  tx.ring({ kind: 'queue' });
  await writeAudit(tx, { officerId, action: 'dismiss_alert', subjectKind: 'alert', subjectId: alertId });
  tx.changed({ kind: 'alert', id: alertId });
  return { kind: 'dismissed', conversationId };
}

/** Whether the last danger that was heard in a chat was none, as an officer has said. */
export async function isLastDangerDismissed(tx: Tx, input: { conversationId: string }): Promise<boolean> {
  const { rows } = await tx.query<{ is_false: boolean }>(
    `SELECT is_false FROM danger_alert WHERE conversation_id = $1 ORDER BY last_sign_at DESC, created_at DESC LIMIT 1`,
    [input.conversationId],
  );
  return rows[0]?.is_false ?? false;
}
