import { benign } from './danger-benign.ts';
import { dangerWords } from './danger-words.ts';
import type { Token } from './normalise.ts';
import { compile, type Matcher } from './pattern.ts';

/** What a masked token says: no rule and no feature knows it. */
export const masked = '*';

let compiled: Matcher<true> | undefined;

/** A wish or a contrast inside the phrase means that it is not the idiom it looks like. */
const breaksIdiom = new Set(['mau', 'selain', 'diri']);

/** The tokens with everyday idioms ("mati lampu", "pukul 9") blanked out, so that no rule can see them. */
export function maskIdioms(tokens: readonly Token[]): Token[] {
  compiled ??= compile(
    benign.map((pattern) => ({ pattern, value: true as const })),
    dangerWords,
  );
  const out = [...tokens];
  for (const match of compiled.find(tokens)) {
    const inside = tokens.slice(match.from, match.to);
    const cut = inside.some((token, index) => index > 0 && token.gap !== '' && token.gap !== '-');
    if (cut || inside.some((token) => breaksIdiom.has(token.text) && !match.pattern.includes(token.text)))
      continue;
    inside.forEach((token, index) => {
      out[match.from + index] = { ...token, text: masked };
    });
  }
  return out;
}
