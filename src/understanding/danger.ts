import { isDreamt, isNegated, isNow, isOther, isPast, isRecovered, isThankful, isTopic } from './danger-context.ts'; // prettier-ignore
import { maskIdioms } from './danger-idiom.ts';
import { dangerRules } from './danger-rules.ts';
import {
  isConvincing,
  opinionOfSign,
  overrules,
  secondOpinion,
  type Opinion,
} from './danger-second-opinion.ts';
import { dangerWords } from './danger-words.ts';
import { normalise, type Normalised, type Token } from './normalise.ts';
import { stems } from './stem.ts';
import { compile, type Match, type Matcher, type Rule } from './pattern.ts';

export type DangerKind =
  'self_harm' | 'kekerasan_kdrt' | 'kekerasan_anak' | 'ancaman_orang_lain' | 'tppo' | 'medis_darurat';
export type DangerSeverity = 'darurat' | 'tinggi' | 'sedang';
/** `words` are the resident's own words that decided, for the officer who reads the red mark. */
export type Danger = { kind: DangerKind; severity: DangerSeverity; words: string[] };

type Sign = { kind: DangerKind; severity: DangerSeverity };
type Hit = Sign & { from: number; to: number; personal: boolean };

const rank: Readonly<Record<DangerSeverity, number>> = { darurat: 3, tinggi: 2, sedang: 1 };
const order: readonly DangerKind[] = [
  'self_harm',
  'tppo',
  'kekerasan_anak',
  'kekerasan_kdrt',
  'ancaman_orang_lain',
  'medis_darurat',
];

let compiled: Matcher<Sign> | undefined;

function matcher(): Matcher<Sign> {
  if (compiled) return compiled;
  const rules: Rule<Sign>[] = [];
  for (const kind of order) {
    for (const severity of ['darurat', 'tinggi', 'sedang'] as const) {
      for (const pattern of dangerRules[kind][severity] ?? [])
        rules.push({ pattern, value: { kind, severity } });
    }
  }
  compiled = compile(rules, dangerWords);
  return compiled;
}

/**
 * Whether the text speaks of danger. A net for recall, not a diagnosis: a hit means "show help, tell an
 * officer". Rules look for signs in the writer's own sentence; what they say is softened by a negation,
 * a recovery or another subject, and dropped when the sentence is about the topic (a seminar, a film).
 * A classifier then reads the text as a whole: it hears what no rule foresaw, and overrules a sign that
 * everything around it speaks against.
 */
export function findDanger(text: string): Danger | null {
  return dangerIn(normalise(text));
}

/** The same, for a caller that has normalised already. */
export function dangerIn({ original, tokens }: Normalised): Danger | null {
  const masked = maskIdioms(tokens);
  const hits: Hit[] = [];
  for (const match of matcher().find(masked)) {
    const hit = judge(match, masked);
    if (hit) hits.push(hit);
  }
  const sign = choose(hits, tokens);
  const context = sign && opinionOfSign(tokens, sign);
  if (sign && (isGrave(sign, tokens) || !(context && overrules(context)))) {
    const severity = sign.severity === 'tinggi' && (context?.acute ?? 0) > 0.5 ? 'darurat' : sign.severity;
    return { kind: sign.kind, severity, words: spoken(sign, original, tokens) };
  }
  const opinion = secondOpinion(tokens);
  if (!opinion || !isConvincing(opinion, tokens)) return null;
  return {
    kind: opinion.kind,
    severity: severityOf(opinion),
    words: opinion.words.map((at) => original.slice(tokens[at]?.start, tokens[at]?.end)),
  };
}

const graveRoots = new Set(['perkosa', 'cabul', 'setubuh', 'sodomi', 'gilir']);

/** Words that are said of nothing else, whatever stands around them. */
function isGrave({ from, to }: Hit, tokens: readonly Token[]): boolean {
  return tokens.slice(from, to).some(({ text }) => stems(text, graveRoots).length > 0);
}

/** A weak suspicion is a gentle question, unless it is of the worst. Too much care costs less than too little. */
function severityOf({ odds, severity, acute }: Opinion): DangerSeverity {
  if (odds < 1.2) return acute > 0.6 ? 'tinggi' : 'sedang';
  return acute > 0.45 ? 'darurat' : severity;
}

function judge(match: Match<Sign>, tokens: readonly Token[]): Hit | null {
  const { kind } = match.value;
  let { severity } = match.value;
  const personal =
    match.pattern.includes('@me') ||
    tokens.slice(Math.max(0, match.from - 3), match.to).some((token) => token.text === 'saya');
  if (isTopic(tokens, match) && !(personal && severity === 'darurat')) return null;
  // A nightmare of one's own death is worth a question; one of robbers is not.
  if (kind !== 'self_harm' && isDreamt(tokens, match)) return null;
  if (isNegated(tokens, match)) {
    if (kind !== 'self_harm' && isThankful(tokens, match)) return null;
    return { kind, severity: 'sedang', from: match.from, to: match.to, personal };
  }
  if (kind === 'self_harm' && severity === 'darurat' && isOther(tokens, match)) severity = 'tinggi';
  if (kind === 'medis_darurat' && isPast(tokens, match) && isRecovered(tokens, match)) return null;
  if (isPast(tokens, match))
    severity = isRecovered(tokens, match) ? 'sedang' : severity === 'darurat' ? 'tinggi' : severity;
  else if (severity === 'tinggi' && kind.startsWith('kekerasan') && isNow(tokens, match))
    severity = 'darurat';
  return { kind, severity, from: match.from, to: match.to, personal };
}

