import { normalise } from './normalise.ts';

/** Words with which a question begins, and the small ones with which one ends in Kupang ("buka ko?"). */
const opens = new Set(
  'apa apakah siapa kapan mana berapa bagaimana kenapa bisakah bolehkah bisa boleh adakah'.split(' '),
);
const closes = new Set('ko kah kan tidak belum'.split(' '));

/** Whether a short text asks something, with or without its mark. */
export function isQuestion(text: string): boolean {
  if (!/[\p{L}\p{N}]/u.test(text)) return false;
  if (/\?\s*$/.test(text)) return true;
  const { tokens } = normalise(text);
  const [first, second] = tokens;
  const last = tokens.at(-1);
  if (!first || !last) return false;
  if (opens.has(first.text) || (first.text === 'di' && second?.text === 'mana')) return true;
  return tokens.length > 1 && (opens.has(last.text) || closes.has(last.text) || last.text === 'mana');
}
