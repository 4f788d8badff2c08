import type { AddressRef, ChannelName } from '../domain/message.ts';
import type { Language } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';

/** A conversation as it stands under its lock. */
export type Held = {
  id: string;
  owner: 'bot' | 'human';
  dialog_sealed: Uint8Array | null;
  address_id: string;
  address_kind: AddressRef['kind'];
  address_sealed: Uint8Array;
  channel: ChannelName;
  is_unreachable: boolean;
  resident_id: string;
  language: Language;
  wants_reminders: boolean;
  has_consent: boolean;
  handoff: 'waiting' | 'held' | null;
};

/** An address as the database has it, for whoever sends to it and need not ask for it again. */
export type SealedAddress = { channel: ChannelName; kind: AddressRef['kind']; value_sealed: Uint8Array };

export function sealedAddressOf(held: Held): SealedAddress {
  return { channel: held.channel, kind: held.address_kind, value_sealed: held.address_sealed };
}

/** A message that came in and has not been taken in. */
export type Unprocessed = {
  id: string;
  author: 'resident' | 'phone';
  kind: string;
  content_sealed: Uint8Array | null;
  about_message_id: string | null;
  is_late: boolean;
};

const columns = `c.id, c.owner, c.dialog_sealed, a.id AS address_id, a.kind AS address_kind,
  a.value_sealed AS address_sealed, a.channel,
  a.unreachable_at IS NOT NULL AS is_unreachable, r.id AS resident_id, r.language, r.wants_reminders,
  EXISTS (SELECT 1 FROM consent k WHERE k.resident_id = r.id AND k.withdrawn_at IS NULL) AS has_consent,
  (SELECT h.status FROM handoff h WHERE h.conversation_id = c.id AND h.status IN ('waiting', 'held')) AS handoff`;
const tables = `conversation c JOIN address a ON a.id = c.address_id JOIN resident r ON r.id = a.resident_id`;

/** Takes the conversation's lock for this transaction; null when it is gone. */
export async function holdConversation(tx: Tx, conversationId: string): Promise<Held | null> {
  if (!(await lock(tx, conversationId))) return null;
  const { rows } = await tx.query<Held>(`SELECT ${columns} FROM ${tables} WHERE c.id = $1`, [conversationId]);
  return rows[0] ?? null;
}

/** The same, with the oldest message that has not been taken in, and whether another waits behind it. */
export async function holdWithOldest(
  tx: Tx,
  conversationId: string,
): Promise<{ held: Held; message: Unprocessed; hasMore: boolean } | null> {
  if (!(await lock(tx, conversationId))) return null;
  const { rows } = await tx.query<Held & Omit<Unprocessed, 'id'> & { message_id: string }>(
    `SELECT ${columns}, m.id AS message_id, m.author, m.kind, m.content_sealed, m.about_message_id, m.is_late
       FROM ${tables} JOIN message m ON m.conversation_id = c.id
      WHERE c.id = $1 AND m.direction = 'in' AND m.processed_at IS NULL ORDER BY m.seq LIMIT 2`,
    [conversationId],
  );
  const row = rows[0];
  return row ? { held: row, message: { ...row, id: row.message_id }, hasMore: rows.length > 1 } : null;
}

/**
 * A statement of its own: what is read beside a lock in one statement is as it was before the wait for it. NO KEY,
 * so that rows which only refer to the conversation (a message that comes in, a notice from another's step) are
 * written meanwhile, and two steps that tell each other's residents something do not wait for each other for ever.
 */
async function lock(tx: Tx, conversationId: string): Promise<boolean> {
  const { rows } = await tx.query(`SELECT 1 FROM conversation WHERE id = $1 FOR NO KEY UPDATE`, [
    conversationId,
  ]);
  return rows.length > 0;
}
