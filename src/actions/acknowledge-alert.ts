import type { Tx } from '../store/transact.ts';
import { endPaging } from './plan-pages.ts';
import { writeAudit } from './write-audit.ts';

export type AcknowledgeAlertResult =
  | { kind: 'acknowledged'; conversationId: string }
  | { kind: 'acknowledged_by_other'; by: string; conversationId: string }
  | { kind: 'not_found' };

/**
 * A person says "I have seen this danger and see to it". The first one counts, and it is said of the whole chat: whatever
 * else was told in it until now is acknowledged too, and nobody is called for it any more.
 */
export async function acknowledgeAlert(
  tx: Tx,
  input: { alertId: string; officerId: string },
): Promise<AcknowledgeAlertResult> {
  const taken = await tx.query<{ conversation_id: string }>(
    `UPDATE danger_alert SET acknowledged_by = $2, acknowledged_at = $3
      WHERE id = $1 AND acknowledged_at IS NULL RETURNING conversation_id`,
    [input.alertId, input.officerId, tx.now],
  );
  const mine = taken.rows[0];
  if (mine) {
    await writeAudit(tx, {
      officerId: input.officerId,
      action: 'acknowledge_alert',
      subjectKind: 'alert',
      subjectId: input.alertId,
    });
    const others = await tx.query<{ id: string }>(
      `UPDATE danger_alert SET acknowledged_by = $2, acknowledged_at = $3
        WHERE conversation_id = $1 AND acknowledged_at IS NULL RETURNING id`,
      [mine.conversation_id, input.officerId, tx.now],
    );
    const alertIds = [input.alertId, ...others.rows.map(({ id }) => id)];
    await endPaging(tx, { alertIds });
    for (const id of alertIds) tx.changed({ kind: 'alert', id });
    return { kind: 'acknowledged', conversationId: mine.conversation_id };
  }
  const other = await tx.query<{ name: string | null; conversation_id: string }>(
    `SELECT o.name, d.conversation_id FROM danger_alert d LEFT JOIN officer o ON o.id = d.acknowledged_by
      WHERE d.id = $1`,
    [input.alertId],
  );
  const row = other.rows[0];
  if (!row) return { kind: 'not_found' };
  return {
    kind: 'acknowledged_by_other',
    by: row.name ?? 'petugas lain',
    conversationId: row.conversation_id,
  };
}
