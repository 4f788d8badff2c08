import { isRoomDay } from './calendar-day.ts';
import type { Token } from './normalise.ts';
import { anywhere, mostMarks, sideOf, type Naming } from './when-sign.ts';
import type { DayFact, Facts } from './when-facts.ts';
import type { Option } from './when-options.ts';
import type { Stance } from './when-stance.ts';

/** So many words on each side tell how a day or an hour is meant. */
const reach = 10;

/** What is counted of a fact: its kind, as narrowly as the words around it depend on it. */
function kindOf(at: number, { days, times, spans, now }: Facts): string {
  const day = days.find((one) => one.at === at);
  if (day) return `day ${detailOf(day)}`;
  if (now.includes(at)) return 'now';
  const time = times.find((one) => one.at === at);
  if (time) return `time ${time.role}`;
  return spans.some((one) => one.at === at) ? 'span' : 'part';
}

function detailOf(day: DayFact): string {
  if (day.kind === 'weekday') return `weekday ${day.turn}`;
  return day.kind === 'offset' ? `offset ${Math.min(day.days, 3)}` : day.kind;
}

/** The day or week that an hour belongs to: the last one named before it in its sentence, else the next in its clause. */
export function ownerOf(at: number, tokens: readonly Token[], { days, spans }: Facts): number | null {
  const named = [...days, ...spans].map((one) => one.at).sort((a, b) => a - b);
  const isApart = (from: number, to: number, marks: RegExp): boolean =>
    tokens.slice(from + 1, to + 1).some(({ gap }) => marks.test(gap));
  const before = named.filter((one) => one < at).at(-1);
  const after = named.find((one) => one > at);
  if (
    after !== undefined &&
    !isApart(at, after, /[,.!?;]/) &&
    (before === undefined || isApart(before, at, /[,.!?;]/))
  )
    return after;
  return before !== undefined && !isApart(before, at, /[.!?;]/) ? before : null;
}

/** A text with its days and hours, and what the rules say of each of them. */
export type Scanned = { tokens: readonly Token[]; facts: Facts; stances: ReadonlyMap<number, Stance> };

/**
 * The signs of an hour, a range of hours or a part of day, for a classifier. `wished`: where the days stand that are
 * wished for, since an hour goes with its day.
 */
export function contextOfHour<Sign>(
  naming: Naming<Sign>,
  ats: readonly number[],
  { tokens, facts, stances }: Scanned,
  wished: ReadonlySet<number>,
): Sign[] {
  const [at = 0] = ats;
  const owner = ownerOf(at, tokens, facts);
  const belongs = owner === null ? 'none' : wished.has(owner) ? 'wished' : 'not';
  const away = Math.min(...[...wished].map((one) => Math.abs(one - at)));
  const found: Sign[] = [];
  for (const one of ats) tellAround(found, naming, one, { tokens, facts, stances });
  found.push(
    naming.sign(`=owner-${belongs}`),
    naming.sign(`=away-${away < 4 ? 'beside' : away < 9 ? 'near' : away < 20 ? 'far' : 'off'}`),
    naming.sign(`=hours-${Math.min(facts.times.length, 3)}`),
  );
  const sentence = sentenceOf(Math.min(...ats), Math.max(...ats), tokens);
  if ([...wished].some((one) => one >= sentence.from && one < sentence.to))
    found.push(naming.sign('=same-sentence'));
  tellWithin(found, naming, ats, sentence, tokens);
  return found;
}

/** The signs of a day that may be wished for: what stands around it, in its sentence, and what it comes to. */
export function contextOfDay<Sign>(
  naming: Naming<Sign>,
  { ats, resolved }: Option,
  { tokens, facts, stances }: Scanned,
  today: number,
): Sign[] {
  const found: Sign[] = [];
  for (const at of ats) tellAround(found, naming, at, { tokens, facts, stances });
  found.push(naming.sign(`=comes-to-${comesTo(resolved, today)}`));
  const sentence = sentenceOf(Math.min(...ats), Math.max(...ats), tokens);
  const { from, to } = sentence;
  found.push(naming.sign(from === 0 ? '=opens' : to === tokens.length ? '=closes' : '=inside'));
  if ((tokens[to]?.gap ?? '').includes('?')) found.push(naming.sign('=asked'));
  tellWithin(found, naming, ats, sentence, tokens);
  return found;
}

