import { featuresIn, load, score, type Loaded, type Scored } from './classifier.ts';
import type { Lexicon } from './features.ts';
import { dangerConcepts } from './danger-concepts.ts';
import { masked } from './danger-idiom.ts';
import type { DangerKind } from './danger.ts';
import models from './data/models.json' with { type: 'json' };
import type { Token } from './normalise.ts';
import { endsSentence } from './pattern.ts';

/** `from` and `to` bound the sentence; `words` are the tokens in it that told most. */
export type Opinion = { kind: DangerKind; probability: number; words: number[]; from: number; to: number };

let reader: { model: Loaded; lexicon: Lexicon } | undefined;

function prepare(): { model: Loaded; lexicon: Lexicon } {
  const { lexicon, loaded } = load([models.danger], dangerConcepts);
  return { lexicon, model: loaded[0] as Loaded };
}

/** Concepts without which a high probability is an accident of small words ("beta cuma mo"). */
const telling = new Set(
  'die life hit hitp sex private weapon lethal kill threat poison force fear hurt sick burden god end useless empty tired agent held sexual drunk alone'.split(
    ' ',
  ),
);

/**
 * Whether an opinion is worth acting on. The lines were set on the held-out lines that no rule decides: below
 * them the classifier cries wolf more often than it finds what the rules missed.
 */
export function isConvincing(opinion: Opinion, tokens: readonly Token[]): boolean {
  const part = tokens.slice(opinion.from, opinion.to);
  const concepts = new Set(part.flatMap((token) => [...dangerConcepts(token)]));
  const telltale = [...concepts].some((concept) => telling.has(concept));
  const isErrand = concepts.has('thing') || concepts.has('ask');
  if (!telltale)
    return (
      opinion.probability > (isErrand ? 0.97 : 0.94) &&
      part.length > 3 &&
      part.every((token) => token.text !== masked)
    );
  // Two words alone are a label as often as a cry.
  if (part.filter((token) => token.text !== masked).length < 4) return opinion.probability > 0.95;
  return opinion.probability > (isErrand ? 0.9 : 0.65);
}

/** Longer sentences are read in overlapping windows, so that one bad line is not drowned by the rest. */
const window = 16;
const step = 10;
/** Far beyond the longest message a platform carries; the rules still read all of a longer one. */
const mostWindows = 400;

/**
 * What the trained classifier thinks of the worst sentence, for words that no rule foresaw. It sees the
 * tokens with idioms masked, like the rules.
 */
export function secondOpinion(tokens: readonly Token[]): Opinion | null {
  reader ??= prepare();
  const { model, lexicon } = reader;
  const none = model.classes.indexOf('none');
  let worst: { scored: Scored; probability: number; from: number; to: number } | null = null;
  for (const [from, to] of windows(tokens)) {
    const scored = score(model, featuresIn(tokens.slice(from, to), lexicon));
    const probability = 1 - (scored.probabilities[none] ?? 1);
    if (!worst || probability > worst.probability) worst = { scored, probability, from, to };
  }
  if (!worst) return null;
  const { scored, probability, from, to } = worst;
  let kind = none === 0 ? 1 : 0;
  scored.probabilities.forEach((value, at) => {
    if (at !== none && value > (scored.probabilities[kind] ?? 0)) kind = at;
  });
  return {
    from,
    to,
    kind: model.classes[kind] as DangerKind,
    probability,
    words: scored.why(kind, 4).map((at) => from + at).sort((a, b) => a - b), // prettier-ignore
  };
}

function windows(tokens: readonly Token[]): [number, number][] {
  const found: [number, number][] = [];
  let from = 0;
  for (let at = 1; at <= tokens.length && found.length < mostWindows; at += 1) {
    if (at < tokens.length && !endsSentence(tokens[at]?.gap ?? '')) continue;
    if (at - from <= window + 6) found.push([from, at]);
    else
      for (let start = from; start < at && found.length < mostWindows; start += step)
        found.push([start, Math.min(at, start + window)]);
    from = at;
  }
  return found;
}
