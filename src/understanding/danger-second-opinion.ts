import { featuresIn, load, score, type Loaded, type Scored } from './classifier.ts';
import { dangerConcepts } from './danger-concepts.ts';
import type { DangerKind, DangerSeverity } from './danger.ts';
import models from './data/models.json' with { type: 'json' };
import type { Features, Lexicon } from './features.ts';
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

let reader: { kinds: Loaded; severities: Loaded; lexicon: Lexicon } | undefined;

function prepare(): { kinds: Loaded; severities: Loaded; lexicon: Lexicon } {
  const { lexicon, loaded } = load([models.danger, models.severity], dangerConcepts);
  return { lexicon, kinds: loaded[0] as Loaded, severities: loaded[1] as Loaded };
}

/** A message of everyday length is read whole, for what makes a word harmless may stand in another sentence. */
const window = 40;
/** A longer one in overlapping parts, so that one bad line is not drowned by the rest. */
const step = 20;
/** Far beyond the longest message a platform carries; the rules still read all of a longer one. */
const mostWindows = 400;

/** From these odds on a text is danger though no rule knows its words. */
const convincing = 0.6;
/** Below these a sign of the rules is overruled: the words around it speak clearly against it. */
const incredible = -1.25;

export const isConvincing = ({ odds }: Opinion): boolean => odds > convincing;
export const overrules = ({ odds }: Opinion): boolean => odds < incredible;

/** What the trained classifier thinks of the text, or of the worst part of a long one. */
export function secondOpinion(tokens: readonly Token[]): Opinion | null {
  let worst: Reading | null = null;
  for (let at = 0, from = 0; at < mostWindows && from < tokens.length; at += 1, from += step) {
    const reading = read(tokens, from, from + window);
    if (!worst || reading.odds > worst.odds) worst = reading;
    if (from + window >= tokens.length) break;
  }
  return worst && interpret(worst);
}

/** How many words beside a sign in a long text, within its sentence, say how it is meant. */
const reach = 5;

/** What it thinks of a sign where it stands: of the text, or of the words around it in a long one. */
export function opinionOfSign(tokens: readonly Token[], { from, to }: { from: number; to: number }): Opinion {
  if (tokens.length <= window) return interpret(read(tokens, 0, tokens.length));
  let start = from;
  while (start > 0 && from - start < reach && !endsSentence(tokens[start]?.gap ?? '')) start -= 1;
  let end = to;
  while (end < tokens.length && end - to < reach && !endsSentence(tokens[end]?.gap ?? '')) end += 1;
  return interpret(read(tokens, start, end));
}

type Reading = { odds: number; from: number; features: Features; scored: Scored };

function read(tokens: readonly Token[], from: number, to: number): Reading {
  reader ??= prepare();
  const { kinds, lexicon } = reader;
  const features = featuresIn(tokens.slice(from, to), lexicon);
  const scored = score(kinds, features);
  const harmless = scored.probabilities[kinds.classes.indexOf('none')] ?? 1;
  return { odds: Math.log((1 - harmless) / Math.max(harmless, 1e-9)), from, features, scored };
}

function interpret({ odds, from, features, scored }: Reading): Opinion {
  reader ??= prepare();
  const { kinds, severities } = reader;
  const kind = likeliest(scored.probabilities, kinds.classes.indexOf('none'));
  const bySeverity = score(severities, features).probabilities;
  return {
    kind: kinds.classes[kind] as DangerKind,
    odds,
    severity: severities.classes[likeliest(bySeverity)] as DangerSeverity,
    acute: bySeverity[severities.classes.indexOf('darurat')] ?? 0,
    words: scored.why(kind, 4).map((index) => index + from).sort((a, b) => a - b), // prettier-ignore
  };
}

function likeliest(probabilities: readonly number[], except = -1): number {
  let best = except === 0 ? 1 : 0;
  probabilities.forEach((value, at) => {
    if (at !== except && value > (probabilities[best] ?? 0)) best = at;
  });
  return best;
}
