import { language } from './words.ts';

/** Times as the room reads them, wherever the phone's own clock stands. */
const timeZone = 'Asia/Makassar';

function format(at: Date, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language() === 'id' ? 'id-ID' : 'en-GB', { timeZone, ...options }).format(
    at,
  );
}

export function dayOf(at: Date): string {
  return format(at, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

export function timeOf(at: Date): string {
  return `${format(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).replace(':', '.')} WITA`;
}

/** "Senin & Rabu, 08.00–16.00 WITA" */
export function openingOf(weekdays: readonly number[], opens: string, closes: string): string {
  // 4 January 1970 was a Sunday.
  const names = weekdays.map((day) => format(new Date(Date.UTC(1970, 0, 4 + day, 4)), { weekday: 'long' }));
  const days =
    names.length > 2 ? `${names.slice(0, -1).join(', ')} & ${names[names.length - 1]}` : names.join(' & ');
  return `${days}, ${opens.replace(':', '.')}–${closes.replace(':', '.')} WITA`;
}
