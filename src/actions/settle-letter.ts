import type { LetterText } from '../domain/agency-letter.ts';
import type { RoomCalendar } from '../domain/calendar.ts';
import { isWithAgency, letterRetryMs } from '../domain/referral.ts';
import { sealed } from '../store/sealed.ts';
import type { Tx } from '../store/transact.ts';
import { addReferralEvent, holdReferral, moveReferral } from './hold-referral.ts';
import type { HeldReferral, ReferralEvent } from './hold-referral.ts';
import type { LetterKind } from './plan-letter.ts';
import { afterLeaving } from './send-referral.ts';
import { tellAgencyWithdrawn } from './withdraw-referral.ts';
import { writeAudit } from './write-audit.ts';

/** How long a claim on a letter stands; after it somebody else sends it, under the same Message-ID. */
const claimMs = 2 * 60_000;

export type ClaimedLetter = { id: string; mailbox: string; content: LetterText };

/** Takes a due letter in hand; null when there is none or somebody else has it. */
export async function claimLetter(tx: Tx, input: { letterId: string }): Promise<ClaimedLetter | null> {
  const { rows } = await tx.query<{ id: string; mailbox: string; content_sealed: Uint8Array }>(
    `UPDATE agency_letter SET status = 'sending', attempts = attempts + 1, claimed_until = $3
      WHERE id = $1 AND content_sealed IS NOT NULL AND mailbox IS NOT NULL
        AND ((status = 'due' AND next_attempt_at <= $2) OR (status = 'sending' AND claimed_until <= $2))
      RETURNING id, mailbox, content_sealed`,
    [input.letterId, tx.now, new Date(tx.now.getTime() + claimMs)],
  );
  const row = rows[0];
  if (!row) return null;
  return {
    id: row.id,
    mailbox: row.mailbox,
    content: tx.vault.openJson<LetterText>(row.content_sealed, sealed.letterContent),
  };
}

/** How the sending went: `reason` is what the mail server said; `by_hand`: there is none, and an officer has to. */
export type LetterOutcome =
  | { kind: 'sent' }
  | { kind: 'by_hand' }
  | { kind: 'refused'; reason: string }
  | { kind: 'retry'; reason: string };

export type SettledLetter = { kind: 'done' } | { kind: 'later'; afterMs: number };

/** Writes down what became of a claimed letter, and what follows for its referral. Twice changes nothing. */
export async function settleLetter(
  tx: Tx,
  input: { letterId: string; outcome: LetterOutcome; calendar: RoomCalendar },
): Promise<SettledLetter> {
  const { letterId, outcome, calendar } = input;
  const { held, letter } = await holdLetter(tx, letterId, 'sending');
  if (!letter) return { kind: 'done' };
  if (outcome.kind === 'sent') {
    await end(tx, letterId, 'sent', null);
    if (held && letter.kind === 'packet') await packetLeft(tx, letter, held, calendar, bySystem);
    return { kind: 'done' };
  }
  if (!isMeant(letter, held)) {
    // Taken back while the mail server had it in hand: it is not tried once more.
    await end(tx, letterId, 'dropped', outcome.kind === 'by_hand' ? null : outcome.reason);
    return { kind: 'done' };
  }
  if (outcome.kind === 'by_hand') {
    await setAside(tx, letter, held);
    return { kind: 'done' };
  }
  const afterMs = outcome.kind === 'retry' ? letterRetryMs(letter.attempts) : null;
  tellPages(tx, held);
  if (afterMs !== null) {
    await tx.query(
      `UPDATE agency_letter SET status = 'due', claimed_until = NULL, next_attempt_at = $2, failure = $3 WHERE id = $1`,
      [letterId, new Date(tx.now.getTime() + afterMs), outcome.reason.slice(0, 300)],
    );
    return { kind: 'later', afterMs };
  }
  if (!held) {
    // Nobody follows a referral that is erased: the agency must hear of it all the same.
    await waitForHand(tx, letterId, outcome.reason);
    return { kind: 'done' };
  }
  await end(tx, letterId, outcome.kind === 'refused' ? 'refused' : 'failed', outcome.reason);
  const event = {
    kind: 'send_failed',
    author: 'bestie',
    detail: { letter: letter.kind, isRefused: outcome.kind === 'refused', attempts: letter.attempts },
  } as const;
  if (letter.kind === 'packet' && held.status === 'sending')
    await moveReferral(tx, held, { move: 'fail', event });
  else await addReferralEvent(tx, held.id, event);
  return { kind: 'done' };
}

/** `not_waiting`: it has been sent already, or is not meant any more. */
export type CarryLetterResult = { kind: 'carried' } | { kind: 'not_waiting' };

