import { afterMove, isWithAgency } from '../domain/referral.ts';
import type { ReferralMove } from '../domain/referral.ts';
import type { Tx } from '../store/transact.ts';
import { approve, findPerson } from './ask-approval.ts';
import { addReferralEvent, holdReferral, moveReferral, noApproval, personOf } from './hold-referral.ts';
import type { HeldReferral } from './hold-referral.ts';

/** What of the resident's answer came to be. `agency`: its name, for the words that follow. */
export type AnswerApprovalResult =
  | { kind: 'approved' | 'refused' | 'amended'; code: string; agency: string }
  /** Heard, while the mail server had the letter in hand: it may have arrived. */
  | { kind: 'leaving'; agency: string }
  | NotHeard
  /** It has left already; the officer sees that they want it back. */
  | { kind: 'recalled'; agency: string };

type NotHeard =
  /** The packet was changed after this button was made. */
  | { kind: 'changed' }
  /** It has left already. */
  | { kind: 'too_late'; agency: string }
  | { kind: 'gone' };

type Answer = { code: string; revision: number; residentId: string };

/** The resident's yes to the packet of that revision; `isNamed` lets the agency know who they are. */
export async function approveReferral(
  tx: Tx,
  input: Answer & { isNamed: boolean },
): Promise<AnswerApprovalResult> {
  const found = await holdAnswered(tx, input, 'approve');
  if (found.kind !== 'held') return notHeard(found);
  const { held } = found;
  const person = input.isNamed ? await findPerson(tx, held) : null;
  // Pressed twice is one yes; pressed otherwise, a changed mind.
  const isRepeat = held.status !== 'asked' && (personOf(tx, held) === null) === (person === null);
  if (isRepeat) return { kind: 'approved', code: held.code, agency: held.agencyName };
  await approve(tx, held, { person, officerId: null });
  return heard(found, 'approved');
}

/** The resident does not want it to leave, or wants it back. */
export async function refuseReferral(tx: Tx, input: Answer): Promise<AnswerApprovalResult> {
  const found = await holdAnswered(tx, input, 'refuse');
  if (found.kind === 'too_late' && isWithAgency(found.held.status)) {
    await recall(tx, found.held);
    return { kind: 'recalled', agency: found.held.agencyName };
  }
  if (found.kind !== 'held') return notHeard(found);
  const { held } = found;
  await moveReferral(tx, held, {
    move: 'refuse',
    event: { kind: 'refused', author: 'resident', detail: { revision: held.packetRevision } },
    columns: { closed_at: tx.now, ...noApproval },
  });
  return heard(found, 'refused');
}

/** The resident wants it said otherwise; the officer gets their words. Null words: they sent something else. */
export async function amendReferral(
  tx: Tx,
  input: Answer & { words: string | null },
): Promise<AnswerApprovalResult> {
  const found = await holdAnswered(tx, input, 'amend');
  if (found.kind !== 'held') return notHeard(found);
  const { held } = found;
  await moveReferral(tx, held, {
    move: 'amend',
    event: {
      kind: 'amended',
      author: 'resident',
      detail: { revision: held.packetRevision },
      words: input.words,
    },
    columns: noApproval,
  });
  return heard(found, 'amended');
}

/** Whether an answer to the packet of that revision would still be heard. */
export async function checkApproval(tx: Tx, input: Answer): Promise<NotHeard | { kind: 'open' }> {
  const found = await holdAnswered(tx, input, 'amend');
  return found.kind === 'held' ? { kind: 'open' } : notHeard(found);
}

type Found =
  /** `isLeaving`: the mail server has its letter in hand. */
  | { kind: 'held'; held: HeldReferral; isLeaving: boolean }
  | { kind: 'too_late'; held: HeldReferral }
  | { kind: 'changed' }
  | { kind: 'gone' };

async function holdAnswered(tx: Tx, input: Answer, move: ReferralMove): Promise<Found> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT r.id FROM referral r JOIN concern k ON k.id = r.concern_id
      WHERE k.code = $1 AND k.resident_id = $2 ORDER BY r.seq DESC LIMIT 1`,
    [input.code, input.residentId],
  );
  const held = rows[0] ? await holdReferral(tx, rows[0].id) : null;
  if (!held) return { kind: 'gone' };
  const isOfThis = held.packetRevision === input.revision;
  if (isOfThis && held.status !== 'draft' && afterMove(held.status, move) !== null)
    return { kind: 'held', held, isLeaving: held.status === 'sending' && (await isInHand(tx, held.id)) };
  if (held.status === 'draft' || held.status === 'asked') return { kind: 'changed' };
  return held.sentAt === null ? { kind: 'gone' } : { kind: 'too_late', held };
}

/** Locks the letter, so that nobody takes it in hand once we have looked. */
async function isInHand(tx: Tx, referralId: string): Promise<boolean> {
  const { rows } = await tx.query<{ status: string }>(
    `SELECT status FROM agency_letter WHERE referral_id = $1 AND kind = 'packet' AND status IN ('due', 'sending') FOR UPDATE`,
    [referralId],
  );
  return rows.some(({ status }) => status === 'sending');
}

/** Stands beside the concern's words as something new from the resident; pressed twice it is said once. */
async function recall(tx: Tx, held: HeldReferral): Promise<void> {
  const said = await tx.query(`SELECT 1 FROM referral_event WHERE referral_id = $1 AND kind = 'recalled'`, [
    held.id,
  ]);
  if (said.count > 0) return;
  await addReferralEvent(tx, held.id, { kind: 'recalled', author: 'resident' });
  await tx.query(`UPDATE concern SET added_at = $2 WHERE id = $1`, [held.concernId, tx.now]);
  tx.changed({ kind: 'concern', id: held.concernId });
}

function heard(
  { held, isLeaving }: { held: HeldReferral; isLeaving: boolean },
  kind: 'approved' | 'refused' | 'amended',
): AnswerApprovalResult {
  return isLeaving
    ? { kind: 'leaving', agency: held.agencyName }
    : { kind, code: held.code, agency: held.agencyName };
}

function notHeard(found: Exclude<Found, { kind: 'held' }>): NotHeard {
  return found.kind === 'too_late' ? { kind: 'too_late', agency: found.held.agencyName } : found;
}
