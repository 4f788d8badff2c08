import { addServiceMinutes, serviceMinutesBetween } from '../domain/calendar.ts';
import type { RoomCalendar } from '../domain/calendar.ts';
import { estimateFrom, estimateWait } from '../domain/handoff.ts';
import type { Tx } from '../store/transact.ts';
import { goneBefore, presenceNow, readHandoffSettings } from './read-duty.ts';
import { placeInQueue } from './request-handoff.ts';

export type WaitFacts = {
  /** 1 is next; 0 when the chat does not wait. */
  place: number;
  /** Within how many minutes of service an officer usually comes; null when that cannot be said honestly. */
  minutes: number | null;
  /** Whether an officer is there right now, at the desk or in the officers' group. */
  isSomebodyThere: boolean;
};

const waitsOfMs = 60 * 24 * 3_600_000;

/**
 * What a waiting resident is told now. It is kept with the handoff, so that they hear of it, once, when their turn is next
 * or when it takes longer than this.
 */
export async function tellWait(
  tx: Tx,
  input: { conversationId: string; calendar: RoomCalendar },
): Promise<WaitFacts> {
  const { calendar } = input;
  const found = await tx.query<{ id: string }>(
    `SELECT id FROM handoff WHERE conversation_id = $1 AND status = 'waiting'`,
    [input.conversationId],
  );
  const handoffId = found.rows[0]?.id;
  if (handoffId === undefined) return { place: 0, minutes: null, isSomebodyThere: true };
  const place = await placeInQueue(tx, { handoffId });
  const minutes = estimateWait(await recentWaits(tx, calendar));
  await tx.query(`UPDATE handoff SET said_place = $2, expected_by = $3 WHERE id = $1`, [
    handoffId,
    place,
    minutes === null ? null : addServiceMinutes(calendar, tx.now, minutes),
  ]);
  const settings = await readHandoffSettings(tx);
  const there = await tx.query(
    `SELECT 1 FROM officer o
      WHERE o.is_active AND o.role <> 'analyst' AND ${presenceNow('$1', '$2')} <> 'away' LIMIT 1`,
    [tx.now, goneBefore(tx.now, settings)],
  );
  return { place, minutes, isSomebodyThere: there.count > 0 };
}

/** How long the latest residents waited for their officer, in minutes of service. Danger, which jumps the queue, is left out. */
async function recentWaits(tx: Tx, calendar: RoomCalendar): Promise<number[]> {
  const { rows } = await tx.query<{ requested_at: Date; claimed_at: Date }>(
    `SELECT requested_at, claimed_at FROM handoff
      WHERE claimed_at > $1 AND reason IN ('asked', 'not_understood') ORDER BY claimed_at DESC LIMIT ${estimateFrom.newest}`,
    [new Date(tx.now.getTime() - waitsOfMs)],
  );
  return rows.map((row) => serviceMinutesBetween(calendar, row.requested_at, row.claimed_at));
}
