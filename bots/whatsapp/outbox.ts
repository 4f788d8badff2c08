import type { AddressRef } from '../../src/domain/message.ts';
import type { ChannelClock, OutboundReady, SendResult } from '../channel.ts';
import { createAckBook } from './ack-book.ts';
import { chatOfAddress } from './address.ts';
import type { SessionClient } from './client.ts';
import { type Prepared, prepare } from './content.ts';
import { settleWithin } from './deadline.ts';
import type { Library } from './library.ts';
import { createLine } from './line.ts';
import type { SessionTiming } from './options.ts';
import type { Pace, Pacer } from './pacing.ts';
import * as scripts from './page-scripts.ts';
import { parseRawMessage, type RawMessage } from './raw-message.ts';
import { createRecent } from './recent.ts';
import { classifySendError } from './send-error.ts';

export type OutboxDeps = {
  /** The client while it may be used, else null. */
  ready(): SessionClient | null;
  library(): Library;
  pacer: Pacer;
  pace(now: Date): Promise<Pace>;
  clock: ChannelClock;
  timing: SessionTiming;
  maxFileBytes: number;
  /** Ticks are held back while a send is under way; called when it begins, answers how to end it. */
  hold(): () => void;
  /** Two sends in a row without WhatsApp's tick mean that the session is not what it says. */
  onTick(isAcknowledged: boolean): void;
  isOurs: ((ref: string) => Promise<boolean>) | undefined;
};

export type Outbox = {
  send(to: AddressRef, message: OutboundReady): Promise<SendResult>;
  noteAck(ref: string, ack: number): void;
  /** Takes no more; resolves when what is on its way has an outcome. */
  close(): Promise<void>;
  /** A resident wrote: whatever goes to them goes before notices for a while. */
  noteWaiting(address: AddressRef): void;
  /** For a message that left this number just now. */
  isOurSend(raw: RawMessage): Promise<boolean>;
  /** For one found while catching up. */
  isOurOldSend(raw: RawMessage): Promise<boolean>;
};

type Flight = { prepared: Prepared; ref: string | null; landed: Promise<void> };
type HandOff = { ref: string } | { result: SendResult };

/** The page stamps whole seconds, and its clock is not ours. */
const clockSlackSeconds = 5;

/** Somebody who wrote this recently is waiting for an answer. */
const waitingMs = 10 * 60_000;

