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

/** How long one round of telling may take, and how long after a failure it is tried anew. */
const claimMs = 60_000;
const retryMs = 30_000;
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
 * Tells the officers' Telegram group, oldest first, one message a change: whoever comes first claims all that is untold,
 * and nobody else tells any meanwhile, so that two processes do not mix up their order. What could not be sent, or was
 * claimed by a process that died, is told by a later sweep.
 */
export async function tellChannelAlerts(deps: {
  db: Database;
  clock: Clock;
  channel: (name: ChannelName) => Channel | undefined;
  officerChatId: string | undefined;
  publicUrl: string;
}): Promise<void> {
  const { db, clock, officerChatId, publicUrl } = deps;
  const telegram = deps.channel('telegram');
  if (!telegram || !officerChatId) return;
  const now = clock.now();
  const { rows } = await db.query<{
    id: string;
    channel: ChannelName;
    kind: ChannelAlertKind;
    created_at: Date;
  }>(
    `UPDATE channel_alert SET claimed_until = $3
      WHERE told_at IS NULL AND created_at > $2 AND (claimed_until IS NULL OR claimed_until <= $1)
        AND NOT EXISTS (SELECT 1 FROM channel_alert c WHERE c.told_at IS NULL AND c.claimed_until > $1)
     RETURNING id, channel, kind, created_at`,
    [now, new Date(now.getTime() - staleMs), new Date(now.getTime() + claimMs)],
  );
  const alerts = rows.toSorted((one, other) => one.created_at.getTime() - other.created_at.getTime());
  for (const [at, { id, channel, kind }] of alerts.entries()) {
    const link = kind === 'recovered' ? '' : ` ${publicUrl}/desk/pengaturan/kanal`;
    const text = `${names[channel]} ${sentences[kind]}${link}`;
    const sent = await telegram.send(
      { channel: 'telegram', kind: 'chat', value: officerChatId },
      { kind: 'text', text, choices: [], replyToRef: null },
    );
    // One whose fate is unknown is not told twice: the next change corrects it.
    if (sent.ok || sent.outcome === 'unknown') {
      await db.query(`UPDATE channel_alert SET told_at = $2, claimed_until = NULL WHERE id = $1`, [
        id,
        clock.now(),
      ]);
      continue;
    }
    await db.query(`UPDATE channel_alert SET claimed_until = $2 WHERE id = ANY ($1::uuid[])`, [
      alerts.slice(at).map((alert) => alert.id),
      new Date(clock.now().getTime() + retryMs),
    ]);
    return;
  }
}
