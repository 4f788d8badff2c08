import type { NoticeKind } from '../domain/notice-kind.ts';
import type { RoomCalendar } from '../domain/calendar.ts';
import type { Language } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';

/** A notice that has come due, as its row says. */
export type DueNotice = {
  id: string;
  kind: NoticeKind;
  conversationId: string;
  residentId: string;
  bookingId: string | null;
  bookingRevision: number | null;
  concernId: string | null;
  referralId: string | null;
};

export type NoticeContext = {
  t: (key: string, args?: Record<string, string | number>) => string;
  language: Language;
  calendar: RoomCalendar;
  now: Date;
};

/** `answers` are buttons that are checked against what is so when they are pressed. */
export type NoticeText =
  | { kind: 'say'; text: string; answers: { verb: string; code: string; label: string }[] }
  /** What it was about has changed since it was planned: nothing is sent. `why` is kept for the operator. */
  | { kind: 'drop'; why: string }
  /** Right, but not now: looked at again then. */
  | { kind: 'later'; until: Date };

/**
 * One kind of notice: on what, under which limits, and what it says. What it is about is read again when it is sent,
 * never carried along. It never says what a concern is about, but for the question whether it may go to an agency.
 */
export type Notice = {
  kind: NoticeKind;
  /** "Jangan kirim pengingat" stops it. */
  isReminder: boolean;
  /** Sent in quiet hours too. */
  passesQuietHours: boolean;
  write(tx: Tx, notice: DueNotice, context: NoticeContext): Promise<NoticeText>;
};

export function defineNotice(notice: Notice): Notice {
  return notice;
}
