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
  // Files that came before the consent were left with the platform; now they may be fetched.
  const { rows } = await tx.query<{ id: string }>(
    `SELECT t.id FROM attachment t JOIN message m ON m.id = t.message_id
       JOIN conversation c ON c.id = m.conversation_id JOIN address a ON a.id = c.address_id
      WHERE a.resident_id = $1 AND t.status = 'pending'`,
    [input.residentId],
  );
  for (const { id } of rows) tx.ring({ kind: 'attachment', attachmentId: id });
  return { kind: 'given' };
}
