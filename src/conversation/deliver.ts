import type { Channel, DeliveryUpdate, OutboundReady, SendResult } from '../../bots/channel.ts';
import { outboundSchema } from '../domain/message.ts';
import type { AddressRef, ChannelName, Outbound } from '../domain/message.ts';
import type { Clock } from '../ops/clock.ts';
import type { Database } from '../store/database.ts';
import { sealed } from '../store/sealed.ts';
import type { Vault } from '../store/vault.ts';
import type { SealedAddress } from './hold-conversation.ts';
import { refHash } from './receive.ts';
import {
  findTemplate,
  isOvertaken,
  isWindowClosed,
  lookAgainAt,
  waitForWindow,
  windowClosed,
} from './reply-window.ts';
import type { WindowDeps } from './reply-window.ts';
import { claimMs } from './write-turn.ts';
import type { WrittenMessage } from './write-turn.ts';

export type DeliverDeps = WindowDeps & {
  db: Database;
  vault: Vault;
  clock: Clock;
  channel: (name: ChannelName) => Channel | undefined;
  heldChannels: () => ChannelName[];
  /** {@link noteSent}, gathered: many conversations share one statement under load. */
  noteSent: (sent: SentMessage) => Promise<void>;
  loadFile: (fileKey: string) => Promise<Uint8Array | null>;
  /** Rings for a conversation at a later time. */
  ringLater: (conversationId: string, afterMs: number) => void;
  /** Each attempt, for the metrics. */
  onAttempt?: ((channel: ChannelName, outcome: string) => void) | undefined;
  /** A message's status changed: open pages show it. */
  onChange: (conversationId: string) => void;
  /** What this process is sending this moment. However long a channel takes, it is not sent a second time meanwhile. */
  inFlight: Set<string>;
};

type Target = { conversationId: string; address: AddressRef };
type Claimed = { id: string; content_sealed: Uint8Array; attempts: number; failure: string | null };

/** How often a passing failure is tried again before a person has to look: about a day in all. */
export const maxAttempts = 14;

/**
 * Help whose fate is unknown is sent again after these waits, ms, and then left to a person. Whoever is in danger may read
 * the numbers twice; all else is never sent twice.
 */
const helpAgainMs = [5_000, 30_000] as const;

/** Growing waits between attempts, ms: 2 s, 4 s, … at most two hours. */
export function retryDelayMs(attempts: number): number {
  return Math.min(2_000 * 2 ** attempts, 2 * 3_600_000);
}

/**
 * Sends what the caller has written and claimed, in order. One that the platform will never take is left to a person
 * and the rest go on; one that has to wait holds the rest, for the order is kept.
 *
 * @returns true when all are over; they were claimed because nothing waited before them, so nothing waits now but
 * what has been rung for since.
 */
export async function sendWritten(
  deps: DeliverDeps,
  written: { conversationId: string; to: SealedAddress; messages: readonly WrittenMessage[] },
): Promise<boolean> {
  const { messages } = written;
  if (messages.length === 0) return false;
  const target = openTarget(deps.vault, written.conversationId, written.to);
  const lateFrom = deps.clock.now().getTime() + claimMs / 2;
  for (const [at, message] of messages.entries()) {
    // The platform was so slow that the claims may run out: whoever claims them anew goes on.
    if (deps.clock.now().getTime() >= lateFrom) return releaseClaims(deps, messages.slice(at));
    const fate = await sendOne(deps, target, { id: message.id, content: message.content, attempts: 0 });
    if (fate === 'waits') return releaseClaims(deps, messages.slice(at + 1));
  }
  return true;
}

/** Sends what waits in a conversation, oldest first, one in flight. What another process sends is left to it. */
export async function deliver(deps: DeliverDeps, conversationId: string): Promise<void> {
  let target: Target | null = null;
  for (;;) {
    const claimed = await claimOldest(deps, conversationId);
    if (!claimed) return;
    target ??= await findTarget(deps, conversationId);
    if (!target) return;
    const content = openOutbound(deps.vault, claimed.content_sealed);
    if (!content) {
      // A person sees that it did not leave; whatever waits behind it does.
      await record(deps, target, claimed, { ok: false, outcome: 'refused', reason: 'it cannot be opened' });
      deps.onChange(conversationId);
      continue;
    }
    const fate = await sendOne(deps, target, {
      id: claimed.id,
      content,
      attempts: claimed.attempts,
      hasWaited: claimed.failure?.startsWith(windowClosed) ?? false,
    });
    if (fate === 'waits') return;
  }
}

