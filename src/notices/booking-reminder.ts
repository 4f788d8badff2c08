import { addDays, dayOf, formatMoment, instantOf } from '../domain/wita.ts';
import { defineNotice } from './define-notice.ts';
import type { DueNotice, NoticeContext, NoticeText } from './define-notice.ts';
import { readBooking } from './read-subject.ts';
import type { Tx } from '../store/transact.ts';

/** The reminder of the evening before, 18.00 WITA. */
export const bookingEvening = defineNotice({
  kind: 'booking-evening',
  isReminder: true,
  passesQuietHours: false,
  write: (tx, notice, context) => remind(tx, notice, context, 'notice-booking-evening'),
});

/** The reminder two hours before. */
export const bookingSoon = defineNotice({
  kind: 'booking-soon',
  isReminder: true,
  passesQuietHours: false,
  write: (tx, notice, context) => remind(tx, notice, context, 'notice-booking-soon'),
});

async function remind(tx: Tx, notice: DueNotice, context: NoticeContext, key: string): Promise<NoticeText> {
  const booking = await readBooking(tx, notice);
  if (!booking) return { kind: 'drop', why: 'booking gone' };
  if (booking.status !== 'booked') return { kind: 'drop', why: `booking ${booking.status}` };
  if (booking.revision !== notice.bookingRevision) return { kind: 'drop', why: 'booking moved' };
  if (instantOf(booking.day, booking.time) <= context.now) return { kind: 'drop', why: 'too late' };
  // It says "besok"; held up until the day itself, it would be wrong, and the second reminder follows anyway.
  const isEvening = notice.kind === 'booking-evening';
  if (isEvening && dayOf(context.now) !== addDays(booking.day, -1)) return { kind: 'drop', why: 'too late' };
  const { t, language } = context;
  const { code } = booking;
  return {
    kind: 'say',
    text: t(key, { code, when: formatMoment(booking.day, booking.time, language) }),
    answers: [
      { verb: 'come', code, label: t('notice-come') },
      { verb: 'change', code, label: t('notice-change') },
      { verb: 'cancel', code, label: t('notice-cancel') },
    ],
  };
}
