import type { Channel } from '../../bots/channel.ts';
import type { ChannelName } from '../domain/message.ts';
import type { Clock } from '../ops/clock.ts';
import type { Database } from '../store/database.ts';

/** A channel needs a person, or does no more. */
export type ChannelAlertKind = 'needs_pairing' | 'logged_out' | 'stuck' | 'recovered';

const sentences: Readonly<Record<ChannelAlertKind, string>> = {
  needs_pairing: 'perlu dipasangkan dengan telepon ruang. Pesan keluar menunggu sampai kodenya dipindai:',
  logged_out: 'terlepas dari telepon ruang. Pesan keluar menunggu sampai dipasangkan lagi:',
  stuck: 'macet dan sedang dicoba dinyalakan ulang. Pesan keluar menunggu dan tidak hilang. Keadaannya:',
  recovered: 'sudah terhubung lagi. Pesan yang menunggu sedang dikirim.',
};
const names: Readonly<Record<ChannelName, string>> = {
  telegram: 'Telegram',
  whatsapp: 'WhatsApp',
  web: 'Chat web',
};

/** What is older says nothing about now; the desk shows how it is. */
const staleMs = 24 * 3_600_000;

/** A row first: the process that has the officers' group may be another, and Telegram may be away just now. */
export async function noteChannelAlert(
  deps: { db: Database; clock: Clock },
  alert: { channel: ChannelName; kind: ChannelAlertKind },
): Promise<void> {
  await deps.db.query(`INSERT INTO channel_alert (channel, kind, created_at) VALUES ($1, $2, $3)`, [
    alert.channel,
    alert.kind,
    deps.clock.now(),
  ]);
}

/**
 * Tells the officers' Telegram group, oldest first, one message a change, whichever process sends it. What could not be
 * sent is told by the next sweep.
 */
export async function tellChannelAlerts(deps: {
  db: Database;
  clock: Clock;
  channel: (name: ChannelName) => Channel | undefined;
  officerChatId: string | undefined;
  publicUrl: string;
}): Promise<void> {
  const telegram = deps.channel('telegram');
  if (!telegram || !deps.officerChatId) return;
  for (;;) {
    const now = deps.clock.now();
    const { rows } = await deps.db.query<{ id: string; channel: ChannelName; kind: ChannelAlertKind }>(
      `UPDATE channel_alert SET told_at = $1
        WHERE id = (SELECT id FROM channel_alert WHERE told_at IS NULL AND created_at > $2
                     ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING id, channel, kind`,
      [now, new Date(now.getTime() - staleMs)],
    );
    const alert = rows[0];
    if (!alert) return;
    const link = alert.kind === 'recovered' ? '' : ` ${deps.publicUrl}/desk/pengaturan/kanal`;
    const sent = await telegram.send(
      { channel: 'telegram', kind: 'chat', value: deps.officerChatId },
      {
        kind: 'text',
        text: `${names[alert.channel]} ${sentences[alert.kind]}${link}`,
        choices: [],
        replyToRef: null,
      },
    );
    if (!sent.ok && sent.outcome !== 'unknown') {
      await deps.db.query(`UPDATE channel_alert SET told_at = NULL WHERE id = $1`, [alert.id]);
      return;
    }
  }
}
