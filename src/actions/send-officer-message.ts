import type { OutboundInput } from '../domain/message.ts';
import { sealed } from '../store/sealed.ts';
import type { Tx } from '../store/transact.ts';
import { acknowledgeChat } from './acknowledge-alert.ts';
import { lockHeldConversation } from './lock-conversation.ts';
import type { NotHolder } from './lock-conversation.ts';
import { sayToResident } from './say-to-resident.ts';

export type SendOfficerMessageResult =
  /** `messageIds`: all of it, where it was longer than the channel takes. */
  | { kind: 'sent'; messageId: string; messageIds: string[] }
  /** The same `onceKey` again: it was sent the first time and is not sent twice. */
  | { kind: 'repeated'; messageId: string }
  | NotHolder;

type Sayable = Extract<OutboundInput, { kind: 'text' | 'file' | 'venue' }>;

/** The officer who holds a conversation says something in it: danger that was told there until now is in their hands. */
export async function sendOfficerMessage(
  tx: Tx,
  input: {
    conversationId: string;
    officerId: string;
    content: Sayable;
    /** Made by the page for each message, so that a request sent twice is one message. */
    onceKey: string;
    replyToMessageId?: string | null;
  },
): Promise<SendOfficerMessageResult> {
  const held = await lockHeldConversation(tx, input);
  if (held.kind !== 'held') return held;
  const quoted = await findQuoted(tx, input.conversationId, input.replyToMessageId ?? null);
  const content: Sayable =
    input.content.kind === 'text' ? { ...input.content, replyToRef: quoted?.ref ?? null } : input.content;
  const said = await sayToResident(tx, {
    conversationId: input.conversationId,
    officerId: input.officerId,
    content,
    aboutMessageId: quoted?.id ?? null,
    onceKey: input.onceKey,
  });
  const { messageId, messageIds } = said;
  if (said.isRepeat) return { kind: 'repeated', messageId };
  await acknowledgeChat(tx, input);
  return { kind: 'sent', messageId, messageIds };
}

/** Only a message of this very conversation can be quoted, whatever id the page sends. */
async function findQuoted(
  tx: Tx,
  conversationId: string,
  messageId: string | null,
): Promise<{ id: string; ref: string | null } | null> {
  if (messageId === null) return null;
  const found = await tx.query<{ id: string; ref_sealed: Uint8Array | null }>(
    `SELECT id, ref_sealed FROM message WHERE id = $1 AND conversation_id = $2`,
    [messageId, conversationId],
  );
  const row = found.rows[0];
  if (!row) return null;
  return {
    id: row.id,
    ref: row.ref_sealed === null ? null : tx.vault.openText(row.ref_sealed, sealed.messageRef),
  };
}