/** An officer has sent by hand what waited for it: now the agency has it, with all that follows. Twice is told so. */
export async function carryLetter(
  tx: Tx,
  input: { letterId: string; officerId: string; calendar: RoomCalendar },
): Promise<CarryLetterResult> {
  const { letterId, officerId, calendar } = input;
  const { held, letter } = await holdLetter(tx, letterId, 'by_hand');
  if (!letter) return { kind: 'not_waiting' };
  await end(tx, letterId, 'sent', null);
  const by = { kind: 'carried', author: 'officer', officerId } as const;
  const detail = { agency: letter.agency_id, letter: letter.kind };
  if (held && letter.kind === 'packet') await packetLeft(tx, letter, held, calendar, by);
  else if (held) await addReferralEvent(tx, held.id, { ...by, detail });
  tellPages(tx, held);
  await writeAudit(tx, {
    officerId,
    action: 'referral_carry',
    ...(held
      ? { subjectKind: 'concern', subjectId: held.concernId }
      : { subjectKind: 'room', subjectId: 'letters' }),
    detail: { ...detail, code: held?.code ?? letter.code },
  });
  return { kind: 'carried' };
}

type HeldLetter = {
  id: string;
  kind: LetterKind;
  attempts: number;
  agency_id: string;
  mailbox: string | null;
  code: string | null;
};

/** A letter in that state under its lock, after those of its referral; `held` is null where that is erased. */
async function holdLetter(
  tx: Tx,
  letterId: string,
  status: 'sending' | 'by_hand',
): Promise<{ held: HeldReferral | null; letter: HeldLetter | null }> {
  const of = await tx.query<{ referral_id: string | null }>(
    `SELECT referral_id FROM agency_letter WHERE id = $1`,
    [letterId],
  );
  const referralId = of.rows[0]?.referral_id ?? null;
  const held = referralId === null ? null : await holdReferral(tx, referralId);
  const { rows } = await tx.query<HeldLetter>(
    `SELECT id, kind, attempts, agency_id, mailbox, code FROM agency_letter WHERE id = $1 AND status = $2 FOR UPDATE`,
    [letterId, status],
  );
  return { held, letter: rows[0] ?? null };
}

/** Whether a letter should still leave. Of a referral that is erased there is only the one that says so. */
function isMeant(letter: HeldLetter, held: HeldReferral | null): boolean {
  return letter.kind === 'withdrawal' || !held || held.status === 'sending' || isWithAgency(held.status);
}

/** There is no mail server: it waits for a hand. */
async function setAside(tx: Tx, letter: HeldLetter, held: HeldReferral | null): Promise<void> {
  await waitForHand(tx, letter.id, null);
  if (!held) return undefined;
  const event = { kind: 'set_aside', author: 'bestie', detail: { letter: letter.kind } } as const;
  if (letter.kind === 'packet' && held.status === 'sending')
    await moveReferral(tx, held, { move: 'set_aside', event });
  else await addReferralEvent(tx, held.id, event);
  return tellPages(tx, held);
}

async function waitForHand(tx: Tx, letterId: string, failure: string | null): Promise<void> {
  await tx.query(
    `UPDATE agency_letter SET status = 'by_hand', by_hand_at = $2, claimed_until = NULL, failure = $3 WHERE id = $1`,
    [letterId, tx.now, failure?.slice(0, 300) ?? null],
  );
}

function tellPages(tx: Tx, held: HeldReferral | null): void {
  if (held) tx.changed({ kind: 'concern', id: held.concernId });
}

const bySystem = { kind: 'sent', author: 'bestie' } as const;

async function packetLeft(
  tx: Tx,
  { mailbox }: HeldLetter,
  held: HeldReferral,
  calendar: RoomCalendar,
  by: Pick<ReferralEvent, 'kind' | 'author' | 'officerId'>,
): Promise<void> {
  const event = { ...by, detail: { agency: held.agencyId } };
  if (held.status === 'sending' || held.status === 'by_hand') {
    await moveReferral(tx, held, { move: 'leave', event, columns: { sent_at: tx.now } });
    await afterLeaving(tx, held, calendar);
    return;
  }
  await addReferralEvent(tx, held.id, event);
  tellPages(tx, held);
  // Taken back while the mail server was taking it: the agency has it after all, and is told.
  const isTakenBack = held.sentAt === null || held.status === 'withdrawn';
  if (isTakenBack && mailbox !== null) await tellAgencyWithdrawn(tx, { ...held, mailbox }, calendar);
}

async function end(tx: Tx, letterId: string, status: string, failure: string | null): Promise<void> {
  await tx.query(
    `UPDATE agency_letter SET status = $2, content_sealed = NULL, claimed_until = NULL, failure = $3, done_at = $4
      WHERE id = $1`,
    [letterId, status, failure?.slice(0, 300) ?? null, tx.now],
  );
}
