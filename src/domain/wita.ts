/**
 * Time as the room lives it: WITA (Asia/Makassar), UTC+8 without daylight saving. A day is a string
 * `yyyy-mm-dd` and a time of day `HH:MM`; only these functions turn them into instants and back.
 */
export type Day = string;
/** `yyyy-mm`. */
export type Month = string;
export type TimeOfDay = string;
export type Language = 'id' | 'en';

const offsetMs = 8 * 60 * 60 * 1000;
const dayMs = 24 * 60 * 60 * 1000;

const dayNames = {
  id: ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
} as const;

const monthNames = {
  id: 'Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
} as const;

export function dayOf(instant: Date): Day {
  return new Date(instant.getTime() + offsetMs).toISOString().slice(0, 10);
}

export function timeOf(instant: Date): TimeOfDay {
  return new Date(instant.getTime() + offsetMs).toISOString().slice(11, 16);
}

export function instantOf(day: Day, time: TimeOfDay): Date {
  return new Date(`${day}T${time}:00+08:00`);
}

export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10);
}

export function monthOf(instant: Date): Month {
  return dayOf(instant).slice(0, 7);
}

export function addMonths(month: Month, count: number): Month {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count;
  return `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}`;
}

/** From the first to the last, both included; none where the last is before the first. */
export function monthsBetween(from: Month, to: Month): Month[] {
  const months: Month[] = [];
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month);
  return months;
}

/** 0 Sunday … 6 Saturday. */
export function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

export function minutesOf(time: TimeOfDay): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

export function timeOfMinutes(minutes: number): TimeOfDay {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

export function weekdayName(day: Day, language: Language): string {
  return dayNames[language][weekdayOf(day)] ?? '';
}

/** 1 to 12, of an Indonesian or English name; null for any other word. */
export function monthNumber(name: string): number | null {
  const wanted = name.toLowerCase();
  for (const names of [monthNames.id, monthNames.en]) {
    const at = names.findIndex((month) => month.toLowerCase() === wanted);
    if (at >= 0) return at + 1;
  }
  return null;
}

/** `Senin, 30 November 2026`. */
export function formatDay(day: Day, language: Language): string {
  const month = monthNames[language][Number(day.slice(5, 7)) - 1] ?? '';
  return `${weekdayName(day, language)}, ${Number(day.slice(8, 10))} ${month} ${day.slice(0, 4)}`;
}

/** `November 2026`. */
export function formatMonth(month: Month, language: Language): string {
  return `${monthNames[language][Number(month.slice(5, 7)) - 1] ?? ''} ${month.slice(0, 4)}`;
}

/** `Senin, 30 November`, for lists where the year is plain. */
export function formatDayShort(day: Day, language: Language): string {
  return formatDay(day, language).slice(0, -5);
}

/** `09.00`, as times are written in Indonesia. */
export function formatTime(time: TimeOfDay): string {
  return time.replace(':', '.');
}

/** `Senin, 30 November 2026, 09.00 WITA`: every time a person reads has day, date and zone. */
export function formatMoment(day: Day, time: TimeOfDay, language: Language): string {
  return `${formatDay(day, language)}, ${formatTime(time)} WITA`;
}

export function formatInstant(instant: Date, language: Language): string {
  return formatMoment(dayOf(instant), timeOf(instant), language);
}
