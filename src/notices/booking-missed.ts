import { notMissed } from '../actions/mark-booking.ts';
import { defineNotice } from './define-notice.ts';
import { readBooking } from './read-subject.ts';

/** "Belum datang?" after a missed slot, with a new offer. */
export const bookingMissed = defineNotice({
  kind: 'booking-missed',
  isReminder: true,
  passesQuietHours: false,
  async write(tx, notice, { t }) {
    const booking = await readBooking(tx, notice);
    if (booking?.status !== 'missed') return { kind: 'drop', why: notMissed };
    return {
      kind: 'say',
      text: t('notice-booking-missed'),
      answers: [
        { verb: 'rebook', code: booking.code, label: t('notice-rebook') },
        { verb: 'later', code: booking.code, label: t('notice-no-thanks') },
      ],
    };
  },
});
