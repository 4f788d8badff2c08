import { addServiceMinutes } from './calendar.ts';
import type { RoomCalendar } from './calendar.ts';

/** What decides what becomes of a chat that somebody holds. */
export type HeldFacts = {
  /** Since when the resident's words stand unanswered; null when they do not. */
  unansweredSince: Date | null;
  /** When its holder was last called for words without an answer. */
  calledAt: Date | null;
  /** False when it was taken over on the room's phone: nobody is there to be called. */
  hasOfficer: boolean;
};

/**
 * Nobody waits unseen, with a holder either: after so many minutes of service the holder is called, and after as many
 * more the chat goes back to the queue, where it is offered and climbs like any other.
 */
export function nextForHeld(
  facts: HeldFacts,
  given: { minutes: number; calendar: RoomCalendar; now: Date },
): 'leave' | 'call' | 'requeue' {
  const { unansweredSince, calledAt, hasOfficer } = facts;
  if (unansweredSince === null) return 'leave';
  const isCalled = calledAt !== null && calledAt >= unansweredSince;
  const dueAt = addServiceMinutes(given.calendar, isCalled ? calledAt : unansweredSince, given.minutes);
  if (dueAt === null || dueAt > given.now) return 'leave';
  return hasOfficer && !isCalled ? 'call' : 'requeue';
}
