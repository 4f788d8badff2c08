import type { Tx } from '../store/transact.ts';
import { writeAudit } from './write-audit.ts';

export type AcknowledgeAlertResult =
  | { kind: 'acknowledged'; conversationId: string }
  | { kind: 'acknowledged_by_other'; by: string; conversationId: string }
  | { kind: 'not_found' };

/** A person says "I have seen this danger and see to it". The first one counts. */
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
    tx.changed({ kind: 'alert', id: input.alertId });
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
