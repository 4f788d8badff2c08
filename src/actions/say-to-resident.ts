import type { OutboundInput } from '../domain/message.ts';
import { outboundSchema, textLimits } from '../domain/message.ts';
import type { ChannelName, Outbound } from '../domain/message.ts';
import { splitOutbound } from '../domain/split-outbound.ts';
import { sealed } from '../store/sealed.ts';
import type { Tx } from '../store/transact.ts';
import { attachSentFile } from './attach-sent-file.ts';

type Saying = {
  conversationId: string;
  officerId: string;
  concernId?: string | null;
  aboutMessageId?: string | null;
  onceKey?: string;
};

/**
 * Writes what an officer says as an unsent row (several, where it is longer than the channel takes) and rings for its
 * delivery. `onceKey` makes a repeated request (a double click, a retry of the browser) one message.
 *
 * @returns the id of the first of them, and all that were written now.
 */
export async function sayToResident(
  tx: Tx,
  input: Saying & { content: OutboundInput },
): Promise<{ messageId: string; messageIds: string[]; isRepeat: boolean }> {
  const { rows } = await tx.query<{ channel: ChannelName }>(
    `SELECT a.channel FROM conversation c JOIN address a ON a.id = c.address_id WHERE c.id = $1`,
    [input.conversationId],
  );
  const limit = textLimits[rows[0]?.channel ?? 'telegram'];
  const [first, ...rest] = splitOutbound(outboundSchema.parse(input.content), limit);
  if (!first) throw new Error('sayToResident: nothing to say');
  const said = await write(tx, input, first);
  if (said.isRepeat) return { ...said, messageIds: [] };
  const messageIds = [said.messageId];
  const { conversationId, officerId, concernId = null } = input;
  for (const part of rest) {
    messageIds.push((await write(tx, { conversationId, officerId, concernId }, part)).messageId);
  }
  await tx.query(`UPDATE conversation SET last_out_at = $2 WHERE id = $1`, [conversationId, tx.now]);
  tx.ring({ kind: 'deliver', conversationId });
  tx.changed({ kind: 'conversation', id: conversationId });
  return { ...said, messageIds };
}

async function write(
  tx: Tx,
  input: Saying,
  content: Outbound,
): Promise<{ messageId: string; isRepeat: boolean }> {
  const onceHash =
    input.onceKey === undefined ? null : tx.vault.fingerprint(`desk:${input.officerId}:${input.onceKey}`);
  const written = await tx.query<{ id: string }>(
    `INSERT INTO message (conversation_id, direction, author, officer_id, concern_id, kind, content_sealed,
                          external_hash, about_message_id, sent_at, created_at, status)
     VALUES ($1, 'out', 'officer', $2, $3, $4, $5, $6, $7, $8, $8, 'pending')
     ON CONFLICT (external_hash) WHERE external_hash IS NOT NULL DO NOTHING
     RETURNING id`,
    [
      input.conversationId,
      input.officerId,
      input.concernId ?? null,
      content.kind,
      tx.vault.sealJson(content, sealed.messageContent),
      onceHash,
      input.aboutMessageId ?? null,
      tx.now,
    ],
  );
  const messageId = written.rows[0]?.id;
  if (messageId === undefined) {
    const earlier = await tx.query<{ id: string }>(`SELECT id FROM message WHERE external_hash = $1`, [
      onceHash,
    ]);
    return { messageId: earlier.rows[0]?.id ?? '', isRepeat: true };
  }
  await attachSentFile(tx, { messageId, content, sentAt: tx.now });
  return { messageId, isRepeat: false };
}
