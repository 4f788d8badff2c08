import { dayFrom, dayOf, isRoomDay, minuteOf, mondayOf, namedHoliday, nextRoomDays, partsOf, weekdayOf, type Day } from './calendar-day.ts'; // prettier-ignore
import type { DayFact, Facts, Part, TimeFact } from './when-facts.ts';
import type { Question } from './when-question.ts';

/** A day found, a question instead of one, or nothing said. */
type Found = { day: Day } | { ask: Question } | null;

/** Minutes after midnight; `from` and `to` bound a range. */
export type Clock = { time: number | null; part: Part | null; from: number | null; to: number | null };

/** `clock` is what was said of the hour, also when the day has to be asked for. */
export type Resolved = { clock: Clock } & ({ kind: 'ask'; question: Question } | { kind: 'day'; day: Day });

const lastEntry = 15 * 60;
export const noClock: Clock = { time: null, part: null, from: null, to: null };

/** What the facts come to, seen from now. `before` is the hour that was said before the question which this answers. */
export function resolve(facts: Facts, now: Date, before: Clock = noClock): Resolved | null {
  const today = dayOf(now);
  const minute = minuteOf(now);
  const times = readClock(facts);
  const nothing = facts.days.length === 0 && facts.spans.length === 0;
  if (times && 'ask' in times) {
    const day = nothing ? null : findDay(facts, noClock, today, minute);
    const days = day && 'day' in day && day.day >= today ? [day.day] : [];
    return { kind: 'ask', question: { ...times.ask, days }, clock: noClock };
  }
  const said = times ?? before;
  const question = (asked: Question): Resolved => ({ kind: 'ask', question: asked, clock: said });
  const answer = (day: Day): Resolved => ({ kind: 'day', day, clock: said });

  if (nothing && facts.past) return isStory(facts) ? null : question({ why: 'past', days: [] });
  if (nothing && facts.now.length > 0)
    return {
      kind: 'day',
      day: today,
      clock: { time: said.time ?? minute, part: said.part, from: null, to: null },
    };
  if (nothing && (facts.earliest || facts.anyTime)) {
    const from = isRoomDay(today) && minute < lastEntry ? today : today + 1;
    return answer(nextRoomDays(from, 1)[0] ?? from);
  }
  if (nothing) {
    if (times === null || (facts.length > 7 && !facts.request)) return null;
    return canBeToday(said, facts, today, minute)
      ? answer(today)
      : question({
          why: 'which_day',
          of: said.time === null ? { part: said.part } : { minutes: said.time },
          days: offer(today + 1),
        });
  }

  const found = findDay(facts, said, today, minute);
  if (found === null) return facts.undecided ? question({ why: 'which_date', days: offer(today + 1) }) : null;
  if ('ask' in found) return question(found.ask);
  if (found.day < today) return question({ why: 'gone', day: found.day, days: offer(today + 1) });
  if (found.day === today && isOver(said, minute)) return question({ why: 'past', days: offer(today + 1) });
  return facts.undecided ? question({ why: 'one_of', days: [found.day] }) : answer(found.day);
}

/** What is past in a longer sentence that asks for nothing is part of what is told. */
function isStory(facts: Facts): boolean {
  return facts.length > 5 && !facts.request;
}

/** The next two room days from a day on. */
function offer(from: Day, until?: Day): Day[] {
  return nextRoomDays(from, 2).filter((day) => until === undefined || day <= until);
}

/** An hour without a day is today when the room can still take it. */
function canBeToday({ time }: Clock, facts: Facts, today: Day, minute: number): boolean {
  return (
    time !== null && facts.alternatives.length === 0 && isRoomDay(today) && time > minute && time >= 8 * 60
  );
}

const partEnds: Readonly<Record<Part, number>> = {
  pagi: 11 * 60,
  siang: 15 * 60,
  sore: 18 * 60,
  malam: 24 * 60,
};

