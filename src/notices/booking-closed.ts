import { findFreeDays } from '../actions/find-free-slots.ts';
import { formatDayShort, formatMoment, formatTime } from '../domain/wita.ts';
import { loadRoomFacts } from '../store/room-facts.ts';
import { defineNotice } from './define-notice.ts';
import { readBooking } from './read-subject.ts';

/**
 * A day was closed, or hours or seats were changed, and a booking has no place any more: its resident hears at once, with
 * the nearest free slots to press.
 */
export const bookingClosed = defineNotice({
  kind: 'booking-closed',
  isReminder: false,
  passesQuietHours: false,
  async write(tx, notice, { t, language }) {
    const booking = await readBooking(tx, notice);
    if (!booking) return { kind: 'drop', why: 'booking gone' };
    // Read here: the calendar at hand may be older than the change.
    const { calendar } = await loadRoomFacts(tx);
    const closure = calendar.closures.get(booking.day);
    const when = formatMoment(booking.day, booking.time, language);
    const nearest = (await findFreeDays(tx, { calendar }))
      .flatMap((day) =>
        day.slots.filter((slot) => slot.left > 0).map((slot) => ({ day: day.day, time: slot.time })),
      )
      .slice(0, 4);
    return {
      kind: 'say',
      text: closure
        ? t('notice-booking-closed', { code: booking.code, when, reason: closure.name })
        : t('notice-booking-changed', { code: booking.code, when }),
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
