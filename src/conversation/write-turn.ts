import { splitOutbound } from '../domain/split-outbound.ts';
import { textLimits } from '../domain/message.ts';
import type { ChannelName, Outbound } from '../domain/message.ts';
import { sealed } from '../store/sealed.ts';
import type { Tx } from '../store/transact.ts';
import type { Dialog } from './dialog.ts';

/** A message out that the writer has claimed to send. */
export type WrittenMessage = { id: string; content: Outbound };

/** How long a claim on sending stands; after it the sweep gives the message to somebody else. */
export const claimMs = 60_000;

/**
 * Writes a turn in one statement: the message taken in (which opens the platform's reply window again for what waited
 * outside it), where the dialog stands, and the replies. The replies are
 * claimed by whoever goes on to send them, unless earlier ones still wait: then they queue up behind. What is urgent
 * waits only for one that is on its way this moment.
 *
 * @returns the replies that the caller now sends, oldest first; empty when they queue behind earlier ones.
 */
export async function writeTurn(
  tx: Tx,
  input: {
    held: { id: string; channel: ChannelName };
    processedMessageId: string | null;
    /** Undefined leaves the dialog as it is. */
    dialog: Dialog | undefined;
    outbounds: readonly Outbound[];
    /** When the standing step wants to hear of a silence; null never, `keep` as it was. */
    silenceMinutes: number | null | 'keep';
    author: 'bot' | 'notice' | 'officer';
    /** Whether the caller goes on to send: it holds this channel. Otherwise the replies wait for whoever does. */
    isSender: boolean;
    officerId?: string;
    noticeId?: string;
  },
): Promise<WrittenMessage[]> {
  const { held, dialog } = input;
  const messages = input.outbounds.flatMap((outbound) => splitOutbound(outbound, textLimits[held.channel]));
  const minutes = input.silenceMinutes;
  const silenceDueAt = typeof minutes === 'number' ? new Date(tx.now.getTime() + minutes * 60_000) : null;
  const { rows } = await tx.query<{ id: string; is_claimed: boolean }>(
    `WITH taken AS (
       UPDATE message SET processed_at = $3 WHERE id = $2::uuid
     ), reopened AS (
       UPDATE message SET next_attempt_at = NULL
        WHERE $2::uuid IS NOT NULL AND conversation_id = $1 AND status = 'pending' AND failure LIKE 'window_closed:%'
     ), stood AS (
       UPDATE conversation
          SET dialog_sealed = CASE WHEN $4::bytea IS NULL THEN dialog_sealed ELSE $4::bytea END,
              silence_due_at = CASE WHEN $13::boolean THEN silence_due_at ELSE $5::timestamptz END,
              last_in_at = CASE WHEN $2::uuid IS NULL THEN last_in_at ELSE $3 END,
              last_out_at = CASE WHEN cardinality($6::text[]) = 0 THEN last_out_at ELSE $3 END
        WHERE id = $1
     ), earlier AS (
       SELECT count(*) > 0 AS are_waiting, count(*) FILTER (WHERE status = 'sending') > 0 AS are_leaving
         FROM message WHERE conversation_id = $1 AND status IN ('pending', 'sending')
     ), fate AS (
       SELECT one.*, $12::boolean OR earlier.are_leaving OR (earlier.are_waiting AND NOT one.is_urgent) AS waits
         FROM unnest($6::text[], $7::text[], $14::boolean[]) WITH ORDINALITY AS one (kind, content, is_urgent, place),
              earlier
     )
     INSERT INTO message (conversation_id, direction, author, officer_id, notice_id, kind, content_sealed, sent_at, created_at,
                          is_urgent, status, claimed_until)
     SELECT $1, 'out', $8, $9::uuid, $10::uuid, fate.kind, decode(fate.content, 'base64'), $3, $3, fate.is_urgent,
            CASE WHEN fate.waits THEN 'pending' ELSE 'sending' END,
            CASE WHEN fate.waits THEN NULL ELSE $11::timestamptz END
       FROM fate ORDER BY fate.place
     RETURNING id, status = 'sending' AS is_claimed`,
    [
      held.id,
      input.processedMessageId,
      tx.now,
      dialog === undefined ? null : tx.vault.sealJson(dialog, sealed.dialog),
      silenceDueAt,
      messages.map((message) => message.kind),
      messages.map((message) =>
        Buffer.from(tx.vault.sealJson(message, sealed.messageContent)).toString('base64'),
      ),
      input.author,
      input.officerId ?? null,
      input.noticeId ?? null,
      new Date(tx.now.getTime() + claimMs),
      !input.isSender,
      minutes === 'keep',
      messages.map((message) => message.kind === 'text' && message.isUrgent === true),
    ],
  );
  const written: WrittenMessage[] = [];
  for (const [at, row] of rows.entries()) {
    const content = messages[at];
    if (content && row.is_claimed) written.push({ id: row.id, content });
  }
  if (rows.length > written.length) tx.ring({ kind: 'deliver', conversationId: held.id });
  return written;
}
