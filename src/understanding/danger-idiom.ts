import { benign } from './danger-benign.ts';
import { dangerWords } from './danger-words.ts';
import type { Token } from './normalise.ts';
import { compile, type Match, type Matcher } from './pattern.ts';
import { wordOf } from './word.ts';

/** What a masked token says: no rule and no feature knows it. */
const masked = wordOf('*');

let compiled: Matcher<true> | undefined;

/** A wish or a contrast inside the phrase means that it is not the idiom it looks like. */
const breaksIdiom = new Set(['mau', 'selain', 'diri', 'supaya', 'biar', 'sengaja']);

/** The tokens with everyday idioms ("mati lampu", "pukul 9") blanked out, so that no rule can see them. */
export function maskIdioms(tokens: readonly Token[]): Token[] {
  compiled ??= compile(
    benign.map((pattern) => ({ pattern, value: true as const })),
    dangerWords,
  );
  const isIdiom = ({ from, to, pattern }: Match<true>): boolean => {
    // "lebih enak mati" compares; it does not exaggerate.
    if (tokens[from - 1]?.text === 'lebih') return false;
    const inside = tokens.slice(from, to);
    if (inside.some(({ gap }, index) => index > 0 && gap !== '' && gap !== '-')) return false;
    return !inside.some(({ text }) => breaksIdiom.has(text) && !pattern.includes(text));
  };
  return blank(tokens, compiled.find(tokens).filter(isIdiom));
}

/** The tokens with those of the spans masked. */
export function blank(tokens: readonly Token[], spans: readonly { from: number; to: number }[]): Token[] {
  const out = [...tokens];
  for (const { from, to } of spans)
    for (let at = from; at < to; at += 1) {
      const token = out[at];
      if (token) out[at] = { ...token, text: masked.text, word: masked };
    }
  return out;
}
