import { randomBytes } from 'node:crypto';
import type { RoomCalendar } from '../domain/calendar.ts';
import { makeCode } from '../domain/code.ts';
import type { Tx } from '../store/transact.ts';
import { reopenConcern } from './reopen-concern.ts';

/** What a concern holds so far, in numbers only. */
export type ConcernCounts = { texts: number; voices: number; photos: number; files: number };

/** The draft that is being poured out, made when there is none. Its words are the messages linked to it. */
export async function startConcern(
  tx: Tx,
  input: { residentId: string; conversationId: string },
): Promise<{ kind: 'started'; concernId: string; code: string }> {
  const { rows } = await tx.query<{ id: string; code: string }>(
    `INSERT INTO concern (code, resident_id, conversation_id, status, created_at)
     VALUES ($1, $2, $3, 'draft', $4)
     ON CONFLICT (resident_id) WHERE status = 'draft' DO UPDATE SET conversation_id = excluded.conversation_id
     RETURNING id, code`,
    [makeCode('CRH', randomBytes(6)), input.residentId, input.conversationId, tx.now],
  );
  const row = rows[0];
  if (!row) throw new Error('startConcern: the insert returned no row');
  return { kind: 'started', concernId: row.id, code: row.code };
}

/**
 * Files a message under a concern, with the edits of it that came meanwhile. What is added to one that the room has
 * received already is marked for its officer; and who adds to an answered one, or to one that was settled meanwhile, is
 * not content: it is open again, with a day of its own, and no silence settles it.
 */
export async function addToConcern(
  tx: Tx,
  input: { concernId: string; messageId: string; calendar: RoomCalendar },
): Promise<void> {
  await tx.query(
    `UPDATE message SET concern_id = $1
      WHERE id IN (SELECT $2::uuid
                   UNION ALL
                   SELECT e.id FROM message m JOIN message e ON e.conversation_id = m.conversation_id AND e.seq > m.seq
                    WHERE m.id = $2 AND e.kind = 'edit' AND e.about_message_id = m.id)`,
    [input.concernId, input.messageId],
  );
  await tx.query(`UPDATE concern SET added_at = $2 WHERE id = $1 AND status <> 'draft'`, [
    input.concernId,
    tx.now,
  ]);
  await reopenConcern(tx, { ...input, from: ['answered', 'settled'] });
  tx.changed({ kind: 'concern', id: input.concernId });
}

export async function countConcern(tx: Tx, input: { concernId: string }): Promise<ConcernCounts> {
  const { rows } = await tx.query<ConcernCounts>(
    `SELECT count(*) FILTER (WHERE m.kind = 'text') AS texts,
            count(*) FILTER (WHERE a.kind IN ('voice', 'audio')) AS voices,
            count(*) FILTER (WHERE a.kind = 'photo') AS photos,
            count(*) FILTER (WHERE (m.kind = 'media' AND a.kind NOT IN ('voice', 'audio', 'photo'))
                                OR m.kind IN ('location', 'contact')) AS files
       FROM message m LEFT JOIN attachment a ON a.message_id = m.id AND a.status IN ('pending', 'stored')
      WHERE m.concern_id = $1 AND m.direction = 'in' AND m.deleted_at IS NULL AND m.content_sealed IS NOT NULL`,
    [input.concernId],
  );
  return rows[0] ?? { texts: 0, voices: 0, photos: 0, files: 0 };
}

/** Lets a draft go: its messages stay in the conversation, filed under nothing. */
export async function dropDraft(tx: Tx, input: { concernId: string }): Promise<void> {
  await tx.query(`UPDATE message SET concern_id = NULL WHERE concern_id = $1`, [input.concernId]);
  await tx.query(`DELETE FROM concern WHERE id = $1 AND status = 'draft'`, [input.concernId]);
}
