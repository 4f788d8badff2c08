import type { Token } from './normalise.ts';
import { isTimeWord, type Stance } from './when-stance.ts';
import { clockWords, partWords, weekdays, type DayFact, type Facts } from './when-facts.ts';

/** So many words on each side tell how a day or an hour is meant. */
const reach = 10;

/**
 * The days and weeks that are named side by side, as one: "hari rabu, tanggal 2 desember". Two of a kind are two. By
 * where each stands.
 */
export function mentionsOf({ days, spans }: Facts, tokens: readonly Token[]): number[][] {
  const facts = [...days, ...spans].sort((a, b) => a.at - b.at);
  const mentions: (typeof facts)[] = [];
  for (const fact of facts) {
    const last = mentions.at(-1);
    const from = last?.at(-1)?.at ?? 0;
    const between = tokens.slice(from + 1, fact.at);
    const isBeside = between.length <= 4 && between.every((token, k) => isTimeWord(tokens, from + 1 + k) && !parting.has(token.text)); // prettier-ignore
    if (last && isBeside && !last.some(({ kind }) => kind === fact.kind)) last.push(fact);
    else mentions.push([fact]);
  }
  return mentions.map((mention) => mention.map(({ at }) => at));
}

/** Time words that stand between two days and not within one. */
const parting = new Set(['atau', 'dan', 'dengan', 'sampai', 'antara', 'or', 'to']);

/** What is counted of a fact: its kind, as narrowly as the words around it depend on it. */
function kindOf(at: number, { days, times, spans }: Facts): string {
  const day = days.find((one) => one.at === at);
  if (day) return `day ${detailOf(day)}`;
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
 * The surroundings of a fact as words of their own, for a classifier: each word with the side it stands on, and whether
 * a mark lies between. "senin sonde bisa, rabu sa" seen from Rabu: "<<tidak <<bisa >saja". `stances` is what the rules
 * say, `owner` whether the day that an hour belongs to is wished for.
 */
export function contextOf(
  at: number,
  tokens: readonly Token[],
  facts: Facts,
  stances: ReadonlyMap<number, Stance>,
  owner: 'wished' | 'not' | 'none',
): { text: string }[] {
  const kind = kindOf(at, facts).replaceAll(' ', '-');
  const stance = stances.get(at) ?? 'open';
  const found: string[] = [`=${kind}`, `=${stance}`, `=${kind}-${stance}`, `=owner-${owner}`];
  const ats = facts.days.map((one) => one.at);
  if (ats.includes(at)) {
    found.push(at === Math.min(...ats) ? '=first' : '=later', at === Math.max(...ats) ? '=last' : '=earlier');
    found.push(`=of-${Math.min(ats.length, 4)}`);
  }
  const others = [...stances].filter(([other]) => other !== at);
  found.push(...new Set(others.map(([other, said]) => `=${other < at ? 'before' : 'after'}-${said}`)));
  if (tokens.some(({ text }) => text === 'batal' || text === 'hapus')) found.push('=undo');
  found.push(tokens.length < 9 ? '=short' : tokens.length < 20 ? '=middling' : '=long');
  let mark = '<';
  for (let k = at - 1; k >= Math.max(0, at - reach); k -= 1) {
    if ((tokens[k + 1]?.gap ?? '') !== '' && /[,.!?;]/.test(tokens[k + 1]?.gap ?? '')) mark += '<';
    if (mark.length > 3) break;
    found.push(`${mark}${nameOf(tokens[k] as Token)}`);
    if (at - k <= 2) found.push(`${at - k}${mark}${nameOf(tokens[k] as Token)}`);
  }
  mark = '>';
  for (let k = at + 1; k < Math.min(tokens.length, at + reach + 3); k += 1) {
    if ((tokens[k]?.gap ?? '') !== '' && /[,.!?;]/.test(tokens[k]?.gap ?? '')) mark += '>';
    if (mark.length > 3) break;
    found.push(`${mark}${nameOf(tokens[k] as Token)}`);
    if (k - at <= 2) found.push(`${k - at}${mark}${nameOf(tokens[k] as Token)}`);
  }
  return found.map((text) => ({ text }));
}

function nameOf({ text }: Token): string {
  if (/^\d/.test(text)) return '#';
  if (weekdays.has(text)) return '@day';
  if (partWords.has(text)) return '@part';
  return clockWords.has(text) ? 'jam' : text;
}
