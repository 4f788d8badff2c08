import { goneBefore, presenceNow, readDutyRows, readHandoffSettings } from '../../actions/read-duty.ts';
import { isAnybodyCalled } from '../../actions/read-reach.ts';
import { sessionsAhead } from '../../domain/calendar.ts';
import { dutyOn, handoffSettingKey } from '../../domain/duty.ts';
import { dayOf } from '../../domain/wita.ts';
import type { DeskDeps } from '../ports.ts';
import { readRoomCalendar } from './room-calendar.ts';

/** Sessions ahead for which the roster can be changed one by one. */
const sessionsShown = 8;

/** The roster with everybody who can be on it, the rules, and whether danger would reach anybody today. */
export async function readDuty(deps: Pick<DeskDeps, 'db' | 'clock' | 'callWays'>) {
  const { db, clock } = deps;
  const now = clock.now();
  const [rows, settings, calendar] = [
    await readDutyRows(db),
    await readHandoffSettings(db),
    await readRoomCalendar(db),
  ];
  const saved = await db.query<{ updated_at: Date }>(`SELECT updated_at FROM setting WHERE key = $1`, [
    handoffSettingKey,
  ]);
  const officers = await db.query<{
    id: string;
    name: string;
    role: string;
    presence: string;
    ways: string[];
  }>(
    `SELECT o.id, o.name, o.role, ${presenceNow('$1', '$2')} AS presence,
            ARRAY(SELECT DISTINCT k.kind FROM officer_contact k WHERE k.officer_id = o.id AND k.failed_at IS NULL AND k.gone_since IS NULL) AS ways
       FROM officer o WHERE o.is_active AND o.role <> 'analyst' ORDER BY o.name`,
    [now, goneBefore(now, settings)],
  );
  const today = dayOf(now);
  const { onCall } = dutyOn(rows, today);
  const called =
    onCall.length > 0
      ? officers.rows.filter(({ id }) => onCall.some(({ officerId }) => officerId === id))
      : officers.rows.filter(({ role }) => role === 'supervisor' || role === 'admin');
  const dates = new Set([
    ...sessionsAhead(calendar, now)
      .slice(0, sessionsShown)
      .map((session) => session.day),
    ...rows.flatMap(({ sessionDate }) => (sessionDate !== null && sessionDate >= today ? [sessionDate] : [])),
  ]);
  return {
    today,
    openWeekdays: calendar.room.openWeekdays,
    officers: officers.rows,
    rows,
    dates: [...dates].sort(),
    settings,
    seenAt: saved.rows[0]?.updated_at.toISOString() ?? null,
    /** Nobody has been put down for today: supervisors and admins are called instead. */
    isNobodyOnCall: onCall.length === 0,
    /** Called on danger, but with no way to be reached outside the desk. */
    unreachable: called.filter(({ ways }) => ways.length === 0).map(({ name }) => name),
    /** Nobody at all would hear of danger outside the desk. */
    isNobodyCalled: !(await isAnybodyCalled(db, now, deps.callWays)),
  };
}
