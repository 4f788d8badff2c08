import type { LetterText } from '../domain/agency-letter.ts';
import type { RoomCalendar } from '../domain/calendar.ts';
import { letterRetryMs } from '../domain/referral.ts';
import { sealed } from '../store/sealed.ts';
import type { Tx } from '../store/transact.ts';
import { addReferralEvent, holdReferral, moveReferral } from './hold-referral.ts';
import type { HeldReferral } from './hold-referral.ts';
import { afterLeaving } from './send-referral.ts';
import { tellAgencyWithdrawn } from './withdraw-referral.ts';

/** How long a claim on a letter stands; after it somebody else sends it, under the same Message-ID. */
const claimMs = 2 * 60_000;

export type ClaimedLetter = { id: string; mailbox: string; content: LetterText };

/** Takes a due letter in hand; null when there is none or somebody else has it. */
export async function claimLetter(tx: Tx, input: { letterId: string }): Promise<ClaimedLetter | null> {
  const { rows } = await tx.query<{ id: string; mailbox: string; content_sealed: Uint8Array }>(
    `UPDATE agency_letter SET status = 'sending', attempts = attempts + 1, claimed_until = $3
      WHERE id = $1 AND content_sealed IS NOT NULL
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

/** How the sending went: `reason` is what the mail server said. */
export type LetterOutcome =
  { kind: 'sent' } | { kind: 'refused'; reason: string } | { kind: 'retry'; reason: string };

export type SettledLetter = { kind: 'done' } | { kind: 'later'; afterMs: number };

/** Writes down what became of a claimed letter, and what follows for its referral. Twice changes nothing. */
export async function settleLetter(
  tx: Tx,
  input: { letterId: string; outcome: LetterOutcome; calendar: RoomCalendar },
): Promise<SettledLetter> {
  const { letterId, outcome, calendar } = input;
  const of = await tx.query<{ referral_id: string }>(`SELECT referral_id FROM agency_letter WHERE id = $1`, [
    letterId,
  ]);
  const held = of.rows[0] ? await holdReferral(tx, of.rows[0].referral_id) : null;
  const { rows } = await tx.query<{ kind: string; attempts: number }>(
    `SELECT kind, attempts FROM agency_letter WHERE id = $1 AND status = 'sending' FOR UPDATE`,
    [letterId],
  );
  const letter = rows[0];
  if (!held || !letter) return { kind: 'done' };
  if (outcome.kind === 'sent') {
    await end(tx, letterId, 'sent', null);
    if (letter.kind === 'packet') await packetLeft(tx, held, calendar);
    return { kind: 'done' };
  }
  const afterMs = outcome.kind === 'retry' ? letterRetryMs(letter.attempts) : null;
  tx.changed({ kind: 'concern', id: held.concernId });
  if (afterMs !== null) {
    await tx.query(
      `UPDATE agency_letter SET status = 'due', claimed_until = NULL, next_attempt_at = $2, failure = $3 WHERE id = $1`,
      [letterId, new Date(tx.now.getTime() + afterMs), outcome.reason.slice(0, 300)],
    );
    return { kind: 'later', afterMs };
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

async function packetLeft(tx: Tx, held: HeldReferral, calendar: RoomCalendar): Promise<void> {
  const event = { kind: 'sent', author: 'bestie', detail: { agency: held.agencyId } } as const;
  if (held.status === 'sending') {
    await moveReferral(tx, held, { move: 'leave', event, columns: { sent_at: tx.now } });
    await afterLeaving(tx, held, calendar);
    return;
  }
  await addReferralEvent(tx, held.id, event);
  tx.changed({ kind: 'concern', id: held.concernId });
  // Taken back while the mail server was taking it: the agency has it after all.
  if (held.status === 'withdrawn') await tellAgencyWithdrawn(tx, held, calendar);
}

async function end(tx: Tx, letterId: string, status: string, failure: string | null): Promise<void> {
  await tx.query(
    `UPDATE agency_letter SET status = $2, content_sealed = NULL, claimed_until = NULL, failure = $3, done_at = $4
      WHERE id = $1`,
    [letterId, status, failure?.slice(0, 300) ?? null, tx.now],
  );
}
