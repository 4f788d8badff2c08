import { handoffSettingKey, handoffSettingsSchema } from '../domain/duty.ts';
import type { DutyRow, HandoffSettings, OfficerFacts } from '../domain/duty.ts';
import type { Queryable } from '../store/database.ts';

export async function readHandoffSettings(db: Queryable): Promise<HandoffSettings> {
  const { rows } = await db.query<{ value: unknown }>(`SELECT value FROM setting WHERE key = $1`, [
    handoffSettingKey,
  ]);
  return handoffSettingsSchema.parse(rows[0]?.value ?? {});
}

/** The whole roster but for officers who are switched off. */
export async function readDutyRows(db: Queryable): Promise<DutyRow[]> {
  const { rows } = await db.query<DutyRow>(
    `SELECT d.officer_id AS "officerId", d.weekday, d.session_date AS "sessionDate", d.is_in_room AS "isInRoom",
            d.on_call_rank AS "onCallRank"
       FROM duty d JOIN officer o ON o.id = d.officer_id AND o.is_active AND o.role <> 'analyst'
      ORDER BY d.on_call_rank NULLS LAST, o.name`,
  );
  return rows;
}

/** Whether officer `o` has given a sign of life: their desk since `$since`, or a word of theirs in the officers' group. */
export function isHere(now: string, since: string): string {
  return `(coalesce(o.in_group_until > ${now}, false) OR EXISTS (
            SELECT 1 FROM officer_session s
             WHERE s.officer_id = o.id AND s.expires_at > ${now} AND s.last_seen_at > ${since}))`;
}

/**
 * The presence of officer `o` as it is, not as it was chosen: whoever chose to be on duty and has given no sign since is
 * away, without anybody having to write that down, and is back with the next sign.
 */
export function presenceNow(now: string, since: string): string {
  return `CASE WHEN o.presence <> 'away' AND ${isHere(now, since)} THEN o.presence ELSE 'away' END`;
}

export function goneBefore(now: Date, settings: HandoffSettings): Date {
  return new Date(now.getTime() - settings.goneAfterMinutes * 60_000);
}

/** Everybody who may hold a chat, with what they hold and are offered. */
export async function readOfficersOnDuty(
  db: Queryable,
  now: Date,
  settings: HandoffSettings,
): Promise<OfficerFacts[]> {
  const { rows } = await db.query<OfficerFacts>(
    `SELECT o.id, o.role, o.capacity, o.skills, o.last_assigned_at AS "lastAssignedAt",
            ${presenceNow('$1', '$2')} AS presence,
            (SELECT count(*) FROM handoff h WHERE h.officer_id = o.id AND h.status = 'held')
          + (SELECT count(*) FROM handoff_offer f JOIN handoff h ON h.id = f.handoff_id
              WHERE f.officer_id = o.id AND f.outcome IS NULL AND h.status = 'waiting') AS load
       FROM officer o WHERE o.is_active AND o.role <> 'analyst'`,
    [now, goneBefore(now, settings)],
  );
  return rows;
}