/** Null when the key is gone, or when another version wrote it in a shape that this one does not know. */
function openOutbound(vault: Vault, kept: Uint8Array): Outbound | null {
  try {
    return outboundSchema.parse(vault.openJson(kept, sealed.messageContent));
  } catch {
    return null;
  }
}

async function findTarget(deps: DeliverDeps, conversationId: string): Promise<Target | null> {
  const { rows } = await deps.db.query<SealedAddress>(
    `SELECT a.channel, a.kind, a.value_sealed FROM conversation c JOIN address a ON a.id = c.address_id WHERE c.id = $1`,
    [conversationId],
  );
  return rows[0] ? openTarget(deps.vault, conversationId, rows[0]) : null;
}

function openTarget(vault: Vault, conversationId: string, at: SealedAddress): Target {
  const value = vault.openText(at.value_sealed, sealed.addressValue);
  return { conversationId, address: { channel: at.channel, kind: at.kind, value } };
}

/**
 * The oldest unsent message, if nobody is sending it and its time has come; one claim at a time a conversation. One that
 * waits for the resident's next word holds up nothing: a notice may go by a template meanwhile. What is urgent goes
 * before all that waits.
 */
async function claimOldest(deps: DeliverDeps, conversationId: string): Promise<Claimed | null> {
  const now = deps.clock.now();
  const { rows } = await deps.db.query<Claimed>(
    `UPDATE message SET status = 'sending', claimed_until = $3
      WHERE id = (SELECT m.id FROM message m
                   WHERE m.conversation_id = $1 AND m.status IN ('pending', 'sending')
                     AND (m.status = 'sending' OR m.next_attempt_at IS NULL OR m.next_attempt_at <= $2
                          OR m.failure IS NULL OR m.failure NOT LIKE '${windowClosed}:%')
                   ORDER BY (m.status = 'sending' AND m.claimed_until > $2) DESC, m.is_urgent DESC, m.seq LIMIT 1)
        AND (status = 'pending' OR (claimed_until <= $2 AND id <> ALL ($5::uuid[])))
        AND (next_attempt_at IS NULL OR next_attempt_at <= $2)
        AND (SELECT a.channel FROM conversation c JOIN address a ON a.id = c.address_id WHERE c.id = $1) = ANY ($4::text[])
      RETURNING id, content_sealed, attempts, failure`,
    [conversationId, now, new Date(now.getTime() + claimMs), deps.heldChannels(), [...deps.inFlight]],
  );
  return rows[0] ?? null;
}

/** What nobody needs to attend to: the reminder came too late to be true. */
const overtaken = 'overtaken by time';

/** `over`: sent, never to be sent, or waiting for the resident's next word. `waits`: it goes later, or the resident cannot be reached at all. */
type Fate = 'over' | 'waits';

async function sendOne(
  deps: DeliverDeps,
  target: Target,
  message: { id: string; content: Outbound; attempts: number; hasWaited?: boolean },
): Promise<Fate> {
  deps.inFlight.add(message.id);
  try {
    const result = await trySending(deps, target, message);
    deps.onAttempt?.(target.address.channel, result.ok ? 'sent' : result.outcome);
    const isHelp = message.content.kind === 'text' && message.content.isUrgent === true;
    const fate = await record(deps, target, { ...message, isHelp }, result);
    deps.onChange(target.conversationId);
    return fate;
  } finally {
    deps.inFlight.delete(message.id);
  }
}

async function trySending(
  deps: DeliverDeps,
  { conversationId, address: to }: Target,
  message: { id: string; content: Outbound; hasWaited?: boolean },
): Promise<SendResult> {
  const channel = deps.channel(to.channel);
  if (!channel) return { ok: false, outcome: 'retry', reason: 'channel not in this process' };
  const { id } = message;
  if (message.hasWaited && (await isOvertaken(deps.db, id, deps.clock.now())))
    return { ok: false, outcome: 'refused', reason: overtaken };
  const ready = await makeReady(deps, message.content);
  if (!ready) return { ok: false, outcome: 'refused', reason: 'file is gone' };
  const isClosed = await isWindowClosed(deps, channel, { conversationId, messageId: id });
  const sent: SendResult = isClosed
    ? { ok: false, outcome: windowClosed, reason: 'the resident has not written lately' }
    : await guarded(() => channel.send(to, ready));
  if (sent.ok || sent.outcome !== windowClosed || !channel.sendOutsideWindow) return sent;
  const template = await findTemplate(deps, id);
  return template
    ? await guarded(async () => (await channel.sendOutsideWindow?.(to, ready, template)) ?? sent)
    : sent;
}

