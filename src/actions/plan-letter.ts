import { createHash, randomBytes } from 'node:crypto';
import type { LetterText } from '../domain/agency-letter.ts';
import { sealed } from '../store/sealed.ts';
import type { Tx } from '../store/transact.ts';

/**
 * Writes a letter to an agency, to be sent by whoever claims it first. `onceKey` makes planning it twice one letter.
 */
export async function planLetter(
  tx: Tx,
  input: {
    referralId: string;
    kind: 'packet' | 'reminder' | 'withdrawal';
    onceKey: string;
    mailbox: string;
    content: LetterText;
  },
): Promise<void> {
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO agency_letter (referral_id, kind, once_key, mailbox, content_sealed, next_attempt_at, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT (once_key) DO NOTHING RETURNING id`,
    [
      input.referralId,
      input.kind,
      input.onceKey,
      input.mailbox,
      tx.vault.sealJson(input.content, sealed.letterContent),
      tx.now,
    ],
  );
  const letter = rows[0];
  if (letter) tx.ring({ kind: 'letter', letterId: letter.id });
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
