import { outboundSchema } from '../domain/message.ts';
import type { InboundMedia, Outbound } from '../domain/message.ts';
import { sealed } from '../store/sealed.ts';
import type { Transact, Tx } from '../store/transact.ts';

/**
 * Names the file that an officer sends beside its message, as a resident's is named: by that row it is found, shown and
 * erased. Twice is once.
 */
export async function attachSentFile(
  tx: Tx,
  input: { messageId: string; content: Outbound; sentAt: Date },
): Promise<void> {
  const { messageId, content, sentAt } = input;
  if (content.kind !== 'file' || content.source.from !== 'store') return;
  await tx.query(
    `INSERT INTO attachment (message_id, kind, mime, size_bytes, name_sealed, status, file_key, created_at)
     VALUES ($1, $2, $3, $4, $5, 'stored', $6, $7) ON CONFLICT (file_key) WHERE file_key IS NOT NULL DO NOTHING`,
    [
      messageId,
      kindOf(content.mime),
      content.mime,
      content.source.size ?? null,
      tx.vault.seal(content.name, sealed.attachmentName),
      content.source.fileKey,
      sentAt,
    ],
  );
}

const batch = 100;

/**
 * The same for what was sent before such rows were written (or by a process of that age that still runs): only its sealed
 * message names the file, which SQL cannot read. Answers how many were named.
 */
export async function attachSentFiles(transact: Transact): Promise<number> {
  let seen = 0;
  let named = 0;
  for (;;) {
    const found = await transact(async (tx) => {
      const { rows } = await tx.query<{ id: string; seq: number; content_sealed: Uint8Array; sent_at: Date }>(
        `SELECT m.id, m.seq, m.content_sealed, m.sent_at FROM message m
          WHERE m.author = 'officer' AND m.kind = 'file' AND m.seq > $1 AND m.content_sealed IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM attachment t WHERE t.message_id = m.id) ORDER BY m.seq LIMIT ${batch}`,
        [seen],
      );
      for (const row of rows) {
        const content = outboundSchema.parse(tx.vault.openJson(row.content_sealed, sealed.messageContent));
        await attachSentFile(tx, { messageId: row.id, content, sentAt: row.sent_at });
      }
      return rows;
    });
    seen = found.at(-1)?.seq ?? seen;
    named += found.length;
    if (found.length < batch) return named;
  }
}

function kindOf(mime: string): InboundMedia['kind'] {
  if (mime.startsWith('image/')) return 'photo';
  if (mime.startsWith('audio/')) return 'voice';
  return mime.startsWith('video/') ? 'video' : 'document';
}
