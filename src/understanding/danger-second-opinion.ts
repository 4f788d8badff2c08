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

/** What turns a remark into a question at a counter or a joke; somebody in need seldom writes it. */
const lightens = new Set('ko kah syarat berapa dimana bagaimana haha hehe wkwk'.split(' '));

/** The probabilities from which an opinion counts: of plain talk, of talk with an errand in it, of a question, a label, or one sentence of many. */
const lines = { plain: 0.72, errand: 0.8, doubtful: 0.9 };

/**
 * Whether an opinion is worth acting on. The lines were chosen near where five-fold cross-validation of the
 * training lines gave about 75 % recall of indirect lines at 4 % false alarms (0.7), then `plain` was raised to 0.72
 * for the everyday stories of danger-second.jsonl, which is therefore no independent measure of it.
 */
export function isConvincing(opinion: Opinion, tokens: readonly Token[]): boolean {
  const part = tokens.slice(opinion.from, opinion.to);
  const seen = part.filter((token) => token.text !== masked);
  // Two words without a rule are a greeting or half a line.
  if (seen.length < 3) return false;
  // A long story has many sentences that could be mistaken; one of them must speak louder.
  const isAside = part.length * 2 < tokens.length;
  const isDoubtful = isAside || seen.length < 4 || seen.some((token) => lightens.has(token.text));
  if (isDoubtful) return opinion.probability > lines.doubtful;
  const isErrand = part.some((token) => dangerConcepts(token).includes('thing'));
  return opinion.probability > (isErrand ? lines.errand : lines.plain);
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