async function guarded(send: () => Promise<SendResult>): Promise<SendResult> {
  try {
    return await send();
  } catch (error) {
    // A bug of the channel. It may have been sent, and it must not hold up for ever all that follows.
    const reason = `the channel failed: ${error instanceof Error ? error.name : typeof error}`;
    return { ok: false, outcome: 'unknown', reason };
  }
}

async function makeReady(deps: DeliverDeps, content: Outbound): Promise<OutboundReady | null> {
  if (content.kind !== 'file') return content;
  const { name, mime, caption, source } = content;
  const bytes =
    source.from === 'text' ? new TextEncoder().encode(source.text) : await deps.loadFile(source.fileKey);
  return bytes ? { kind: 'file', name, mime, bytes, caption } : null;
}

/** A message that the platform took, as the `attempts`-th attempt; `ref` is its id there. */
export type SentMessage = {
  id: string;
  channel: ChannelName;
  at: Date;
  attempts: number;
  ref: string | null;
};

/** Writes what became of messages that went out. One whose row has gone meanwhile is nobody's loss. */
export async function noteSent(
  { db, vault }: { db: Database; vault: Vault },
  batch: readonly SentMessage[],
): Promise<void[]> {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const rows = batch.map(({ id, channel, at, attempts, ref }) => ({
    id,
    at,
    attempts,
    ...(ref !== null && {
      ref_hash64: base64(refHash(vault, channel, ref)),
      ref64: base64(vault.seal(ref, sealed.messageRef)),
    }),
  }));
  await db.query(
    `WITH one AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb)
           AS one (id uuid, at timestamptz, attempts int, ref_hash64 text, ref64 text)
     ), attempt AS (
       INSERT INTO delivery_attempt (message_id, at, outcome)
       SELECT m.id, one.at, 'sent' FROM one JOIN message m ON m.id = one.id
     )
     UPDATE message m
        SET status = 'sent', attempts = one.attempts, next_attempt_at = NULL, claimed_until = NULL, failure = NULL,
            ref_hash = coalesce(decode(one.ref_hash64, 'base64'), m.ref_hash),
            ref_sealed = coalesce(decode(one.ref64, 'base64'), m.ref_sealed), attended_at = NULL
       FROM one WHERE m.id = one.id AND m.status IN ('pending', 'sending')`,
    [JSON.stringify(rows)],
  );
  return batch.map(() => undefined);
}

