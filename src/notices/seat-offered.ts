import { formatInstant, formatMoment } from '../domain/wita.ts';
import { defineNotice } from './define-notice.ts';
import { readBooking } from './read-subject.ts';

/** A seat has become free for the first who waits, who holds it for a limited time. */
export const seatOffered = defineNotice({
  kind: 'seat-offered',
  isReminder: false,
  passesQuietHours: false,
  async write(tx, notice, { t, language, now }) {
    const booking = await readBooking(tx, notice);
    if (booking?.status !== 'held' || !booking.holdExpiresAt || booking.holdExpiresAt <= now) {
      return { kind: 'drop', why: 'hold is over' };
    }
    const { code } = booking;
    return {
      kind: 'say',
      text: t('notice-seat-offered', {
        when: formatMoment(booking.day, booking.time, language),
        until: formatInstant(booking.holdExpiresAt, language),
      }),
      answers: [
        { verb: 'take', code, label: t('notice-seat-take') },
        { verb: 'pass', code, label: t('notice-seat-pass') },
      ],
    };
  },
});
