import type { Channel } from '../../bots/channel.ts';
import { dangerOverSince, standsInDanger } from '../actions/standing-danger.ts';
import type { ChannelName } from '../domain/message.ts';
import type { Clock } from '../ops/clock.ts';
import type { Database } from '../store/database.ts';
import { dropFile } from '../store/drop-file.ts';
import { sealed } from '../store/sealed.ts';
import type { Vault } from '../store/vault.ts';
import { retryDelayMs } from './deliver.ts';

export type KeepAttachmentDeps = {
  db: Database;
  vault: Vault;
  clock: Clock;
  channel: (name: ChannelName) => Channel | undefined;
  putFile: (bytes: Uint8Array) => Promise<string>;
  maxFileBytes: number;
};

export type KeptAttachment =
  | { kind: 'kept'; conversationId: string }
  /** It will never be had: the caller ends it and tells the resident. */
  | { kind: 'lost'; why: 'too_large' | 'gone'; conversationId: string }
  | { kind: 'retry'; afterMs: number }
  /** Nothing to do here: done already, not this process's channel, or not consented to yet. */
  | { kind: 'not_now' };

const maxAttempts = 12;

type Pending = {
  source_sealed: Uint8Array | null;
  attempts: number;
  channel: ChannelName;
  conversation_id: string;
  may_keep: boolean;
};

/**
 * Fetches the file of a message that is safely stored, and keeps it sealed. Only after consent, or of somebody in danger,
 * whose photos and voice notes the officer needs: until then a file stays with the platform. Twice is one file: the row leaves `pending` only once.
 */
export async function keepAttachment(
  deps: KeepAttachmentDeps,
  attachmentId: string,
): Promise<KeptAttachment> {
  const { db, vault, clock } = deps;
  const now = clock.now();
  const { rows } = await db.query<Pending>(
    `SELECT t.source_sealed, t.attempts, a.channel, m.conversation_id,
            (EXISTS (SELECT 1 FROM consent k WHERE k.resident_id = a.resident_id AND k.withdrawn_at IS NULL)
              OR ${standsInDanger('c.id', '$2')}) AS may_keep
       FROM attachment t JOIN message m ON m.id = t.message_id
       JOIN conversation c ON c.id = m.conversation_id JOIN address a ON a.id = c.address_id
      WHERE t.id = $1 AND t.status = 'pending'`,
    [attachmentId, dangerOverSince(now)],
  );
  const row = rows[0];
  const channel = row ? deps.channel(row.channel) : undefined;
  if (!row || !channel || !row.may_keep) return { kind: 'not_now' };
  const lost = (why: 'too_large' | 'gone') =>
    ({ kind: 'lost', why, conversationId: row.conversation_id }) as const;
  if (!row.source_sealed) return lost('gone');

  const fetched = await channel.fetchMedia(
    vault.openText(row.source_sealed, sealed.attachmentSource),
    deps.maxFileBytes,
  );
  if (fetched.ok) {
    const fileKey = await deps.putFile(fetched.bytes);
    const kept = await db.query(
      `UPDATE attachment SET status = 'stored', file_key = $2, size_bytes = $3, mime = coalesce(mime, $4), source_sealed = NULL
        WHERE id = $1 AND status = 'pending'`,
      [attachmentId, fileKey, fetched.bytes.length, fetched.mime],
    );
    if (kept.count === 0) await dropFile(db, fileKey);
    return { kind: 'kept', conversationId: row.conversation_id };
  }
  if (fetched.outcome === 'retry' && row.attempts + 1 < maxAttempts) {
    const afterMs = retryDelayMs(row.attempts);
    await db.query(`UPDATE attachment SET attempts = attempts + 1, next_attempt_at = $2 WHERE id = $1`, [
      attachmentId,
      new Date(now.getTime() + afterMs),
    ]);
    return { kind: 'retry', afterMs };
  }
  return lost(fetched.outcome === 'too_large' ? 'too_large' : 'gone');
}
