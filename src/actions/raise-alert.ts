import { isGraver } from '../domain/handoff.ts';
import type { Severity } from '../domain/handoff.ts';
import type { Tx } from '../store/transact.ts';
import { requestHandoff } from './request-handoff.ts';

/** An alarm of which everybody has been told as often as it helps is told anew by a further sign, this long after. */
const calledAgainMs = 60 * 60_000;

type Open = { id: string; severity: Severity; called_from: Date; next_page_at: Date | null };

/**
 * A message spoke of danger: marks it for the officers, puts the conversation at the head of the queue and rings
 * for the page to those on call. A chat has one open alarm: a further sign (`counted`) is one more in it and calls nobody
 * anew, unless it is graver or nobody is being called any more. The same message twice is one sign. `sedang` is looked
 * at by an officer but does not jump the queue ahead of acute danger. Under the conversation's lock.
 */
export async function raiseAlert(
  tx: Tx,
  input: { conversationId: string; messageId: string; kind: string; severity: Severity },
): Promise<{ kind: 'raised' | 'counted' | 'known' }> {
  const { conversationId, messageId, kind, severity } = input;
  const told = await tx.query(`SELECT 1 FROM message WHERE id = $1 AND danger_alert_id IS NOT NULL`, [
    messageId,
  ]);
  if (told.count > 0) return { kind: 'known' };
  const { rows } = await tx.query<Open>(
    `SELECT id, severity, called_from, next_page_at FROM danger_alert
      WHERE conversation_id = $1 AND acknowledged_at IS NULL FOR UPDATE`,
    [conversationId],
  );
  const open = rows[0];
  const alertId = open?.id ?? (await insert(tx, input));
  await tx.query(`UPDATE message SET danger_alert_id = $2 WHERE id = $1`, [messageId, alertId]);
  let isRaised = true;
  if (open) {
    const graver = isGraver(severity, open.severity);
    await tx.query(
      `UPDATE danger_alert SET signs = signs + 1, last_sign_at = $2,
              kind = CASE WHEN $3 THEN $4 ELSE kind END, severity = CASE WHEN $3 THEN $5 ELSE severity END,
              message_id = CASE WHEN $3 THEN $6::uuid ELSE message_id END
        WHERE id = $1`,
      [alertId, tx.now, graver, kind, severity, messageId],
    );
    const isQuiet =
      open.next_page_at === null && tx.now.getTime() - open.called_from.getTime() >= calledAgainMs;
    isRaised = graver || isQuiet;
    if (isRaised) await callAnew(tx, { alertId });
  }
  await requestHandoff(tx, { conversationId, reason: 'danger' });
  if (isRaised) tx.ring({ kind: 'pages' });
  tx.changed({ kind: 'alert', id: alertId });
  return { kind: isRaised ? 'raised' : 'counted' };
}

async function insert(tx: Tx, input: Parameters<typeof raiseAlert>[1]): Promise<string> {
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO danger_alert (conversation_id, message_id, kind, severity, created_at, last_sign_at, called_from, next_page_at)
     VALUES ($1, $2, $3, $4, $5, $5, $5, $5) RETURNING id`,
    [input.conversationId, input.messageId, input.kind, input.severity, tx.now],
  );
  const alert = rows[0];
  if (!alert) throw new Error('raiseAlert: the insert returned no row');
  return alert.id;
}

/** From the first of those on call on, as for an alarm that is raised now. */
async function callAnew(tx: Tx, { alertId }: { alertId: string }): Promise<void> {
  await tx.query(`DELETE FROM page WHERE alert_id = $1`, [alertId]);
  await tx.query(`UPDATE danger_alert SET called_from = $2, next_page_at = $2 WHERE id = $1`, [
    alertId,
    tx.now,
  ]);
}

/** What somebody in danger answers to "are you safe now?" belongs to their alarm, so that whoever must help can read it. */
export async function addToAlert(
  tx: Tx,
  input: { conversationId: string; messageId: string },
): Promise<void> {
  await tx.query(
    `UPDATE message SET danger_alert_id = (SELECT id FROM danger_alert WHERE conversation_id = $2
                                            ORDER BY last_sign_at DESC, created_at DESC LIMIT 1)
      WHERE id = $1 AND danger_alert_id IS NULL`,
    [input.messageId, input.conversationId],
  );
}
