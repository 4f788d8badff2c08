import { afterMove } from '../domain/referral.ts';
import type { ReferralMove } from '../domain/referral.ts';
import type { Tx } from '../store/transact.ts';
import { approve, findPerson } from './ask-approval.ts';
import { holdReferral, moveReferral, noApproval, personOf } from './hold-referral.ts';
import type { HeldReferral } from './hold-referral.ts';

/** What of the resident's answer came to be. `agency`: its name, for the words that follow. */
export type AnswerApprovalResult =
  | { kind: 'approved' | 'refused' | 'amended'; code: string; agency: string }
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
  if ('kind' in found) return found;
  const person = input.isNamed ? await findPerson(tx, found) : null;
  // Pressed twice is one yes; pressed otherwise, a changed mind.
  const isGiven = found.status === 'approved' || found.status === 'by_hand';
  const isRepeat = isGiven && (personOf(tx, found) === null) === (person === null);
  if (!isRepeat) await approve(tx, found, { person, officerId: null });
  return { kind: 'approved', code: found.code, agency: found.agencyName };
}

/** The resident does not want it to leave. */
export async function refuseReferral(tx: Tx, input: Answer): Promise<AnswerApprovalResult> {
  const found = await holdAnswered(tx, input, 'refuse');
  if ('kind' in found) return found;
  await moveReferral(tx, found, {
    move: 'refuse',
    event: { kind: 'refused', author: 'resident', detail: { revision: found.packetRevision } },
    columns: { closed_at: tx.now, ...noApproval },
  });
  return { kind: 'refused', code: found.code, agency: found.agencyName };
}

/** The resident wants it said otherwise; the officer gets their words. Null words: they sent something else. */
export async function amendReferral(
  tx: Tx,
  input: Answer & { words: string | null },
): Promise<AnswerApprovalResult> {
  const found = await holdAnswered(tx, input, 'amend');
  if ('kind' in found) return found;
  await moveReferral(tx, found, {
    move: 'amend',
    event: {
      kind: 'amended',
      author: 'resident',
      detail: { revision: found.packetRevision },
      words: input.words,
    },
    columns: noApproval,
  });
  return { kind: 'amended', code: found.code, agency: found.agencyName };
}

/** Whether an answer to the packet of that revision would still be heard. */
export async function checkApproval(
  tx: Tx,
  input: Answer,
): Promise<Exclude<AnswerApprovalResult, { kind: 'approved' | 'refused' | 'amended' }> | { kind: 'open' }> {
  const found = await holdAnswered(tx, input, 'amend');
  return 'kind' in found ? found : { kind: 'open' };
}

async function holdAnswered(
  tx: Tx,
  input: Answer,
  move: ReferralMove,
): Promise<HeldReferral | Exclude<AnswerApprovalResult, { kind: 'approved' | 'refused' | 'amended' }>> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT r.id FROM referral r JOIN concern k ON k.id = r.concern_id
      WHERE k.code = $1 AND k.resident_id = $2 ORDER BY r.seq DESC LIMIT 1`,
    [input.code, input.residentId],
  );
  const held = rows[0] ? await holdReferral(tx, rows[0].id) : null;
  if (!held) return { kind: 'gone' };
  const isOfThis = held.packetRevision === input.revision;
  if (isOfThis && held.status !== 'draft' && afterMove(held.status, move) !== null) return held;
  if (held.status === 'draft' || held.status === 'asked') return { kind: 'changed' };
  if (held.sentAt !== null || held.status === 'sending' || held.status === 'failed')
    return { kind: 'too_late', agency: held.agencyName };
  return { kind: 'gone' };
}
