import { clock, monthName, partsOf, spokenDay, weekdayName, weekdayOf, type Day, type Language } from './calendar-day.ts'; // prettier-ignore
import type { Part } from './when-facts.ts';

/**
 * Why a wish cannot be taken as it is. `days` are the days that the question offers, and `span` the days among which
 * the answer lies ("bulan depan"), both ends included.
 */
export type Question = { days: readonly Day[]; span?: readonly [from: Day, until: Day] } & (
  | { why: 'past' }
  | { why: 'gone'; day: Day | { date: number; month: number } }
  | { why: 'which_day'; of: { minutes: number } | { part: Part | null } }
  | { why: 'one_of' }
  | { why: 'which_date' }
  | { why: 'no_such_date' }
  | { why: 'clash'; date: Day }
  | { why: 'today_or_later' }
  | { why: 'no_such_hour' }
  | { why: 'which_hour'; minutes: readonly number[] }
);

/** The question as the resident reads it. */
export function ask(question: Question, language: Language): string {
  return language === 'en' ? inEnglish(question) : inIndonesian(question);
}

function spoken(days: readonly Day[], language: Language): string {
  return days.map((day) => spokenDay(day, language)).join(language === 'en' ? ' or ' : ' atau ');
}

function hour(minutes: number): string {
  return clock(minutes).replace(':', '.');
}

function inIndonesian(question: Question): string {
  const { why, days } = question;
  const list = spoken(days, 'id');
  const choice = list === '' ? 'Mau hari apa?' : `${list}?`;
  const wish = days.length === 0 ? 'mau hari apa?' : `mau hari apa? ${choice}`;
  switch (why) {
    case 'past':
      return `Waktu itu sudah lewat; ${wish}`;
    case 'gone':
      return `${named(question.day, 'id')} sudah lewat; ${wish}`;
    case 'which_day': {
      const { of } = question;
      const what = 'minutes' in of ? `Jam ${hour(of.minutes)}` : capital(of.part ?? 'jam itu');
      return `${what} hari apa? ${choice}`;
    }
    case 'one_of':
      return choice;
    case 'which_date':
      return `Tanggal berapa? Misalnya ${choice}`;
    case 'no_such_date':
      return `Tanggal itu tidak ada; maksudnya tanggal berapa? Misalnya ${choice}`;
    case 'clash': {
      const weekday = weekdayName(weekdayOf(question.date), 'id');
      return `${named(partsOf(question.date), 'id')} itu hari ${weekday}; maksudnya ${choice}`;
    }
    case 'today_or_later': {
      const [today = 0, later] = days;
      const other = later === undefined ? 'bulan depan' : spokenDay(later, 'id');
      return `Hari ini, ${spokenDay(today, 'id')}, atau ${other}?`;
    }
    case 'no_such_hour':
      return 'Jam itu tidak ada; maksudnya jam berapa?';
    case 'which_hour':
      return `Jam ${question.minutes.map(hour).join(' atau jam ')}?`;
  }
}

const partInEnglish: Readonly<Record<Part, string>> = {
  pagi: 'In the morning',
  siang: 'At midday',
  sore: 'In the afternoon',
  malam: 'In the evening',
};

function inEnglish(question: Question): string {
  const { why, days } = question;
  const list = spoken(days, 'en');
  const choice = list === '' ? 'Which day would you like?' : `${list}?`;
  const wish = days.length === 0 ? 'which day would you like?' : `which day would you like? ${choice}`;
  switch (why) {
    case 'past':
      return `That time has passed; ${wish}`;
    case 'gone':
      return `${named(question.day, 'en')} has passed; ${wish}`;
    case 'which_day': {
      const { of } = question;
      const what =
        'minutes' in of
          ? `At ${hour(of.minutes)}`
          : of.part === null
            ? 'At that hour'
            : partInEnglish[of.part];
      return `${what}, on which day? ${choice}`;
    }
    case 'one_of':
      return choice;
    case 'which_date':
      return `Which date? For example ${choice}`;
    case 'no_such_date':
      return `That date does not exist; which one do you mean? For example ${choice}`;
    case 'clash': {
      const weekday = weekdayName(weekdayOf(question.date), 'en');
      return `${named(partsOf(question.date), 'en')} is a ${weekday}; do you mean ${choice}`;
    }
    case 'today_or_later': {
      const [today = 0, later] = days;
      const other = later === undefined ? 'next month' : spokenDay(later, 'en');
      return `Today, ${spokenDay(today, 'en')}, or ${other}?`;
    }
    case 'no_such_hour':
      return 'There is no such hour; which one do you mean?';
    case 'which_hour':
      return `At ${question.minutes.map(hour).join(' or at ')}?`;
  }
}

/** "Senin 30 Nov", or "30 Nov" when only the date was said. */
function named(day: Day | { date: number; month: number }, language: Language): string {
  return typeof day === 'number' ? spokenDay(day, language) : `${day.date} ${monthName(day.month, language)}`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
