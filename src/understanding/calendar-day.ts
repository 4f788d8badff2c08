import holidays from './data/holidays.json' with { type: 'json' };

/**
 * Days as whole numbers since 1970-01-01, in WITA (UTC+8, no daylight saving): arithmetic without a
 * clock and without a time zone database.
 */
export type Day = number;

const witaMs = 8 * 3_600_000;
const dayMs = 86_400_000;

/** The languages that a resident may be asked in. */
export type Language = 'id' | 'en';

const weekdayNames: Readonly<Record<Language, readonly string[]>> = {
  id: ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu', 'Minggu'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};
const monthNames: Readonly<Record<Language, readonly string[]>> = {
  id: ['Jan', 'Feb', 'Mar', 'Apr', 'Mei', 'Jun', 'Jul', 'Agu', 'Sep', 'Okt', 'Nov', 'Des'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
};

/** Monday and Wednesday; used to suggest days in a question, never to refuse one. */
const roomDays: readonly number[] = [0, 2];

export function dayOf(now: Date): Day {
  return Math.floor((now.getTime() + witaMs) / dayMs);
}

/** Minutes after midnight, WITA. */
export function minuteOf(now: Date): number {
  const ms = now.getTime() + witaMs;
  return Math.floor((ms - Math.floor(ms / dayMs) * dayMs) / 60_000);
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayOf(day: Day): number {
  return (((day + 3) % 7) + 7) % 7;
}

export function mondayOf(day: Day): Day {
  return day - weekdayOf(day);
}

export function partsOf(day: Day): { year: number; month: number; date: number } {
  const at = new Date(day * dayMs);
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, date: at.getUTCDate() };
}

/** Undefined for a date that does not exist (31 November). */
export function dayFrom(year: number, month: number, date: number): Day | undefined {
  if (month < 1 || month > 12 || date < 1 || date > 31 || year < 1970 || year > 2200) return undefined;
  const day = Math.round(Date.UTC(year, month - 1, date) / dayMs);
  return partsOf(day).date === date ? day : undefined;
}

/** The day of a yyyy-mm-dd. */
export function dayOfIso(iso: string): Day {
  return Math.round(Date.parse(`${iso}T00:00:00Z`) / dayMs);
}

export function isoOf(day: Day): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** `weekday` 0 for Monday. */
export function weekdayName(weekday: number, language: Language): string {
  return weekdayNames[language][weekday] ?? '';
}

/** `month` from 1. */
export function monthName(month: number, language: Language): string {
  return monthNames[language][month - 1] ?? '';
}

/** "Senin 30 Nov": how a question names a day. */
export function spokenDay(day: Day, language: Language): string {
  const { month, date } = partsOf(day);
  return `${weekdayName(weekdayOf(day), language)} ${date} ${monthName(month, language)}`;
}

export function clock(minutes: number): string {
  const hour = Math.floor(minutes / 60);
  return `${String(hour).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** The first `count` room days from `from` on, holidays left out. */
export function nextRoomDays(from: Day, count: number): Day[] {
  const found: Day[] = [];
  for (let day = from; found.length < count && day < from + 120; day += 1) {
    if (roomDays.includes(weekdayOf(day)) && !isHoliday(day)) found.push(day);
  }
  return found;
}

export function isRoomDay(day: Day): boolean {
  return roomDays.includes(weekdayOf(day)) && !isHoliday(day);
}

function isHoliday(day: Day): boolean {
  const iso = isoOf(day);
  return holidays.some((holiday) => holiday.date === iso);
}

/** The next day on or after `from` whose holiday name holds one of the words. */
export function namedHoliday(words: readonly string[], from: Day): Day | undefined {
  const iso = isoOf(from);
  for (const holiday of holidays) {
    const name = holiday.name.toLowerCase();
    if (holiday.date >= iso && !name.startsWith('cuti') && words.some((word) => name.includes(word))) {
      return dayOfIso(holiday.date);
    }
  }
  return undefined;
}
