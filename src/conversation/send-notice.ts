import { notices } from '../notices/index.ts';
import type { DueNotice } from '../notices/define-notice.ts';
import { afterQuietHours } from '../domain/calendar.ts';
import type { Outbound } from '../domain/message.ts';
import type { Clock } from '../ops/clock.ts';
import type { Database } from '../store/database.ts';
import { sealed } from '../store/sealed.ts';
import type { Tx } from '../store/transact.ts';
import { holdConversation, sealedAddressOf } from './hold-conversation.ts';
import type { SealedAddress } from './hold-conversation.ts';
import type { ConverseDeps } from './converse.ts';
import { maxAttempts, retryDelayMs } from './deliver.ts';
import { readDialog, withNotice } from './dialog.ts';
import { noticeToken, noticeVerbs } from './token.ts';
import { writeTurn } from './write-turn.ts';
import type { WrittenMessage } from './write-turn.ts';

export type NoticeOutcome =
  | { kind: 'sent'; conversationId: string; messages: WrittenMessage[]; to: SealedAddress }
  | { kind: 'dropped'; why: string }
  /** Quiet hours, or not due yet: rung again then. */
  | { kind: 'later'; dueAt: Date }
  | { kind: 'gone' };

/**
 * Sends a notice that has come due, or drops it when what it is about has changed. Under the conversation's lock, so
 * it falls between two steps of a dialog; run twice it is one message, because the row is `due` only once. It is written
 * for one who cannot be reached as well: what cannot be delivered stands at the desk, for a person to call them.
 */
export async function sendNotice(tx: Tx, deps: ConverseDeps, noticeId: string): Promise<NoticeOutcome> {
  const found = await tx.query<{ conversation_id: string }>(
    `SELECT conversation_id FROM notice WHERE id = $1 AND status = 'due'`,
    [noticeId],
  );
  const conversationId = found.rows[0]?.conversation_id;
  const held = conversationId ? await holdConversation(tx, conversationId) : null;
  if (!held) return { kind: 'gone' };
  const { rows } = await tx.query<DueNotice & { dueAt: Date }>(
    `SELECT n.id, n.kind, n.conversation_id AS "conversationId", $2::uuid AS "residentId", n.booking_id AS "bookingId",
            n.booking_revision AS "bookingRevision", n.concern_id AS "concernId",
            n.referral_id AS "referralId", n.due_at AS "dueAt"
       FROM notice n WHERE n.id = $1 AND n.status = 'due' FOR UPDATE`,
    [noticeId, held.resident_id],
  );
  const row = rows[0];
  if (!row) return { kind: 'gone' };
  if (row.dueAt > tx.now) return { kind: 'later', dueAt: row.dueAt };

  const notice = notices[row.kind];
  const { calendar } = deps.facts;
  const quietUntil = notice.passesQuietHours ? tx.now : afterQuietHours(calendar.room, tx.now);
  const putOff = async (dueAt: Date): Promise<NoticeOutcome> => {
    await tx.query(`UPDATE notice SET due_at = $2 WHERE id = $1`, [row.id, dueAt]);
    return { kind: 'later', dueAt };
  };
  if (quietUntil > tx.now) return putOff(quietUntil);
  const done = (status: 'sent' | 'dropped', outcome: string) =>
    tx.query(`UPDATE notice SET status = $2, outcome = $3, done_at = $4 WHERE id = $1`, [
      row.id,
      status,
      outcome,
      tx.now,
    ]);
  if (notice.isReminder && !held.wants_reminders) {
    await done('dropped', 'not wanted');
    return { kind: 'dropped', why: 'not wanted' };
  }
  const t = deps.words(held.language);
  const written = await notice.write(tx, row, { t, language: held.language, calendar, now: tx.now });
  if (written.kind === 'later') return putOff(written.until);
  if (written.kind === 'drop') {
    await done('dropped', written.why);
    return { kind: 'dropped', why: written.why };
  }
  const choices = written.answers.flatMap(({ verb, code, label }) => {
    const known = noticeVerbs.find((one) => one === verb);
    return known ? [{ token: noticeToken(known, code), label }] : [];
  });
  const outbound: Outbound = { kind: 'text', text: written.text, choices, replyToRef: null };
  const before = readDialog(held.dialog_sealed ? tx.vault.openJson(held.dialog_sealed, sealed.dialog) : null);
  const messages = await writeTurn(tx, {
    held,
    processedMessageId: null,
    dialog: choices.length > 0 ? withNotice(before, choices, tx.now) : undefined,
    outbounds: [outbound],
    silenceMinutes: 'keep',
    author: 'notice',
    isSender: deps.holds(held.channel),
    noticeId: row.id,
  });
  await done('sent', 'sent');
  tx.changed({ kind: 'conversation', id: held.id });
  return { kind: 'sent', conversationId: held.id, messages, to: sealedAddressOf(held) };
}

/**
 * A notice could not be written: it is tried again with growing waits, and after a day or so given up, so that a bug in one
 * is not run for ever.
 *
 * @returns whether it was given up.
 */
export async function putOffNotice(
  { db, clock }: { db: Database; clock: Clock },
  noticeId: string,
): Promise<{ isGivenUp: boolean }> {
  const now = clock.now();
  const { rows } = await db.query<{ attempts: number }>(
    `UPDATE notice SET attempts = attempts + 1 WHERE id = $1 AND status = 'due' RETURNING attempts`,
    [noticeId],
  );
  const attempts = rows[0]?.attempts;
  if (attempts === undefined) return { isGivenUp: false };
  const isGivenUp = attempts >= maxAttempts;
  await db.query(
    `UPDATE notice SET due_at = $2, status = $3, outcome = $4, done_at = $5 WHERE id = $1 AND status = 'due'`,
    [
      noticeId,
      new Date(now.getTime() + retryDelayMs(attempts)),
      isGivenUp ? 'dropped' : 'due',
      isGivenUp ? 'could not be written' : null,
      isGivenUp ? now : null,
    ],
  );
  return { isGivenUp };
}
