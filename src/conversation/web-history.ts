import type { AddressRef, InboundContent, Outbound, OutboundStatus } from '../domain/message.ts';
import { inboundContentSchema, outboundSchema } from '../domain/message.ts';
import type { ChangeFeed } from '../store/change-feed.ts';
import type { Database } from '../store/database.ts';
import type { FileStore } from '../store/file-store.ts';
import { sealed } from '../store/sealed.ts';
import type { Vault } from '../store/vault.ts';
import { addressHash } from './receive.ts';

/**
 * What the web chat reads back of its own conversation: messages, changes and files, always by the address that the
 * browser proves by its cookie. The shapes are those of `bots/web/web-message.ts`, which may not be imported here.
 */
export type HistoryMessage = {
  seq: number;
  id: string;
  ref: string | null;
  author: 'resident' | 'bot' | 'officer' | 'system';
  sentAt: Date;
  editedAt: Date | null;
  deletedAt: Date | null;
  attachments: HistoryAttachment[];
} &
  /** `content` is null where nothing is kept: what came before consent, or answered the survey. */
  (
    | { direction: 'in'; status: null; content: InboundContent | null }
    | { direction: 'out'; status: OutboundStatus; content: Outbound }
  );

export type HistoryAttachment = {
  id: string;
  kind: string;
  mime: string | null;
  name: string | null;
  sizeBytes: number | null;
  status: string;
};

export type HistoryWindow = { after: number; limit: number } | { before: number | null; limit: number };

type Row = {
  seq: number;
  id: string;
  direction: 'in' | 'out';
  author: string;
  content_sealed: Uint8Array | null;
  ref_sealed: Uint8Array | null;
  status: OutboundStatus | null;
  sent_at: Date;
  edited_at: Date | null;
  deleted_at: Date | null;
};

const conversationOf = `SELECT c.id FROM conversation c JOIN address a ON a.id = c.address_id
  WHERE a.channel = $1 AND a.kind = $2 AND a.value_hash = $3`;

export function createWebHistory(deps: {
  db: Database;
  vault: Vault;
  files: FileStore;
  changes: ChangeFeed;
}) {
  const { db, vault, files, changes } = deps;
  const keyOf = (address: AddressRef) => [address.channel, address.kind, addressHash(vault, address)];

  const history = async (address: AddressRef, window: HistoryWindow): Promise<HistoryMessage[]> => {
    const isAfter = 'after' in window;
    const { rows } = await db.query<Row>(
      `SELECT seq, id, direction, author, content_sealed, ref_sealed, status, sent_at, edited_at, deleted_at FROM message
        WHERE conversation_id = (${conversationOf}) AND (content_sealed IS NOT NULL OR (direction = 'in' AND deleted_at IS NULL))
          AND kind NOT IN ('edit', 'delete', 'reachability') AND ${isAfter ? 'seq > $4' : '($4::bigint IS NULL OR seq < $4)'}
        ORDER BY seq ${isAfter ? 'ASC' : 'DESC'} LIMIT $5`,
      [...keyOf(address), isAfter ? window.after : window.before, window.limit],
    );
    if (!isAfter) rows.reverse();
    const attachments = await attachmentsOf(rows.map((row) => row.id));
    return rows.flatMap((row) => present(row, attachments.get(row.id) ?? []));
  };

  const present = (row: Row, attachments: HistoryAttachment[]): HistoryMessage[] => {
    const value = row.content_sealed ? vault.openJson(row.content_sealed, sealed.messageContent) : null;
    const base = {
      seq: row.seq,
      id: row.id,
      ref: row.ref_sealed ? vault.openText(row.ref_sealed, sealed.messageRef) : null,
      author: authorOf(row.author),
      sentAt: row.sent_at,
      editedAt: row.edited_at,
      deletedAt: row.deleted_at,
      attachments,
    };
    if (row.direction === 'in') {
      const content = inboundContentSchema.nullable().safeParse(value);
      return content.success ? [{ ...base, direction: 'in', status: null, content: content.data }] : [];
    }
    const content = outboundSchema.safeParse(value);
    return content.success
      ? [{ ...base, direction: 'out', status: row.status ?? 'pending', content: content.data }]
      : [];
  };

  const attachmentsOf = async (messageIds: string[]): Promise<Map<string, HistoryAttachment[]>> => {
    const byMessage = new Map<string, HistoryAttachment[]>();
    if (messageIds.length === 0) return byMessage;
    const { rows } = await db.query<HistoryAttachment & { messageId: string; nameSealed: Uint8Array | null }>(
      `SELECT id, message_id AS "messageId", kind, mime, name_sealed AS "nameSealed", size_bytes AS "sizeBytes", status
         FROM attachment WHERE message_id = ANY ($1::uuid[]) ORDER BY created_at`,
      [messageIds],
    );
    for (const { messageId, nameSealed, ...rest } of rows) {
      const name = nameSealed ? vault.openText(nameSealed, sealed.attachmentName) : null;
      byMessage.set(messageId, [...(byMessage.get(messageId) ?? []), { ...rest, name }]);
    }
    return byMessage;
  };

  /** The conversation may not be there yet when the page opens: it is looked up again as things change. */
  const subscribe = (address: AddressRef, onChange: () => void): (() => void) => {
    let conversationId: string | null = null;
    return changes.subscribe((change) => {
      if (change.kind !== 'conversation') return;
      if (conversationId !== null) {
        if (change.id === conversationId) onChange();
        return;
      }
      void db.query<{ id: string }>(conversationOf, keyOf(address)).then(
        ({ rows }) => {
          conversationId = rows[0]?.id ?? null;
          if (change.id === conversationId) onChange();
        },
        () => undefined,
      );
    });
  };

  const openAttachment = async (address: AddressRef, attachmentId: string) => {
    const { rows } = await db.query<{
      file_key: string;
      mime: string | null;
      name_sealed: Uint8Array | null;
    }>(
      `SELECT t.file_key, t.mime, t.name_sealed FROM attachment t JOIN message m ON m.id = t.message_id
        WHERE m.conversation_id = (${conversationOf}) AND t.id = $4 AND t.status = 'stored'`,
      [...keyOf(address), attachmentId],
    );
    const row = rows[0];
    const bytes = row ? await files.get(row.file_key) : null;
    if (!row || !bytes) return null;
    return {
      bytes,
      mime: row.mime,
      name: row.name_sealed ? vault.openText(row.name_sealed, sealed.attachmentName) : null,
    };
  };

  return { history, subscribe, openAttachment };
}

function authorOf(author: string): HistoryMessage['author'] {
  if (author === 'resident' || author === 'officer') return author;
  return author === 'phone' ? 'officer' : 'bot';
}
