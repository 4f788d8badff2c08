import { isUpForTaking } from '../../domain/handoff.ts';
import type { Clock } from '../../ops/clock.ts';
import type { Queryable } from '../../store/database.ts';
import type { ConcernSubject } from '../policy.ts';
import { comingSessionDays } from './day.ts';

export type FoundConcern = ConcernSubject & { code: string; officerName: string | null };

type SubjectDeps = { readonly db: Queryable; readonly clock: Clock };

type SubjectRow = {
  id: string;
  code: string;
  officer_id: string | null;
  officer_name: string | null;
  session_date: string | null;
  conversation_id: string | null;
  handoff_status: string | null;
  holder_id: string | null;
  guest_ids: string[];
};

/** What decides who may read a concern; null when there is none. Drafts are the resident's alone. */
export async function findConcernSubject(deps: SubjectDeps, concernId: string): Promise<FoundConcern | null> {
  return (await findConcernSubjects(deps, [concernId])).get(concernId) ?? null;
}

/** The same of many at once, by their ids. */
export async function findConcernSubjects(
  deps: SubjectDeps,
  concernIds: readonly string[],
): Promise<Map<string, FoundConcern>> {
  const { rows } = await deps.db.query<SubjectRow>(
    `SELECT k.id, k.code, k.officer_id, o.name AS officer_name, b.session_date, k.conversation_id,
            h.status AS handoff_status, h.officer_id AS holder_id,
            ARRAY(SELECT g.officer_id::text FROM handoff_guest g WHERE g.handoff_id = h.id AND h.status = 'held') AS guest_ids
       FROM concern k
       LEFT JOIN officer o ON o.id = k.officer_id
       LEFT JOIN booking b ON b.id = k.booking_id AND b.status IN ('booked', 'arrived', 'finished', 'missed')
       LEFT JOIN handoff h ON h.conversation_id = k.conversation_id AND h.status IN ('waiting', 'held')
      WHERE k.id = ANY ($1::uuid[]) AND k.status <> 'draft'`,
    [concernIds],
  );
  const days = rows.some((row) => row.session_date !== null) ? await comingSessionDays(deps) : [];
  return new Map(rows.map((row) => [row.id, presentSubject(row, days)]));
}

function presentSubject(row: SubjectRow, days: readonly string[]): FoundConcern {
  return {
    code: row.code,
    officerId: row.officer_id,
    officerName: row.officer_name,
    isOfComingSession: row.session_date !== null && days.includes(row.session_date),
    conversation:
      row.conversation_id === null
        ? null
        : {
            isWaiting: isUpForTaking({ status: row.handoff_status, officerId: row.holder_id }),
            holderId: row.handoff_status === 'held' ? row.holder_id : null,
            guestIds: row.guest_ids,
          },
  };
}