/** Writes the attempt and what became of the message in one statement. */
async function record(
  deps: DeliverDeps,
  target: Target,
  message: { id: string; attempts: number; isHelp?: boolean },
  result: SendResult,
): Promise<Fate> {
  const now = deps.clock.now();
  if (result.ok) {
    const { channel } = target.address;
    const attempts = message.attempts + 1;
    await deps.noteSent({ id: message.id, channel, at: now, attempts, ref: result.messageRef });
    return 'over';
  }
  const { vault } = deps;
  const { outcome } = result;
  const isHeldBack = outcome === 'ceiling';
  const attempts = message.attempts + (isHeldBack ? 0 : 1);
  const helpAgainAfterMs = message.isHelp ? await waitForHelpAgain(deps.db, message.id, result) : null;
  let status: string;
  let nextAttemptAt: Date | null = null;
  if (result.outcome === 'unreachable') status = 'undeliverable';
  else if (result.outcome === windowClosed) status = 'pending';
  else if (result.outcome === 'retry' && attempts < maxAttempts) {
    status = 'pending';
    const afterMs = Math.max(result.retryAfterMs ?? 0, retryDelayMs(message.attempts));
    nextAttemptAt = new Date(now.getTime() + afterMs);
    deps.ringLater(target.conversationId, afterMs);
  } else if (helpAgainAfterMs !== null) {
    status = 'pending';
    nextAttemptAt = new Date(now.getTime() + helpAgainAfterMs);
    deps.ringLater(target.conversationId, helpAgainAfterMs);
  } else if (isHeldBack) {
    // The sweep finds it then: a ring of now would be in the way of sooner ones.
    status = 'pending';
    nextAttemptAt = result.until;
  } else status = 'failed';
  // Outside the platform's window it waits for the resident's next word, which rings for it.
  if (outcome === windowClosed) nextAttemptAt = lookAgainAt(now);
  // Of one whose fate is unknown too: the platform's later word finds it by this.
  const ref = result.outcome === 'unknown' ? (result.messageRef ?? null) : null;
  await deps.db.query(
    `WITH attempt AS (
       INSERT INTO delivery_attempt (message_id, at, outcome, reason) VALUES ($1, $2, $3, $4)
     ), unreachable AS (
       UPDATE address SET unreachable_at = $2
        WHERE $3 = 'unreachable' AND id = (SELECT address_id FROM conversation WHERE id = $5)
     ), rest AS (
       UPDATE message SET status = 'undeliverable', claimed_until = NULL, failure = $4
        WHERE $3 = 'unreachable' AND conversation_id = $5 AND id <> $1 AND status IN ('pending', 'sending')
     )
     UPDATE message SET status = $6, attempts = $7, next_attempt_at = $8, claimed_until = NULL, failure = $4,
            ref_hash = coalesce($9::bytea, ref_hash), ref_sealed = coalesce($10::bytea, ref_sealed),
            attended_at = CASE WHEN $4 = 'refused: ${overtaken}' THEN $2 END
      WHERE id = $1 AND status IN ('pending', 'sending')`,
    [
      message.id,
      now,
      outcome,
      `${outcome}: ${result.reason}`,
      target.conversationId,
      status,
      attempts,
      nextAttemptAt,
      ref === null ? null : refHash(vault, target.address.channel, ref),
      ref === null ? null : vault.seal(ref, sealed.messageRef),
    ],
  );
  return status === 'failed' || outcome === windowClosed ? 'over' : 'waits';
}

/** Null where it is not sent again: its fate is known, it has an id by which we shall hear of it, or it was tried enough. */
async function waitForHelpAgain(db: Database, id: string, result: SendResult): Promise<number | null> {
  if (result.ok || result.outcome !== 'unknown' || result.messageRef !== undefined) return null;
  const { rows } = await db.query<{ count: number }>(
    `SELECT count(*) AS count FROM delivery_attempt WHERE message_id = $1 AND outcome = 'unknown'`,
    [id],
  );
  return helpAgainMs[rows[0]?.count ?? 0] ?? null;
}

async function releaseClaims(deps: DeliverDeps, messages: readonly WrittenMessage[]): Promise<false> {
  if (messages.length === 0) return false;
  await deps.db.query(
    `UPDATE message SET status = 'pending', claimed_until = NULL WHERE id = ANY ($1::uuid[]) AND status = 'sending'`,
    [messages.map((message) => message.id)],
  );
  return false;
}

/** A platform's later word on what was sent. It only moves a status forward; unknown refs are ignored. */
export async function noteDelivery(
  deps: Pick<DeliverDeps, 'db' | 'vault' | 'clock' | 'ringLater' | 'onChange'>,
  update: DeliveryUpdate,
): Promise<void> {
  const ref = refHash(deps.vault, update.channel, update.messageRef);
  if (update.status === 'failed' && update.reason === windowClosed) {
    for (const { conversationId, isNotice } of await waitForWindow(deps.db, ref, deps.clock.now())) {
      if (isNotice) deps.ringLater(conversationId, 0);
      deps.onChange(conversationId);
    }
    return;
  }
  const earlier = {
    sent: ['pending', 'sending', 'failed'],
    delivered: ['pending', 'sending', 'sent', 'failed'],
    read: ['pending', 'sending', 'sent', 'delivered', 'failed'],
    failed: ['pending', 'sending', 'sent'],
  }[update.status];
  const { rows } = await deps.db.query<{ conversation_id: string }>(
    `UPDATE message SET status = $2, failure = $3, claimed_until = NULL
      WHERE ref_hash = $1 AND direction = 'out' AND status = ANY ($4::text[]) RETURNING conversation_id`,
    [ref, update.status, update.reason ?? null, earlier],
  );
  for (const row of rows) deps.onChange(row.conversation_id);
}
