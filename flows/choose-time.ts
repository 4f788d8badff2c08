import { z } from 'zod';
import { dayAnswer, hoursOn } from '../src/domain/calendar.ts';
import { formatDay, formatTime, minutesOf } from '../src/domain/wita.ts';
import type { Day, TimeOfDay } from '../src/domain/wita.ts';
import { understandWhen } from '../src/understanding/when.ts';
import type { Asked, When } from '../src/understanding/when.ts';
import { openDays } from './about-room.ts';
import type { Say, StepContext, Turn } from './define-flow.ts';

/** How a booking comes to its day and time: out of words, or of what is still free. */

const askedSchema = z.object({
  time: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  part: z.enum(['pagi', 'siang', 'sore', 'malam']).nullable(),
  days: z.array(z.string()),
  span: z.object({ from: z.string(), until: z.string() }).nullable(),
}) satisfies z.ZodType<Asked>;

export const bookStateSchema = z.object({
  /** The booking that is being moved; null when a new one is made. */
  moving: z.object({ id: z.string(), code: z.string() }).nullable(),
  day: z.string().nullable(),
  time: z.string().nullable(),
  /** Part of day that was asked for, to offer only its times. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** The concern that the visit is for, just received. */
  concernId: z.string().nullable(),
  /** A day that was asked for and cannot be had: the days around it are offered. */
  near: z.string().nullable().default(null),
  /** What was understood of a wish that had to be asked back ("senin jam 10": which Monday). */
  asked: askedSchema.nullable().default(null),
});
export type State = z.output<typeof bookStateSchema>;
export type Step = 'has-booking' | 'held' | 'day' | 'full' | 'time' | 'confirm' | 'cancel';
export type BookTurn = Turn<State, Step>;

export const empty: State = {
  moving: null,
  day: null,
  time: null,
  from: null,
  to: null,
  concernId: null,
  near: null,
  asked: null,
};

/** Reads a day or time out of a sentence and goes straight to the right question; null when it names neither. */
export async function fromWords(state: State, text: string, context: StepContext): Promise<BookTurn | null> {
  const when = whenMeant(state, text, context);
  if (!when) return null;
  if (when.ask) {
    const asked = when.asked ?? null;
    const closed = await closedAmong(asked?.days ?? [], context);
    const says = [closed ? whyNot(closed, context) : ({ kind: 'text', text: when.ask } as const)];
    return { next: 'day', state: { ...state, near: closed, asked }, says };
  }
  return fromWish({ ...state, asked: null }, when, context);
}

/** The first of the days that a question named, when none of them can be booked: asking between them would be idle. */
async function closedAmong(named: readonly Day[], { actions }: StepContext): Promise<Day | null> {
  const free = await actions.findFreeDays({});
  return free.some(({ day }) => named.includes(day)) ? null : (named[0] ?? null);
}

/** A day that was pressed after a question: the hour that had been said before it still stands. */
export async function fromDay(state: State, day: Day, context: StepContext): Promise<BookTurn> {
  const { asked } = state;
  const plain: State = { ...state, from: null, to: null, near: null, asked: null };
  const turn = asked ? await fromWish(plain, { ...asked, date: day }, context) : null;
  return turn ?? chooseDay(plain, day, context);
}

type Wish = Pick<When, 'date' | 'time' | 'part' | 'from' | 'to' | 'earliest' | 'anyTime'>;

/** Straight to the right question for what is wished for; null when that names no day. */
async function fromWish(state: State, when: Wish, context: StepContext): Promise<BookTurn | null> {
  const days = await context.actions.findFreeDays({});
  const asked: State = { ...state, ...hoursOf(when), time: null, near: null };

  if (when.earliest || when.anyTime) {
    const first = days.find((day) => day.left > 0 && (when.date === null || day.day >= when.date));
    if (!first) return { next: 'day', state: asked };
    const time = when.earliest ? (first.slots.find((slot) => slot.left > 0)?.time ?? null) : null;
    return { next: time ? 'confirm' : 'time', state: { ...asked, day: first.day, time } };
  }

  const day = when.date ?? state.day;
  if (!day) return null;
  if (!days.some((free) => free.day === day)) {
    return {
      next: 'day',
      state: { ...state, day: null, time: null, near: day },
      says: [whyNot(day, context)],
    };
  }
  const chosen = await chooseDay({ ...asked, day }, day, context);
  if (chosen.next !== 'time' || !when.time) return chosen;
  const slot = days.find((free) => free.day === day)?.slots.find((one) => one.time === when.time);
  if (slot && slot.left > 0) return { next: 'confirm', state: { ...asked, day, time: slot.time } };
  const near = { from: null, to: null };
  const nearest = slot ? null : nearestTo(when.time, await freeSlots({ ...asked, ...near, day }, context));
  if (nearest) {
    const says = [notOffered(day, when.time, nearest, context)];
    return { next: 'confirm', state: { ...asked, ...near, day, time: nearest }, says };
  }
  return { next: 'time', state: { ...asked, ...near, day }, says: [say(context, 'book-slot-full')] };
}

function nearestTo(time: TimeOfDay, slots: readonly { time: TimeOfDay }[]): TimeOfDay | null {
  const distance = (slot: { time: TimeOfDay }) => Math.abs(minutesOf(slot.time) - minutesOf(time));
  return [...slots].sort((a, b) => distance(a) - distance(b))[0]?.time ?? null;
}

