import agencies from './data/agencies.json' with { type: 'json' };
import models from './data/models.json' with { type: 'json' };
import type { Scored, Speaking } from './classifier.ts';
import { dangerIn, type Danger, type DangerKind } from './danger.ts';
import { kelurahanIn, type Kelurahan } from './kelurahan.ts';
import { normalise, type Normalised, type Token } from './normalise.ts';
import { compile, type Match, type Matcher, type Rule } from './pattern.ts';
import { topicReader, type TopicModel } from './topic-reader.ts';
import { fireNow, topicRules, topicWords, urgentPatterns, type TopicRule } from './topic-rules.ts';

export type Urgency = 'rendah' | 'sedang' | 'tinggi' | 'darurat';
/** `words` are the resident's own words that decided. */
export type Suggestion = { id: string; confidence: number; words: string[] };
export type Topic = {
  categories: Suggestion[];
  agencies: Suggestion[];
  urgency: Urgency;
  kelurahan: Kelurahan | null;
};

/** What the words of a rule speak for: an agency or category, some urgency, or a fire that burns now. */
type Clue = TopicRule | 'urgent' | 'fire';

type Parts = {
  categoriesOf: readonly (readonly CategoryCount[])[];
  clues: Matcher<Clue>;
};
let parts: Parts | undefined;

function prepare(): Parts {
  const spread = (patterns: readonly string[], value: Clue): Rule<Clue>[] =>
    patterns.map((pattern) => ({ pattern, value }));
  const [category, agency] = [topicReader().classesOf('category'), topicReader().classesOf('agency')];
  return {
    categoriesOf: countCategories(category, agency),
    clues: compile(
      [
        ...topicRules.flatMap((rule) => spread(rule.patterns, rule)),
        ...spread(urgentPatterns, 'urgent'),
        ...spread(fireNow, 'fire'),
      ],
      topicWords,
    ),
  };
}

const mostRepeated = 1.2;

/** Category, agency and urgency as suggestions: a classifier, corrected by words that name their agency. */
export function understandTopic(text: string): Topic {
  const normal = normalise(text);
  return topicOf(normal, dangerIn(normal));
}

/** The same, for a caller that already asked about danger. */
export function topicOf(normal: Normalised, danger: Danger | null): Topic {
  parts ??= prepare();
  const { tokens, original: text } = normal;
  if (tokens.length === 0) return { categories: [], agencies: [], urgency: 'rendah', kelurahan: null };
  const topics = topicReader().read(tokens).whole();
  const [agencies, categories] = [topicReader().classesOf('agency'), topicReader().classesOf('category')];
  const [agencyScore, categoryScore] = [topics.by('agency'), topics.by('category')];
  const named = new Map<string, { boost: number; tokens: number[] }>();
  const add = (id: string, boost: number, from: number, to: number): void => {
    const known = named.get(id) ?? { boost: 0, tokens: [] };
    // Saying it twice is not twice as sure, and saying it a thousand times not surer than five times.
    const repeated = Math.max(known.boost, boost) + (known.boost > 0 ? 0.3 : 0);
    known.boost = Math.max(known.boost, boost, Math.min(repeated, boost + mostRepeated));
    for (let at = from; at < to && known.tokens.length < 8; at += 1)
      if (!known.tokens.includes(at)) known.tokens.push(at);
    named.set(id, known);
  };
  const clues = parts.clues.find(tokens);
  for (const { value, from, to } of clues) {
    if (typeof value === 'string') continue;
    if (value.agency) add(`a ${value.agency}`, value.boost, from, to);
    if (value.category) add(`c ${value.category}`, value.boost + 1, from, to);
  }
  if (danger && danger.severity !== 'sedang') {
    const [agency, category] = referral[danger.kind];
    add(`a ${agency}`, 3, 0, 0);
    add(`c ${category}`, 3.5, 0, 0);
  }
  const agencyShares = share(agencies, agencyScore, (id) => named.get(`a ${id}`)?.boost ?? 0);
  const direct = share(categories, categoryScore, (id) => named.get(`c ${id}`)?.boost ?? 0);
  const byAgency = implied(agencyShares, direct, parts.categoriesOf);
  const categoryShares = direct.map((value, at) => 0.5 * value + 0.5 * (byAgency[at] ?? 0));
  const suggest = (
    shares: readonly number[],
    classes: readonly string[],
    scored: Scored,
    mark: string,
  ): Suggestion[] =>
    topThree(shares, classes).map((at) => ({
      id: classes[at] ?? '',
      confidence: Math.round((shares[at] ?? 0) * 1000) / 1000,
      words: spoken(
        [...(named.get(`${mark} ${classes[at]}`)?.tokens ?? []), ...scored.why(at, 3)],
        tokens,
        text,
      ),
    }));
  const place = kelurahanIn(tokens);
  return {
    categories: suggest(categoryShares, categories, categoryScore, 'c'),
    agencies: suggest(agencyShares, agencies, agencyScore, 'a'),
    urgency: urgencyOf(clues, topics, danger),
    kelurahan:
      place.kind === 'kelurahan' ? { code: place.code, name: place.name, kecamatan: place.kecamatan } : null,
  };
}

