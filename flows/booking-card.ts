import type { BookingFacts } from '../src/actions/book-slot.ts';
import { calendarFile } from '../src/domain/calendar-file.ts';
import { formatMoment } from '../src/domain/wita.ts';
import type { Say, StepContext } from './define-flow.ts';

/**
 * What a resident gets when a booking stands: code, day and time, the place on a map, and a calendar file. `carried`: codes
 * of concerns that were attached to an earlier visit, and are to this one now.
 */
export function bookingSays(
  booking: BookingFacts,
  context: StepContext,
  occasion: 'booked' | 'moved',
  carried: readonly string[] = [],
): Say[] {
  const { t, language, calendar, now } = context;
  const { room } = calendar;
  const file = calendarFile({
    code: booking.code,
    day: booking.day,
    time: booking.time,
    revision: booking.revision,
    minutes: room.slotMinutes,
    title: room.name,
    description: t('calendar-description', { code: booking.code }),
    location: `${room.place}, ${room.address}`,
    latitude: room.latitude,
    longitude: room.longitude,
    isCancelled: false,
    now,
  });
  const booked = t(`book-${occasion}`, {
    code: booking.code,
    when: formatMoment(booking.day, booking.time, language),
    place: room.place,
    address: room.address,
  });
  const text =
    carried.length > 0 ? `${booked}\n\n${t('book-carried', { codes: carried.join(', ') })}` : booked;
  return [
    { kind: 'text', text, commands: ['curhat', 'status'] },
    { kind: 'venue' },
    { kind: 'file', name: `${booking.code}.ics`, mime: 'text/calendar', text: file },
  ];
}
