import { addDays } from './wita.ts';
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