/** "besok, eh lusa": what stands right behind a correction is meant. */
export function isCorrection(
  ats: readonly number[],
  { corrections }: Facts,
  tokens: readonly Token[],
): boolean {
  // "jam 10, bukan jam 9" refuses; "jam 9 eh bukan jam 10" and "jam 9, bukan, jam 10" correct.
  const refuses = (word: number, at: number): boolean =>
    tokens[word]?.text === 'bukan' && tokens[word - 1]?.text !== 'eh' && (tokens[at]?.gap ?? '') === '';
  return corrections.some((word) => ats.some((at) => word < at && at - word <= 2 && !refuses(word, at)));
}

function comesTo(resolved: Option['resolved'], today: number): string {
  if (resolved === null) return 'nothing';
  if (resolved.kind === 'ask') return resolved.question.why;
  if (resolved.day < today) return 'past';
  return isRoomDay(resolved.day) ? 'open' : 'closed';
}

/** So many words of a sentence count on each side. */
const sentenceReach = 15;

type Sentence = { from: number; to: number };

function sentenceOf(first: number, last: number, tokens: readonly Token[]): Sentence {
  const ends = (at: number): boolean => {
    const gap = tokens[at]?.gap ?? '';
    return gap !== '' && /[.!?;]/.test(gap);
  };
  let from = first;
  while (from > 0 && first - from < sentenceReach && !ends(from)) from -= 1;
  let to = last + 1;
  while (to < tokens.length && to - last < sentenceReach && !ends(to)) to += 1;
  return { from, to };
}

/** The words of the sentence, without the fact itself. */
function tellWithin<Sign>(
  found: Sign[],
  naming: Naming<Sign>,
  ats: readonly number[],
  { from, to }: Sentence,
  tokens: readonly Token[],
): void {
  for (let at = from; at < to; at += 1)
    if (!ats.includes(at)) found.push(naming.beside(anywhere, (tokens[at] as Token).word));
}

/**
 * The surroundings of a fact: each word with the side it stands on, and whether a mark lies between. "senin sonde bisa,
 * rabu sa" seen from Rabu: "<<tidak <<bisa >saja".
 */
function tellAround<Sign>(
  found: Sign[],
  naming: Naming<Sign>,
  at: number,
  { tokens, facts, stances }: Scanned,
): void {
  const kind = kindOf(at, facts).replaceAll(' ', '-');
  const stance = stances.get(at) ?? 'open';
  found.push(naming.sign(`=${kind}`), naming.sign(`=${stance}`), naming.sign(`=${kind}-${stance}`));
  const { days } = facts;
  if (days.some((one) => one.at === at)) {
    found.push(
      naming.sign(days.every((one) => one.at >= at) ? '=first' : '=later'),
      naming.sign(days.every((one) => one.at <= at) ? '=last' : '=earlier'),
      naming.sign(`=of-${Math.min(days.length, 4)}`),
    );
  }
  const others = new Set<string>();
  for (const [other, said] of stances)
    if (other !== at) others.add(`=${other < at ? 'before' : 'after'}-${said}`);
  for (const other of others) found.push(naming.sign(other));
  if (isEitherDay(at, facts)) found.push(naming.sign('=either'));
  if (tokens.some(({ text }) => text === 'batal' || text === 'hapus')) found.push(naming.sign('=undo'));
  found.push(naming.sign(tokens.length < 9 ? '=short' : tokens.length < 20 ? '=middling' : '=long'));
  const close: Sign[] = [];
  let marks = 0;
  const tell = (k: number, side: 'left' | 'right'): void => {
    const { word } = tokens[k] as Token;
    found.push(naming.beside(sideOf(side, marks, 0), word));
    const near = Math.abs(k - at);
    if (near === 1 || near === 2) close.push(naming.beside(sideOf(side, marks, near), word));
  };
  for (let k = at - 1; k >= Math.max(0, at - reach); k -= 1) {
    if (isParted(tokens, k + 1)) marks += 1;
    if (marks === mostMarks) break;
    tell(k, 'left');
  }
  marks = 0;
  for (let k = at + 1; k < Math.min(tokens.length, at + reach + 3); k += 1) {
    if (isParted(tokens, k)) marks += 1;
    if (marks === mostMarks) break;
    tell(k, 'right');
  }
  found.push(...close);
}

/** Whether a mark stands before a word. */
function isParted(tokens: readonly Token[], at: number): boolean {
  const gap = tokens[at]?.gap ?? '';
  return gap !== '' && /[,.!?;]/.test(gap);
}

/** "senin atau rabu": an "atau" between this day and the one beside it. */
export function isEitherDay(at: number, { days, spans, alternatives }: Facts): boolean {
  const named = [...days, ...spans].map((one) => one.at);
  return alternatives.some((word) => {
    const before = Math.max(...named.filter((one) => one < word));
    const after = Math.min(...named.filter((one) => one > word));
    return word - before <= 5 && after - word <= 3 && (at === before || at === after);
  });
}