function isOver(said: Clock, minute: number): boolean {
  if (said.time !== null) return said.time <= minute;
  if (said.to !== null) return said.to <= minute;
  if (said.from !== null) return false;
  return said.part !== null && partEnds[said.part] <= minute;
}

function findDay(facts: Facts, said: Clock, today: Day, minute: number): Found {
  const kept = corrected(facts.days, facts.corrections);
  const either = facts.alternatives.length > 0 && kept.length > 1;
  const weeks = facts.spans.find((span) => span.kind === 'week');
  const found: { fact: DayFact; day: Day }[] = [];
  const monthly = facts.spans.find(
    (span) => span.kind === 'named-month' || (span.kind === 'month' && span.months > 0),
  );
  if (monthly && kept.every((fact) => fact.kind === 'weekday')) return askSpan(facts, today);
  for (const fact of kept) {
    const one = dayOfFact(fact, facts, kept, said, today, minute);
    if (one === null) continue;
    if ('ask' in one) {
      // A full date beside a weekday settles what the weekday alone would have to ask.
      if (fact.kind === 'weekday' && kept.some((other) => other.kind === 'date' || other.kind === 'offset')) {
        const plain = today + ((fact.weekday - weekdayOf(today) + 7) % 7);
        found.push({ fact, day: plain });
        continue;
      }
      return one;
    }
    found.push({ fact, day: one.day });
  }
  const [first] = found;
  if (first) return agree(found, either, today);
  if (weeks) {
    const monday = mondayOf(today) + 7 * weeks.weeks;
    const from = Math.max(monday, today + (weeks.weeks === 0 ? 1 : 0));
    const earliest = nextRoomDays(from, 1)[0];
    if ((facts.earliest || facts.anyTime) && earliest !== undefined && earliest < monday + 7)
      return { day: earliest };
    if (weeks.exact) return { day: today + 7 * weeks.weeks };
    const days = offer(from, Math.max(monday + 6, earliest ?? from));
    return { ask: { why: 'one_of', days, span: [from, monday + 6] } };
  }
  return facts.spans.length === 0 ? null : askSpan(facts, today);
}

function askSpan(facts: Facts, today: Day): Found {
  const { year, month } = partsOf(today);
  for (const span of facts.spans) {
    if (span.kind === 'month' && span.months > 0) {
      const [from, until] = monthOf(year, month + span.months, today);
      return { ask: { why: 'which_date', days: offer(from), span: [from, until] } };
    }
    if (span.kind === 'named-month') {
      const [from, until] = monthOf(span.month < month ? year + 1 : year, span.month, today);
      const first = Math.max(from, today + 1);
      return { ask: { why: 'one_of', days: offer(first), span: [first, until] } };
    }
  }
  return { ask: { why: 'which_date', days: offer(today + 1) } };
}

/** The first and last day of a month; `month` may run beyond twelve. */
function monthOf(year: number, month: number, today: Day): [from: Day, until: Day] {
  const first = (at: number): Day =>
    dayFrom(year + Math.floor((at - 1) / 12), ((at - 1) % 12) + 1, 1) ?? today + 30;
  return [first(month), first(month + 1) - 1];
}

/** Several ways to say the day must mean one day; otherwise the resident chooses. */
function agree(found: readonly { fact: DayFact; day: Day }[], either: boolean, today: Day): Found {
  const days = [...new Set(found.map((one) => one.day))];
  const only = days[0] ?? today;
  if (days.length === 1) return { day: only };
  const date = found.find((one) => one.fact.kind === 'date');
  const weekday = found.find((one) => one.fact.kind === 'weekday');
  if (date && weekday?.fact.kind === 'weekday' && !either) {
    if (weekdayOf(date.day) === weekday.fact.weekday) return { day: date.day };
    const near = weekday.day === today ? today + 7 : weekday.day;
    return { ask: { why: 'clash', date: date.day, days: [near, date.day] } };
  }
  const relative = found.find((one) => one.fact.kind === 'offset');
  if (
    relative &&
    weekday &&
    !either &&
    found.length === 2 &&
    weekdayOf(relative.day) === (weekday.fact.kind === 'weekday' ? weekday.fact.weekday : -1)
  )
    return { day: relative.day };
  return { ask: { why: 'one_of', days: days.filter((day) => day >= today).slice(0, 3) } };
}

