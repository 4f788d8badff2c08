import { addWorkingDays, isWorkingDay } from '../domain/calendar.ts';
import type { RoomCalendar } from '../domain/calendar.ts';
import { dayOf, instantOf } from '../domain/wita.ts';
import type { Day } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';
import { planConcernPages } from './plan-pages.ts';
import { planNotice } from './plan-notice.ts';

/** How often a resident is told a new day for one promise; after that only people can mend it. */
const mostPutOffs = 2;
/** SQL: the step of today's pages, days counted from a day that means nothing. $1 is today. */
const step = `($1::date - DATE '2026-01-01')`;

/**
 * Every concern was received with a day by which its resident hears from the room. On that day and on each working
 * morning after it, its officer is called, or whoever leads where nobody has it; and once the day went by the resident
 * is told so, with a new one, at most twice in a row. From then on those who lead are called as well. Run hourly; twice
 * changes nothing.
 *
 * @returns how many concerns somebody was called for.
 */
export async function chaseOfficers(tx: Tx, input: { calendar: RoomCalendar }): Promise<number> {
  const { closures, room } = input.calendar;
  const today = dayOf(tx.now);
  if (!isWorkingDay(closures, today) || instantOf(today, room.hours.opens) > tx.now) return 0;
  const { rows } = await tx.query<{
    id: string;
    code: string;
    has_chat: boolean;
    officer_id: string | null;
    promised: Day;
    put_offs: number;
    step: number;
  }>(
    `SELECT k.id, k.code, k.conversation_id IS NOT NULL AS has_chat, o.id AS officer_id,
            ${step} AS step, coalesce(k.put_off_to, k.next_word_by) AS promised,
            (SELECT count(*)::int FROM notice n WHERE n.concern_id = k.id AND n.kind = 'concern-late'
                AND n.created_at >= (k.next_word_by + 1)::timestamp AT TIME ZONE 'Asia/Makassar') AS put_offs
       FROM concern k LEFT JOIN officer o ON o.id = k.officer_id AND o.is_active
      WHERE k.next_word_by <= $1::date AND k.status NOT IN ('draft', 'answered', 'settled')
        AND NOT EXISTS (SELECT 1 FROM page p WHERE p.concern_id = k.id AND p.step = ${step})
      ORDER BY k.next_word_by, k.id LIMIT 500 FOR UPDATE OF k SKIP LOCKED`,
    [today],
  );
  for (const concern of rows) {
    const isPast = concern.promised < today;
    const mayPutOff = concern.has_chat && concern.put_offs < mostPutOffs;
    if (isPast && mayPutOff) {
      await tx.query(`UPDATE concern SET put_off_to = $2 WHERE id = $1`, [
        concern.id,
        addWorkingDays(closures, today, room.firstWordWorkingDays),
      ]);
      await planNotice(tx, {
        kind: 'concern-late',
        onceKey: `concern-late.${concern.code}.${today}`,
        dueAt: tx.now,
        concernId: concern.id,
      });
    }
    await planConcernPages(tx, {
      concernId: concern.id,
      officerId: concern.officer_id,
      withLeads: isPast && !mayPutOff,
      step: concern.step,
    });
    tx.changed({ kind: 'concern', id: concern.id });
  }
  return rows.length;
}
