import { dayAnswer, isSlotBookable } from '../domain/calendar.ts';
import type { RoomCalendar } from '../domain/calendar.ts';
import { dayOf } from '../domain/wita.ts';
import type { Day } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';
import { planNotice } from './plan-notice.ts';

/**
 * Once the last hour of a day can be booked no more, nobody goes on waiting for a seat on it: they are told, and asked
 * whether another day will do. Run hourly; twice changes nothing.
 */
export async function endWaiting(tx: Tx, input: { calendar: RoomCalendar }): Promise<number> {
  const { calendar } = input;
  const { rows } = await tx.query<{ id: string; conversation_id: string; day: Day }>(
    `SELECT id, conversation_id, session_date AS day FROM waiting
      WHERE status = 'waiting' AND session_date <= $1 ORDER BY session_date, created_at LIMIT 500
        FOR UPDATE SKIP LOCKED`,
    [dayOf(tx.now)],
  );
  let count = 0;
  for (const wait of rows) {
    const answer = dayAnswer(calendar, wait.day);
    const slots = answer.kind === 'open' ? answer.session.slots : [];
    if (slots.some((time) => isSlotBookable(calendar, tx.now, wait.day, time))) continue;
    await tx.query(`UPDATE waiting SET status = 'left' WHERE id = $1`, [wait.id]);
    await planWaitingOver(tx, { waitingId: wait.id, conversationId: wait.conversation_id });
    count += 1;
  }
  return count;
}

/** Says that a wait has ended, whichever way. */
export async function planWaitingOver(
  tx: Tx,
  input: { waitingId: string; conversationId: string },
): Promise<void> {
  await planNotice(tx, {
    kind: 'waiting-over',
    onceKey: `waiting-over.${input.waitingId}`,
    dueAt: tx.now,
    conversationId: input.conversationId,
  });
}
