import type { Outbound } from './message.ts';
import { splitText } from './split-text.ts';

/** A text over the channel's limit leaves as several, with the quote on the first and the buttons under the last. */
export function splitOutbound(outbound: Outbound, limit: number): Outbound[] {
  if (outbound.kind !== 'text' || outbound.text.length <= limit) return [outbound];
  const parts = splitText(outbound.text, limit);
  return parts.map((text, at) => ({
    ...outbound,
    text,
    choices: at === parts.length - 1 ? outbound.choices : [],
    replyToRef: at === 0 ? outbound.replyToRef : null,
  }));
}
