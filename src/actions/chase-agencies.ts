import { reminderLetter } from '../domain/agency-letter.ts';
import type { RoomCalendar } from '../domain/calendar.ts';
import { workingMorning } from '../domain/deadline.ts';
import { isWithAgency, nextWordDay, overdueClocks } from '../domain/referral.ts';
import type { ReferralClock } from '../domain/referral.ts';
import { dayOf } from '../domain/wita.ts';
import type { Day } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';
import { addReferralEvent, holdReferral } from './hold-referral.ts';
import type { HeldReferral } from './hold-referral.ts';
import { dropLetters, makeReferralLink, planLetter } from './plan-letter.ts';
import { planNotice } from './plan-notice.ts';
import { readClocks } from './read-clocks.ts';
import { linkEnd } from './send-referral.ts';

/**
 * Reminds agencies of what they owe, on the working morning after a clock has run out, once a clock; where several have
 * run out meanwhile, of the last one alone. The resident hears that we still ask. Twice changes nothing.
 */
export async function chaseAgencies(
  tx: Tx,
  input: { calendar: RoomCalendar; publicUrl: string },
): Promise<number> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT r.id FROM referral r JOIN concern k ON k.id = r.concern_id
      WHERE r.status IN ('sent', 'acknowledged') AND k.status <> 'settled'
        AND EXISTS (SELECT 1 FROM referral_clock c WHERE c.referral_id = r.id AND c.met_at IS NULL
                       AND c.chased_at IS NULL AND c.due_on < $1)
      ORDER BY r.id LIMIT 200`,
    [dayOf(tx.now)],
  );
  let count = 0;
  for (const { id } of rows) if (await chase(tx, id, input)) count += 1;
  return count;
}

async function chase(
  tx: Tx,
  referralId: string,
  input: { calendar: RoomCalendar; publicUrl: string },
): Promise<boolean> {
  const { calendar } = input;
  const held = await holdReferral(tx, referralId);
  if (!held || !isWithAgency(held.status)) return false;
  const { rows } = await tx.query<{ clock: ReferralClock; due_on: Day }>(
    `SELECT clock, due_on FROM referral_clock WHERE referral_id = $1 AND met_at IS NULL AND chased_at IS NULL`,
    [held.id],
  );
  const due = rows.filter((row) => workingMorning(calendar, row.due_on) <= tx.now);
  const running = due.map((row) => ({ clock: row.clock, dueOn: row.due_on, isMet: false }));
  const [clock] = overdueClocks(running, dayOf(tx.now));
  const last = due.find((row) => row.clock === clock);
  if (clock === undefined || !last) return false;
  await tx.query(
    `UPDATE referral_clock SET chased_at = $3
      WHERE referral_id = $1 AND clock = ANY ($2::text[]) AND met_at IS NULL AND chased_at IS NULL`,
    [held.id, due.map((row) => row.clock), tx.now],
  );
  await addReferralEvent(tx, held.id, {
    kind: 'chased',
    author: 'bestie',
    detail: { clock, dueOn: last.due_on },
  });
  await remind(tx, held, { ...input, clock, dueOn: last.due_on });
  await tx.query(`UPDATE concern SET next_word_by = $2 WHERE id = $1 AND status = 'referred'`, [
    held.concernId,
    nextWordDay(calendar.closures, await readClocks(tx, held.id), dayOf(tx.now)),
  ]);
  await planNotice(tx, {
    kind: 'referral-overdue',
    onceKey: `referral-overdue.${held.id}.${clock}`,
    dueAt: tx.now,
    concernId: held.concernId,
    referralId: held.id,
  });
  tx.changed({ kind: 'concern', id: held.concernId });
  return true;
}

/** A letter, where the agency has a mailbox; what was handed in elsewhere is chased by the officer. */
async function remind(
  tx: Tx,
  held: HeldReferral,
  input: { calendar: RoomCalendar; publicUrl: string; clock: ReferralClock; dueOn: Day },
): Promise<void> {
  if (held.way !== 'mail' || held.mailbox === null) return;
  const { room } = input.calendar;
  // One that still waits to leave would ask for less.
  await dropLetters(tx, held.id, ['reminder']);
  await tx.query(`UPDATE referral SET link_expires_at = $2 WHERE id = $1`, [held.id, linkEnd(tx.now)]);
  await planLetter(tx, {
    referralId: held.id,
    agencyId: held.agencyId,
    kind: 'reminder',
    onceKey: `reminder.${held.id}.${input.clock}`,
    mailbox: held.mailbox,
    content: reminderLetter({
      code: held.code,
      agency: held.agencyName,
      clock: input.clock,
      dueOn: input.dueOn,
      sentOn: dayOf(held.sentAt ?? tx.now),
      link: await makeReferralLink(tx, { referralId: held.id, publicUrl: input.publicUrl }),
      from: { room: room.name, place: room.place },
    }),
  });
}
