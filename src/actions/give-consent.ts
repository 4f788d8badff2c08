import type { Tx } from '../store/transact.ts';

/** Keeps the proof of a consent: which text (version and SHA-256), when, on which channel. Twice is once. */
export async function giveConsent(
  tx: Tx,
  input: { residentId: string; textVersion: string; textHash: string; channel: string },
): Promise<{ kind: 'given' }> {
  await tx.query(
    `INSERT INTO consent (resident_id, text_version, text_hash, channel, given_at)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    [input.residentId, input.textVersion, input.textHash, input.channel, tx.now],
  );
  return { kind: 'given' };
}
