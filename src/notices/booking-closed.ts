import { findFreeDays } from '../actions/find-free-slots.ts';
import { formatDayShort, formatMoment, formatTime } from '../domain/wita.ts';
import { defineNotice } from './define-notice.ts';
import { readBooking } from './read-subject.ts';

/** A day that has bookings was closed: each resident hears at once, with the nearest free slots to press. */
export const bookingClosed = defineNotice({
  kind: 'booking-closed',
  isReminder: false,
  passesQuietHours: false,
  async write(tx, notice, { t, language, calendar }) {
    const booking = await readBooking(tx, notice);
    if (!booking) return { kind: 'drop', why: 'booking gone' };
    // Read here: the calendar at hand may be older than the closing.
    const { rows } = await tx.query<{ name: string }>(`SELECT name FROM closure WHERE day = $1`, [
      booking.day,
    ]);
    const closure = rows[0];
    if (!closure) return { kind: 'drop', why: 'the day is open again' };
    const days = (await findFreeDays(tx, { calendar })).filter((day) => day.day !== booking.day);
    const nearest = days
      .flatMap((day) =>
        day.slots.filter((slot) => slot.left > 0).map((slot) => ({ day: day.day, time: slot.time })),
      )
      .slice(0, 4);
    return {
      kind: 'say',
      text: t('notice-booking-closed', {
        code: booking.code,
        when: formatMoment(booking.day, booking.time, language),
        reason: closure.name,
      }),
      answers: [
        ...nearest.map(({ day, time }) => ({
          verb: 'slot',
          code: `${day}.${time.replace(':', '')}`,
          label: `${formatDayShort(day, language)}, ${formatTime(time)}`,
        })),
        { verb: 'rebook', code: booking.code, label: t('notice-rebook') },
      ],
    };
  },
});
