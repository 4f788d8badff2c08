import { createHash, randomBytes } from 'node:crypto';
import type { LetterText } from '../domain/agency-letter.ts';
import { sealed } from '../store/sealed.ts';
import type { Tx } from '../store/transact.ts';

export type LetterKind = 'packet' | 'reminder' | 'withdrawal' | 'erasure';

/**
 * Writes a letter to an agency, to be sent by whoever claims it first. `onceKey` makes planning it twice one letter. The
 * one about an erasure belongs to no referral any more and keeps its `code`; without a mailbox it waits for a hand.
 */
export async function planLetter(
  tx: Tx,
  input: { agencyId: string; onceKey: string; content: LetterText } & (
    | { kind: Exclude<LetterKind, 'erasure'>; referralId: string; mailbox: string }
    | { kind: 'erasure'; code: string; mailbox: string | null }
  ),
): Promise<void> {
  const isByHand = input.mailbox === null;
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO agency_letter (referral_id, code, agency_id, kind, once_key, mailbox, content_sealed, status, by_hand_at,
                                next_attempt_at, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) ON CONFLICT (once_key) DO NOTHING RETURNING id`,
    [
      input.kind === 'erasure' ? null : input.referralId,
      input.kind === 'erasure' ? input.code : null,
      input.agencyId,
      input.kind,
      input.onceKey,
      input.mailbox,
      tx.vault.sealJson(input.content, sealed.letterContent),
      isByHand ? 'by_hand' : 'due',
      isByHand ? tx.now : null,
      tx.now,
    ],
  );
  const letter = rows[0];
  if (letter && !isByHand) tx.ring({ kind: 'letter', letterId: letter.id });
}

/** Letters of a referral that have not left and are not meant any more. */
export async function dropLetters(
  tx: Tx,
  referralId: string,
  kinds: readonly LetterKind[] = ['packet', 'reminder'],
): Promise<void> {
  await tx.query(
    `UPDATE agency_letter SET status = 'dropped', content_sealed = NULL, done_at = $2
      WHERE referral_id = $1 AND status IN ('due', 'by_hand') AND kind = ANY ($3::text[])`,
    [referralId, tx.now, [...kinds]],
  );
}

/** Makes an agency's way in. The token is in the letter alone; the database keeps its hash. */
export async function makeReferralLink(
  tx: Tx,
  input: { referralId: string; publicUrl: string },
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await tx.query(`INSERT INTO referral_link (token_hash, referral_id, created_at) VALUES ($1, $2, $3)`, [
    hashReferralToken(token),
    input.referralId,
    tx.now,
  ]);
  return `${input.publicUrl}/rujukan/${token}`;
}

/** It is random, so a plain hash is enough. */
export function hashReferralToken(token: string): Uint8Array {
  return createHash('sha256').update(token).digest();
}
