import { clockWords, partWords, weekdays } from './when-facts.ts';
import { wordOf, type Word } from './word.ts';

/**
 * What tells how a day or an hour is meant is a word of its own for a classifier, a sign: "=first", or a word with the side
 * on which it stands. "~" is anywhere in the sentence; "<" left and ">" right, one more for each mark that lies between;
 * "=1" and "=2" once more for the two nearest.
 */
export const sides: readonly string[] = [
  '~',
  ...['<', '<<', '<<<', '>', '>>', '>>>'].flatMap((side) => [side, `=1${side}`, `=2${side}`]),
];

/** Behind so many marks a word counts no more. */
export const mostMarks = 3;

/** Places in {@link sides}. */
export const anywhere = 0;

/** `near`: 1 and 2 for the nearest, 0 for a word as far as it goes. */
export function sideOf(side: 'left' | 'right', marks: number, near: 0 | 1 | 2): number {
  return 1 + ((side === 'left' ? 0 : mostMarks) + marks) * 3 + near;
}

/** How signs are told: as words, to learn from, or as the numbers that a model has for them. */
export type Naming<Sign> = { sign(text: string): Sign; beside(side: number, word: Word): Sign };

export const asWords: Naming<Word> = {
  sign: wordOf,
  beside: (side, { text }) => wordOf(`${sides[side]}${nameOf(text)}`),
};

/** Words that stand for one another beside a day have one name. */
export function nameOf(text: string): string {
  if (/^\d/.test(text)) return '#';
  if (weekdays.has(text)) return '@day';
  if (partWords.has(text)) return '@part';
  return clockWords.has(text) ? 'jam' : text;
}
