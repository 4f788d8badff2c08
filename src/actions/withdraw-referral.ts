import { withdrawalLetter } from '../domain/agency-letter.ts';
import type { RoomCalendar } from '../domain/calendar.ts';
import { isWithAgency } from '../domain/referral.ts';
import type { Tx } from '../store/transact.ts';
import { holdForMove, holdReferral, moveReferral } from './hold-referral.ts';
import type { HeldReferral, NotMoved } from './hold-referral.ts';
import { dropLetters, planLetter } from './plan-letter.ts';
import { planNotice } from './plan-notice.ts';
import { giveBackConcern } from './send-referral.ts';
import { writeAudit } from './write-audit.ts';
import { dropQuestions } from './write-packet.ts';

/** Takes a referral back. An agency that has it is told so, its links stop opening, and the resident hears of it. */
export async function withdrawReferral(
  tx: Tx,
  input: {
    referralId: string;
    version: number;
    officerId: string;
    reason: string | null;
    calendar: RoomCalendar;
  },
): Promise<{ kind: 'withdrawn'; version: number } | NotMoved> {
  const { officerId, calendar } = input;
  const found = await holdForMove(tx, input, 'withdraw');
  if (found.kind !== 'held') return found;
  const { held } = found;
  const moved = await moveReferral(tx, held, {
    move: 'withdraw',
    event: { kind: 'withdrawn', author: 'officer', officerId, words: input.reason },
    columns: { closed_at: tx.now, link_expires_at: null },
  });
  await dropQuestions(tx, held.id);
  await dropLetters(tx, held.id);
  if (isWithAgency(held.status)) {
    await giveBackConcern(tx, held, calendar);
    if (held.way === 'mail' && held.mailbox !== null)
      await tellAgencyWithdrawn(tx, { ...held, mailbox: held.mailbox }, calendar);
    await planNotice(tx, {
      kind: 'referral-withdrawn',
      onceKey: `referral-withdrawn.${held.id}`,
      dueAt: tx.now,
      concernId: held.concernId,
      referralId: held.id,
    });
  }
  await writeAudit(tx, {
    officerId,
    action: 'referral_withdraw',
    subjectKind: 'concern',
    subjectId: held.concernId,
    detail: { code: held.code, from: held.status },
  });
  return { kind: 'withdrawn', version: moved.version };
}

/** The concern is settled: a packet that has not left stays here, and nobody is reminded of it any more. */
export async function stopReferral(tx: Tx, input: { concernId: string }): Promise<void> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM referral WHERE concern_id = $1 AND status IN ('sending', 'by_hand', 'sent', 'acknowledged')`,
    [input.concernId],
  );
  for (const { id } of rows) {
    const held = await holdReferral(tx, id);
    if (!held) continue;
    if (!isWithAgency(held.status))
      await moveReferral(tx, held, {
        move: 'withdraw',
        event: { kind: 'withdrawn', author: 'bestie' },
        columns: { closed_at: tx.now, link_expires_at: null },
      });
    await dropLetters(tx, id);
  }
}

/** Only an agency that got a letter gets this one, at the mailbox that got it. */
export async function tellAgencyWithdrawn(
  tx: Tx,
  held: HeldReferral & { mailbox: string },
  { room }: RoomCalendar,
): Promise<void> {
  await planLetter(tx, {
    referralId: held.id,
    agencyId: held.agencyId,
    kind: 'withdrawal',
    onceKey: `withdrawal.${held.id}.${held.version}`,
    mailbox: held.mailbox,
    content: withdrawalLetter({
      code: held.code,
      agency: held.agencyName,
      from: { room: room.name, place: room.place },
    }),
  });
}
