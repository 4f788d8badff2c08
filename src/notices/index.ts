import type { NoticeKind } from '../actions/plan-notice.ts';
import { bookingClosed } from './booking-closed.ts';
import { bookingMissed } from './booking-missed.ts';
import { bookingEvening, bookingSoon } from './booking-reminder.ts';
import { concernAnswered, concernCheck, concernSettled, concernTaken } from './concern-news.ts';
import type { Notice } from './define-notice.ts';
import { seatOffered } from './seat-offered.ts';
import { waitingClosed } from './waiting-closed.ts';

/** Every notice there is, by its kind. */
export const notices: Readonly<Record<NoticeKind, Notice>> = {
  'booking-evening': bookingEvening,
  'booking-soon': bookingSoon,
  'booking-missed': bookingMissed,
  'booking-closed': bookingClosed,
  'seat-offered': seatOffered,
  'waiting-closed': waitingClosed,
  'concern-taken': concernTaken,
  'concern-answered': concernAnswered,
  'concern-check': concernCheck,
  'concern-settled': concernSettled,
};
