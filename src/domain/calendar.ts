import type { OpeningHours, Room } from './room.ts';
import { addDays, dayOf, instantOf, minutesOf, timeOf, timeOfMinutes, weekdayOf } from './wita.ts';
import type { Day, TimeOfDay } from './wita.ts';

/** A day on which the room (or the whole city hall) is closed, and why. */
export type Closure = { day: Day; name: string; kind: 'libur_nasional' | 'cuti_bersama' | 'admin' };

/** What the calendar rules need to know. */
export type RoomCalendar = { room: Room; closures: ReadonlyMap<Day, Closure> };

/** One opening of the room. */
export type Session = {
  day: Day;
  opens: TimeOfDay;
  closes: TimeOfDay;
  /** Start times of its slots, in order; none reaches into the break. */
  slots: TimeOfDay[];
};

export type DayAnswer =
  { kind: 'open'; session: Session } | { kind: 'closure'; closure: Closure } | { kind: 'weekday' };

export function dayAnswer(calendar: RoomCalendar, day: Day): DayAnswer {
  const closure = calendar.closures.get(day);
  const opensThatWeekday = calendar.room.openWeekdays.includes(weekdayOf(day));
  if (closure && opensThatWeekday) return { kind: 'closure', closure };
  if (!opensThatWeekday) return { kind: 'weekday' };
  return { kind: 'open', session: sessionOn(calendar.room, day) };
}

/** The hours that hold on a day, if the room opens on it. */
export function hoursOn(room: Room, day: Day): OpeningHours {
  const isRamadan = room.ramadanWindows.some((window) => window.from <= day && day <= window.to);
  return isRamadan ? room.ramadanHours : room.hours;
}

function sessionOn(room: Room, day: Day): Session {
  const { opens, closes, breakFrom, breakTo } = hoursOn(room, day);
  const slots: TimeOfDay[] = [];
  for (let at = minutesOf(opens); at + room.slotMinutes <= minutesOf(closes); at += room.slotMinutes) {
    const overlapsBreak = at < minutesOf(breakTo) && at + room.slotMinutes > minutesOf(breakFrom);
    if (!overlapsBreak) slots.push(timeOfMinutes(at));
  }
  return { day, opens, closes, slots };
}

/** Open sessions from the day of `now` up to the horizon, today included. */
export function sessionsAhead(calendar: RoomCalendar, now: Date): Session[] {
  const today = dayOf(now);
  const sessions: Session[] = [];
  for (let ahead = 0; ahead <= calendar.room.horizonDays; ahead += 1) {
    const answer = dayAnswer(calendar, addDays(today, ahead));
    if (answer.kind === 'open') sessions.push(answer.session);
  }
  return sessions;
}

export function isSlotBookable(calendar: RoomCalendar, now: Date, day: Day, time: TimeOfDay): boolean {
  const answer = dayAnswer(calendar, day);
  if (answer.kind !== 'open' || !answer.session.slots.includes(time)) return false;
  if (day > addDays(dayOf(now), calendar.room.horizonDays)) return false;
  return isInTime(calendar.room, now, day, time);
}

/** A place that somebody has, as far as it counts here. */
export type Seated = { day: Day; time: TimeOfDay; status: string; createdAt: Date };

/**
 * Those whose place the room no longer has: the day or the hour is not open (any more), or the slot has fewer places
 * than there are people, the last come losing theirs. Only who is still to come (`booked`, `held`, from `now` on) can.
 * Notice and horizon do not count: they are for new bookings.
 */
export function withoutPlace<B extends Seated>(calendar: RoomCalendar, now: Date, seated: readonly B[]): B[] {
  const slots = new Map<string, B[]>();
  for (const one of seated) {
    const slot = `${one.day} ${one.time}`;
    slots.set(slot, [...(slots.get(slot) ?? []), one]);
  }
  return [...slots.values()].flatMap((inSlot) => {
    const [first] = inSlot;
    if (!first || instantOf(first.day, first.time) <= now) return [];
    const answer = dayAnswer(calendar, first.day);
    const isOpen = answer.kind === 'open' && answer.session.slots.includes(first.time);
    const places = isOpen ? calendar.room.seatsPerSlot : 0;
    const coming = inSlot.filter(({ status }) => status === 'booked' || status === 'held');
    const here = inSlot.length - coming.length;
    return [...coming]
      .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
      .slice(Math.max(0, places - here));
  });
}

/** Whether there is notice enough before a slot that {@link sessionsAhead} named. */
export function isInTime(room: Room, now: Date, day: Day, time: TimeOfDay): boolean {
  return instantOf(day, time).getTime() - now.getTime() >= room.noticeMinutes * 60_000;
}