/** Where a danger belongs, whatever else the text is about. */
const referral: Readonly<Record<DangerKind, readonly [agency: string, category: string]>> = {
  self_harm: ['psikologi', 'pribadi_keluarga'],
  kekerasan_kdrt: ['uptd_ppa', 'perlindungan_perempuan_anak'],
  kekerasan_anak: ['uptd_ppa', 'perlindungan_perempuan_anak'],
  ancaman_orang_lain: ['polresta', 'lainnya'],
  tppo: ['bp3mi', 'ketenagakerjaan'],
  medis_darurat: ['rsud_lerik', 'kesehatan'],
};

/** The classifier's probabilities after the boosts of the rules, as log odds; in the order of its classes. */
function share(classes: readonly string[], scored: Scored, boost: (id: string) => number): number[] {
  const raised = classes.map((id, at) => (scored.probabilities[at] ?? 0) * Math.exp(boost(id)));
  const total = raised.reduce((sum, value) => sum + value, 0) || 1;
  return raised.map((value) => value / total);
}

/** The three largest, largest first; of equals the first by name. */
function topThree(shares: readonly number[], classes: readonly string[]): number[] {
  const isBefore = (a: number, b: number): boolean =>
    shares[a] === shares[b]
      ? (classes[a] ?? '').localeCompare(classes[b] ?? '') < 0
      : (shares[a] ?? 0) > (shares[b] ?? 0);
  const top: number[] = [];
  for (let at = 0; at < shares.length; at += 1) {
    let place = top.length;
    while (place > 0 && isBefore(at, top[place - 1] ?? 0)) place -= 1;
    if (place < 3) top.splice(place, 0, at);
    if (top.length > 3) top.pop();
  }
  return top;
}

type CategoryCount = { category: number; count: number };

/** By agency, which categories its training lines have, and how often. */
function countCategories(categories: readonly string[], agencies: readonly string[]): CategoryCount[][] {
  const counts: Readonly<Record<string, Readonly<Record<string, number>>>> = models.categoriesOfAgency;
  return agencies.map((id) =>
    Object.entries(counts[id] ?? {}).map(([name, count]) => ({
      category: categories.indexOf(name),
      count,
    })),
  );
}

/** What the agencies say about the categories; an agency of two leaves the choice to the words. */
function implied(
  agencyShares: readonly number[],
  direct: readonly number[],
  categoriesOf: readonly (readonly CategoryCount[])[],
): number[] {
  const sums = direct.map(() => 0);
  agencyShares.forEach((value, agency) => {
    if (value < 1e-4) return;
    const seen = categoriesOf[agency] ?? [];
    const weigh = ({ category, count }: CategoryCount): number => count * (0.05 + (direct[category] ?? 0));
    const all = seen.reduce((total, one) => total + weigh(one), 0);
    for (const one of seen) sums[one.category] = (sums[one.category] ?? 0) + (value * weigh(one)) / all;
  });
  return sums;
}

const steps: readonly Urgency[] = ['rendah', 'sedang', 'tinggi', 'darurat'];

function urgencyOf(
  clues: readonly Match<Clue>[],
  topics: Speaking<TopicModel>,
  danger: Danger | null,
): Urgency {
  const has = (clue: Clue): boolean => clues.some(({ value }) => value === clue);
  if (danger?.severity === 'darurat' || has('fire')) return 'darurat';
  if (danger?.severity === 'tinggi') return 'tinggi';
  const { probabilities } = topics.by('urgency');
  let best = 0;
  probabilities.forEach((value, at) => {
    if (value > (probabilities[best] ?? 0)) best = at;
  });
  let level = steps.indexOf((topicReader().classesOf('urgency')[best] ?? 'sedang') as Urgency);
  // Only danger and fire are emergencies; the classifier alone must not call one.
  level = Math.min(level, 2);
  if (level < 2 && has('urgent')) level = Math.min(2, level + (level === 1 ? 1 : 0));
  if (danger) level = Math.max(level, 1);
  return steps[level] ?? 'sedang';
}

/** The resident's words at these places, the first five, in the order of the text. */
function spoken(ats: Iterable<number>, tokens: readonly Token[], text: string): string[] {
  const places = [...new Set(ats)].slice(0, 5).sort((a, b) => a - b);
  const words = places.map((at) => text.slice(tokens[at]?.start ?? 0, tokens[at]?.end ?? 0));
  return [...new Set(words)].filter((word) => word !== '');
}

/** The ids that may be suggested; every one has training lines. */
export const agencyIds: readonly string[] = agencies.agencies.map((agency) => agency.id);
