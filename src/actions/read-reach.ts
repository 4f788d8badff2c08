import { dutyOn } from '../domain/duty.ts';
import { dayOf } from '../domain/wita.ts';
import type { Queryable } from '../store/database.ts';
import type { ContactKind } from './officer-contact.ts';
import { goneBefore, isHere, readDutyRows, readHandoffSettings } from './read-duty.ts';

/** What this installation can call officers by, in whichever of its processes. */
export type CallWay = ContactKind | 'group';

/**
 * Whether danger that is told of now reaches anybody outside the desk: the officers' group, or one of those who are called
 * for it (on call today, or a lead) by a contact that works.
 */
export async function isAnybodyCalled(db: Queryable, now: Date, ways: readonly CallWay[]): Promise<boolean> {
  if (ways.includes('group')) return true;
  const { onCall } = dutyOn(await readDutyRows(db), dayOf(now));
  const { count } = await db.query(
    `SELECT 1 FROM officer o JOIN officer_contact k ON k.officer_id = o.id AND k.failed_at IS NULL AND k.gone_since IS NULL
      WHERE o.is_active AND (o.role IN ('supervisor', 'admin') OR o.id = ANY ($1::uuid[])) AND k.kind = ANY ($2::text[])
      LIMIT 1`,
    [onCall.map(({ officerId }) => officerId), ways],
  );
  return count > 0;
}

/** As {@link isAnybodyCalled}, or somebody sees it by themselves: at an open desk, or in the group a moment ago. */
export async function isAnybodyTold(db: Queryable, now: Date, ways: readonly CallWay[]): Promise<boolean> {
  if (await isAnybodyCalled(db, now, ways)) return true;
  const { count } = await db.query(
    `SELECT 1 FROM officer o WHERE o.is_active AND o.role <> 'analyst' AND ${isHere('$1', '$2')} LIMIT 1`,
    [now, goneBefore(now, await readHandoffSettings(db))],
  );
  return count > 0;
}
