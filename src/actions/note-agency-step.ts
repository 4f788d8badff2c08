import type { RoomCalendar } from '../domain/calendar.ts';
import { afterMove, clocksMetBy, nextWordDay } from '../domain/referral.ts';
import { dayOf } from '../domain/wita.ts';
import type { Day } from '../domain/wita.ts';
import type { NoticeKind } from '../domain/notice-kind.ts';
import type { Tx } from '../store/transact.ts';
import { holdReferral, moveReferral } from './hold-referral.ts';
import type { HeldReferral, NotMoved, ReferralEventKind } from './hold-referral.ts';
import { dropLetters } from './plan-letter.ts';
import { planNotice } from './plan-notice.ts';
import { readClocks } from './read-clocks.ts';
import { afterLeaving, giveBackConcern, linkEnd } from './send-referral.ts';
import { writeAudit } from './write-audit.ts';

export const agencySteps = ['acknowledge', 'follow_up', 'answer', 'disown'] as const;
export type AgencyStep = (typeof agencySteps)[number];

const told: Readonly<Record<AgencyStep, { event: ReferralEventKind; notice: NoticeKind }>> = {
  acknowledge: { event: 'acknowledged', notice: 'referral-acknowledged' },
  follow_up: { event: 'followed_up', notice: 'referral-progress' },
  answer: { event: 'answered', notice: 'referral-answered' },
  disown: { event: 'disowned', notice: 'referral-not-ours' },
};

/**
 * What an agency says, on its page or through an officer who heard it by telephone: it has it, it is at it, it answers,
 * or it is not theirs. Its words go to the officer, who passes them on; the resident hears that there are some.
 */
export async function noteAgencyStep(
  tx: Tx,
  input: {
    referralId: string;
    version: number;
    step: AgencyStep;
    words: string | null;
    expectedBy: Day | null;
    betterAgencyId: string | null;
    /** Who wrote it down; null for the agency itself. */
    officerId: string | null;
    calendar: RoomCalendar;
  },
): Promise<{ kind: 'noted'; version: number } | NotMoved> {
  const { step, expectedBy, betterAgencyId, officerId } = input;
  const seen = await holdReferral(tx, input.referralId);
  if (!seen) return { kind: 'not_found' };
  if (seen.version !== input.version) return { kind: 'changed', status: seen.status };
  const held = officerId === null ? await arrived(tx, seen, input.calendar) : seen;
  if (afterMove(held.status, step) === null) return { kind: 'changed', status: held.status };
  const isOver = step === 'answer' || step === 'disown';
  const moved = await moveReferral(tx, held, {
    move: step,
    event: {
      kind: told[step].event,
      author: officerId === null ? 'agency' : 'officer',
      officerId,
      detail: {
        ...(expectedBy === null ? {} : { expectedBy }),
        ...(betterAgencyId === null ? {} : { betterAgency: betterAgencyId }),
      },
      words: input.words,
    },
    columns: {
      ...(expectedBy === null ? {} : { expected_by: expectedBy }),
      ...(isOver ? { closed_at: tx.now } : {}),
      link_expires_at: linkEnd(tx.now),
    },
  });
  await tx.query(
    `UPDATE referral_clock SET met_at = $2 WHERE referral_id = $1 AND clock = ANY ($3::text[]) AND met_at IS NULL`,
    [held.id, tx.now, [...clocksMetBy(step)]],
  );
  // Nobody who has answered is sent the packet once more, or reminded of it.
  await dropLetters(tx, held.id);
  await afterStep(tx, held, { ...input, version: moved.version });
  if (officerId !== null) {
    await writeAudit(tx, {
      officerId,
      action: 'referral_record',
      subjectKind: 'concern',
      subjectId: held.concernId,
      detail: { code: held.code, step },
    });
  }
  return { kind: 'noted', version: moved.version };
}

/** Whoever answers a letter has it, whatever the mail server said or has not said yet. */
async function arrived(tx: Tx, held: HeldReferral, calendar: RoomCalendar): Promise<HeldReferral> {
  if (held.status !== 'sending' && held.status !== 'failed' && held.status !== 'by_hand') return held;
  await moveReferral(tx, held, {
    move: 'leave',
    event: { kind: 'sent', author: 'agency', detail: { agency: held.agencyId } },
    columns: { sent_at: tx.now },
  });
  await afterLeaving(tx, held, calendar);
  return (await holdReferral(tx, held.id)) ?? held;
}

async function afterStep(
  tx: Tx,
  held: HeldReferral,
  input: { step: AgencyStep; calendar: RoomCalendar; version: number },
): Promise<void> {
  const { step, calendar } = input;
  if (step === 'disown') await giveBackConcern(tx, held, calendar);
  else {
    // An answer is passed on by the officer, within the days of a first word.
    const clocks = step === 'answer' ? [] : await readClocks(tx, held.id);
    // One that comes after the room has answered by itself brings the concern back: there is more to pass on.
    await tx.query(
      `UPDATE concern SET next_word_by = $2, status = 'referred'
        WHERE id = $1 AND (status = 'referred' OR ($3 AND status IN ('answered', 'reopened', 'with_officer')))`,
      [held.concernId, nextWordDay(calendar.closures, clocks, dayOf(tx.now)), step === 'answer'],
    );
  }
  await planNotice(tx, {
    kind: told[step].notice,
    onceKey: `${told[step].notice}.${held.id}.${input.version}`,
    dueAt: tx.now,
    concernId: held.concernId,
    referralId: held.id,
  });
}
