import { join } from 'node:path';
import type { Channel, ChannelCapabilities, ChannelSink } from '../channel.ts';
import { createAliasFinder } from './alias.ts';
import { findBrowser } from './browser.ts';
import { createClient, type SessionClient } from './client.ts';
import { settleWithin } from './deadline.ts';
import { createInbox, type Inbox } from './inbox.ts';
import { type Library, loadLibrary } from './library.ts';
import { fetchMedia } from './media.ts';
import { defaultTiming, type WhatsappOptions } from './options.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createPacer } from './pacing.ts';
import * as scripts from './page-scripts.ts';
import { prepareProfile, wipeProfile } from './profile.ts';
import { parseRawMessage } from './raw-message.ts';
import { WhatsappSession } from './session.ts';
import type { SessionEvent } from './session-state.ts';
import { createStatuses, type Statuses } from './statuses.ts';

export type WhatsappChannel = Channel & {
  /** Unlinks this device and shows a new code; resolves once that has begun. */
  logout(): Promise<void>;
  /** Rebuilds the browser, keeping the pairing. */
  restart(): void;
  /** Shows a code to type on the phone in place of the QR; `phone` in digits with the country's. */
  pairByCode(phone: string): Promise<{ ok: true; code: string } | { ok: false; reason: string }>;
};

const maxFileBytes = 16 * 1024 * 1024;

const capabilities: ChannelCapabilities = {
  choices: 'numbers',
  replyWindowHours: null,
};

type CatchingUp = { client: SessionClient; isAgain: boolean; pause: AbortController };

