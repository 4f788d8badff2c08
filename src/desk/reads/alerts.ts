import type { DeskDeps } from '../ports.ts';
import { residentName } from './resident-name.ts';
import type { NamedRow } from './resident-name.ts';

/**
 * Chats with danger that nobody has acknowledged, gravest and oldest first. One acknowledgement is for the whole chat, so
 * each stands here once: by its gravest sign, with how many there are (`signs`).
 */
export async function readAlerts(deps: Pick<DeskDeps, 'db' | 'vault'>) {
  const { rows } = await deps.db.query<
    NamedRow & { id: string; conversation_id: string; kind: string; severity: string; created_at: Date }
  >(
    `SELECT d.id, d.conversation_id, d.kind, d.severity, d.created_at,
            r.id AS resident_id, r.name_sealed, a.profile_name_sealed
       FROM danger_alert d JOIN conversation c ON c.id = d.conversation_id
       JOIN address a ON a.id = c.address_id JOIN resident r ON r.id = a.resident_id
      WHERE d.acknowledged_at IS NULL
      ORDER BY array_position(ARRAY['darurat', 'tinggi', 'sedang'], d.severity), d.created_at`,
  );
  const byChat = new Map<string, { row: (typeof rows)[number]; signs: number }>();
  for (const row of rows) {
    const chat = byChat.get(row.conversation_id);
    if (chat) chat.signs += 1;
    else byChat.set(row.conversation_id, { row, signs: 1 });
  }
  return [...byChat.values()].map(({ row, signs }) => ({
    id: row.id,
    conversationId: row.conversation_id,
    kind: row.kind,
    severity: row.severity,
    at: row.created_at.toISOString(),
    name: residentName(deps.vault, row),
    signs,
  }));
}