/** The room as an officer books in it, for somebody at the counter: without notice, the slot that runs included. */
export function withoutNotice(calendar: RoomCalendar): RoomCalendar {
  return { ...calendar, room: { ...calendar.room, noticeMinutes: -calendar.room.slotMinutes } };
}

export type Presence =
  /** The room is open; officers are there until `until`. */
  | { kind: 'open'; until: Date }
  /** Closed; `next` is when it opens again, null if nothing opens within a year. */
  | { kind: 'closed'; next: Date | null };

/** Whether somebody is in the room now, and otherwise when somebody will be. The break counts as open. */
export function presenceAt(calendar: RoomCalendar, now: Date): Presence {
  const today = dayOf(now);
  const answer = dayAnswer(calendar, today);
  const time = timeOf(now);
  if (answer.kind === 'open') {
    if (time < answer.session.opens) return { kind: 'closed', next: instantOf(today, answer.session.opens) };
    if (time < answer.session.closes) return { kind: 'open', until: instantOf(today, answer.session.closes) };
  }
  for (let ahead = 1; ahead <= 366; ahead += 1) {
    const later = dayAnswer(calendar, addDays(today, ahead));
    if (later.kind === 'open') {
      return { kind: 'closed', next: instantOf(later.session.day, later.session.opens) };
    }
  }
  return { kind: 'closed', next: null };
}

/** Monday to Friday that is no holiday: the clock of agencies and of promises, not of the room. */
export function isWorkingDay(closures: ReadonlyMap<Day, Closure>, day: Day): boolean {
  const weekday = weekdayOf(day);
  const closure = closures.get(day);
  return weekday >= 1 && weekday <= 5 && (closure === undefined || closure.kind === 'admin');
}

/** The day that is `count` working days after `day` (which itself is not counted). */
export function addWorkingDays(closures: ReadonlyMap<Day, Closure>, day: Day, count: number): Day {
  let at = day;
  for (let left = count; left > 0;) {
    at = addDays(at, 1);
    if (isWorkingDay(closures, at)) left -= 1;
  }
  return at;
}

/** `now` itself, or the end of the quiet hours that `now` falls into. */
export function afterQuietHours(room: Room, now: Date): Date {
  const time = timeOf(now);
  const today = dayOf(now);
  const isOvernight = room.quietFrom > room.quietTo;
  const isQuiet = isOvernight
    ? time >= room.quietFrom || time < room.quietTo
    : time >= room.quietFrom && time < room.quietTo;
  if (!isQuiet) return now;
  return instantOf(isOvernight && time >= room.quietFrom ? addDays(today, 1) : today, room.quietTo);
}

type Span = { from: Date; to: Date };

/** When officers serve on a day: the opening without its break. Nothing on a closed day. */
function serviceSpans(calendar: RoomCalendar, day: Day): Span[] {
  if (dayAnswer(calendar, day).kind !== 'open') return [];
  const { opens, closes, breakFrom, breakTo } = hoursOn(calendar.room, day);
  const spans =
    breakFrom < breakTo && breakFrom > opens && breakTo < closes
      ? [
          [opens, breakFrom],
          [breakTo, closes],
        ]
      : [[opens, closes]];
  return spans.map(([from = opens, to = closes]) => ({
    from: instantOf(day, from),
    to: instantOf(day, to),
  }));
}

/** Whether officers serve at this instant; not in the break. */
export function isServiceTime(calendar: RoomCalendar, now: Date): boolean {
  return serviceSpans(calendar, dayOf(now)).some((span) => span.from <= now && now < span.to);
}

/**
 * The instant at which so many minutes of service have passed since `from`: closed days, nights and breaks do not
 * count. Null when that is not within a year.
 */
export function addServiceMinutes(calendar: RoomCalendar, from: Date, minutes: number): Date | null {
  let leftMs = minutes * 60_000;
  const today = dayOf(from);
  for (let ahead = 0; ahead <= 366; ahead += 1) {
    for (const span of serviceSpans(calendar, addDays(today, ahead))) {
      const start = Math.max(span.from.getTime(), from.getTime());
      const servesMs = span.to.getTime() - start;
      if (servesMs <= 0) continue;
      if (leftMs <= servesMs) return new Date(start + leftMs);
      leftMs -= servesMs;
    }
  }
  return null;
}

/** Minutes of service between two instants, 0 when `to` is not after `from`. */
export function serviceMinutesBetween(calendar: RoomCalendar, from: Date, to: Date): number {
  let ms = 0;
  const last = dayOf(to);
  for (let day = dayOf(from); day <= last; day = addDays(day, 1)) {
    for (const span of serviceSpans(calendar, day)) {
      ms += Math.max(
        0,
        Math.min(span.to.getTime(), to.getTime()) - Math.max(span.from.getTime(), from.getTime()),
      );
    }
  }
  return ms / 60_000;
}
