import { hoursOn, presenceAt } from '../src/domain/calendar.ts';
import { hotlineLine, hotlineShort } from '../src/domain/hotline.ts';
import { dayOf, formatInstant, formatTime, timeOf } from '../src/domain/wita.ts';
import type { StepContext } from './define-flow.ts';

/** What anybody may know of the room without having agreed to anything: its days, hours, place and numbers to call. */

/** `Senin dan Rabu`. */
export function openDays({ t, calendar, language }: StepContext): string {
  const days = [...calendar.room.openWeekdays].sort().map((weekday) => t(`weekday-${weekday}`));
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(days);
}

/** The hours of the next opening (they are others in Ramadan), and when that is; or that it is open now. */
export function hoursText(context: StepContext): string {
  const { t, calendar, now, language } = context;
  const presence = presenceAt(calendar, now);
  if (presence.kind === 'open') return t('hours-open-now', { closes: formatTime(timeOf(presence.until)) });
  const hours = hoursOn(calendar.room, dayOf(presence.next ?? now));
  const text = t('hours', {
    days: openDays(context),
    opens: formatTime(hours.opens),
    closes: formatTime(hours.closes),
    breakFrom: formatTime(hours.breakFrom),
    breakTo: formatTime(hours.breakTo),
  });
  return presence.next
    ? `${text} ${t('hours-next', { next: formatInstant(presence.next, language) })}`
    : text;
}

export function placeText({ t, calendar }: StepContext): string {
  return t('help-place', { address: `${calendar.room.place}, ${calendar.room.address}` });
}

export function hotlinesText({ t, hotlines, language }: StepContext): string {
  return [t('hotlines-intro'), ...hotlines.map((one) => hotlineLine(one, language))].join('\n');
}

/** Three sentences and, in one line, the numbers that do not wait for an opening: what is asked after it must be seen too. */
export function greeting(context: StepContext): string {
  const { t, hotlines, language } = context;
  const numbers = hotlines.map((one) => hotlineShort(one, language)).join('; ');
  const intro = t('greeting', { days: openDays(context) });
  return numbers === '' ? intro : `${intro}\n\n${t('hotlines-intro')} ${numbers}.`;
}
