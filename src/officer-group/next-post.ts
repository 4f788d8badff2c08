import { groupCaptionLimit, groupTextLimit } from '../../bots/officer-group.ts';
import type { GroupContent } from '../../bots/officer-group.ts';
import { splitText } from '../domain/split-text.ts';

/** One message of a conversation as it stands in the group. */
export type Entry = {
  messageId: string;
  who: string;
  /** Null where there is only a file. */
  text: string | null;
  file: { name: string; mime: string; bytes: Uint8Array } | null;
  place: { latitude: number; longitude: number } | null;
  /** The post that it answers. */
  quotesRef: string | null;
  /** Pieces of it that are out already. */
  partsOut: number;
};

export type NextPost = {
  content: GroupContent;
  replyToRef: string | null;
  /** The messages that stand in it, with the pieces of each that are out once it is. */
  shows: readonly { messageId: string; parts: number; isWhole: boolean }[];
};

/**
 * The post that comes next of what waits, oldest first. Texts that wait together become one post, so that a burst
 * fits the group's pace; a file, a place and a quote stand by themselves; what is too long for one post is several.
 */
export function nextPost(entries: readonly Entry[]): NextPost | null {
  const [first, ...rest] = entries;
  if (!first) return null;
  const pieces = piecesOf(first);
  const content = pieces[first.partsOut] ?? text(`${first.who}: …`);
  const parts = first.partsOut + 1;
  const replyToRef = first.partsOut === 0 ? first.quotesRef : null;
  const shows = [{ messageId: first.messageId, parts, isWhole: parts >= pieces.length }];
  if (content.kind !== 'text' || pieces.length > 1) return { content, replyToRef, shows };
  let joined = content.text;
  for (const entry of rest) {
    const line = lineOf(entry);
    if (!isPlain(entry) || joined.length + line.length + 2 > groupTextLimit) break;
    joined += `\n\n${line}`;
    shows.push({ messageId: entry.messageId, parts: 1, isWhole: true });
  }
  return { content: text(joined), replyToRef, shows };
}

/** Several texts as one post shows them, again; null when they no longer fit one. */
export function joinEntries(entries: readonly Entry[]): string | null {
  const joined = entries.map(lineOf).join('\n\n');
  return joined.length <= groupTextLimit ? joined : null;
}

export function lineOf({ who, text: words }: Pick<Entry, 'who' | 'text'>): string {
  return words === null ? who : `${who}: ${words}`;
}

function isPlain(entry: Entry): boolean {
  return !entry.file && !entry.place && entry.quotesRef === null && entry.partsOut === 0;
}

function piecesOf(entry: Entry): GroupContent[] {
  const line = lineOf(entry);
  const words = () => splitText(line, groupTextLimit).map(text);
  if (entry.place) return [...words(), { kind: 'place', ...entry.place }];
  if (!entry.file) return words();
  if (line.length <= groupCaptionLimit) return [{ kind: 'file', ...entry.file, caption: line }];
  return [{ kind: 'file', ...entry.file, caption: entry.who }, ...words()];
}

function text(words: string): GroupContent {
  return { kind: 'text', text: words, buttons: [] };
}
