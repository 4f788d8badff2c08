import { dayOf, dayOfIso, mondayOf, partsOf, weekdayOf, type Day } from './calendar-day.ts';
import type { DayFact, Facts } from './when-facts.ts';
import type { Asked } from './when.ts';

/**
 * The facts of an answer, read in the light of what was asked: "yang tanggal 7" is the seventh of the month that had
 * been named, "senin" the Monday that was offered, and an hour alone belongs to the one day that was spoken of.
 */
export function withAsked(facts: Facts, asked: Asked | null, now: Date): Facts {
  if (!asked) return facts;
  const today = dayOf(now);
  const offered = asked.days.map(dayOfIso);
  const among = [...offered, ...spanOf(asked)].filter((day) => day >= today);
  // "rabu tanggal 9" says its day itself, whichever Wednesday was offered.
  const isDated = facts.days.some(({ kind }) => kind === 'date');
  const days = facts.days.map((fact): DayFact => {
    const meant = fact.kind === 'weekday' && isDated ? undefined : meantBy(fact, offered, among);
    return meant === undefined ? fact : full(meant, fact.at);
  });
  if (days.length > 0) return { ...facts, days };
  const week = facts.spans.find((span) => span.kind === 'week');
  if (week && facts.spans.length === 1) {
    const monday = mondayOf(today) + 7 * week.weeks;
    const day = only(offered.filter((one) => one >= monday && one < monday + 7));
    return day === undefined ? facts : { ...facts, days: [full(day, week.at)], spans: [] };
  }
  const hasHour = facts.times.length > 0 || facts.parts.length > 0;
  if (facts.spans.length > 0 || facts.now.length > 0 || facts.earliest || facts.anyTime || !hasHour)
    return facts;
  const one = only(offered);
  if (one !== undefined) return { ...facts, days: [full(one, 0)] };
  // Still which of the days: the hour is kept, and today is not taken for granted.
  return offered.length > 1
    ? { ...facts, days: offered.map((day) => full(day, 0)), alternatives: [...facts.alternatives, 0] }
    : facts;
}

/** The day that a date or a weekday means among those that were spoken of. */
function meantBy(fact: DayFact, offered: readonly Day[], among: readonly Day[]): Day | undefined {
  const fits = (days: readonly Day[]): Day | undefined => {
    if (fact.kind === 'date' && fact.month === null)
      return only(days.filter((day) => partsOf(day).date === fact.date));
    if (fact.kind === 'weekday' && fact.turn === 'none')
      return only(days.filter((day) => weekdayOf(day) === fact.weekday));
    return undefined;
  };
  return fits(offered) ?? fits(among);
}

function spanOf({ span }: Asked): Day[] {
  if (!span) return [];
  const from = dayOfIso(span.from);
  return Array.from({ length: Math.min(62, dayOfIso(span.until) - from + 1) }, (_, at) => from + at);
}

function full(day: Day, at: number): DayFact {
  return { kind: 'date', ...partsOf(day), at };
}

function only(days: readonly Day[]): Day | undefined {
  const distinct = [...new Set(days)];
  return distinct.length === 1 ? distinct[0] : undefined;
}
