import { memoise } from './memoise.ts';

/**
 * A spelling. People use few different words, and many parts ask about each of them: what a part has found out is noted
 * on the word, in a place of its own, and forgotten with it.
 */
export class Word {
  readonly text: string;
  readonly notes: unknown[] = [];

  constructor(text: string) {
    this.text = text;
  }
}

export const wordOf = memoise((text) => new Word(text));

let places = 0;

/** `find` for words: it is asked once about each. */
export function noted<T extends object>(find: (text: string) => T): (word: Word) => T {
  const place = places;
  places += 1;
  return ({ notes, text }) => (notes[place] ??= find(text)) as T;
}
