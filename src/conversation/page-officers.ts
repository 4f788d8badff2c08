import type { Channel } from '../../bots/channel.ts';
import type { Clock } from '../ops/clock.ts';
import type { Database } from '../store/database.ts';
import type { ChannelName } from '../domain/message.ts';

/**
 * Tells the officers' Telegram group that somebody spoke of danger: kind and severity, never the words. One page an
 * alert, whichever process sends it; a page that failed is sent by the next sweep.
 */
export async function pageOfficers(
  deps: {
    db: Database;
    clock: Clock;
    channel: (name: ChannelName) => Channel | undefined;
    officerChatId: string | undefined;
    publicUrl: string;
  },
  alertId: string,
): Promise<void> {
  const telegram = deps.channel('telegram');
  if (!telegram || !deps.officerChatId) return;
  const { rows } = await deps.db.query<{ kind: string; severity: string }>(
    `UPDATE danger_alert SET paged_at = $2 WHERE id = $1 AND paged_at IS NULL AND acknowledged_at IS NULL
     RETURNING kind, severity`,
    [alertId, deps.clock.now()],
  );
  const alert = rows[0];
  if (!alert) return;
  const text = `Ada pesan bahaya (${alert.kind.replaceAll('_', ' ')}, ${alert.severity}). Buka antrean sekarang: ${deps.publicUrl}/desk/antrean`;
  const sent = await telegram.send(
    { channel: 'telegram', kind: 'chat', value: deps.officerChatId },
    { kind: 'text', text, choices: [], replyToRef: null },
  );
  if (!sent.ok) await deps.db.query(`UPDATE danger_alert SET paged_at = NULL WHERE id = $1`, [alertId]);
}
