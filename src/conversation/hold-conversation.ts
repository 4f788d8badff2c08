import type { AddressRef, ChannelName } from '../domain/message.ts';
import type { Language } from '../domain/wita.ts';
import { uuidLiteral } from '../store/database.ts';
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

/** What the database's function `hold_conversation` answers (its migration says how and why). */
type Row = Held & {
  message_id: string | null;
  message_author: Unprocessed['author'];
  message_kind: string;
} & Pick<Unprocessed, 'content_sealed' | 'about_message_id' | 'is_late'>;

/** Takes the conversation's lock for this transaction; null when it is gone. */
export async function holdConversation(tx: Tx, conversationId: string): Promise<Held | null> {
  return (await hold(tx, conversationId))[0] ?? null;
}

/** Takes the locks of several, in the one order in which all who need several take them. */
export async function holdAll(tx: Tx, conversationIds: readonly string[]): Promise<void> {
  await tx.query(`SELECT 1 FROM conversation WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`, [
    conversationIds,
  ]);
}

/**
 * As `holdConversation`, with the oldest message that has not been taken in, and whether another waits behind it; null when there is
 * none.
 */
export async function holdWithOldest(
  tx: Tx,
  conversationId: string,
): Promise<{ held: Held; message: Unprocessed; hasMore: boolean } | null> {
  const rows = await hold(tx, conversationId);
  const row = rows[0];
  if (!row?.message_id) return null;
  const message = { ...row, id: row.message_id, author: row.message_author, kind: row.message_kind };
  return { held: row, message, hasMore: rows.length > 1 };
}

async function hold(tx: Tx, conversationId: string): Promise<Row[]> {
  // Written out rather than a parameter: as the first statement it then goes in one trip with BEGIN.
  const { rows } = await tx.query<Row>(`SELECT * FROM hold_conversation(${uuidLiteral(conversationId)})`);
  return rows;
}
