import { packetLetter } from '../domain/agency-letter.ts';
import type { RoomCalendar } from '../domain/calendar.ts';
import { clockDays, clockNames, isWithAgency, linkDays, nextWordDay } from '../domain/referral.ts';
import { dayOf } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';
import { holdForMove, isApproved, moveReferral, packetOf, personOf } from './hold-referral.ts';
import type { HeldReferral, NotMoved } from './hold-referral.ts';
import { dropLetters, makeReferralLink, planLetter } from './plan-letter.ts';
import { planNotice } from './plan-notice.ts';
import { writeAudit } from './write-audit.ts';

type NotReady =
  /** The words, the files or the category are not what the resident said yes to. */
  { kind: 'not_approved' } | { kind: 'settled' } | NotMoved;

export type SendReferralResult =
  { kind: 'sending'; version: number } | { kind: 'no_mailbox' } | { kind: 'agency_closed' } | NotReady;

/**
 * Gives the packet to the mail, once more where it has left already (the agency says it has nothing). It is `sent` only
 * when the mail server has taken it, or an officer has sent it by hand. Earlier links stop opening.
 */
export async function sendReferral(
  tx: Tx,
  input: {
    referralId: string;
    version: number;
    officerId: string;
    publicUrl: string;
    calendar: RoomCalendar;
  },
): Promise<SendReferralResult> {
  const { officerId } = input;
  const found = await holdForMove(tx, input, 'send');
  if (found.kind !== 'held') return found;
  const { held } = found;
  if (held.concernStatus === 'settled') return { kind: 'settled' };
  if (held.way === 'lapor') return { kind: 'changed', status: held.status };
  if (!isApproved(tx, held)) return { kind: 'not_approved' };
  if (!held.isAgencyActive) return { kind: 'agency_closed' };
  if (held.mailbox === null) return { kind: 'no_mailbox' };
  const moved = await moveReferral(tx, held, {
    move: 'send',
    event: { kind: 'queued', author: 'officer', officerId, detail: { isAgain: held.sentAt !== null } },
    columns: { way: 'mail', link_expires_at: linkEnd(tx.now) },
  });
  await dropLetters(tx, held.id);
  await tx.query(`DELETE FROM referral_link WHERE referral_id = $1`, [held.id]);
  const { room } = input.calendar;
  await planLetter(tx, {
    referralId: held.id,
    agencyId: held.agencyId,
    kind: 'packet',
    onceKey: `packet.${held.id}.${moved.version}`,
    mailbox: held.mailbox,
    content: packetLetter({
      code: held.code,
      agency: held.agencyName,
      packet: packetOf(tx, held, personOf(tx, held)),
      link: await makeReferralLink(tx, { referralId: held.id, publicUrl: input.publicUrl }),
      from: { room: room.name, place: room.place },
    }),
  });
  await audit(tx, held, officerId, 'referral_send');
  return { kind: 'sending', version: moved.version };
}

/** The officer has typed the packet into SP4N-LAPOR! and writes down the number that it gave. */
export async function handInReferral(
  tx: Tx,
  input: {
    referralId: string;
    version: number;
    officerId: string;
    laporId: string;
    calendar: RoomCalendar;
  },
): Promise<{ kind: 'sent'; version: number } | NotReady> {
  const { officerId, laporId } = input;
  const found = await holdForMove(tx, input, 'hand_in');
  if (found.kind !== 'held') return found;
  const { held } = found;
  if (held.concernStatus === 'settled') return { kind: 'settled' };
  if (!isApproved(tx, held)) return { kind: 'not_approved' };
  const moved = await moveReferral(tx, held, {
    move: 'hand_in',
    event: { kind: 'handed_in', author: 'officer', officerId, detail: { laporId } },
    columns: { way: 'lapor', lapor_id: laporId, sent_at: tx.now },
  });
  await afterLeaving(tx, held, input.calendar);
  await audit(tx, held, officerId, 'referral_hand_in');
  return { kind: 'sent', version: moved.version };
}

/** The agency has it: its clocks run, the concern is `referred`, and the resident hears of it. */
export async function afterLeaving(tx: Tx, held: HeldReferral, calendar: RoomCalendar): Promise<void> {
  const today = dayOf(tx.now);
  const days = clockDays(calendar.closures, today);
  for (const clock of clockNames) {
    await tx.query(
      `INSERT INTO referral_clock (referral_id, clock, due_on) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
      [held.id, clock, days[clock]],
    );
  }
  const clocks = clockNames.map((clock) => ({ clock, dueOn: days[clock], isMet: false }));
  await tx.query(
    `UPDATE concern SET status = 'referred', next_word_by = $2 WHERE id = $1 AND status <> 'settled'`,
    [held.concernId, nextWordDay(calendar.closures, clocks, today)],
  );
  await planNotice(tx, {
    kind: 'referral-sent',
    onceKey: `referral-sent.${held.id}`,
    dueAt: tx.now,
    concernId: held.concernId,
    referralId: held.id,
  });
}

export function linkEnd(now: Date): Date {
  return new Date(now.getTime() + linkDays * 24 * 60 * 60 * 1000);
}

/** The concern is the officer's again; it was with an agency, or about to be. */
export async function giveBackConcern(
  tx: Tx,
  held: HeldReferral,
  calendar: RoomCalendar,
  wasWithAgency = isWithAgency(held.status),
): Promise<void> {
  if (!wasWithAgency) return;
  await tx.query(
    `UPDATE concern SET status = 'with_officer', next_word_by = $2 WHERE id = $1 AND status = 'referred'`,
    [held.concernId, nextWordDay(calendar.closures, [], dayOf(tx.now))],
  );
}

async function audit(tx: Tx, held: HeldReferral, officerId: string, action: string): Promise<void> {
  await writeAudit(tx, {
    officerId,
    action,
    subjectKind: 'concern',
    subjectId: held.concernId,
    detail: { code: held.code, agency: held.agencyId },
  });
}
