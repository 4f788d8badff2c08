import type { Queryable } from '../../store/database.ts';
import type { DeskDeps } from '../ports.ts';
import { residentName } from './resident-name.ts';
import type { NamedRow } from './resident-name.ts';

/** Chats with danger that nobody has acknowledged, gravest and oldest first. A chat has one open alarm, with all its signs. */
export async function readAlerts(deps: Pick<DeskDeps, 'db' | 'vault'>) {
  const { rows } = await deps.db.query<
    NamedRow & {
      id: string;
      conversation_id: string;
      kind: string;
      severity: string;
      signs: number;
      created_at: Date;
      last_sign_at: Date;
    }
  >(
    `SELECT d.id, d.conversation_id, d.kind, d.severity, d.signs, d.created_at, d.last_sign_at,
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
    /** Since when nobody has seen to it. */
    at: row.created_at.toISOString(),
    lastAt: row.last_sign_at.toISOString(),
    name: residentName(deps.vault, row),
    signs: row.signs,
  }));
}

/** The conversation that an alarm is of; null when there is no such alarm. */
export async function findAlertChat(db: Queryable, alertId: string): Promise<string | null> {
  const { rows } = await db.query<{ conversation_id: string }>(
    `SELECT conversation_id FROM danger_alert WHERE id = $1`,
    [alertId],
  );
  return rows[0]?.conversation_id ?? null;
}
