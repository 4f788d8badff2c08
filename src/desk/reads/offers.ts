import type { DeskDeps } from '../ports.ts';
import { residentName } from './resident-name.ts';
import type { NamedRow } from './resident-name.ts';

/** Chats that are offered to an officer right now. */
export async function readOffers(deps: Pick<DeskDeps, 'db' | 'vault' | 'clock'>, officerId: string) {
  const now = deps.clock.now();
  const { rows } = await deps.db.query<
    NamedRow & {
      id: string;
      conversation_id: string;
      reason: string;
      channel: string;
      expires_at: Date;
      since: Date;
    }
  >(
    `SELECT f.id, h.conversation_id, h.reason, a.channel, f.expires_at, coalesce(h.waiting_since, h.requested_at) AS since,
            r.id AS resident_id, r.name_sealed, a.profile_name_sealed
       FROM handoff_offer f JOIN handoff h ON h.id = f.handoff_id AND h.status = 'waiting'
       JOIN conversation c ON c.id = h.conversation_id
       JOIN address a ON a.id = c.address_id JOIN resident r ON r.id = a.resident_id
      WHERE f.officer_id = $1 AND f.outcome IS NULL AND f.expires_at > $2 ORDER BY f.offered_at, f.id`,
    [officerId, now],
  );
  return {
    now: now.toISOString(),
    items: rows.map((row) => ({
      id: row.id,
      conversationId: row.conversation_id,
      reason: row.reason,
      channel: row.channel,
      name: residentName(deps.vault, row),
      since: row.since.toISOString(),
      expiresAt: row.expires_at.toISOString(),
    })),
  };
}