function choose(hits: readonly Hit[], tokens: readonly Token[]): Hit | null {
  if (hits.length === 0) return null;
  const scene = sceneOf(hits, tokens);
  let best: Hit | null = null;
  for (const hit of hits) {
    const candidate = { ...hit, kind: settleKind(hit, scene, tokens) };
    if (!best || weigh(candidate) > weigh(best)) best = candidate;
  }
  // Violence that made somebody faint is violence, and as urgent as the fainting.
  if (best?.kind === 'medis_darurat') {
    const cause = hits.find((hit) => hit.kind === 'kekerasan_anak' || hit.kind === 'kekerasan_kdrt');
    if (cause) return { ...cause, severity: best.severity };
  }
  return best;
}

function weigh(hit: Hit): number {
  return rank[hit.severity] * 10 - order.indexOf(hit.kind);
}

const routes = new Set(`${dangerWords['abroad'] ?? ''} ${dangerWords['agent'] ?? ''}`.split(' '));
const partners = new Set((dangerWords['partner'] ?? '').split(' '));
partners.delete('dia');

/** What the whole text says about who is involved, found once for all hits. */
type Scene = {
  kinds: ReadonlySet<DangerKind>;
  route: boolean;
  partner: boolean;
  stranger: boolean;
  young: boolean;
};

function sceneOf(hits: readonly Hit[], tokens: readonly Token[]): Scene {
  const any = (words: ReadonlySet<string>): boolean => tokens.some((token) => words.has(token.text));
  return {
    kinds: new Set(hits.map((hit) => hit.kind)),
    route: any(routes),
    partner: any(partners),
    stranger: any(strangers),
    young: isYoung(tokens),
  };
}

function settleKind(hit: Hit, scene: Scene, tokens: readonly Token[]): DangerKind {
  if (hit.kind === 'tppo' && scene.kinds.has('kekerasan_anak') && !scene.route) return 'kekerasan_anak';
  if (hit.kind === 'kekerasan_anak' && scene.kinds.has('tppo') && scene.route) return 'tppo';
  if (hit.kind === 'kekerasan_kdrt' || hit.kind === 'ancaman_orang_lain') {
    const threat = scene.kinds.has('ancaman_orang_lain');
    if (threat && isOwnThreat(hit, tokens)) return 'ancaman_orang_lain';
    if (scene.young) return 'kekerasan_anak';
    if (hit.kind === 'ancaman_orang_lain' && scene.partner) return 'kekerasan_kdrt';
    if (hit.kind === 'kekerasan_kdrt' && threat && scene.stranger && !scene.partner)
      return 'ancaman_orang_lain';
  }
  return hit.kind;
}

const strangers = new Set(
  'tetangga preman orang rentenir mereka warga pemuda dc pinjol penagih debt collector pedagang tidak dikenal geng'.split(
    ' ',
  ),
);
const intends = new Set(['mau', 'akan', 'siap', 'bisa', 'going', 'gonna']);

/** "saya mau tikam suami saya": the writer is the one who would do it. */
function isOwnThreat(hit: Hit, tokens: readonly Token[]): boolean {
  for (let k = Math.max(0, hit.from - 2); k < hit.to - 1; k += 1) {
    if (tokens[k]?.text === 'saya' && intends.has(tokens[k + 1]?.text ?? '')) return true;
    if (k === 0 && intends.has(tokens[0]?.text ?? '')) return true;
  }
  return false;
}

/** The writer says that they are under eighteen or at school. */
function isYoung(tokens: readonly Token[]): boolean {
  return tokens.some((token, index) => {
    if (token.text !== 'saya') return false;
    const after = tokens.slice(index + 1, index + 5);
    const age = after.findIndex(
      (next) => /^\d{1,2}$/.test(next.text) && Number(next.text) < 18 && Number(next.text) > 3,
    );
    if (
      age >= 0 &&
      after.slice(0, age + 2).some((next) => ['tahun', 'umur', 'usia', 'kelas', 'masih'].includes(next.text))
    )
      return true;
    return (
      after.slice(0, 3).some((next) => next.text === 'kelas' || next.text === 'masih') &&
      after.some((next) => ['sd', 'smp', 'sma', 'smk'].includes(next.text))
    );
  });
}

function spoken(hit: Hit, original: string, tokens: readonly Token[]): string[] {
  return tokens.slice(hit.from, hit.to).map((token) => original.slice(token.start, token.end));
}
