import { clock, isoOf } from './calendar-day.ts';
import { normalise, type Normalised } from './normalise.ts';
import type { Example } from './train.ts';
import { contextOf, ownerOf } from './when-context.ts';
import type { DayFact, Facts, SpanFact, TimeFact } from './when-facts.ts';
import { resolve } from './when-resolve.ts';
import { scan } from './when-scan.ts';
import { stancesOf } from './when-stance.ts';
import type { DayPart } from './when.ts';

/** A line of `training/when.jsonl`: a message, when it was written, and what its writer wishes; null when nothing. */
export type WhenLine = {
  text: string;
  now: string;
  when: { date: string | null; time: string | null; part: DayPart | null; ask: boolean } | null;
};

/**
 * Each day and hour of a line, and whether it is the one that is wished for: a day is, when it alone comes to the date
 * of the label. A line that is to be asked back says nothing of its days, nor does one whose date no fact comes to.
 */
export function examplesOf({ text, now, when }: WhenLine): Example[] {
  const normal = normalise(text);
  const facts = scan(normal);
  if (when?.ask) return asked(facts, normal);
  const wished = when === null ? new Set<number>() : wishedDays(facts, when.date, new Date(now));
  if (!wished) return [];
  const named = [...facts.days, ...facts.spans];
  const hours = when === null ? new Set<number>() : wishedHours(facts, when);
  return [
    ...named.map(({ at }) => example(at, wished.has(at), normal, facts, null)),
    ...(hours ? [...facts.times, ...facts.parts] : []).map(({ at }) => example(at, hours?.has(at) ?? false, normal, facts, wished)), // prettier-ignore
  ];
}

/** What is asked back names a week or a month without a day: that is wished for. */
function asked(facts: Facts, normal: Normalised): Example[] {
  const open = facts.days.length === 0 ? facts.spans : [];
  return open.map(({ at }) => example(at, true, normal, facts, null));
}

function example(
  at: number,
  is: boolean,
  { tokens }: Normalised,
  facts: Facts,
  wished: ReadonlySet<number> | null,
): Example {
  const owner = wished && ownerOf(at, tokens, facts);
  const belongs = owner === null ? 'none' : wished?.has(owner) ? 'wished' : 'not';
  return {
    tokens: contextOf(at, tokens, facts, stancesOf(facts, tokens), belongs),
    label: is ? 'wish' : 'told',
  };
}

/** Null when no day of the text comes to the date: then the label teaches nothing about them. */
function wishedDays(facts: Facts, date: string | null, now: Date): Set<number> | null {
  const bare: Facts = {
    ...facts, days: [], spans: [], times: [], parts: [], corrections: [], alternatives: [], past: false, now: false, earliest: false, anyTime: false,
  }; // prettier-ignore
  const comesTo = (days: DayFact[], spans: SpanFact[]): boolean => {
    const found = resolve({ ...bare, days, spans }, now);
    if (found?.kind === 'day') return isoOf(found.day) === date;
    return found?.kind === 'ask' && days.length > 0 && found.question.days.some((day) => isoOf(day) === date);
  };
  const holidays = facts.days.filter(({ kind }) => kind === 'holiday');
  const wished = new Set<number>();
  for (const day of facts.days) {
    const alone = comesTo([day], []);
    if (alone) wished.add(day.at);
    for (const span of alone ? [] : facts.spans) if (comesTo([day], [span])) wished.add(day.at).add(span.at);
    for (const holiday of alone || day.kind !== 'weekday' ? [] : holidays)
      if (comesTo([day, holiday], [])) wished.add(day.at).add(holiday.at);
  }
  for (const span of facts.spans) if (comesTo([], [span])) wished.add(span.at);
  const isMissed = wished.size === 0 && facts.days.length > 0 && !facts.earliest && !facts.anyTime;
  return isMissed ? null : wished;
}

function wishedHours(
  { times, parts }: Facts,
  { time, part }: NonNullable<WhenLine['when']>,
): Set<number> | null {
  const isIt = ({ minutes, shift }: TimeFact): boolean =>
    minutes !== null && [clock(minutes + shift), clock(minutes + shift + 720)].includes(time ?? '');
  const wished = new Set(parts.filter((one) => one.part === part).map(({ at }) => at));
  if (time !== null && !times.some(isIt)) return null;
  for (const one of times) {
    // Both ends of a range go together.
    const begins = times.find(
      (other) => other.role === 'from' && one.role === 'to' && one.at - other.at < 8 && one.at > other.at,
    );
    if (time === null ? one.role !== 'at' : isIt(one) || (begins && isIt(begins))) wished.add(one.at);
  }
  return wished;
}

/** Whether a line asks for a visit at all; what residents say of their troubles does not. */
export function visitOf({ text, when }: WhenLine): Example {
  return { tokens: normalise(text).tokens, label: when === null ? 'none' : 'visit' };
}
