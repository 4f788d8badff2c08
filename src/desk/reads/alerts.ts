import type { DeskDeps } from '../ports.ts';
import { residentName } from './resident-name.ts';
import type { NamedRow } from './resident-name.ts';

/** Danger that nobody has acknowledged, gravest and oldest first. */
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
  return rows.map((row) => ({
    id: row.id,
    conversationId: row.conversation_id,
    kind: row.kind,
    severity: row.severity,
    at: row.created_at.toISOString(),
    name: residentName(deps.vault, row),
  }));
}
