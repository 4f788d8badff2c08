import type { Channel, MessageTemplate } from '../../bots/channel.ts';
import type { NoticeKind } from '../domain/notice-kind.ts';
import type { Room } from '../domain/room.ts';
import type { Database, Queryable } from '../store/database.ts';

/** How a row that waits for the resident's next word is told from one that is merely tried again later. */
export const windowClosed = 'window_closed';

export type WindowDeps = {
  db: Database;
  clock: { now(): Date };
  /** The approved templates that the room names, by kind of notice. */
  templates: () => Promise<Room['whatsappTemplates']>;
};

type Waiting = { conversationId: string; messageId: string };

/**
 * Whether a platform with a reply window would refuse a free message now: the resident's last word is too old, or it
 * has said so of this very message since. Asked before sending, for such a platform takes a message and refuses it later.
 */
export async function isWindowClosed(
  deps: Pick<WindowDeps, 'db' | 'clock'>,
  channel: Channel,
  { conversationId, messageId }: Waiting,
): Promise<boolean> {
  const hours = channel.capabilities.replyWindowHours;
  if (hours === null) return false;
  const { rows } = await deps.db.query<{ said_at: Date; came_at: Date; refused_at: Date | null }>(
    `SELECT m.sent_at AS said_at, m.created_at AS came_at,
            (SELECT max(d.at) FROM delivery_attempt d WHERE d.message_id = $2 AND d.outcome = '${windowClosed}') AS refused_at
       FROM message m
      WHERE m.conversation_id = $1 AND m.direction = 'in' AND m.author = 'resident' AND m.kind <> 'reachability'
      ORDER BY m.seq DESC LIMIT 1`,
    [conversationId, messageId],
  );
  const last = rows[0];
  if (!last) return true;
  const closesAt = last.said_at.getTime() + hours * 3_600_000;
  return (
    closesAt <= deps.clock.now().getTime() || (last.refused_at !== null && last.refused_at > last.came_at)
  );
}

/** The template that the room names for a notice of this kind; null when the message has to wait. */
export async function findTemplate(
  deps: Pick<WindowDeps, 'db' | 'templates'>,
  messageId: string,
): Promise<MessageTemplate | null> {
  const { rows } = await deps.db.query<{ kind: NoticeKind }>(
    `SELECT n.kind FROM message m JOIN notice n ON n.id = m.notice_id WHERE m.id = $1`,
    [messageId],
  );
  const kind = rows[0]?.kind;
  return (kind && (await deps.templates())[kind]) ?? null;
}

/** A reminder that waited outside the window until what it reminds of was over, changed or near: never sent late. */
export async function isOvertaken(db: Queryable, messageId: string, now: Date): Promise<boolean> {
  const { count } = await db.query(
    `SELECT 1 FROM message m JOIN notice n ON n.id = m.notice_id JOIN booking b ON b.id = n.booking_id
      WHERE m.id = $1 AND n.kind IN ('booking-evening', 'booking-soon')
        AND (b.status <> 'booked' OR b.revision <> n.booking_revision
             OR (b.session_date + b.slot_time::time) AT TIME ZONE 'Asia/Makassar' <= $2
             OR (n.kind = 'booking-evening' AND b.session_date <= ($2 AT TIME ZONE 'Asia/Makassar')::date))`,
    [messageId, now],
  );
  return count > 0;
}

/** The platform took a message and says later that the window was closed: it waits, or goes by its template. */
export async function waitForWindow(
  db: Queryable,
  refHash: Uint8Array,
  now: Date,
): Promise<{ conversationId: string; isNotice: boolean }[]> {
  const { rows } = await db.query<{ conversation_id: string; is_notice: boolean }>(
    `WITH waits AS (
       UPDATE message SET status = 'pending', claimed_until = NULL, failure = '${windowClosed}: told later',
              next_attempt_at = CASE WHEN notice_id IS NULL THEN $3::timestamptz END
        WHERE ref_hash = $1 AND direction = 'out' AND status IN ('pending', 'sending', 'sent')
        RETURNING id, conversation_id, notice_id IS NOT NULL AS is_notice
     ), attempt AS (
       INSERT INTO delivery_attempt (message_id, at, outcome, reason)
       SELECT id, $2, '${windowClosed}', 'told later' FROM waits
     )
     SELECT conversation_id, is_notice FROM waits`,
    [refHash, now, lookAgainAt(now)],
  );
  return rows.map((row) => ({ conversationId: row.conversation_id, isNotice: row.is_notice }));
}

/** The resident's next word makes it due; this is for a word that was never brought to us. */
export function lookAgainAt(now: Date): Date {
  return new Date(now.getTime() + 12 * 3_600_000);
}
