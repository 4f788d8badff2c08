import { inboundContentSchema } from '../domain/message.ts';
import { sealed } from '../store/sealed.ts';
import type { Tx } from '../store/transact.ts';

/** The words filed under a concern, joined, oldest first: to suggest a category. Never kept elsewhere or logged. */
export async function readConcernText(tx: Tx, input: { concernId: string }): Promise<string> {
  const { rows } = await tx.query<{ content_sealed: Uint8Array | null }>(
    `SELECT content_sealed FROM message
      WHERE concern_id = $1 AND direction = 'in' AND deleted_at IS NULL ORDER BY seq LIMIT 200`,
    [input.concernId],
  );
  const texts: string[] = [];
  for (const { content_sealed: content } of rows) {
    if (!content) continue;
    const parsed = inboundContentSchema.safeParse(tx.vault.openJson(content, sealed.messageContent));
    if (!parsed.success) continue;
    if (parsed.data.kind === 'text' || parsed.data.kind === 'edit') texts.push(parsed.data.text);
    if (parsed.data.kind === 'media' && parsed.data.caption) texts.push(parsed.data.caption);
  }
  return texts.join('\n');
}
