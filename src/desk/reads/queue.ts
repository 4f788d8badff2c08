import { handoffRanks } from '../../domain/handoff.ts';
import type { Day } from '../../domain/wita.ts';
import type { DeskDeps } from '../ports.ts';
import { residentName } from './resident-name.ts';
import type { NamedRow } from './resident-name.ts';

type QueueRow = NamedRow & {
  conversation_id: string;
  handoff_id: string;
  status: 'waiting' | 'held';
  reason: string;
  priority: number;
  requested_at: Date;
  claimed_at: Date | null;
  officer_id: string | null;
  officer_name: string | null;
  channel: string;
  unreachable_at: Date | null;
  last_in_at: Date | null;
  last_answer_at: Date | null;
  unread: number;
  booking_time: string | null;
  category: string | null;
  danger_kind: string | null;
  danger_severity: string | null;
  climb_level: number;
  offered_to: string | null;
  guests: string[];
};

/** The greeting that goes out by itself when a chat is taken answers nothing; it is as old as the claim. */
const isAnswer = (message: string): string => `${message}.created_at IS DISTINCT FROM h.claimed_at`;

/**
 * Chats that wait for a person or are held by one, by the rank of `domain/handoff.ts`, the gravity of the danger, then who has waited longest. No word of a
 * resident is in it, so that looking at the queue reads nobody's concern.
 */
export async function readQueue(deps: DeskDeps, input: { today: Day }) {
  const { rows } = await deps.db.query<QueueRow>(
    `SELECT h.conversation_id, h.id AS handoff_id, h.status, h.reason, h.priority, h.requested_at, h.claimed_at,
            h.officer_id, o.name AS officer_name, a.channel, a.unreachable_at, a.profile_name_sealed,
            r.id AS resident_id, r.name_sealed, c.last_in_at,
            (SELECT max(m.created_at) FROM message m
              WHERE m.conversation_id = c.id AND m.author = 'officer' AND ${isAnswer('m')}) AS last_answer_at,
            (SELECT count(*) FROM message m
              WHERE m.conversation_id = c.id AND m.author = 'resident' AND m.kind NOT IN ('edit', 'delete')
                AND m.created_at >= h.requested_at
                AND m.created_at > coalesce((SELECT max(x.created_at) FROM message x
                                              WHERE x.conversation_id = c.id AND x.author = 'officer'
                                                AND x.status NOT IN ('failed', 'undeliverable') AND ${isAnswer('x')}
                                                AND x.created_at >= h.requested_at), '-infinity')) AS unread,
            (SELECT b.slot_time FROM booking b WHERE b.resident_id = r.id AND b.session_date = $1
                AND b.status IN ('booked', 'arrived') LIMIT 1) AS booking_time,
            (SELECT k.category FROM concern k WHERE k.resident_id = r.id AND k.status NOT IN ('draft', 'settled')
              ORDER BY k.created_at DESC LIMIT 1) AS category,
            d.kind AS danger_kind, d.severity AS danger_severity, h.climb_level,
            (SELECT x.name FROM handoff_offer f JOIN officer x ON x.id = f.officer_id
              WHERE f.handoff_id = h.id AND f.outcome IS NULL) AS offered_to,
            ARRAY(SELECT x.name FROM handoff_guest g JOIN officer x ON x.id = g.officer_id
                   WHERE g.handoff_id = h.id AND h.status = 'held' ORDER BY g.invited_at) AS guests
       FROM handoff h
       JOIN conversation c ON c.id = h.conversation_id
       JOIN address a ON a.id = c.address_id
       JOIN resident r ON r.id = a.resident_id
       LEFT JOIN officer o ON o.id = h.officer_id
       LEFT JOIN LATERAL (SELECT kind, severity FROM danger_alert
                           WHERE conversation_id = c.id AND last_sign_at >= h.requested_at - interval '1 day' AND NOT is_false
                           ORDER BY array_position(ARRAY['darurat', 'tinggi', 'sedang'], severity), created_at DESC
                           LIMIT 1) d ON true
      WHERE h.status IN ('waiting', 'held')
      ORDER BY h.priority, array_position(ARRAY['darurat', 'tinggi', 'sedang'], d.severity), h.requested_at, h.id`,
    [input.today],
  );
  return rows.map((row) => ({
    conversationId: row.conversation_id,
    handoffId: row.handoff_id,
    status: row.status,
    reason: row.reason,
    isDanger: row.priority <= handoffRanks.alarm,
    /** 1: the supervisors were told that nobody takes it, 2: the admins were. */
    climbLevel: row.climb_level,
    offeredTo: row.offered_to,
    guests: row.guests,
    danger: row.danger_kind === null ? null : { kind: row.danger_kind, severity: row.danger_severity ?? '' },
    name: residentName(deps.vault, row),
    channel: row.channel,
    isUnreachable: row.unreachable_at !== null,
    requestedAt: row.requested_at.toISOString(),
    claimedAt: row.claimed_at?.toISOString() ?? null,
    lastInAt: row.last_in_at?.toISOString() ?? null,
    lastAnswerAt: row.last_answer_at?.toISOString() ?? null,
    /** Messages of the resident since the last answer of an officer. */
    unread: row.unread,
    bookingToday: row.booking_time,
    category: row.category,
    officer: row.officer_id === null ? null : { id: row.officer_id, name: row.officer_name ?? '' },
  }));
}