/** "senin eh bukan, rabu": what follows the last correction wins, when something follows it. */
function corrected(days: readonly DayFact[], corrections: readonly number[]): DayFact[] {
  let kept = [...days];
  for (const at of corrections) {
    const before = kept.filter((fact) => fact.at < at);
    const after = kept.filter((fact) => fact.at > at);
    // "besok, eh lusa, besok beta kerja": what was taken back does not come in again.
    // "besok. eh lusa. eh besok": what stands right behind the correction does.
    const rest = after.filter((fact) => fact.at - at <= 2 || !before.some((one) => isSame(one, fact)));
    if (after.length > 0 && before.length > 0) kept = rest.length > 0 ? rest : after;
  }
  return kept;
}

function isSame(one: DayFact, other: DayFact): boolean {
  return JSON.stringify({ ...one, at: 0 }) === JSON.stringify({ ...other, at: 0 });
}

function dayOfFact(
  fact: DayFact,
  facts: Facts,
  kept: readonly DayFact[],
  said: Clock,
  today: Day,
  minute: number,
): Found {
  if (fact.kind === 'offset')
    return fact.loose && kept.length === 1
      ? { ask: { why: 'one_of', days: [today + fact.days - 1, today + fact.days] } }
      : { day: today + fact.days };
  if (fact.kind === 'holiday') {
    // "tanggal 17, habis lebaran", "besok, sebelum natal": the other says it.
    if (kept.some(({ kind }) => kind !== 'holiday' && kind !== 'weekday')) return null;
    const day = namedHoliday(fact.words, today);
    if (kept.some(({ kind }) => kind === 'weekday') && (fact.side !== 'on' || day === undefined)) return null;
    if (day === undefined) return { ask: { why: 'which_date', days: offer(today + 1) } };
    if (fact.side === 'after') return { ask: { why: 'one_of', days: offer(day + 1) } };
    if (fact.side === 'before') return { ask: { why: 'one_of', days: offer(today + 1, day - 1) } };
    return { day: day + (fact.days ?? 0) };
  }
  if (fact.kind === 'date' && fact.gone)
    return facts.days.length > 1 || isStory(facts) ? null : { ask: { why: 'past', days: [] } };
  if (fact.kind === 'date') return dateOfFact(fact, facts, said, today, minute);
  if (fact.kind === 'nth') return { day: nthOfMonth(fact, today) };
  if (fact.kind === 'later') {
    const found = dayOfFact(fact.than, facts, [fact.than], said, today, minute);
    if (!found || 'ask' in found) return found;
    const ahead = fact.weekday === null ? fact.days : (fact.weekday - weekdayOf(found.day) + 7) % 7 || 7;
    return { day: found.day + (ahead ?? 0) };
  }
  if (fact.kind === 'beside') {
    const found = dayOfFact(fact.than, facts, [fact.than], said, today, minute);
    if (!found || 'ask' in found) return found;
    const days = fact.side === 'after' ? offer(found.day + 1) : offer(today + 1, found.day - 1);
    return { ask: { why: 'one_of', days } };
  }
  const beside = kept.find((other) => other.kind === 'holiday' && other.side !== 'on');
  if (beside?.kind === 'holiday' && fact.turn === 'none') {
    const day = besideHoliday(fact.weekday, beside, today);
    if (day !== undefined) return { day };
  }
  const alone = kept.every((other) => other.kind === 'weekday');
  return weekdayOfFact(fact.weekday, fact.turn, facts, alone, said, today, minute);
}

