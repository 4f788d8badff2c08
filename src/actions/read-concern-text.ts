import { inboundContentSchema } from '../domain/message.ts';
import type { InboundContent } from '../domain/message.ts';
import type { Queryable } from '../store/database.ts';
import { sealed } from '../store/sealed.ts';
import type { Tx } from '../store/transact.ts';
import type { Vault } from '../store/vault.ts';

/** The words filed under a concern, joined, oldest first: to suggest a category. Never kept elsewhere or logged. */
export async function readConcernText(tx: Tx, input: { concernId: string }): Promise<string> {
  return (await readConcernTexts(tx, { concernIds: [input.concernId] })).get(input.concernId) ?? '';
}

/** The same of many concerns in one statement, by their ids. One without words is left out. */
export async function readConcernTexts(
  tx: Queryable & { readonly vault: Vault },
  input: { concernIds: readonly string[] },
): Promise<Map<string, string>> {
  const { rows } = await tx.query<{ id: string; content_sealed: Uint8Array }>(
    `SELECT one.id, m.content_sealed FROM unnest($1::uuid[]) AS one (id)
      CROSS JOIN LATERAL (SELECT seq, content_sealed FROM message
                           WHERE concern_id = one.id AND direction = 'in' AND deleted_at IS NULL
                           ORDER BY seq LIMIT 200) m
      WHERE m.content_sealed IS NOT NULL ORDER BY m.seq`,
    [input.concernIds],
  );
  const texts = new Map<string, string>();
  for (const { id, content_sealed: content } of rows) {
    const text = openWords(tx, content);
    if (text) texts.set(id, texts.has(id) ? `${texts.get(id)}\n${text}` : text);
  }
  return texts;
}

/** The words of a message; null where it has none. */
export function openWords({ vault }: { readonly vault: Vault }, content: Uint8Array): string | null {
  const parsed = inboundContentSchema.safeParse(vault.openJson(content, sealed.messageContent));
  return parsed.success ? wordsOf(parsed.data) : null;
}

function wordsOf(content: InboundContent): string | null {
  if (content.kind === 'text' || content.kind === 'edit') return content.text;
  return content.kind === 'media' ? content.caption : null;
}
