import type { ConcernSubject } from '../policy.ts';
import type { DeskDeps } from '../ports.ts';
import { comingSessionDays } from './day.ts';

export type FoundConcern = ConcernSubject & { code: string; officerName: string | null };

/** What decides who may read a concern; null when there is none. Drafts are the resident's alone. */
export async function findConcernSubject(
  deps: Pick<DeskDeps, 'db' | 'clock'>,
  concernId: string,
): Promise<FoundConcern | null> {
  const { rows } = await deps.db.query<{
    code: string;
    officer_id: string | null;
    officer_name: string | null;
    session_date: string | null;
    conversation_id: string | null;
    handoff_status: string | null;
    holder_id: string | null;
  }>(
    `SELECT k.code, k.officer_id, o.name AS officer_name, b.session_date, k.conversation_id,
            h.status AS handoff_status, h.officer_id AS holder_id
       FROM concern k
       LEFT JOIN officer o ON o.id = k.officer_id
       LEFT JOIN booking b ON b.id = k.booking_id AND b.status IN ('booked', 'arrived', 'finished', 'missed')
       LEFT JOIN handoff h ON h.conversation_id = k.conversation_id AND h.status IN ('waiting', 'held')
      WHERE k.id = $1 AND k.status <> 'draft'`,
    [concernId],
  );
  const row = rows[0];
  if (!row) return null;
  const days = row.session_date === null ? [] : await comingSessionDays(deps);
  return {
    code: row.code,
    officerId: row.officer_id,
    officerName: row.officer_name,
    isOfComingSession: row.session_date !== null && days.includes(row.session_date),
    conversation:
      row.conversation_id === null
        ? null
        : {
            isWaiting: row.handoff_status === 'waiting',
            holderId: row.handoff_status === 'held' ? row.holder_id : null,
          },
  };
}
