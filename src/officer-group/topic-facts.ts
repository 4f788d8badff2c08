import type { ChannelName } from '../domain/message.ts';
import { dayOf } from '../domain/wita.ts';
import type { Language } from '../domain/wita.ts';
import type { Queryable } from '../store/database.ts';

/** A topic as it is and as it should be: what it shows, and what of the handoff it does not show yet. */
export type TopicFacts = {
  id: string;
  handoff_id: string;
  conversation_id: string;
  thread_ref: string | null;
  card_ref: string | null;
  card_hash: Uint8Array | null;
  title_hash: Uint8Array | null;
  attempts: number;
  next_attempt_at: Date | null;
  status: 'waiting' | 'held' | 'closed';
  reason: string;
  priority: number;
  waiting_since: Date;
  ended_at: Date | null;
  outcome: 'closed' | 'returned' | 'left' | null;
  officer_id: string | null;
  officer_name: string | null;
  /** Whom it is offered to, where they work in the group and would not see it otherwise. */
  offered_name: string | null;
  channel: ChannelName;
  resident_id: string;
  language: Language;
  /** Only where the resident lets the name be known. */
  name_sealed: Uint8Array | null;
  booking_time: string | null;
  category: string | null;
  danger_kind: string | null;
  danger_severity: string | null;
  is_erased: boolean;
  has_unshown: boolean;
  has_changed: boolean;
  has_fate: boolean;
  has_answer: boolean;
};

/** Words about the message itself, shown on it and not as messages; and what was purged. */
const shownKinds = `m.kind NOT IN ('edit', 'delete', 'reachability') AND m.content_sealed IS NOT NULL`;

/** The first claim by an officer; what is said on the room's phone has no reader whom the record could name. */
const showsFrom = `coalesce(t.shows_from, CASE WHEN h.officer_id IS NOT NULL THEN h.claimed_at END)`;

/**
 * What of a conversation belongs in the topic, by its time and not by a cursor over `seq`: numbers are given out in
 * another order than transactions commit, and what commits late must not be passed over.
 */
export const inTopic = `m.conversation_id = t.conversation_id AND ${shownKinds}
  AND (h.officer_id IS NOT NULL OR h.status = 'closed') AND m.created_at >= ${showsFrom}
  AND m.created_at <= coalesce(h.closed_at, 'infinity')`;

/** What has become of an officer's word, as far as the officer is told. */
export const fate = `CASE WHEN m.status IN ('sent', 'delivered', 'read') THEN 'sent'
  WHEN m.status IN ('failed', 'undeliverable') THEN 'failed'
  WHEN m.status = 'pending' AND m.failure LIKE 'window_closed:%' THEN 'waits' END`;

const facts = `SELECT t.id, t.handoff_id, t.conversation_id, t.thread_ref, t.card_ref, t.card_hash, t.title_hash,
    t.attempts, t.next_attempt_at, h.status, h.reason, h.priority, coalesce(h.waiting_since, h.requested_at) AS waiting_since,
    h.closed_at AS ended_at, h.outcome, h.officer_id, o.name AS officer_name,
    (SELECT w.name FROM handoff_offer f JOIN officer w ON w.id = f.officer_id
      WHERE f.handoff_id = h.id AND f.outcome IS NULL AND w.in_group_until > $4 LIMIT 1) AS offered_name,
    a.channel, r.id AS resident_id, r.language,
    CASE WHEN EXISTS (SELECT 1 FROM concern k WHERE k.resident_id = r.id AND k.is_name_shared
                         AND k.status NOT IN ('draft', 'settled')) THEN r.name_sealed END AS name_sealed,
    (SELECT b.slot_time FROM booking b WHERE b.resident_id = r.id AND b.session_date = $2
        AND b.status IN ('booked', 'arrived') LIMIT 1) AS booking_time,
    (SELECT k.category FROM concern k WHERE k.resident_id = r.id AND k.status NOT IN ('draft', 'settled')
      ORDER BY k.created_at DESC LIMIT 1) AS category,
    d.kind AS danger_kind, d.severity AS danger_severity,
    r.erased_at IS NOT NULL AND r.erased_at >= t.created_at AS is_erased,
    $3::boolean AND EXISTS (SELECT 1 FROM message m WHERE ${inTopic} AND NOT EXISTS (
      SELECT 1 FROM officer_group_message g WHERE g.message_id = m.id AND g.is_whole)) AS has_unshown,
    EXISTS (SELECT 1 FROM officer_group_message g JOIN message m ON m.id = g.message_id
             WHERE g.topic_id = t.id AND g.kind = 'shown' AND g.is_whole
               AND (g.edited_at IS DISTINCT FROM m.edited_at OR g.deleted_at IS DISTINCT FROM m.deleted_at)) AS has_changed,
    EXISTS (SELECT 1 FROM officer_group_message g JOIN message m ON m.id = g.message_id
             WHERE g.topic_id = t.id AND g.kind = 'said' AND ${fate} <> coalesce(g.told, '')) AS has_fate,
    EXISTS (SELECT 1 FROM officer_group_event e
             WHERE e.topic_id = t.id AND e.answer IS NOT NULL AND e.answered_at IS NULL) AS has_answer
  FROM handoff_topic t JOIN handoff h ON h.id = t.handoff_id
  JOIN conversation c ON c.id = t.conversation_id JOIN address a ON a.id = c.address_id
  JOIN resident r ON r.id = a.resident_id LEFT JOIN officer o ON o.id = h.officer_id
  LEFT JOIN LATERAL (SELECT kind, severity FROM danger_alert
                      WHERE conversation_id = c.id AND last_sign_at >= h.requested_at - interval '1 day' AND NOT is_false
                      ORDER BY array_position(ARRAY['darurat', 'tinggi', 'sedang'], severity), created_at DESC
                      LIMIT 1) d ON true`;

type Reading = { now: Date; showsMessages: boolean };

/** Topics that are not over, and those of residents who had all erased: danger first, then who has waited longest. */
export async function readOpenTopics(
  db: Queryable,
  input: Reading & { chatRef: string },
): Promise<TopicFacts[]> {
  const { rows } = await db.query<TopicFacts>(
    `${facts} WHERE t.chat_ref = $1 AND t.removed_at IS NULL
       AND (t.closed_at IS NULL OR r.erased_at >= t.created_at
            OR EXISTS (SELECT 1 FROM officer_group_event e
                        WHERE e.topic_id = t.id AND e.answer IS NOT NULL AND e.answered_at IS NULL))
     ORDER BY h.priority, h.requested_at, t.id`,
    [input.chatRef, dayOf(input.now), input.showsMessages, input.now],
  );
  return rows;
}

export async function readTopic(
  db: Queryable,
  input: Reading & { topicId: string },
): Promise<TopicFacts | null> {
  const { rows } = await db.query<TopicFacts>(`${facts} WHERE t.id = $1`, [
    input.topicId,
    dayOf(input.now),
    input.showsMessages,
    input.now,
  ]);
  return rows[0] ?? null;
}
