import { randomBytes } from 'node:crypto';
import { makeLinkCode as drawCode } from '../domain/code.ts';
import { sealed } from '../store/sealed.ts';
import type { Tx } from '../store/transact.ts';
import type { BookingFacts } from './book-slot.ts';
import { mergeResidents } from './merge-residents.ts';

export const linkCodeMinutes = 15;
/** Wrong codes in one conversation within an hour; after them none is looked at. */
export const linkTriesAnHour = 5;

/** A one-time code that a resident types in another channel. The newest alone is good; only its keyed hash is kept. */
export async function makeLinkCode(
  tx: Tx,
  input: { residentId: string; conversationId: string },
): Promise<{ code: string; minutes: number }> {
  let code: string | null = null;
  while (code === null) code = drawCode(randomBytes(8));
  await tx.query(`DELETE FROM link_code WHERE resident_id = $1`, [input.residentId]);
  await tx.query(
    `INSERT INTO link_code (code_hash, resident_id, conversation_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)`,
    [
      hashOf(tx, code),
      input.residentId,
      input.conversationId,
      tx.now,
      new Date(tx.now.getTime() + linkCodeMinutes * 60_000),
    ],
  );
  return { code, minutes: linkCodeMinutes };
}

export type UseLinkCodeResult =
  | { kind: 'linked' }
  /** Unknown, used or too old: which of them is not said. */
  | { kind: 'wrong' }
  | { kind: 'too_many' }
  /** Typed where it was made, or the two belong together already. */
  | { kind: 'same' }
  | { kind: 'two_bookings'; here: BookingFacts; there: BookingFacts }
  | { kind: 'two_drafts' };

/**
 * Joins the resident who types a code with the one who asked for it. A refusal that they can mend leaves the code
 * good. The conversation that the code came from is told (`told`), so that nobody is joined without noticing.
 */
export async function useLinkCode(
  tx: Tx,
  input: { residentId: string; conversationId: string; code: string; told: string },
): Promise<UseLinkCodeResult> {
  const { residentId, conversationId } = input;
  const since = new Date(tx.now.getTime() - 3_600_000);
  await tx.query(`DELETE FROM link_failure WHERE conversation_id = $1 AND at <= $2`, [conversationId, since]);
  const failures = await tx.query(`SELECT 1 FROM link_failure WHERE conversation_id = $1`, [conversationId]);
  if (failures.count >= linkTriesAnHour) return { kind: 'too_many' };
  const { rows } = await tx.query<{ resident_id: string; conversation_id: string }>(
    `UPDATE link_code SET used_at = $2 WHERE code_hash = $1 AND used_at IS NULL AND expires_at > $2
     RETURNING resident_id, conversation_id`,
    [hashOf(tx, input.code), tx.now],
  );
  const link = rows[0];
  if (!link) {
    await tx.query(`INSERT INTO link_failure (conversation_id, at) VALUES ($1, $2)`, [
      conversationId,
      tx.now,
    ]);
    return { kind: 'wrong' };
  }
  const merged = await mergeResidents(tx, {
    residentId,
    otherId: link.resident_id,
    how: 'code',
    officerId: null,
    isInStep: true,
  });
  switch (merged.kind) {
    case 'merged':
      await tell(tx, link.conversation_id, input.told);
      return { kind: 'linked' };
    case 'not_found':
      return { kind: 'wrong' };
    case 'two_bookings':
      await keepGood(tx, input.code);
      return { kind: 'two_bookings', here: merged.ours, there: merged.theirs };
    case 'same':
    case 'two_drafts':
      await keepGood(tx, input.code);
      return { kind: merged.kind };
  }
}

function hashOf(tx: Tx, code: string): Uint8Array {
  return tx.vault.fingerprint(`link:${code}`);
}

async function keepGood(tx: Tx, code: string): Promise<void> {
  await tx.query(`UPDATE link_code SET used_at = NULL WHERE code_hash = $1`, [hashOf(tx, code)]);
}

async function tell(tx: Tx, conversationId: string, text: string): Promise<void> {
  const content = { kind: 'text', text, choices: [], replyToRef: null };
  await tx.query(
    `INSERT INTO message (conversation_id, direction, author, kind, content_sealed, sent_at, created_at, status)
     VALUES ($1, 'out', 'bot', 'text', $2, $3, $3, 'pending')`,
    [conversationId, tx.vault.sealJson(content, sealed.messageContent), tx.now],
  );
  tx.ring({ kind: 'deliver', conversationId });
}
