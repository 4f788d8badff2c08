import { Reader, type Reading, type Speaking } from './classifier.ts';
import { dangerConcepts } from './danger-concepts.ts';
import type { DangerKind, DangerSeverity } from './danger.ts';
import models from './data/models.json' with { type: 'json' };
import type { Token } from './normalise.ts';
import { endsSentence } from './pattern.ts';

/**
 * `odds` is the natural logarithm of danger against no danger; `severity` what it is if it is danger, and `acute` the
 * probability of `darurat` among the three; `words` are the tokens that told most.
 */
export type Opinion = {
  kind: DangerKind;
  odds: number;
  severity: DangerSeverity;
  acute: number;
  words: number[];
};

type Name = 'danger' | 'severity';
let made: Reader<Name> | undefined;

const reader = (): Reader<Name> =>
  (made ??= new Reader(
    { danger: models.danger, severity: models.severity },
    { concepts: dangerConcepts, mostWords },
  ));

/** A message of everyday length is read whole, for what makes a word harmless may stand in another sentence. */
const window = 40;
/** A longer one in overlapping parts, so that one bad line is not drowned by the rest. */
const step = 20;
/** Far beyond the longest message a platform carries; the rules still read all of a longer one. */
const mostWords = 8000;

/** From these odds on a text is danger though no rule knows its words. A few words say little: they need more. */
const convincing = -0.2;
const convincingOfFew = 0.4;
const few = 5;
/** Below these a sign of the rules is overruled: the words around it speak clearly against it. */
const incredible = -0.8;

export const isConvincing = ({ odds }: Opinion, tokens: readonly Token[]): boolean =>
  odds > (tokens.length <= few ? convincingOfFew : convincing);
export const overrules = ({ odds }: Opinion): boolean => odds < incredible;

/** What the trained classifier thinks of the text, or of the worst part of a long one. */
export function secondOpinion(tokens: readonly Token[]): Opinion | null {
  const count = Math.min(tokens.length, mostWords);
  const reading = reader().read(tokens);
  let worst: Part | null = null;
  for (let from = 0; from < count; from += step) {
    const part = partOf(reading, from, Math.min(from + window, count));
    if (!worst || part.odds > worst.odds) worst = part;
    if (from + window >= count) break;
  }
  return worst && interpret(worst);
}

/** How many words beside a sign in a long text, within its sentence, say how it is meant. */
const reach = 5;

/** What it thinks of a sign where it stands: of the text, or of the words around it in a long one. */
export function opinionOfSign(tokens: readonly Token[], { from, to }: { from: number; to: number }): Opinion {
  if (tokens.length <= window) return interpret(partOf(reader().read(tokens), 0, tokens.length));
  let start = from;
  while (start > 0 && from - start < reach && !endsSentence(tokens[start]?.gap ?? '')) start -= 1;
  let end = to;
  while (end < tokens.length && end - to < reach && !endsSentence(tokens[end]?.gap ?? '')) end += 1;
  const near = tokens.slice(start, end);
  return interpret(partOf(reader().read(near), 0, near.length), start);
}

/** What one part of a text says; `from` is where it begins in what was read. */
type Part = { odds: number; from: number; speaks: Speaking<Name> };

function partOf(reading: Reading<Name>, from: number, to: number): Part {
  const speaks = reading.part(from, to);
  const harmless = speaks.by('danger').probabilities[reader().classesOf('danger').indexOf('none')] ?? 1;
  return { odds: Math.log((1 - harmless) / Math.max(harmless, 1e-9)), from, speaks };
}

function interpret({ odds, from, speaks }: Part, offset = 0): Opinion {
  const [kinds, severities] = [reader().classesOf('danger'), reader().classesOf('severity')];
  const { probabilities, why } = speaks.by('danger');
  const kind = likeliest(probabilities, kinds.indexOf('none'));
  const bySeverity = speaks.by('severity').probabilities;
  return {
    kind: kinds[kind] as DangerKind,
    odds,
    severity: severities[likeliest(bySeverity)] as DangerSeverity,
    acute: bySeverity[severities.indexOf('darurat')] ?? 0,
    words: why(kind, 4).map((index) => index + from + offset).sort((a, b) => a - b), // prettier-ignore
  };
}

function likeliest(probabilities: readonly number[], except = -1): number {
  let best = except === 0 ? 1 : 0;
  probabilities.forEach((value, at) => {
    if (at !== except && value > (probabilities[best] ?? 0)) best = at;
  });
  return best;
}
