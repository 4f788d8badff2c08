import type { Closure, RoomCalendar } from '../domain/calendar.ts';
import { dayOf } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';
import { closeDay } from './close-day.ts';
import { writeAudit } from './write-audit.ts';

export type ImportClosuresResult = {
  added: number;
  /** Closed already, and left as they are. */
  known: number;
  /** Left out: nothing can be changed about them. */
  past: number;
  told: number;
  withoutPhone: string[];
};

/** Closes many days at once, such as next year's holidays; whoever is booked on one is told as by {@link closeDay}. */
export async function importClosures(
  tx: Tx,
  input: { days: readonly Closure[]; officerId: string | null; calendar: RoomCalendar },
): Promise<ImportClosuresResult> {
  const { officerId } = input;
  const today = dayOf(tx.now);
  const coming = input.days.filter(({ day }) => day >= today);
  // All of them closed at once: nobody is offered a day that the next line closes.
  const closures = new Map(input.calendar.closures);
  for (const closure of coming) if (!closures.has(closure.day)) closures.set(closure.day, closure);
  const calendar = { ...input.calendar, closures };
  const result: ImportClosuresResult = {
    added: 0,
    known: 0,
    past: input.days.length - coming.length,
    told: 0,
    withoutPhone: [],
  };
  for (const { day, name, kind } of coming) {
    const closed = await closeDay(tx, { day, name, kind, officerId, calendar });
    if (closed.kind === 'already_closed') {
      result.known += 1;
      continue;
    }
    result.added += 1;
    result.told += closed.told;
    result.withoutPhone.push(...closed.withoutPhone);
  }
  const { withoutPhone, ...sums } = result;
  await writeAudit(tx, {
    officerId,
    action: 'import_closures',
    subjectKind: 'room',
    subjectId: 'closures',
    detail: { ...sums, withoutPhone: withoutPhone.length },
  });
  return result;
}
