import type { Normalised } from './normalise.ts';

/**
 * Whether a text has every word that is looked for, in any order: as typed or in its canonical spelling ("sonde" finds
 * "tidak"), and by its beginning, so that "sekol" finds "sekolah". Nothing is found by nothing.
 */
export function hasWords(text: Normalised, wanted: Normalised): boolean {
  if (wanted.tokens.length === 0) return false;
  return wanted.tokens.every((word) =>
    text.tokens.some(
      (token) =>
        token.text.startsWith(word.text) || token.raw.startsWith(word.raw) || token.raw.startsWith(word.text),
    ),
  );
}
