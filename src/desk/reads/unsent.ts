import type { DeskDeps } from '../ports.ts';
import { failureSentence, isOutsideWindow } from './message-view.ts';
import { residentName } from './resident-name.ts';
import type { NamedRow } from './resident-name.ts';

/** A message that is still on its way after this long is worth an officer's eye. */
const lateMs = 2 * 60 * 1000;

/** Messages that have not reached a resident: failed ones, and those that are late. Without their words. */
export async function readUnsent(deps: Pick<DeskDeps, 'db' | 'vault' | 'clock'>) {
  const { rows } = await deps.db.query<
    NamedRow & {
      id: string;
      conversation_id: string;
      author: string;
      officer_name: string | null;
      status: string;
      attempts: number;
      failure: string | null;
      created_at: Date;
      channel: string;
    }
  >(
    `SELECT m.id, m.conversation_id, m.author, o.name AS officer_name, m.status, m.attempts, m.failure, m.created_at,
            a.channel, r.id AS resident_id, r.name_sealed, a.profile_name_sealed
       FROM message m JOIN conversation c ON c.id = m.conversation_id
       JOIN address a ON a.id = c.address_id JOIN resident r ON r.id = a.resident_id
       LEFT JOIN officer o ON o.id = m.officer_id
      WHERE (m.status IN ('failed', 'undeliverable') AND m.attended_at IS NULL)
         OR (m.status IN ('pending', 'sending') AND (m.created_at < $1 OR m.failure LIKE 'window_closed:%' OR m.failure LIKE 'ceiling:%'))
      ORDER BY (m.author = 'officer') DESC, m.seq LIMIT 200`,
    [new Date(deps.clock.now().getTime() - lateMs)],
  );
  return rows.map((row) => ({
    id: row.id,
    conversationId: row.conversation_id,
    author: row.author,
    officer: row.officer_name,
    status: row.status,
    attempts: row.attempts,
    isFailed: row.status === 'failed' || row.status === 'undeliverable',
    isOutsideWindow: isOutsideWindow(row),
    sentence:
      row.status === 'failed' || row.status === 'undeliverable'
        ? failureSentence(row)
        : isOutsideWindow(row)
          ? 'Warga sudah lebih dari 24 jam tidak menulis, dan WhatsApp baru mengizinkannya lagi setelah warga menulis. Terkirim sendiri begitu ia menulis.'
          : row.failure?.startsWith('ceiling:')
            ? 'Batas kiriman WhatsApp hari ini sudah tercapai. Terkirim sendiri besok, atau begitu batasnya dinaikkan di Pengaturan.'
            : 'Masih dicoba dikirim.',
    at: row.created_at.toISOString(),
    channel: row.channel,
    name: residentName(deps.vault, row),
  }));
}
