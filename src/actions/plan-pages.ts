import type { HandoffSettings } from '../domain/duty.ts';
import { dutyOn } from '../domain/duty.ts';
import type { Severity } from '../domain/handoff.ts';
import { callsDue } from '../domain/paging.ts';
import type { Call } from '../domain/paging.ts';
import { dayOf } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';
import { readDutyRows, readHandoffSettings } from './read-duty.ts';

/** What a page is about. */
type Subject = { alertId: string } | { handoffId: string } | { concernId: string };

/**
 * Writes the pages of a danger that are due by now and when the next are. Under the alert's row lock and with a unique key
 * a step, so that planning twice pages nobody twice.
 */
export async function planAlertPages(
  tx: Tx,
  input: {
    alertId: string;
    /** An officers' group is set: it is called with the first of them (not before whoever holds the chat), and at each step again until a call has left. */
    hasGroup: boolean;
  },
): Promise<void> {
  const { alertId } = input;
  const { rows } = await tx.query<{
    severity: Severity;
    raised_at: Date;
    is_open: boolean;
    next_page_at: Date | null;
    holder: string | null;
  }>(
    `SELECT d.severity, d.called_from AS raised_at, d.acknowledged_at IS NULL AS is_open, d.next_page_at,
            (SELECT h.officer_id FROM handoff h
              WHERE h.conversation_id = d.conversation_id AND h.status = 'held') AS holder
       FROM danger_alert d WHERE d.id = $1 FOR UPDATE OF d`,
    [alertId],
  );
  const alert = rows[0];
  if (!alert) return;
  if (!alert.is_open) return endPaging(tx, { alertIds: [alertId] });
  if (alert.next_page_at === null || alert.next_page_at > tx.now) return;
  const settings = await readHandoffSettings(tx);
  const { calls, isHolderAlone, nextAt } = await readCalls(tx, alert, settings);
  if (input.hasGroup && !isHolderAlone) await writeGroupCall(tx, { alertId });
  await writeCalls(tx, { alertId }, calls);
  await tx.query(`UPDATE danger_alert SET next_page_at = $2 WHERE id = $1`, [alertId, nextAt]);
  if (nextAt) tx.ring({ kind: 'pages', dueAt: nextAt });
}

async function readCalls(
  tx: Tx,
  alert: { severity: Severity; raised_at: Date; holder: string | null },
  settings: HandoffSettings,
): Promise<ReturnType<typeof callsDue>> {
  const leads = await readLeads(tx);
  const of = (role: string) => leads.filter((each) => each.role === role).map(({ id }) => id);
  return callsDue(
    {
      raisedAt: alert.raised_at,
      severity: alert.severity,
      holder: alert.holder,
      onCall: dutyOn(await readDutyRows(tx), dayOf(tx.now)).onCall,
      supervisors: of('supervisor'),
      admins: of('admin'),
    },
    settings.paging,
    tx.now,
  );
}

/**
 * A chat that nobody took: tells everybody of a level (1 supervisors, 2 admins).
 *
 * @returns how many people the level has.
 */
