import type { Tx } from '../store/transact.ts';
import { endPaging } from './plan-pages.ts';
import { writeAudit } from './write-audit.ts';

export type AcknowledgeAlertResult =
  | { kind: 'acknowledged'; conversationId: string }
  | { kind: 'acknowledged_by_other'; by: string; conversationId: string }
  | { kind: 'not_found' };

/**
 * A person says "I have seen this danger and see to it". The first one counts, and nobody is called for it any more; what
 * is told in the chat from now on is another alarm.
 */
export async function acknowledgeAlert(
  tx: Tx,
  input: { alertId: string; officerId: string },
): Promise<AcknowledgeAlertResult> {
  const { alertId, officerId } = input;
  const isMine = await seeTo(tx, { which: 'id = $3', of: alertId, officerId });
  // In a statement of its own: it begins after the lock, so it sees who was faster.
  const { rows } = await tx.query<{ name: string | null; conversation_id: string }>(
    `SELECT o.name, d.conversation_id FROM danger_alert d LEFT JOIN officer o ON o.id = d.acknowledged_by
      WHERE d.id = $1`,
    [alertId],
  );
  const alert = rows[0];
  if (!alert) return { kind: 'not_found' };
  const { conversation_id: conversationId } = alert;
  if (isMine) {
    await writeAudit(tx, {
      officerId,
      action: 'acknowledge_alert',
      subjectKind: 'alert',
      subjectId: alertId,
    });
    return { kind: 'acknowledged', conversationId };
  }
  return { kind: 'acknowledged_by_other', by: alert.name ?? 'petugas lain', conversationId };
}

/** An officer who takes a chat, speaks in it or closes it has seen the danger that was told there. */
export async function acknowledgeChat(
  tx: Tx,
  input: { conversationId: string; officerId: string },
): Promise<void> {
  const { conversationId, officerId } = input;
  await seeTo(tx, { which: 'conversation_id = $3', of: conversationId, officerId });
}

/** @returns whether anything was open. */
async function seeTo(
  tx: Tx,
  input: { which: 'id = $3' | 'conversation_id = $3'; of: string; officerId: string },
): Promise<boolean> {
  const { rows } = await tx.query<{ id: string }>(
    `UPDATE danger_alert SET acknowledged_by = $1, acknowledged_at = $2
      WHERE ${input.which} AND acknowledged_at IS NULL RETURNING id`,
    [input.officerId, tx.now, input.of],
  );
  await endPaging(tx, { alertIds: rows.map(({ id }) => id) });
  for (const { id } of rows) tx.changed({ kind: 'alert', id });
  return rows.length > 0;
}
