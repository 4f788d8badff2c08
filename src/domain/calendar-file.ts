import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { instantOf } from './wita.ts';
import type { Day, TimeOfDay } from './wita.ts';

/**
 * The `.ics` of a booking. The UID is the booking's code and SEQUENCE its revision, so a calendar that has the
 * old time replaces it when the booking moves. It never says what the visit is about.
 */
export function calendarFile(booking: {
  code: string;
  day: Day;
  time: TimeOfDay;
  revision: number;
  minutes: number;
  title: string;
  description: string;
  location: string;
  latitude: number;
  longitude: number;
  isCancelled: boolean;
  now: Date;
}): string {
  const start = instantOf(booking.day, booking.time);
  const calendar = ical({
    prodId: { company: 'kupangkota.go.id', product: 'bestie', language: 'ID' },
    method: booking.isCancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
  });
  calendar.createEvent({
    id: `${booking.code}@bestie.kupangkota.go.id`,
    sequence: booking.revision,
    stamp: booking.now,
    start,
    end: new Date(start.getTime() + booking.minutes * 60_000),
    summary: booking.title,
    description: booking.description,
    location: {
      title: booking.location,
      geo: { lat: booking.latitude, lon: booking.longitude },
    },
    status: booking.isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  return calendar.toString();
}
