import type { Token } from './normalise.ts';
import type { Facts } from './when-facts.ts';
import { resolve, type Resolved } from './when-resolve.ts';
import { isTimeWord } from './when-stance.ts';

/** A day that a message may wish for: where its facts stand, and what they come to. */
export type Option = { ats: readonly number[]; resolved: Resolved | null };

/**
 * The days that a message names: what stands side by side is one ("hari rabu, tanggal 2 desember"), and a weekday also
 * goes with the week or the holiday nearest to it ("minggu depan beta kosong, rabu sa").
 */
export function optionsOf(facts: Facts, tokens: readonly Token[], now: Date): Option[] {
  const mentions = mentionsOf(facts, tokens);
  const option = (ats: readonly number[]): Option => ({ ats, resolved: resolve(only(facts, ats), now) });
  const options = mentions.flatMap((ats) => {
    const alone = option(ats);
    const pieces = alone.resolved?.kind === 'ask' ? piecesOf(ats, facts, tokens) : [];
    if (pieces.length > 1) return [alone, ...pieces.map(option)];
    const frame = isWeekday(ats, facts) ? nearest(ats, mentions.filter((other) => isFrame(other, facts))) : null; // prettier-ignore
    if (!frame) return [alone];
    const framed = option([...ats, ...frame]);
    return comesToSame(alone.resolved, framed.resolved) ? [alone] : [alone, framed];
  });
  return options.filter((one) => !options.some((other) => isWithin(other.resolved, one.resolved)));
}

/** "awal bulan depan, jelasnya senin tanggal lima": the day says what the week or month left open. */
function isWithin(day: Resolved | null, span: Resolved | null): boolean {
  if (day?.kind !== 'day' || span?.kind !== 'ask' || !span.question.span) return false;
  const [from, until] = span.question.span;
  return day.day >= from && day.day <= until;
}

/** What a comma parts, of days that do not agree: "kapal balik tanggal 28, senin tanggal 29"; also "… dari tgl 15 besok …". */
function piecesOf(ats: readonly number[], { days }: Facts, tokens: readonly Token[]): number[][] {
  const isCounted = (at: number): boolean => days.some((day) => day.at === at && day.kind === 'offset');
  const pieces: number[][] = [];
  ats.forEach((at, k) => {
    const from = ats[k - 1] ?? at;
    const isApart = tokens.slice(from + 1, at + 1).some(({ gap }) => gap.includes(','));
    if (k === 0 || isApart || isCounted(at) || isCounted(from)) pieces.push([at]);
    else pieces.at(-1)?.push(at);
  });
  return pieces;
}

/** The hours that a message names, by where they stand; both ends of a range are one. */
export function hoursIn({ times }: Facts): number[][] {
  const hours: number[][] = [];
  times.forEach(({ role, at }, k) => {
    const before = times[k - 1];
    if (role === 'to' && before?.role === 'from' && at - before.at < 8) hours.at(-1)?.push(at);
    else hours.push([at]);
  });
  return hours;
}

/** The facts with these days and weeks, and no word about how they are meant. */
export function only(facts: Facts, ats: readonly number[]): Facts {
  return {
    ...facts,
    days: facts.days.filter(({ at }) => ats.includes(at)),
    spans: facts.spans.filter(({ at }) => ats.includes(at)),
    times: [],
    parts: [],
    corrections: [],
    alternatives: [],
    past: false,
    now: facts.now.filter((at) => ats.includes(at)),
    earliest: false,
    anyTime: false,
  };
}

function mentionsOf({ days, spans, now }: Facts, tokens: readonly Token[]): number[][] {
  const nows = now.map((at) => ({ kind: 'now' as const, at }));
  const facts = [...days, ...spans, ...nows].sort((a, b) => a.at - b.at);
  const mentions: (typeof facts)[] = [];
  for (const fact of facts) {
    const last = mentions.at(-1);
    const from = last?.at(-1)?.at ?? 0;
    const between = tokens.slice(from + 1, fact.at);
    const isBeside = between.length <= 4 && between.every((token, k) => isTimeWord(tokens, from + 1 + k) && !parting.has(token.text)); // prettier-ignore
    const isApart = tokens.slice(from + 1, fact.at + 1).some(({ gap }) => /[.!?;]/.test(gap));
    if (last && isBeside && !isApart && !last.some(({ kind }) => kind === fact.kind)) last.push(fact);
    else mentions.push([fact]);
  }
  return mentions.map((mention) => mention.map(({ at }) => at));
}

/** Time words that stand between two days and not within one. */
const parting = new Set(['atau', 'dan', 'dengan', 'sampai', 'antara', 'or', 'to']);

function isWeekday(ats: readonly number[], { days }: Facts): boolean {
  const [day, ...others] = days.filter(({ at }) => ats.includes(at));
  return ats.length === 1 && others.length === 0 && day?.kind === 'weekday' && day.turn === 'none';
}

function isFrame(ats: readonly number[], { days, spans }: Facts): boolean {
  const isHoliday = days.some((day) => day.kind === 'holiday' && day.side !== 'on' && ats.includes(day.at));
  return ats.length === 1 && (isHoliday || spans.some(({ kind, at }) => kind === 'week' && ats.includes(at)));
}

function nearest(ats: readonly number[], others: readonly number[][]): number[] | null {
  const away = (other: readonly number[]): number => Math.abs((other[0] ?? 0) - (ats[0] ?? 0));
  return others.reduce<number[] | null>((best, one) => (best && away(best) <= away(one) ? best : one), null);
}

export function comesToSame(one: Resolved | null, other: Resolved | null): boolean {
  return one?.kind === 'day' && other?.kind === 'day' && one.day === other.day;
}