export async function planClimbPages(tx: Tx, input: { handoffId: string; level: number }): Promise<number> {
  const { handoffId, level } = input;
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM officer WHERE is_active AND role = $1 ORDER BY name`,
    [level === 1 ? 'supervisor' : 'admin'],
  );
  await writeCalls(
    tx,
    { handoffId },
    rows.map(({ id }) => ({ officerId: id, step: level, dueAt: tx.now })),
  );
  return rows.length;
}

/** Steps 1 and 2 of a chat are those of its climbing; calls to its holder, one for each silence, follow. */
export const firstHolderStep = 3;

/** Words stand unanswered in a chat: calls the officer who holds it. */
export async function planHolderPages(
  tx: Tx,
  input: { handoffId: string; officerId: string },
): Promise<void> {
  const { handoffId, officerId } = input;
  const { rows } = await tx.query<{ step: number }>(
    `SELECT coalesce(max(step) + 1, $2::int) AS step FROM page WHERE handoff_id = $1 AND step >= $2`,
    [handoffId, firstHolderStep],
  );
  const step = rows[0]?.step ?? firstHolderStep;
  await writeCalls(tx, { handoffId }, [{ officerId, step, dueAt: tx.now }]);
}

/**
 * A resident is owed a word: calls the officer of the concern, or those who lead where there is none (`withLeads`: them
 * as well). They are the supervisors, the admins where there is none.
 */
export async function planConcernPages(
  tx: Tx,
  input: { concernId: string; officerId: string | null; withLeads: boolean; step: number },
): Promise<void> {
  const { concernId, officerId, step } = input;
  const leads = officerId === null || input.withLeads ? await readLeads(tx) : [];
  const supervisors = leads.filter(({ role }) => role === 'supervisor');
  const called = new Set((supervisors.length > 0 ? supervisors : leads).map(({ id }) => id));
  if (officerId !== null) called.add(officerId);
  await writeCalls(
    tx,
    { concernId },
    [...called].map((id) => ({ officerId: id, step, dueAt: tx.now })),
  );
}

async function readLeads(tx: Tx): Promise<{ id: string; role: string }[]> {
  const { rows } = await tx.query<{ id: string; role: string }>(
    `SELECT id, role FROM officer WHERE is_active AND role IN ('supervisor', 'admin') ORDER BY name`,
  );
  return rows;
}

/** One row for each way an officer gave; one that says so where they gave none, for the desk to show. */
async function writeCalls(tx: Tx, about: Subject, calls: readonly Call[]): Promise<void> {
  if (calls.length === 0) return;
  await tx.query(
    `INSERT INTO page (alert_id, handoff_id, concern_id, officer_id, contact_id, kind, step, due_at, next_attempt_at, outcome, failure)
     SELECT $1, $2, $7, call.officer_id, k.id, coalesce(k.kind, 'none'), call.step, call.due_at,
            CASE WHEN k.id IS NULL THEN NULL ELSE $6::timestamptz END,
            CASE WHEN k.id IS NULL THEN 'failed' END, CASE WHEN k.id IS NULL THEN 'no_contact' END
       FROM unnest($3::uuid[], $4::int[], $5::timestamptz[]) AS call (officer_id, step, due_at)
       LEFT JOIN officer_contact k ON k.officer_id = call.officer_id AND k.failed_at IS NULL
      WHERE k.id IS NOT NULL
         OR NOT EXISTS (SELECT 1 FROM page p WHERE p.officer_id = call.officer_id AND p.step = call.step
                           AND (p.alert_id = $1 OR p.handoff_id = $2 OR p.concern_id = $7))
     ON CONFLICT DO NOTHING`,
    [
      'alertId' in about ? about.alertId : null,
      'handoffId' in about ? about.handoffId : null,
      calls.map(({ officerId }) => officerId),
      calls.map(({ step }) => step),
      calls.map(({ dueAt }) => dueAt),
      tx.now,
      'concernId' in about ? about.concernId : null,
    ],
  );
  tx.ring({ kind: 'pages' });
}

/** Once, unless what was tried before has failed for good. */
async function writeGroupCall(tx: Tx, input: { alertId: string }): Promise<void> {
  await tx.query(
    `INSERT INTO page (alert_id, kind, step, due_at, next_attempt_at) VALUES ($1, 'group', 0, $2, $2)
     ON CONFLICT DO NOTHING`,
    [input.alertId, tx.now],
  );
}

/** A person has come: nobody else is called for it. */
export async function endPaging(tx: Tx, input: { alertIds: readonly string[] }): Promise<void> {
  if (input.alertIds.length === 0) return;
  await tx.query(`UPDATE danger_alert SET next_page_at = NULL WHERE id = ANY ($1::uuid[])`, [input.alertIds]);
  await tx.query(
    `UPDATE page SET outcome = 'dropped' WHERE alert_id = ANY ($1::uuid[]) AND outcome IS NULL`,
    [input.alertIds],
  );
}
