import type { OutboundInput } from '../domain/message.ts';
import { outboundSchema } from '../domain/message.ts';
import { sealed } from '../store/sealed.ts';
import type { Tx } from '../store/transact.ts';

/**
 * Writes what an officer says as an unsent row and rings for its delivery. `onceKey` makes a repeated
 * request (a double click, a retry of the browser) one message.
 */
export async function sayToResident(
  tx: Tx,
  input: {
    conversationId: string;
    officerId: string;
    content: OutboundInput;
    concernId?: string | null;
    aboutMessageId?: string | null;
    onceKey?: string;
  },
): Promise<{ messageId: string; isRepeat: boolean }> {
  const content = outboundSchema.parse(input.content);
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
  await tx.query(`UPDATE conversation SET last_out_at = $2 WHERE id = $1`, [input.conversationId, tx.now]);
  tx.ring({ kind: 'deliver', conversationId: input.conversationId });
  tx.changed({ kind: 'conversation', id: input.conversationId });
  return { messageId, isRepeat: false };
}