/** WhatsApp by whatsapp-web.js: a paired phone's web session in a Chromium of our own. */
export function createWhatsappChannel(options: WhatsappOptions): WhatsappChannel {
  const { log, clock } = options;
  const timing = { ...defaultTiming, ...options.timing };
  const dataPath = join(options.dataDir, 'whatsapp');
  const random = options.random ?? Math.random;
  let library: Library | null = null;
  let inbox: Inbox | null = null;
  let outbox: Outbox | null = null;
  let statuses: Statuses | null = null;
  let me: string[] = [];
  let startedAt = clock.now();
  let catching: CatchingUp | null = null;
  let life = new AbortController();
  let isStarted = false;

  const session = new WhatsappSession({
    timing,
    clock,
    log,
    createClient: buildClient,
    wipeProfile: () => wipeProfile(dataPath),
    catchUp,
    countUnheard: (arrived) => inbox?.countUnheard(arrived) ?? 0,
    onAlert: (alert) => options.onAlert?.(alert),
    onChange: (health) => options.onChange?.(health),
  });

  async function buildClient(dispatch: (event: SessionEvent) => void) {
    const browser = await findBrowser(options.executablePath);
    if (!browser.ok) return { reason: browser.reason };
    const profile = await prepareProfile(dataPath);
    if (!profile.ok) return { reason: profile.reason };
    library ??= await loadLibrary();
    const extraArgs = options.extraArgs ?? [];
    const settings = { dataPath, executablePath: browser.path, extraArgs, timing, clock, log };
    return createClient(library, settings, {
      dispatch,
      onMessage(raw) {
        dispatch({ type: 'heard' });
        inbox?.message(raw);
      },
      onUndecrypted: (raw, isFinal) => inbox?.undecrypted(raw, isFinal),
      onEdit: (raw, text) => inbox?.edit(raw, text),
      onCall: (call) => inbox?.call(call),
      onAck(raw, ack) {
        if (!raw.id.fromMe) return;
        outbox?.noteAck(raw.id.serialized, ack);
        statuses?.note(raw.id.serialized, ack);
      },
    });
  }

  /** One at a time for a client; a wish that comes while one runs is granted right after it. */
  function catchUp(client: SessionClient): Promise<void> {
    if (catching?.client === client) {
      catching.isAgain = true;
      catching.pause.abort();
      return Promise.resolve();
    }
    catching = { client, isAgain: false, pause: new AbortController() };
    return takeMissed(catching);
  }

  /** Until it worked: what came before this connection is looked for nowhere else. */
  async function takeMissed(mine: CatchingUp): Promise<void> {
    let wait = 2_000;
    while (session.current === mine.client && !life.signal.aborted) {
      mine.isAgain = false;
      const isDone = await takeMissedOnce(mine.client).catch(() => false);
      if (mine.isAgain) continue;
      if (isDone) break;
      log.warn({ wait }, 'whatsapp could not catch up yet');
      mine.pause = new AbortController();
      await clock.sleep(wait, AbortSignal.any([mine.pause.signal, life.signal]));
      wait = Math.min(wait * 2, 60_000);
    }
    if (catching === mine) catching = null;
  }

  async function takeMissedOnce(client: SessionClient): Promise<boolean> {
    const known = await settleWithin(client.run(scripts.readMe), timing.heartbeatTimeoutMs, clock);
    if (known.done === 'value' && Array.isArray(known.value)) me = known.value.map(String);
    const since = await catchUpFrom();
    const perChat = 200;
    const found = await settleWithin(client.run(scripts.readSince, since, perChat), timing.readyMs, clock);
    if (found.done === 'value') {
      inbox?.missed(found.value);
      noteMissedTicks(found.value);
    }
    return found.done === 'value';
  }

  /** Of what left before a connection was lost, perhaps with nobody knowing whether it did. */
  function noteMissedTicks(found: unknown): void {
    const own = (Array.isArray(found) ? found : []).map(parseRawMessage);
    for (const raw of own) if (raw?.id.fromMe && raw.ack) statuses?.note(raw.id.serialized, raw.ack);
  }

  /** In seconds. A number that never stored anything begins with now: its phone's old chats are not ours. */
  async function catchUpFrom(): Promise<number> {
    const last = (await options.lastStored?.()) ?? null;
    const from = last ? last.getTime() - timing.overlapMs : startedAt.getTime();
    return Math.floor(Math.max(from, clock.now().getTime() - timing.maxCatchUpMs) / 1000);
  }

  function markSeen(chatId: string): void {
    const client = options.markSeen === false ? null : session.ready;
    // Only a courtesy, and one that WhatsApp breaks now and then.
    client?.library.sendSeen(chatId).catch(() => undefined);
  }

  async function countToday(): Promise<number> {
    try {
      const { dayFrom } = await options.pace(startedAt);
      return (await options.sentSince?.(dayFrom)) ?? 0;
    } catch {
      // The ceiling counts from now then; that is no reason not to start.
      return 0;
    }
  }

  async function start(sink: ChannelSink): Promise<void> {
    if (isStarted) return;
    isStarted = true;
    startedAt = clock.now();
    life = new AbortController();
    const { signal } = life;
    const sent = Array.from({ length: await countToday() }, () => startedAt.getTime());
    if (signal.aborted) return;
    const ticks = createStatuses(sink, clock, log, timing.statusDelayMs);
    statuses = ticks;
    const sending = createOutbox({
      ready: () => session.ready,
      library: () => library as Library,
      pacer: createPacer(random, sent),
      pace: options.pace,
      clock,
      timing,
      maxFileBytes,
      hold: () => ticks.hold(),
      onTick: (isAcknowledged) =>
        session.dispatch({ type: isAcknowledged ? 'acknowledged' : 'unacknowledged' }),
      isOurs: options.isOurs,
    });
    outbox = sending;
    inbox = createInbox({
      sink,
      clock,
      log,
      me: () => me,
      aliasesOf: createAliasFinder(() => session.ready?.library ?? null, clock, timing.aliasMs),
      isOurSend: (raw) => sending.isOurSend(raw),
      isOurOldSend: (raw) => sending.isOurOldSend(raw),
      markSeen,
      onResident: (address) => sending.noteWaiting(address),
    });
    session.start();
    // Connected, waiting for a phone, or about to try again: from here on it goes by itself.
    await session.until(({ phase }) => phase !== 'starting' && phase !== 'syncing' && phase !== 'closing');
  }

  return {
    name: 'whatsapp',
    capabilities,
    start,
    async send(to, message) {
      if (!outbox) return { ok: false, outcome: 'retry', reason: 'WhatsApp has not started' };
      return await outbox.send(to, message);
    },
    async fetchMedia(ref, maxBytes) {
      const client = session.ready;
      if (!client) return { ok: false, outcome: 'retry', reason: 'WhatsApp is not connected' };
      return await fetchMedia(client, ref, maxBytes, clock, timing.sendMs);
    },
    health: () => session.health,
    async stop() {
      isStarted = false;
      life.abort();
      // What is on its way gets its outcome first: cut off, nobody would know whether it left.
      if (outbox) await settleWithin(outbox.close(), timing.closeMs, clock);
      inbox?.stop();
      await inbox?.drain();
      await session.stop();
    },
    async logout() {
      await session.until(({ phase }) => phase !== 'closing');
      session.dispatch({ type: 'logout' });
    },
    restart: () => session.dispatch({ type: 'restart' }),
    async pairByCode(phone) {
      const client = session.current;
      if (session.health.state !== 'needs_pairing' || !client)
        return { ok: false, reason: 'not waiting for a phone' };
      if (!/^[1-9]\d{7,14}$/.test(phone))
        return { ok: false, reason: 'the number must be digits with its country' };
      const code = await settleWithin(client.library.requestPairingCode(phone), timing.sendMs, clock);
      if (code.done === 'value' && typeof code.value === 'string') return { ok: true, code: code.value };
      return {
        ok: false,
        reason: code.done === 'error' ? 'WhatsApp gave no code' : 'WhatsApp did not answer',
      };
    },
  };
}
