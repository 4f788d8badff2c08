import { handoffRanks, isUpForTaking } from '../../domain/handoff.ts';
import type { Queryable } from '../../store/database.ts';
import type { Vault } from '../../store/vault.ts';
import type { ConversationSubject } from '../policy.ts';
import { readNotes } from './notes.ts';
import { residentName } from './resident-name.ts';
import type { NamedRow } from './resident-name.ts';

/** What decides who may open a conversation; null when there is none. */
export async function findConversationSubject(
  db: Queryable,
  conversationId: string,
): Promise<(ConversationSubject & { holderName: string | null }) | null> {
  const { rows } = await db.query<{
    status: string | null;
    officer_id: string | null;
    name: string | null;
    guest_ids: string[];
  }>(
    `SELECT h.status, h.officer_id, o.name,
            ARRAY(SELECT g.officer_id::text FROM handoff_guest g WHERE g.handoff_id = h.id AND h.status = 'held') AS guest_ids
       FROM conversation c
       LEFT JOIN handoff h ON h.conversation_id = c.id AND h.status IN ('waiting', 'held')
       LEFT JOIN officer o ON o.id = h.officer_id
      WHERE c.id = $1`,
    [conversationId],
  );
  const row = rows[0];
  if (!row) return null;
  return {
    holderId: row.status === 'held' ? row.officer_id : null,
    holderName: row.status === 'held' ? row.name : null,
    isWaiting: isUpForTaking({ status: row.status, officerId: row.officer_id }),
    guestIds: row.guest_ids,
  };
}

type HeaderRow = NamedRow & {
  owner: 'bot' | 'human';
  language: 'id' | 'en';
  channel: string;
  unreachable_at: Date | null;
  handoff_status: 'waiting' | 'held' | null;
  reason: string | null;
  priority: number | null;
  requested_at: Date | null;
  officer_id: string | null;
  officer_name: string | null;
};

/** Everything about a conversation but its messages. */
export async function readConversation(db: Queryable, vault: Vault, conversationId: string) {
  const { rows } = await db.query<HeaderRow>(
    `SELECT c.owner, r.id AS resident_id, r.language, r.name_sealed, a.profile_name_sealed, a.channel, a.unreachable_at,
            h.status AS handoff_status, h.reason, h.priority, h.requested_at, h.officer_id, o.name AS officer_name
       FROM conversation c JOIN address a ON a.id = c.address_id JOIN resident r ON r.id = a.resident_id
       LEFT JOIN handoff h ON h.conversation_id = c.id AND h.status IN ('waiting', 'held')
       LEFT JOIN officer o ON o.id = h.officer_id
      WHERE c.id = $1`,
    [conversationId],
  );
  const row = rows[0];
  if (!row) return null;
  const bookings = await db.query<{ id: string; code: string; day: string; time: string; status: string }>(
    `SELECT id, code, session_date AS day, slot_time AS time, status FROM booking
      WHERE resident_id = $1 AND status <> 'held' ORDER BY session_date DESC, slot_time DESC LIMIT 5`,
    [row.resident_id],
  );
  const concerns = await db.query<{ id: string; code: string; status: string; category: string | null }>(
    `SELECT id, code, status, category FROM concern
      WHERE resident_id = $1 AND status <> 'draft' ORDER BY created_at DESC LIMIT 10`,
    [row.resident_id],
  );
  const guests = await db.query<{ id: string; name: string }>(
    `SELECT o.id, o.name FROM handoff_guest g JOIN officer o ON o.id = g.officer_id
       JOIN handoff h ON h.id = g.handoff_id AND h.status = 'held'
      WHERE h.conversation_id = $1 ORDER BY g.invited_at, o.name`,
    [conversationId],
  );
  const alerts = await db.query<{
    id: string;
    kind: string;
    severity: string;
    at: Date;
    signs: number;
    is_false: boolean;
    by: string | null;
  }>(
    `SELECT d.id, d.kind, d.severity, d.last_sign_at AS at, d.signs, d.is_false, o.name AS by FROM danger_alert d
       LEFT JOIN officer o ON o.id = d.acknowledged_by
      WHERE d.conversation_id = $1 ORDER BY d.last_sign_at DESC, d.created_at DESC LIMIT 5`,
    [conversationId],
  );
  return {
    id: conversationId,
    owner: row.owner,
    language: row.language,
    name: residentName(vault, row),
    channel: row.channel,
    isUnreachable: row.unreachable_at !== null,
    handoff:
      row.handoff_status === null
        ? null
        : {
            status: row.handoff_status,
            reason: row.reason ?? '',
            isDanger: row.priority !== null && row.priority <= handoffRanks.alarm,
            requestedAt: row.requested_at?.toISOString() ?? null,
            officer: row.officer_id === null ? null : { id: row.officer_id, name: row.officer_name ?? '' },
          },
    guests: guests.rows,
    bookings: bookings.rows,
    concerns: concerns.rows,
    notes: await readNotes(db, vault, { conversationId }),
    alerts: alerts.rows.map((alert) => ({
      id: alert.id,
      kind: alert.kind,
      severity: alert.severity,
      at: alert.at.toISOString(),
      signs: alert.signs,
      /** Somebody has read it and it was none; `acknowledgedBy` is who. */
      isFalse: alert.is_false,
      acknowledgedBy: alert.by,
    })),
  };
}
