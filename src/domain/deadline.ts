import { addWorkingDays } from './calendar.ts';
import type { RoomCalendar } from './calendar.ts';
import { addDays, instantOf } from './wita.ts';
import type { Day } from './wita.ts';

/**
 * How near the day is by which a resident was told to hear again: `over` when it has passed, `today`, `soon` for
 * tomorrow, `later`; null where nobody waits for a word of ours.
 */
export function deadlineOf(
  concern: { nextWordBy: Day | null; status: string },
  today: Day,
): 'over' | 'today' | 'soon' | 'later' | null {
  const { nextWordBy, status } = concern;
  if (nextWordBy === null || status === 'settled' || status === 'answered') return null;
  if (nextWordBy < today) return 'over';
  if (nextWordBy === today) return 'today';
  return nextWordBy <= addDays(today, 1) ? 'soon' : 'later';
}

/** The morning of the `days`-th working day after a day: when what had time until that day is looked at. */
export function workingMorning({ closures, room }: RoomCalendar, day: Day, days = 1): Date {
  return instantOf(addWorkingDays(closures, day, days), room.hours.opens);
}