/** A named month that has gone by is next year's. */
function nthOfMonth({ weekday, nth, month, ahead }: DayFact & { kind: 'nth' }, today: Day): Day {
  const now = partsOf(today);
  const of = (year: number): Day => {
    const [from, until] = monthOf(year, month ?? now.month + ahead, today);
    return nth > 0 ? from + ((weekday - weekdayOf(from) + 7) % 7) + 7 * (nth - 1) : until - ((weekdayOf(until) - weekday + 7) % 7); // prettier-ignore
  };
  const day = of(now.year);
  return month !== null && day < today ? of(now.year + 1) : day;
}

/** "senin habis natal", "rabu sebelum lebaran": the nearest such day on that side. */
function besideHoliday(
  weekday: number,
  { words, side }: DayFact & { kind: 'holiday' },
  today: Day,
): Day | undefined {
  const holiday = namedHoliday(words, today);
  if (holiday === undefined) return undefined;
  const after = (weekday - weekdayOf(holiday) + 7) % 7 || 7;
  const day = side === 'after' ? holiday + after : holiday + after - 7 - (after === 7 ? 7 : 0);
  return day >= today ? day : undefined;
}

function weekdayOfFact(
  weekday: number,
  turn: (DayFact & { kind: 'weekday' })['turn'],
  facts: Facts,
  alone: boolean,
  said: Clock,
  today: Day,
  minute: number,
): Found {
  const monday = mondayOf(today);
  const week = facts.spans.find((span) => span.kind === 'week');
  if (turn === 'last')
    return facts.days.length > 1 || isStory(facts) ? null : { ask: { why: 'past', days: [] } };
  if (week) return { day: monday + 7 * week.weeks + weekday };
  if (turn === 'next') return { day: monday + 7 + weekday };
  const ahead = (weekday - weekdayOf(today) + 7) % 7;
  // "rabu satunya": the one after the next.
  if (turn === 'second') return { day: today + (ahead === 0 ? 7 : ahead + 7) };
  // "senin ini" said on a Friday is the Monday to come.
  if (turn === 'this') return { day: today + ahead };
  if (ahead > 0) return { day: today + ahead };
  if (turn === 'coming') return { day: today + 7 };
  // Never read: what stands beside it settles the day.
  if (!alone) return { ask: { why: 'one_of', days: [] } };
  if (isOver(said, minute) || minute >= lastEntry + 60) return { day: today + 7 };
  return { ask: { why: 'today_or_later', days: [today, today + 7] } };
}

function dateOfFact(
  fact: DayFact & { kind: 'date' },
  facts: Facts,
  said: Clock,
  today: Day,
  minute: number,
): Found {
  const { year, month } = partsOf(today);
  const missing: Found = { ask: { why: 'no_such_date', days: offer(today + 1) } };
  if (fact.year !== null && fact.month !== null) {
    // A year long gone is a birth date or the date of a letter, not a wish.
    if (fact.year < year - 1 && facts.length > 3) return null;
    const day = dayFrom(fact.year, fact.month, fact.date);
    return day === undefined ? missing : { day };
  }
  const relative = facts.spans.find((span) => span.kind === 'month');
  if (fact.month === null && relative?.kind === 'month') {
    const at = month - 1 + relative.months;
    const day = dayFrom(year + Math.floor(at / 12), (at % 12) + 1, fact.date);
    return day === undefined ? missing : { day };
  }
  if (fact.month !== null) {
    const day = dayFrom(year, fact.month, fact.date);
    if (day !== undefined && day >= today) return { day };
    const later = dayFrom(year + 1, fact.month, fact.date);
    if (later === undefined) return missing;
    // Half a year is the line between "next January" and a slip about a date gone by.
    return later - today <= 183
      ? { day: later }
      : { ask: { why: 'gone', day: { date: fact.date, month: fact.month }, days: offer(today + 1) } };
  }
  if (fact.date === partsOf(today).date) {
    const next = nextMonthDay(today, fact.date);
    if (isOver(said, minute) || minute >= lastEntry + 60) return next === undefined ? missing : { day: next };
    return { ask: { why: 'today_or_later', days: next === undefined ? [today] : [today, next] } };
  }
  const day = dayFrom(year, month, fact.date);
  if (day !== undefined && day > today) return { day };
  const next = nextMonthDay(today, fact.date);
  return next === undefined ? missing : { day: next };
}

