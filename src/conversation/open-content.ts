import { inboundContentSchema } from '../domain/message.ts';
import type { InboundContent } from '../domain/message.ts';
import { sealed } from '../store/sealed.ts';
import type { Vault } from '../store/vault.ts';

/** What came in, as it was stored; null when its words are gone or are of no shape that we know. */
export function openContent(
  vault: Vault,
  message: { content_sealed: Uint8Array | null },
): InboundContent | null {
  if (!message.content_sealed) return null;
  const parsed = inboundContentSchema.safeParse(
    vault.openJson(message.content_sealed, sealed.messageContent),
  );
  return parsed.success ? parsed.data : null;
}

/** The words in it; null where there are none. */
export function textOf(content: InboundContent): string | null {
  if (content.kind === 'text' || content.kind === 'edit') return content.text;
  if (content.kind === 'media') return content.caption;
  return null;
}
