import type { Queryable } from '../../store/database.ts';
import type { Vault } from '../../store/vault.ts';
import { messageColumns, presentMessage } from './message-view.ts';
import type { AttachmentRow, MessageRow, MessageView } from './message-view.ts';

/** `edit` and `delete` are shown on the message they are about, not as messages of their own. */
const shown = `m.kind NOT IN ('edit', 'delete', 'reachability')`;

/** One page of a thread, oldest first; `before` is the `seq` of the oldest message that the page has already. */
export async function readThread(
  db: Queryable,
  vault: Vault,
  input: { conversationId: string; before: number | null; limit: number },
): Promise<{ messages: MessageView[]; hasOlder: boolean }> {
  const { rows } = await db.query<MessageRow>(
    `SELECT ${messageColumns} FROM message m LEFT JOIN officer o ON o.id = m.officer_id
      WHERE m.conversation_id = $1 AND ($2::bigint IS NULL OR m.seq < $2) AND ${shown}
      ORDER BY m.seq DESC LIMIT $3`,
    [input.conversationId, input.before, input.limit + 1],
  );
  const hasOlder = rows.length > input.limit;
  const page = rows.slice(0, input.limit).reverse();
  return { messages: await presentAll(db, vault, page), hasOlder };
}

/** What a resident filed under a concern, and what was answered to it, oldest first. */
export async function readConcernMessages(
  db: Queryable,
  vault: Vault,
  concernId: string,
): Promise<MessageView[]> {
  const { rows } = await db.query<MessageRow>(
    `SELECT ${messageColumns} FROM message m LEFT JOIN officer o ON o.id = m.officer_id
      WHERE m.concern_id = $1 AND ${shown} AND (m.direction = 'in' OR m.author = 'officer')
      ORDER BY m.seq LIMIT 1000`,
    [concernId],
  );
  return presentAll(db, vault, rows);
}

async function presentAll(db: Queryable, vault: Vault, page: readonly MessageRow[]): Promise<MessageView[]> {
  const ids = page.map((row) => row.id);
  if (ids.length === 0) return [];
  const attachments = await db.query<AttachmentRow>(
    `SELECT id, message_id, kind, mime, size_bytes, duration_seconds, name_sealed, status
       FROM attachment WHERE message_id = ANY($1::uuid[]) ORDER BY created_at, id`,
    [ids],
  );
  const edits = await db.query<MessageRow>(
    `SELECT ${messageColumns} FROM message m LEFT JOIN officer o ON o.id = m.officer_id
      WHERE m.about_message_id = ANY($1::uuid[]) AND m.kind = 'edit' ORDER BY m.seq`,
    [ids],
  );
  return page.map((row) =>
    presentMessage(
      vault,
      row,
      attachments.rows.filter((attachment) => attachment.message_id === row.id),
      edits.rows.filter((edit) => edit.about_message_id === row.id),
    ),
  );
}