function nextMonthDay(today: Day, date: number): Day | undefined {
  const { year, month } = partsOf(today);
  for (let step = 1; step < 4; step += 1) {
    const at = month - 1 + step;
    const day = dayFrom(year + Math.floor(at / 12), (at % 12) + 1, date);
    if (day !== undefined) return day;
  }
  return undefined;
}

function readClock(facts: Facts): Clock | { ask: Question } | null {
  let times = facts.times;
  for (const at of facts.corrections) {
    const after = times.filter((time) => time.at > at);
    if (after.length > 0 && after.length < times.length && !after.some((time) => time.role === 'to'))
      times = after;
  }
  const part = (times.length === 0 ? facts.parts.at(-1) : nearestPart(facts.parts, times))?.part ?? null;
  if (times.length === 0) return part === null ? null : { time: null, part, from: null, to: null };
  const exact: number[] = [];
  let from: number | null = null;
  let to: number | null = null;
  let spokenPart: Part | null = null;
  for (const time of times) {
    const minutes = besidePart(time, part);
    if (minutes === null) return { ask: { why: 'no_such_hour', days: [] } };
    spokenPart ??= time.part ?? partOf(minutes - time.shift);
    if (time.role === 'from') from = minutes;
    else if (time.role === 'to') to = minutes;
    else if (!exact.includes(minutes)) exact.push(minutes);
  }
  const [time] = exact;
  if (exact.length > 1) return { ask: { why: 'which_hour', minutes: exact, days: [] } };
  if (from !== null && to !== null && to < from && to + 720 < 1440) to += 720;
  if (time !== undefined) return { time, part: times[0]?.part ?? part ?? spokenPart, from: null, to: null };
  return {
    time: null,
    part: part ?? (from === null ? partOf(Math.max(0, (to ?? 0) - 1)) : partOf(from)),
    from,
    to,
  };
}

/** So many words away a part of day still goes with an hour: "jam 3 … su tengah malam" are two things. */
const partReach = 12;

function nearestPart(parts: Facts['parts'], times: readonly TimeFact[]): Facts['parts'][number] | undefined {
  const away = (at: number): number => Math.min(...times.map((time) => Math.abs(time.at - at)));
  const [nearest] = [...parts].sort((a, b) => away(a.at) - away(b.at));
  return nearest && away(nearest.at) <= partReach ? nearest : undefined;
}

/** A part of day that stands elsewhere in the text counts for an hour, unless that makes it an hour of the night. */
function besidePart(time: TimeFact, nearby: Part | null): number | null {
  const minutes = onTheClock(time, nearby);
  const isNight = minutes !== null && (minutes < 6 * 60 || minutes >= 21 * 60);
  return isNight && time.part === null && nearby !== 'malam' ? onTheClock(time, null) : minutes;
}

/** Minutes after midnight from what was said; a bare 1 to 5 is in the afternoon, as people mean it. */
function onTheClock(time: TimeFact, nearby: Part | null): number | null {
  if (time.minutes === null) return null;
  const part = time.part ?? nearby;
  let hour = Math.floor(time.minutes / 60);
  const minute = time.minutes % 60;
  if (hour > 24 || time.minutes < 0) return null;
  if (hour === 24) hour = 0;
  else if (part === 'malam') hour = hour === 12 ? 0 : hour >= 5 && hour < 12 ? hour + 12 : hour;
  else if (part === 'sore') hour = hour < 12 ? hour + 12 : hour;
  else if (part === 'siang') hour = hour < 6 ? hour + 12 : hour;
  else if (part === 'pagi') hour = hour === 12 ? 0 : hour;
  else if (hour >= 1 && hour <= 5) hour += 12;
  return hour * 60 + minute + time.shift;
}

function partOf(minutes: number): Part {
  if (minutes < 11 * 60) return 'pagi';
  if (minutes < 15 * 60) return 'siang';
  return minutes < 18 * 60 ? 'sore' : 'malam';
}
