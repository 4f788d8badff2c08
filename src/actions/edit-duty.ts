import { handoffSettingKey, handoffSettingsSchema } from '../domain/duty.ts';
import type { HandoffSettings } from '../domain/duty.ts';
import type { Day } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';
import { saveSetting } from './save-setting.ts';
import { writeAudit } from './write-audit.ts';

/** A weekday (0 Sunday ... 6 Saturday), or one date that then stands instead of it. */
export type DutyOf = { weekday: number } | { sessionDate: Day };
export type DutyLine = { officerId: string; isInRoom: boolean; onCallRank: number | null };

/**
 * Puts down who serves and who is on call, for the whole of a weekday or date. No lines take a date off, and its weekday
 * holds again. Whoever does neither is left out; unknown and inactive officers are refused.
 */
export async function editDuty(
  tx: Tx,
  input: { of: DutyOf; lines: readonly DutyLine[]; byOfficerId: string },
): Promise<{ kind: 'saved' } | { kind: 'unknown_officer' }> {
  const [weekday, sessionDate] =
    'weekday' in input.of ? [input.of.weekday, null] : [null, input.of.sessionDate];
  const lines = input.lines.filter((line) => line.isInRoom || line.onCallRank !== null);
  // Two supervisors at once: the later whole list stands, not a mixture.
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('edit_duty'))`);
  const known = await tx.query(
    `SELECT 1 FROM officer WHERE id = ANY ($1::uuid[]) AND is_active AND role <> 'analyst'`,
    [lines.map((line) => line.officerId)],
  );
  if (known.count !== new Set(lines.map((line) => line.officerId)).size) return { kind: 'unknown_officer' };
  await tx.query(
    `DELETE FROM duty WHERE weekday IS NOT DISTINCT FROM $1 AND session_date IS NOT DISTINCT FROM $2::date`,
    [weekday, sessionDate],
  );
  await tx.query(
    `INSERT INTO duty (officer_id, weekday, session_date, is_in_room, on_call_rank)
     SELECT officer_id, $1, $2::date, is_in_room, rank
       FROM unnest($3::uuid[], $4::boolean[], $5::int[]) AS line (officer_id, is_in_room, rank)
     ON CONFLICT DO NOTHING`,
    [
      weekday,
      sessionDate,
      lines.map((line) => line.officerId),
      lines.map((line) => line.isInRoom),
      lines.map((line) => line.onCallRank),
    ],
  );
  await writeAudit(tx, {
    officerId: input.byOfficerId,
    action: 'edit_duty',
    subjectKind: 'room',
    subjectId: sessionDate ?? `weekday ${String(weekday)}`,
  });
  tx.changed({ kind: 'room', id: 'duty' });
  tx.ring({ kind: 'queue' });
  return { kind: 'saved' };
}

/** Saves the rules of assignment, climbing and paging whole. `seenAt` as for the room's settings. */
export async function editHandoffSettings(
  tx: Tx,
  input: { settings: HandoffSettings; seenAt: Date | null; officerId: string },
): Promise<{ kind: 'saved' } | { kind: 'stale' }> {
  const { seenAt, officerId } = input;
  const value = handoffSettingsSchema.parse(input.settings);
  if (!(await saveSetting(tx, { key: handoffSettingKey, value, seenAt, officerId })))
    return { kind: 'stale' };
  await writeAudit(tx, {
    officerId: input.officerId,
    action: 'edit_handoff_settings',
    subjectKind: 'room',
    subjectId: handoffSettingKey,
  });
  tx.changed({ kind: 'room', id: 'duty' });
  tx.ring({ kind: 'queue' });
  return { kind: 'saved' };
}
