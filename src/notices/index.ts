import type { NoticeKind } from '../domain/notice-kind.ts';
import { bookingClosed } from './booking-closed.ts';
import { bookingMissed } from './booking-missed.ts';
import { bookingCancelled, bookingMoved } from './booking-news.ts';
import { bookingEvening, bookingSoon } from './booking-reminder.ts';
import { concernAnswered, concernCheck, concernLate, concernSettled, concernTaken } from './concern-news.ts';
import type { Notice } from './define-notice.ts';
import { queueLonger, queueNext } from './queue-news.ts';
import {
  referralAcknowledged,
  referralAnswered,
  referralAsk,
  referralNotOurs,
  referralOverdue,
  referralProgress,
  referralSent,
  referralWithdrawn,
} from './referral-news.ts';
import { seatOffered } from './seat-offered.ts';
import { surveyInvited } from './survey-invited.ts';
import { waitingClosed } from './waiting-closed.ts';
import { waitingOver } from './waiting-over.ts';

/** Every notice there is, by its kind. */
export const notices: Readonly<Record<NoticeKind, Notice>> = {
  'booking-evening': bookingEvening,
  'booking-soon': bookingSoon,
  'booking-missed': bookingMissed,
  'booking-closed': bookingClosed,
  'booking-moved': bookingMoved,
  'booking-cancelled': bookingCancelled,
  'seat-offered': seatOffered,
  'waiting-closed': waitingClosed,
  'waiting-over': waitingOver,
  'concern-taken': concernTaken,
  'concern-answered': concernAnswered,
  'concern-check': concernCheck,
  'concern-settled': concernSettled,
  'concern-late': concernLate,
  'survey-invited': surveyInvited,
  'queue-next': queueNext,
  'queue-longer': queueLonger,
  'referral-ask': referralAsk,
  'referral-sent': referralSent,
  'referral-acknowledged': referralAcknowledged,
  'referral-progress': referralProgress,
  'referral-answered': referralAnswered,
  'referral-not-ours': referralNotOurs,
  'referral-overdue': referralOverdue,
  'referral-withdrawn': referralWithdrawn,
};
