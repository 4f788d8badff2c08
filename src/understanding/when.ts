import { clock, isoOf, type Language } from './calendar-day.ts';
import { normalise, type Normalised } from './normalise.ts';
import { withAsked } from './when-asked.ts';
import { ask } from './when-question.ts';
import { noClock, resolve, type Clock, type Resolved } from './when-resolve.ts';
import { scan } from './when-scan.ts';
import { keepWished } from './when-wish.ts';

export type { Language } from './calendar-day.ts';
export type DayPart = 'pagi' | 'siang' | 'sore' | 'malam';

/** When the resident would like to come. `ask` set means: date and time are null, put this question first. */
export type When = {
  /** yyyy-mm-dd in WITA; never before today. Whether the room is open then is the caller's business. */
  date: string | null;
  /** HH:MM in WITA. */
  time: string | null;
  part: DayPart | null;
  ask: string | null;
  /** Bounds of a range ("antara jam 9 deng 11", "habis jam 1"); `time` is null then. */
  from?: string | null;
  to?: string | null;
  /** "yang paling cepat": `date` is the next room day, the caller looks for the first free slot from there. */
  earliest?: boolean;
  /** "kapan saja". */
  anyTime?: boolean;
  /** With `ask`: what was understood all the same, to be given with the answer as {@link WhenOptions.asked}. */
  asked?: Asked;
};

/** What stands while a question is open: the hour that was said, and the days among which the answer lies. */
export type Asked = {
  /** HH:MM. */
  time: string | null;
  from: string | null;
  to: string | null;
  part: DayPart | null;
  /** yyyy-mm-dd, as the question offered them. */
  days: string[];
  /** The first and last day of the week or month that was named. */
  span: { from: string; until: string } | null;
};

export type WhenOptions = {
  /** What is asked back is asked in this language; else in the one of the text. */
  language?: Language;
  /** The text answers a question: what had been understood before it. */
  asked?: Asked | null;
};

/** Null when the text names no time. */
export function understandWhen(text: string, now: Date, options: WhenOptions = {}): When | null {
  return whenIn(normalise(text), now, options);
}

/** The same, for a caller that has normalised already. */
export function whenIn(normal: Normalised, now: Date, { language, asked }: WhenOptions = {}): When | null {
  const facts = withAsked(keepWished(scan(normal), normal, now), asked ?? null, now);
  const resolved = resolve(facts, now, asked ? clockOf(asked) : noClock);
  if (!resolved) return null;
  if (resolved.kind === 'ask') {
    const { question } = resolved;
    return {
      date: null,
      time: null,
      part: null,
      ask: ask(question, language ?? languageOf(normal)),
      asked: askedOf(resolved, asked ?? null),
    };
  }
  const { time, part, from, to } = resolved.clock;
  return {
    date: isoOf(resolved.day),
    time: time === null ? null : clock(time),
    part,
    ask: null,
    ...(from === null ? {} : { from: clock(from) }),
    ...(to === null ? {} : { to: clock(to) }),
    ...(facts.earliest ? { earliest: true } : {}),
    ...(facts.anyTime ? { anyTime: true } : {}),
  };
}

function askedOf({ question, clock: said }: Resolved & { kind: 'ask' }, before: Asked | null): Asked {
  const text = (minutes: number | null): string | null => (minutes === null ? null : clock(minutes));
  const { days, span } = question;
  return {
    time: text(said.time),
    from: text(said.from),
    to: text(said.to),
    part: said.part,
    days: days.length > 0 ? days.map(isoOf) : (before?.days ?? []),
    span: span ? { from: isoOf(span[0]), until: isoOf(span[1]) } : (before?.span ?? null),
  };
}

function clockOf({ time, from, to, part }: Asked): Clock {
  const minutes = (text: string | null): number | null =>
    text === null ? null : Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
  return { time: minutes(time), from: minutes(from), to: minutes(to), part };
}

const english = new Set(
  'the next this week month monday tuesday wednesday thursday friday saturday sunday tomorrow today yesterday morning afternoon evening at am pm can could i come please want would like book on is it my appointment around after before or and to for january february march may june july august october december christmas'.split(
    ' ',
  ),
);

/** Of a text without a single English word that is not Indonesian too, nobody would say that it is English. */
function languageOf({ tokens }: Normalised): Language {
  const spoken = tokens.filter(({ raw }) => !/^\d/.test(raw));
  const said = spoken.filter(({ raw }) => english.has(raw)).length;
  return said > 0 && said * 2 >= spoken.length ? 'en' : 'id';
}