/** Why an hour is none of that day's, where the room's hours say it, and the nearest that is. */
function notOffered(day: Day, time: TimeOfDay, nearest: TimeOfDay, context: StepContext): Say {
  const { closes, opens, breakFrom, breakTo } = hoursOn(context.calendar.room, day);
  const key =
    minutesOf(time) < minutesOf(opens) || minutesOf(time) >= minutesOf(closes)
      ? 'book-time-closed'
      : minutesOf(time) >= minutesOf(breakFrom) && minutesOf(time) < minutesOf(breakTo)
        ? 'book-time-break'
        : 'book-time-not-offered';
  const hours = { opens, closes, breakFrom, breakTo };
  const said = Object.fromEntries(Object.entries(hours).map(([name, at]) => [name, formatTime(at)]));
  return say(context, key, { ...said, time: formatTime(time), nearest: formatTime(nearest) });
}

/** An answer to a question is read in its light, and an hour without a day is of the day that was chosen. */
function whenMeant(state: State, text: string, { now, language }: StepContext): When | null {
  const chosen = state.day ? { ...nothingAsked, days: [state.day] } : null;
  const read = understandWhen(text, now, { language, asked: state.asked ?? chosen });
  // The English afternoon begins at noon, when "sore" is hours away.
  const isAfternoon = read?.part === 'sore' && !read.time && /\bafternoon\b/i.test(text);
  const when = isAfternoon ? { ...read, from: '12:00', to: '18:00' } : read;
  // "Pagi" alone is a greeting, but under a list of hours it is the morning of that day.
  const isPart = !when && state.day !== null && namesPart(text);
  return isPart ? understandWhen(`${formatDay(state.day ?? '', 'id')}, ${text}`, now) : when;
}

const nothingAsked: Asked = { time: null, from: null, to: null, part: null, days: [], span: null };

/** Whether words name a day or a part of one, so that they are more than one of the hours on offer. */
export function namesDay(text: string, { now }: StepContext): boolean {
  if (namesPart(text)) return true;
  return (understandWhen(text, now)?.date ?? null) !== null;
}

function namesPart(text: string): boolean {
  return /^\s*(yang\s+)?(pagi|siang|sore|morning|afternoon)\b/i.test(text);
}

/** Whether words name a day or a time. */
export function namesTime(text: string, { now }: StepContext): boolean {
  return understandWhen(text, now) !== null;
}

/** Hours within which times are offered: a range that was named, or the part of the day. */
function hoursOf(when: Wish): { from: string | null; to: string | null } {
  if (when.from ?? when.to) return { from: when.from ?? null, to: when.to ?? null };
  if (when.time || !when.part) return { from: null, to: null };
  const parts = {
    pagi: ['00:00', '11:00'],
    siang: ['11:00', '15:00'],
    sore: ['15:00', '18:00'],
    malam: ['18:00', '23:59'],
  };
  const [from, to] = parts[when.part];
  return { from: from ?? null, to: to ?? null };
}

export async function chooseDay(state: State, day: Day, context: StepContext): Promise<BookTurn> {
  const free = (await context.actions.findFreeDays({})).find((one) => one.day === day);
  if (!free) return { next: 'day', state: { ...state, day: null, near: day }, says: [whyNot(day, context)] };
  if (free.left === 0 && state.moving) {
    const says = [say(context, 'book-day-full-move', { day: formatDay(day, context.language) })];
    return { next: 'day', state: { ...state, day: null }, says };
  }
  if (free.left === 0) return { next: 'full', state: { ...state, day } };
  return { next: 'time', state: { ...state, day } };
}

/** So many days are offered at once, and so many around one that cannot be had. */
export const mostDays = 9;
const mostNear = 4;

/** The days to press: those that a question named, or those around the one that was asked for, or the first. */
export function daysToOffer<T extends { day: Day }>(
  days: readonly T[],
  { near, asked }: State,
): readonly T[] {
  const among = days.filter(({ day }) => asked?.days.includes(day));
  if (among.length > 1) return among;
  if (near === null) return days.slice(0, mostDays);
  const after = days.findIndex(({ day }) => day >= near);
  const from = (after < 0 ? days.length : after) - mostNear / 2;
  const start = Math.max(0, Math.min(from, days.length - mostNear));
  return days.slice(start, start + mostNear);
}

/** Why a day cannot be booked, in a sentence. */
function whyNot(day: Day, context: StepContext): Say {
  const { calendar, language } = context;
  const answer = dayAnswer(calendar, day);
  const name = formatDay(day, language);
  if (answer.kind === 'closure')
    return say(context, 'book-closed', { day: name, reason: answer.closure.name });
  if (answer.kind === 'weekday')
    return say(context, 'book-wrong-weekday', { day: name, days: openDays(context) });
  return say(context, 'book-out-of-reach', { day: name, days: calendar.room.horizonDays });
}

/** Free times of the chosen day within the hours asked for; all of them when none is left there. */
export async function freeSlots(state: State, context: StepContext) {
  const days = await context.actions.findFreeDays({});
  const free = (days.find((day) => day.day === state.day)?.slots ?? []).filter((slot) => slot.left > 0);
  const within = free.filter(
    (slot) =>
      (!state.from || minutesOf(slot.time) >= minutesOf(state.from)) &&
      (!state.to || minutesOf(slot.time) < minutesOf(state.to)),
  );
  return within.length > 0 ? within : free;
}

export function say(context: StepContext, key: string, args?: Record<string, string | number>): Say {
  return { kind: 'text', text: context.t(key, args) };
}
