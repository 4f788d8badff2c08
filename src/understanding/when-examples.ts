import { clock, dayOf, isoOf } from './calendar-day.ts';
import { normalise, type Token } from './normalise.ts';
import { asWords } from './when-sign.ts';
import type { Choice, Example } from './train.ts';
import { contextOfDay, contextOfHour } from './when-context.ts';
import type { Facts, TimeFact } from './when-facts.ts';
import { hoursIn, optionsOf, type Option } from './when-options.ts';
import { scan } from './when-scan.ts';
import { stancesOf } from './when-stance.ts';
import type { DayPart } from './when.ts';

/** A line of `training/when.jsonl`: a message, when it was written, and what its writer wishes; null when nothing. */
export type WhenLine = {
  text: string;
  now: string;
  when: { date: string | null; time: string | null; part: DayPart | null; ask: boolean } | null;
};

/** What a message chooses instead of one of the days that it names, in the order of {@link daysOf}. */
export const instead = ['none', 'undecided'];
/** And instead of one of the hours, in the order of {@link hoursOf}. */
export const insteadOfHour = ['none'];

/**
 * The days of a line as a choice: right are those that alone come to the date of the label; where it is to be asked back,
 * those that come to a question, or none of them. Null where no day of the text comes to the date: that teaches nothing.
 */
export function daysOf({ text, now, when }: WhenLine): Choice | null {
  const normal = normalise(text);
  const { tokens } = normal;
  const facts = scan(normal);
  const options = optionsOf(facts, tokens, new Date(now));
  if (options.length === 0) return null;
  const right = rightOf(options, facts, when);
  const stances = stancesOf(facts, tokens);
  const today = dayOf(new Date(now));
  return right.length === 0
    ? null
    : {
        options: options.map((option) => contextOfDay(asWords, option, { tokens, facts, stances }, today)),
        message: tokens.map(({ word }) => word),
        right,
      };
}

function rightOf(options: readonly Option[], facts: Facts, when: WhenLine['when']): number[] {
  const none = options.length;
  if (when === null) return [none];
  const where = (is: (option: Option) => boolean): number[] =>
    options.flatMap((option, at) => (is(option) ? [at] : []));
  if (when.ask) return [...where(({ resolved }) => resolved?.kind === 'ask'), none + 1];
  const right = where(({ resolved }) => comesTo(resolved, when.date));
  // "yang paling cepat": none of the days that are named.
  return right.length === 0 && (facts.earliest || facts.anyTime) ? [none] : right;
}

/** A day that is offered for choice is come to as well: "rabu", said on a Wednesday. */
function comesTo(resolved: Option['resolved'], date: string | null): boolean {
  if (resolved?.kind === 'day') return isoOf(resolved.day) === date;
  return resolved?.kind === 'ask' && resolved.question.days.some((day) => isoOf(day) === date);
}

/** The hours of a line as a choice between them and none; null where the label teaches nothing about them. */
export function hoursOf(line: WhenLine): Choice | null {
  const read = readHours(line);
  if (!read || read.facts.times.length === 0) return null;
  const { tokens, facts, isRight, contextOf } = read;
  const options = hoursIn(facts);
  const right = options.flatMap((ats, at) => (ats.some(isRight) ? [at] : []));
  return {
    options: options.map(contextOf),
    message: tokens.map(({ word }) => word),
    right: right.length > 0 ? right : [options.length],
  };
}

/** Each part of day of a line, and whether it is the one that is wished for. */
export function partsOf(line: WhenLine): Example[] {
  const read = readHours(line);
  if (!read) return [];
  const { facts, isRight, contextOf } = read;
  return facts.parts.map(({ at }) => ({ words: contextOf([at]), label: isRight(at) ? 'wish' : 'told' }));
}

function readHours({ text, now, when }: WhenLine): {
  tokens: readonly Token[];
  facts: Facts;
  isRight: (at: number) => boolean;
  contextOf: (ats: readonly number[]) => Example['words'];
} | null {
  if (when?.ask) return null;
  const normal = normalise(text);
  const { tokens } = normal;
  const facts = scan(normal);
  const hours = when === null ? new Set<number>() : wishedHours(facts, when);
  if (!hours) return null;
  const options = optionsOf(facts, tokens, new Date(now));
  const wished = new Set(when === null ? [] : options.flatMap(({ ats, resolved }) => (comesTo(resolved, when.date) ? ats : []))); // prettier-ignore
  if (when !== null && wished.size === 0 && options.length > 0 && !facts.earliest && !facts.anyTime)
    return null;
  const stances = stancesOf(facts, tokens);
  return {
    tokens,
    facts,
    isRight: (at) => hours.has(at),
    contextOf: (ats) => contextOfHour(asWords, ats, { tokens, facts, stances }, wished),
  };
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
