import { z } from 'zod';
import type { ContactKind } from '../../actions/officer-contact.ts';
import { sealed } from '../../store/sealed.ts';
import type { DeskDeps } from '../ports.ts';

const deviceSchema = z.object({ device: z.string() });

/** The ways to reach an officer. Their own they see whole; to an admin they are shown as far as needed to know one. */
export async function readContacts(
  deps: Pick<DeskDeps, 'db' | 'vault'>,
  input: { officerId: string; isOwn: boolean },
) {
  const { rows } = await deps.db.query<{
    id: string;
    kind: ContactKind;
    value_sealed: Uint8Array;
    failed_at: Date | null;
    gone_since: Date | null;
    reached_at: Date | null;
    created_at: Date;
    is_tried: boolean;
    outcome: string | null;
    failure: string | null;
  }>(
    `SELECT k.id, k.kind, k.value_sealed, k.failed_at, k.gone_since, k.reached_at, k.created_at,
            t.id IS NOT NULL AS is_tried, t.outcome, t.failure
       FROM officer_contact k LEFT JOIN page t ON t.contact_id = k.id AND t.is_try
      WHERE k.officer_id = $1 ORDER BY k.created_at, k.id`,
    [input.officerId],
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    label: labelOf(row.kind, deps.vault.openText(row.value_sealed, sealed.officerContact), input.isOwn),
    /** Called no more. */
    hasFailed: row.failed_at !== null,
    /** The last call did not get there; still called. */
    isDoubtful: row.failed_at === null && row.gone_since !== null,
    /** When a call last got there; null: never. */
    reachedAt: row.reached_at?.toISOString() ?? null,
    isTrying: row.is_tried && row.outcome === null,
    /** Why the newest try did not get there, or has not yet. */
    trouble: row.is_tried && row.failure !== null && row.outcome !== 'sent' ? troubleOf(row) : null,
    since: row.created_at.toISOString(),
  }));
}

const notThere: Record<ContactKind, string> = {
  telegram: 'Tidak sampai. Buka bot ruang di Telegram, tekan Start, lalu coba lagi.',
  whatsapp:
    'Tidak sampai. Periksa nomornya, kirim satu pesan dari situ ke nomor WhatsApp ruang, lalu coba lagi.',
  email: 'Tidak diterima server surel tujuan. Periksa alamatnya.',
  push: 'Peramban itu tidak menerima lagi. Nyalakan lagi pemberitahuan di perangkatnya.',
};

function troubleOf(row: { kind: ContactKind; outcome: string | null; failure: string | null }): string {
  if (row.outcome === null) return 'Belum terkirim, masih dicoba.';
  if (row.failure === 'channel_off') return 'Kanalnya tidak tersambung. Beri tahu pengelola server.';
  if (row.failure === 'window_closed')
    return 'WhatsApp resmi hanya mengizinkannya dalam 24 jam sejak Anda menulis ke nomor ruang.';
  return notThere[row.kind];
}

function labelOf(kind: ContactKind, value: string, isOwn: boolean): string {
  if (kind === 'push') {
    // Not the address of the subscription, which is a secret of the browser.
    const push = deviceSchema.safeParse(JSON.parse(value));
    return push.success ? push.data.device : 'Peramban';
  }
  if (kind === 'telegram') return 'Akun Telegram';
  if (isOwn) return kind === 'whatsapp' ? `+${value}` : value;
  if (kind === 'whatsapp') return `+${value.slice(0, 4)}…${value.slice(-3)}`;
  const [name = '', host = ''] = value.split('@');
  return `${name.slice(0, 2)}…@${host}`;
}