export function createOutbox(deps: OutboxDeps): Outbox {
  const { clock, timing, pacer } = deps;
  const acks = createAckBook();
  const ours = createRecent(5_000);
  const inLine = createLine();
  const waiting = new Map<string, number>();
  const underWay = new Set<Promise<unknown>>();
  let flight: Flight | null = null;
  let isClosed = false;

  function send(to: AddressRef, message: OutboundReady): Promise<SendResult> {
    if (isClosed) return Promise.resolve(notConnected());
    const sending = sendNow(to, message).finally(() => underWay.delete(sending));
    underWay.add(sending);
    return sending;
  }

  async function sendNow(to: AddressRef, message: OutboundReady): Promise<SendResult> {
    const chat = chatOfAddress(to);
    if (!chat) return { ok: false, outcome: 'unreachable', reason: 'not a WhatsApp address' };
    if (message.kind === 'file' && message.bytes.byteLength > deps.maxFileBytes) {
      return { ok: false, outcome: 'refused', reason: 'the file is too big for WhatsApp' };
    }
    if (!deps.ready()) return notConnected();

    const isUrgent = message.kind === 'text' && message.isUrgent === true;
    const prepared = prepare(message, deps.library());
    let release = () => {};
    try {
      // One message at a time goes into the page; waiting for its tick holds nobody up.
      const rank = isUrgent ? 'danger' : isWaiting(chat) ? 'answer' : 'notice';
      const handOff = await inLine(rank, () =>
        paced(chat, prepared, isUrgent, () => (release = deps.hold())),
      );
      return 'result' in handOff ? handOff.result : await acknowledged(chat, handOff.ref);
    } finally {
      release();
    }
  }

  async function paced(
    chat: string,
    prepared: Prepared,
    isUrgent: boolean,
    onStart: () => void,
  ): Promise<HandOff> {
    if (isClosed || !deps.ready()) return { result: notConnected() };
    const pace = await deps.pace(clock.now()).catch(() => null);
    if (!pace) return { result: retry('the pace could not be read') };
    const until = isUrgent ? null : pacer.heldUntil(pace);
    if (until) return { result: { ok: false, outcome: 'ceiling', reason: 'enough for a day', until } };
    const { characters } = prepared;
    const wait = pacer.reserve(pace, { characters, isUrgent }, clock.now().getTime());
    if (wait > 0) {
      void deps
        .ready()
        ?.run(scripts.showTyping, chat)
        .catch(() => undefined);
      await clock.sleep(wait);
    }
    const client = deps.ready();
    if (!client || isClosed) return { result: notConnected() };
    onStart();
    return await handOver(client, chat, prepared);
  }

  async function handOver(client: SessionClient, chat: string, prepared: Prepared): Promise<HandOff> {
    let land: () => void = () => {};
    const current: Flight = { prepared, ref: null, landed: new Promise<void>((resolve) => (land = resolve)) };
    flight = current;
    try {
      const startedAt = clock.now().getTime();
      const sending = client.library.sendMessage(chat, prepared.content, prepared.options);
      const limit = timing.sendMs + prepared.bytes / 100;
      const answer = await settleWithin(sending, limit, clock);
      const raw = answer.done === 'value' && answer.value ? parseRawMessage(answer.value.rawData) : null;
      // The id comes back with the answer or, where the library lost it, with the event that went before.
      const ref = raw?.id.serialized ?? current.ref ?? (await findOwn(client, chat, prepared, startedAt));
      if (ref) {
        ours.add(ref);
        pacer.count(clock.now().getTime());
        return { ref };
      }
      if (answer.done === 'error') return { result: classifySendError(answer.error) };
      if (answer.done === 'timeout') return { result: unknown('the page did not answer in time') };
      if (answer.value === null)
        return { result: { ok: false, outcome: 'unreachable', reason: 'no such chat' } };
      return { result: unknown('WhatsApp gave no id for the message') };
    } finally {
      flight = null;
      land();
    }
  }

  /** Looks in the chat itself for what a silent or failing send left there. */
  async function findOwn(
    client: SessionClient,
    chat: string,
    prepared: Prepared,
    startedAt: number,
  ): Promise<string | null> {
    const look = await settleWithin(client.run(scripts.readOwn, chat), timing.heartbeatTimeoutMs, clock);
    if (look.done !== 'value') return null;
    const { now, messages } = (look.value ?? {}) as { now?: unknown; messages?: unknown };
    if (typeof now !== 'number' || !Array.isArray(messages)) return null;
    const oldest = now - (clock.now().getTime() - startedAt) / 1000 - clockSlackSeconds;
    const found = messages
      .map(parseRawMessage)
      .filter((raw) => raw !== null)
      .filter((raw) => (raw.t ?? 0) >= oldest && !ours.has(raw.id.serialized) && prepared.isIt(raw));
    return found.at(-1)?.id.serialized ?? null;
  }

  async function acknowledged(chat: string, ref: string): Promise<SendResult> {
    const answer = await settleWithin(acks.first(ref), timing.ackMs, clock);
    acks.forget(ref);
    const ack = answer.done === 'value' ? answer.value : await lookUpAck(chat, ref);
    if (ack >= 1) {
      deps.onTick(true);
      return { ok: true, messageRef: ref };
    }
    if (ack === -1) return retry('WhatsApp marked the message as failed');
    deps.onTick(false);
    // It waits in WhatsApp's own outbox and may leave whenever that likes.
    return { ...unknown('WhatsApp did not acknowledge the message'), messageRef: ref };
  }

  async function lookUpAck(chat: string, ref: string): Promise<number> {
    const client = deps.ready();
    if (!client) return 0;
    const look = await settleWithin(client.run(scripts.readOwn, chat), timing.heartbeatTimeoutMs, clock);
    const messages = look.done === 'value' ? (look.value as { messages?: unknown } | null)?.messages : null;
    const own = (Array.isArray(messages) ? messages : []).map(parseRawMessage);
    return own.find((raw) => raw?.id.serialized === ref)?.ack ?? 0;
  }

  function isInFlight(raw: RawMessage): boolean {
    if (!flight || flight.ref !== null || !flight.prepared.isIt(raw)) return false;
    flight.ref = raw.id.serialized;
    ours.add(raw.id.serialized);
    return true;
  }

  function isWaiting(chat: string): boolean {
    return clock.now().getTime() - (waiting.get(chat) ?? Number.NEGATIVE_INFINITY) < waitingMs;
  }

  return {
    send,
    async close() {
      isClosed = true;
      await Promise.all(underWay);
    },
    noteWaiting(address) {
      const chat = chatOfAddress(address);
      if (!chat) return;
      waiting.delete(chat);
      waiting.set(chat, clock.now().getTime());
      if (waiting.size > 2_000) waiting.delete(waiting.keys().next().value ?? '');
    },
    noteAck: (ref, ack) => acks.note(ref, ack),
    async isOurSend(raw) {
      if (ours.has(raw.id.serialized) || isInFlight(raw)) return true;
      // Its send has not come back with the id; the two may arrive in either order.
      await flight?.landed;
      return ours.has(raw.id.serialized);
    },
    async isOurOldSend(raw) {
      if (ours.has(raw.id.serialized)) return true;
      if (deps.isOurs && (await deps.isOurs(raw.id.serialized))) return true;
      // Ids made by a web client, as all of ours are. Better to miss an officer's word typed in a browser
      // while we were away than to fall silent over a message of our own that the app lost sight of.
      return raw.id.id.startsWith('3EB0');
    },
  };
}

function retry(reason: string, retryAfterMs?: number): SendResult {
  return { ok: false, outcome: 'retry', reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

function notConnected(): SendResult {
  return retry('WhatsApp is not connected', 15_000);
}

function unknown(reason: string): Extract<SendResult, { outcome: 'unknown' }> {
  return { ok: false, outcome: 'unknown', reason };
}
