/** Times as the room lives them, whatever the clock of the browser's machine is set to. */
const zone = 'Asia/Makassar';

const clockFormat = new Intl.DateTimeFormat('id-ID', {
  timeZone: zone,
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});
const dayFormat = new Intl.DateTimeFormat('id-ID', {
  timeZone: zone,
  weekday: 'long',
  day: 'numeric',
  month: 'long',
});
const dateFormat = new Intl.DateTimeFormat('id-ID', {
  timeZone: zone,
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const shortDayFormat = new Intl.DateTimeFormat('id-ID', {
  timeZone: zone,
  weekday: 'short',
  day: 'numeric',
  month: 'short',
});
const monthFormat = new Intl.DateTimeFormat('id-ID', { timeZone: zone, month: 'long', year: 'numeric' });
const numberFormat = new Intl.NumberFormat('id-ID', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const isoFormat = new Intl.DateTimeFormat('sv-SE', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

export function clock(at: string): string {
  return clockFormat.format(new Date(at)).replace(':', '.');
}

export function dayOf(at: string): string {
  return isoFormat.format(new Date(at));
}

/** `Senin, 30 November` of a day `yyyy-mm-dd` or an instant. */
export function longDay(at: string): string {
  return dayFormat.format(new Date(at.length === 10 ? `${at}T12:00:00+08:00` : at));
}

export function shortDate(at: string): string {
  return dateFormat.format(new Date(at.length === 10 ? `${at}T12:00:00+08:00` : at));
}

/** `Rab, 2 Des` of a day. */
export function shortDay(day: string): string {
  return shortDayFormat.format(new Date(`${day}T12:00:00+08:00`));
}

/** Whole days from one day `yyyy-mm-dd` to a later one. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** `November 2026` of a month `yyyy-mm`. */
export function monthName(month: string): string {
  return monthFormat.format(new Date(`${month}-15T12:00:00+08:00`));
}

/** A number with two decimals as it is written in Indonesia: `87,50`. */
export function decimal(value: number): string {
  return numberFormat.format(value);
}

export function moment(at: string): string {
  return `${longDay(at)}, ${clock(at)} WITA`;
}

export function slotTime(time: string): string {
  return time.replace(':', '.');
}

/** How long somebody has waited, as one says it. */
export function since(at: string, now: number): string {
  const minutes = Math.max(0, Math.floor((now - Date.parse(at)) / 60_000));
  if (minutes < 1) return 'baru saja';
  if (minutes < 60) return `${minutes} menit`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} jam` : `${hours} jam ${minutes % 60} mnt`;
  const days = Math.floor(hours / 24);
  return `${days} hari`;
}

export function minutesSince(at: string, now: number): number {
  return Math.max(0, (now - Date.parse(at)) / 60_000);
}
