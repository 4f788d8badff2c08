import type { Day } from '../../domain/wita.ts';
import type { Queryable } from '../../store/database.ts';
import type { Vault } from '../../store/vault.ts';
import { concernTimeline, readTimelineRows } from './concern-timeline.ts';
import { listed, presentListed } from './concerns.ts';
import type { ListRow } from './concerns.ts';
import { readNotes } from './notes.ts';
import { residentName } from './resident-name.ts';
import type { NamedRow } from './resident-name.ts';
import { readConcernMessages } from './thread.ts';

/** One concern with its words and its timeline. The caller has checked the right and records the reading. */
export async function readConcernDetail(db: Queryable, vault: Vault, concernId: string, today: Day) {
  const { rows } = await db.query<
    ListRow &
      NamedRow & {
        conversation_id: string | null;
        booking_id: string | null;
        is_name_shared: boolean;
        channel: string | null;
        booking_code: string | null;
        session_date: string | null;
        slot_time: string | null;
      }
  >(
    `SELECT ${listed}, k.conversation_id, k.booking_id, k.is_name_shared, r.id AS resident_id, r.name_sealed,
            a.profile_name_sealed, a.channel, b.code AS booking_code, b.session_date, b.slot_time
       FROM concern k JOIN resident r ON r.id = k.resident_id
       LEFT JOIN officer o ON o.id = k.officer_id
       LEFT JOIN conversation c ON c.id = k.conversation_id
       LEFT JOIN address a ON a.id = c.address_id
       LEFT JOIN booking b ON b.id = k.booking_id
      WHERE k.id = $2 AND k.status <> 'draft'`,
    [today, concernId],
  );
  const row = rows[0];
  if (!row) return null;
  const earlier = await db.query<{ id: string; code: string; status: string; category: string | null }>(
    `SELECT id, code, status, category FROM concern
      WHERE resident_id = $1 AND id <> $2 AND status <> 'draft' ORDER BY created_at DESC LIMIT 10`,
    [row.resident_id, concernId],
  );
  return {
    ...presentListed(row, today),
    name: residentName(vault, row),
    isNameShared: row.is_name_shared,
    conversationId: row.conversation_id,
    channel: row.channel,
    booking:
      row.booking_code === null
        ? null
        : { code: row.booking_code, day: row.session_date ?? '', time: row.slot_time ?? '' },
    earlier: earlier.rows,
    messages: await readConcernMessages(db, vault, concernId),
    notes: await readNotes(db, vault, { concernId }),
    timeline: concernTimeline(await readTimelineRows(db, concernId)),
  };
}
