import type { Token } from './normalise.ts';

/** One feature of a text and the token it came from, so that a decision can be shown in words. */
export type Feature = { name: string; weight: number; token: number };

const stop = new Set(
  'saya kamu dia kami mereka yang di ke dari dan itu ini ada saja lagi ya kah lah e ko si nya untuk dengan juga pun'.split(
    ' ',
  ),
);

/** Names of the concepts a token stands for ("partner", "hit"): what lets a classifier generalise from few lines. */
export type Concepts = (token: Token) => readonly string[];

const reach = 4;

/** Words, pairs of neighbours and four-letter pieces: the pieces are what survives a typo or an affix. */
export function featuresOf(tokens: readonly Token[], concepts?: Concepts): Feature[] {
  const found: Feature[] = [];
  const meant = concepts && tokens.map(concepts);
  let previous = '^';
  tokens.forEach((token, index) => {
    if (token.text === '*') return;
    const word = /^\d/.test(token.text) ? '#' : token.text.slice(0, 24);
    const plain = stop.has(word);
    found.push({ name: `w ${word}`, weight: plain ? 0.3 : 1, token: index });
    found.push({ name: `b ${previous} ${word}`, weight: plain ? 0.4 : 0.7, token: index });
    previous = word;
    for (const concept of meant?.[index] ?? []) {
      found.push({ name: `k ${concept}`, weight: 0.8, token: index });
      for (let back = 1; back <= reach; back += 1) {
        for (const earlier of meant?.[index - back] ?? []) {
          found.push({ name: `p ${earlier} ${concept}`, weight: back === 1 ? 0.8 : 0.5, token: index });
        }
      }
    }
    if (plain || word.length < 4) return;
    const framed = `<${word}>`;
    for (let at = 0; at + 4 <= framed.length; at += 1) {
      found.push({ name: `c ${framed.slice(at, at + 4)}`, weight: 0.35, token: index });
    }
  });
  return found;
}
