import { formatMoment, instantOf } from '../domain/wita.ts';
import { defineNotice } from './define-notice.ts';
import { readBooking } from './read-subject.ts';

/** An officer moved a visit, for somebody who asked at the counter or in a voice note. */
export const bookingMoved = defineNotice({
  kind: 'booking-moved',
  isReminder: false,
  passesQuietHours: false,
  async write(tx, notice, { t, language, now }) {
    const booking = await readBooking(tx, notice);
    if (booking?.status !== 'booked') return { kind: 'drop', why: `booking ${booking?.status ?? 'gone'}` };
    if (booking.revision !== notice.bookingRevision) return { kind: 'drop', why: 'booking moved' };
    if (instantOf(booking.day, booking.time) <= now) return { kind: 'drop', why: 'too late' };
    const { code } = booking;
    return {
      kind: 'say',
      text: t('notice-booking-moved', { code, when: formatMoment(booking.day, booking.time, language) }),
      answers: [
        { verb: 'come', code, label: t('notice-come') },
        { verb: 'change', code, label: t('notice-change') },
        { verb: 'cancel', code, label: t('notice-cancel') },
      ],
    };
  },
});

/** An officer cancelled a visit, for whoever asked for it, or because it was put down wrongly. */
export const bookingCancelled = defineNotice({
  kind: 'booking-cancelled',
  isReminder: false,
  passesQuietHours: false,
  async write(tx, notice, { t, language }) {
    const booking = await readBooking(tx, notice);
    if (booking?.status !== 'cancelled') return { kind: 'drop', why: 'booking not cancelled' };
    const { code } = booking;
    return {
      kind: 'say',
      text: t('notice-booking-cancelled', { code, when: formatMoment(booking.day, booking.time, language) }),
      answers: [
        { verb: 'rebook', code, label: t('notice-rebook') },
        { verb: 'later', code, label: t('notice-no-thanks') },
      ],
    };
  },
});
