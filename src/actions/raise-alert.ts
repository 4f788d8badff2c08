import type { Tx } from '../store/transact.ts';
import { requestHandoff } from './request-handoff.ts';

/**
 * A message spoke of danger: marks it for the officers, puts the conversation at the head of the queue and rings
 * for the page to those on call. The same message twice is one alert. `sedang` is looked at by an officer but
 * does not jump the queue ahead of acute danger.
 */
export async function raiseAlert(
  tx: Tx,
  input: {
    conversationId: string;
    messageId: string;
    kind: string;
    severity: 'darurat' | 'tinggi' | 'sedang';
  },
): Promise<{ kind: 'raised' | 'known' }> {
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO danger_alert (conversation_id, message_id, kind, severity, created_at, next_page_at)
     VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT (message_id) DO NOTHING RETURNING id`,
    [input.conversationId, input.messageId, input.kind, input.severity, tx.now],
  );
  const alert = rows[0];
  if (!alert) return { kind: 'known' };
  await requestHandoff(tx, { conversationId: input.conversationId, reason: 'danger' });
  tx.ring({ kind: 'pages' });
  tx.changed({ kind: 'alert', id: alert.id });
  return { kind: 'raised' };
}
