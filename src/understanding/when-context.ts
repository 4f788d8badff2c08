import { isRoomDay } from './calendar-day.ts';
import type { Token } from './normalise.ts';
import { clockWords, partWords, weekdays, type DayFact, type Facts } from './when-facts.ts';
import type { Option } from './when-options.ts';
import type { Stance } from './when-stance.ts';

/** So many words on each side tell how a day or an hour is meant. */
const reach = 10;

/** What tells how a day or an hour is meant, as a word of its own for a classifier: "=senin", "<tidak", "~saja". */
type Sign = { text: string };

type Signed = (name: string) => Sign;

const sign = (text: string): Sign => ({ text });
const signed = (mark: string): Signed => (name) => ({ text: mark + name }); // prettier-ignore
/** A word of the sentence; a word on the left or on the right, by how many marks lie between. */
const within = signed('~');
const onLeft = ['<', '<<', '<<<'].map(signed);
const onRight = ['>', '>>', '>>>'].map(signed);

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

/**
 * An hour, a range of hours or a part of day as words of its own, for a classifier. `wished`: where the days stand that are
 * wished for, since an hour goes with its day.
 */
export function contextOfHour(
  ats: readonly number[],
  tokens: readonly Token[],
  facts: Facts,
  stances: ReadonlyMap<number, Stance>,
  wished: ReadonlySet<number>,
): Sign[] {
  const [at = 0] = ats;
  const owner = ownerOf(at, tokens, facts);
  const belongs = owner === null ? 'none' : wished.has(owner) ? 'wished' : 'not';
  const away = Math.min(...[...wished].map((one) => Math.abs(one - at)));
  const found = ats.flatMap((one) => around(one, tokens, facts, stances));
  found.push(
    sign(`=owner-${belongs}`),
    sign(`=away-${away < 4 ? 'beside' : away < 9 ? 'near' : away < 20 ? 'far' : 'off'}`),
    sign(`=hours-${Math.min(facts.times.length, 3)}`),
  );
  const [from, to] = sentenceOf(Math.min(...ats), Math.max(...ats), tokens);
  if ([...wished].some((one) => one >= from && one < to)) found.push(sign('=same-sentence'));
  for (let k = from; k < to; k += 1) if (!ats.includes(k)) found.push(within(nameOf(tokens[k] as Token)));
  return found;
}

/** A day that may be wished for, as words of its own: what stands around it, in its sentence, and what it comes to. */
export function contextOfDay(
  { ats, resolved }: Option,
  tokens: readonly Token[],
  facts: Facts,
  stances: ReadonlyMap<number, Stance>,
  today: number,
): Sign[] {
  const first = Math.min(...ats);
  const last = Math.max(...ats);
  const found = ats.flatMap((at) => around(at, tokens, facts, stances));
  found.push(sign(`=comes-to-${comesTo(resolved, today)}`));
  const [from, to] = sentenceOf(first, last, tokens);
  found.push(sign(from === 0 ? '=opens' : to === tokens.length ? '=closes' : '=inside'));
  if ((tokens[to]?.gap ?? '').includes('?')) found.push(sign('=asked'));
  for (let k = from; k < to; k += 1) if (!ats.includes(k)) found.push(within(nameOf(tokens[k] as Token)));
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

function sentenceOf(first: number, last: number, tokens: readonly Token[]): [from: number, to: number] {
  const ends = (at: number): boolean => {
    const gap = tokens[at]?.gap ?? '';
    return gap !== '' && /[.!?;]/.test(gap);
  };
  let from = first;
  while (from > 0 && first - from < sentenceReach && !ends(from)) from -= 1;
  let to = last + 1;
  while (to < tokens.length && to - last < sentenceReach && !ends(to)) to += 1;
  return [from, to];
}

/**
 * The surroundings of a fact: each word with the side it stands on, and whether a mark lies between. "senin sonde bisa,
 * rabu sa" seen from Rabu: "<<tidak <<bisa >saja". `stances` is what the rules say.
 */
function around(
  at: number,
  tokens: readonly Token[],
  facts: Facts,
  stances: ReadonlyMap<number, Stance>,
): Sign[] {
  const kind = kindOf(at, facts).replaceAll(' ', '-');
  const stance = stances.get(at) ?? 'open';
  const found = [sign(`=${kind}`), sign(`=${stance}`), sign(`=${kind}-${stance}`)];
  const { days } = facts;
  if (days.some((one) => one.at === at)) {
    found.push(
      sign(days.every((one) => one.at >= at) ? '=first' : '=later'),
      sign(days.every((one) => one.at <= at) ? '=last' : '=earlier'),
      sign(`=of-${Math.min(days.length, 4)}`),
    );
  }
  const others = new Set<string>();
  for (const [other, said] of stances)
    if (other !== at) others.add(`=${other < at ? 'before' : 'after'}-${said}`);
  found.push(...[...others].map(sign));
  if (isEitherDay(at, facts)) found.push(sign('=either'));
  if (tokens.some(({ text }) => text === 'batal' || text === 'hapus')) found.push(sign('=undo'));
  found.push(sign(tokens.length < 9 ? '=short' : tokens.length < 20 ? '=middling' : '=long'));
  const close: Sign[] = [];
  const isMark = (gap: string): boolean => gap !== '' && /[,.!?;]/.test(gap);
  let marks = 0;
  for (let k = at - 1; k >= Math.max(0, at - reach); k -= 1) {
    if (isMark(tokens[k + 1]?.gap ?? '')) marks += 1;
    if (marks === onLeft.length) break;
    const name = nameOf(tokens[k] as Token);
    found.push((onLeft[marks] as Signed)(name));
    if (at - k <= 2) close.push(signed(`=${at - k}${'<'.repeat(marks + 1)}`)(name));
  }
  marks = 0;
  for (let k = at + 1; k < Math.min(tokens.length, at + reach + 3); k += 1) {
    if (isMark(tokens[k]?.gap ?? '')) marks += 1;
    if (marks === onRight.length) break;
    const name = nameOf(tokens[k] as Token);
    found.push((onRight[marks] as Signed)(name));
    if (k - at <= 2) close.push(signed(`=${k - at}${'>'.repeat(marks + 1)}`)(name));
  }
  return [...found, ...close];
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

function nameOf({ text }: Token): string {
  if (/^\d/.test(text)) return '#';
  if (weekdays.has(text)) return '@day';
  if (partWords.has(text)) return '@part';
  return clockWords.has(text) ? 'jam' : text;
}
