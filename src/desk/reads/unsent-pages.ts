import type { DeskDeps } from '../ports.ts';

/** A page that has not left after this long is worth an eye. */
const lateMs = 60_000;
const shownForMs = 24 * 3_600_000;

/** Calls to officers that did not leave: about a danger that is open, or from the last day. Newest first. */
export async function readUnsentPages(deps: Pick<DeskDeps, 'db' | 'clock'>) {
  const now = deps.clock.now().getTime();
  const { rows } = await deps.db.query<{
    id: string;
    conversation_id: string | null;
    concern_id: string | null;
    officer: string;
    kind: string;
    due_at: Date;
    attempts: number;
    outcome: string | null;
    failure: string | null;
    is_danger: boolean;
    is_open: boolean;
  }>(
    `SELECT p.id, coalesce(d.conversation_id, h.conversation_id) AS conversation_id, p.concern_id, coalesce(o.name, 'Grup petugas') AS officer, p.kind, p.due_at,
            p.attempts, p.outcome, p.failure, p.alert_id IS NOT NULL AS is_danger,
            coalesce(d.acknowledged_at IS NULL AND d.id IS NOT NULL, false) OR coalesce(h.status IN ('waiting', 'held'), false) AS is_open
       FROM page p LEFT JOIN officer o ON o.id = p.officer_id
       LEFT JOIN danger_alert d ON d.id = p.alert_id LEFT JOIN handoff h ON h.id = p.handoff_id
      WHERE (p.outcome = 'failed' OR (p.outcome IS NULL AND (p.failure IS NOT NULL OR p.due_at < $1))) AND p.due_at > $2
        AND NOT p.is_try
      ORDER BY is_open DESC, p.due_at DESC LIMIT 100`,
    [new Date(now - lateMs), new Date(now - shownForMs)],
  );
  return rows.map((row) => ({
    id: row.id,
    /** The chat it is about, or the concern. */
    conversationId: row.conversation_id,
    concernId: row.concern_id,
    officer: row.officer,
    kind: row.kind,
    at: row.due_at.toISOString(),
    attempts: row.attempts,
    isFailed: row.outcome === 'failed',
    isDanger: row.is_danger,
    isOpen: row.is_open,
    sentence: sentenceOf(row),
  }));
}

function sentenceOf(row: { kind: string; outcome: string | null; failure: string | null }): string {
  if (row.failure === 'no_contact') return 'Tidak punya kontak. Minta ia mengisinya di Pengaturan, Saya.';
  if (row.failure === 'channel_off') return 'Kanalnya tidak tersambung.';
  if (row.failure === 'window_closed')
    return 'WhatsApp resmi hanya mengizinkannya dalam 24 jam sejak petugas itu menulis ke nomor ruang.';
  if (row.kind === 'group' && row.outcome === 'failed')
    return 'Tidak masuk ke grup. Minta pengelola server memeriksa grup petugas.';
  return row.outcome === 'failed' ? 'Tidak terkirim.' : 'Belum terkirim, masih dicoba.';
}
