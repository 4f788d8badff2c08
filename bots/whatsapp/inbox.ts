import type { AddressRef, InboundInput } from '../../src/domain/message.ts';
import type { ChannelClock, ChannelLog, ChannelSink } from '../channel.ts';
import { createPoisonWatch, withoutContent } from '../poison-watch.ts';
import { addressOfChat } from './address.ts';
import { parseRawMessage, type RawMessage } from './raw-message.ts';
import { readEdit, readMessage } from './read-message.ts';
import { createRecent } from './recent.ts';

export type InboxDeps = {
  sink: ChannelSink;
  clock: ChannelClock;
  log: ChannelLog;
  me(): readonly string[];
  aliasesOf(address: AddressRef): Promise<AddressRef[]>;
  /** Whether this message left by our own hand; may wait for a send that is on its way. */
  isOurSend(raw: RawMessage): Promise<boolean>;
  isOurOldSend(raw: RawMessage): Promise<boolean>;
  markSeen(chatId: string): void;
  /** A resident wrote, and will be waiting for an answer. */
  onResident(address: AddressRef): void;
};

export type Inbox = {
  message(raw: RawMessage, late?: boolean): void;
  undecrypted(raw: RawMessage, isFinal: boolean): void;
  edit(raw: RawMessage, text: string): void;
  call(call: { id: string; from: string }): void;
  /** What the page holds since a while, oldest first; what was heard live is left out. */
  missed(found: unknown): void;
  /** Messages that stand in the page unheard; each is counted once, as one piece of evidence. */
  countUnheard(arrived: unknown): number;
  /** Resolves when all that came in is stored, or given up because of `signal`. */
  drain(): Promise<void>;
  stop(): void;
};

const retryDelays = [500, 2_000, 10_000, 30_000, 60_000];
/** Refusals of one, some ten seconds, after which those behind it are tried too. */
const patience = 4;
/** Sooner than this, ciphertext may still be opened; WhatsApp asks the sender's phone again. */
const decryptionGraceMs = 60_000;

type Waiting = {
  attempt: (isFirst: boolean) => Promise<'over' | 'refused'>;
  refusals: number;
};
/** What came from one person. */
type Line = { waiting: Waiting[]; done: Promise<void>; wake: () => void };

/** Takes in what arrives, in order for each person, and holds on to it until the app has stored it. */
export function createInbox(deps: InboxDeps): Inbox {
  const { sink, clock, log } = deps;
  const heard = createRecent(10_000);
  const noticed = createRecent(1_000);
  const poison = createPoisonWatch({ log, platform: 'WhatsApp' });
  const lines = new Map<string, Line>();
  const life = new AbortController();

  /** Each is tried in its turn, again and again until it is over. */
  function inLine(address: AddressRef, attempt: Waiting['attempt']): void {
    const key = `${address.kind}:${address.value}`;
    const line = lines.get(key) ?? { waiting: [], done: Promise.resolve(), wake: () => {} };
    line.waiting.push({ attempt, refusals: 0 });
    line.wake();
    if (lines.has(key)) return;
    lines.set(key, line);
    line.done = walk(key, line);
  }

  async function walk(key: string, line: Line): Promise<void> {
    while (line.waiting.length > 0) {
      const wakes = new AbortController();
      line.wake = () => wakes.abort();
      await tryAll(line);
      const [first] = line.waiting;
      if (!first || first.refusals === 0) continue;
      // Stopping leaves it to catching up, which begins before the last stored message.
      if (life.signal.aborted) break;
      const ms = retryDelays[Math.min(first.refusals, retryDelays.length) - 1] ?? 0;
      await clock.sleep(ms, AbortSignal.any([life.signal, wakes.signal]));
    }
    // In the same breath as the last look: whoever comes later begins a line of their own.
    lines.delete(key);
  }

  /**
   * Their order is kept: what is refused is waited for. But when that has lasted, the next is tried right behind it: if
   * that one is stored, only the first is bad, and it does not block its sender.
   */
  async function tryAll(line: Line): Promise<void> {
    for (const one of line.waiting.slice()) {
      const outcome = await one.attempt(one.refusals === 0).catch((error: unknown) => {
        log.error(
          { error: error instanceof Error ? error.name : 'unknown' },
          'whatsapp message not taken in',
        );
        return 'over' as const;
      });
      if (outcome === 'over') {
        line.waiting.splice(line.waiting.indexOf(one), 1);
        continue;
      }
      one.refusals += 1;
      if (one.refusals < patience) return;
    }
  }

  async function store(
    inbound: InboundInput,
  ): Promise<'stored' | 'duplicate' | 'ignored' | 'refused' | 'given_up'> {
    const aliases = await deps.aliasesOf(inbound.address);
    return poison.store(inbound.externalId, (isReduced) =>
      sink.receive({ ...(isReduced ? withoutContent(inbound) : inbound), aliases }),
    );
  }

  /** What needs nothing but to be stored. */
  function storeInLine(inbound: InboundInput): void {
    inLine(inbound.address, async () => ((await store(inbound)) === 'refused' ? 'refused' : 'over'));
  }

  function context(late: boolean) {
    return { now: clock.now(), late, me: deps.me() };
  }

  function take(raw: RawMessage, late: boolean, isOurs: (raw: RawMessage) => Promise<boolean>): void {
    heard.add(heardKey(raw));
    const inbound = readMessage(raw, context(late));
    if (!inbound) return;
    // Asked at once, not in line: a send that waits to hear of its message may stand at the head of it.
    const isOurOwn = raw.id.fromMe ? isOurs(raw) : Promise.resolve(false);
    inLine(inbound.address, async (isFirst) => {
      if (await isOurOwn) return 'over';
      if (inbound.author === 'resident' && isFirst) deps.onResident(inbound.address);
      const outcome = await store(inbound);
      if (outcome === 'refused') return 'refused';
      if (outcome === 'duplicate' && late && raw.latestEditSenderTimestampMs) {
        // The message was known, but it may have been edited while we were away.
        const edit = raw.body ? readEdit(raw, raw.body, context(late)) : null;
        if (edit && (await store(edit)) === 'refused') return 'refused';
      }
      if (inbound.author === 'resident') deps.markSeen(raw.id.remote);
      return 'over';
    });
  }

  /** Only keys and types are at hand here; a text that would be empty must still count. */
  function isForTheRoom(raw: RawMessage): boolean {
    return (
      readMessage({ ...raw, body: raw.body ?? '-' }, { now: clock.now(), late: true, me: deps.me() }) !== null
    );
  }

  return {
    message: (raw, late = false) => take(raw, late, deps.isOurSend),
    undecrypted(raw, isFinal) {
      heard.add(heardKey(raw));
      if (isFinal || raw.subtype?.startsWith('view_once')) take(raw, false, deps.isOurSend);
    },
    edit(raw, text) {
      const edit = readEdit(raw, text, context(false));
      if (edit) storeInLine(edit);
    },
    call(call) {
      const address = addressOfChat(call.from);
      if (!address) return;
      const inbound: InboundInput = {
        externalId: `call_${call.id}`.slice(0, 500),
        address,
        sentAt: clock.now(),
        content: { kind: 'call' },
      };
      storeInLine(inbound);
    },
    missed(found) {
      const messages = (Array.isArray(found) ? found : [])
        .map(parseRawMessage)
        .filter((raw) => raw !== null)
        .filter((raw) => !heard.has(heardKey(raw)) && !isStillOpening(raw, clock.now()))
        .sort((a, b) => (a.t ?? 0) - (b.t ?? 0));
      for (const raw of messages) take(raw, true, deps.isOurOldSend);
    },
    countUnheard(arrived) {
      const unheard = (Array.isArray(arrived) ? arrived : [])
        .map(parseRawMessage)
        .filter((raw) => raw !== null)
        .filter((raw) => !isStillOpening(raw, clock.now()) && !heard.has(heardKey(raw)))
        .filter((raw) => !noticed.has(heardKey(raw)) && isForTheRoom(raw));
      for (const raw of unheard) noticed.add(heardKey(raw));
      return unheard.length;
    },
    async drain() {
      while (lines.size > 0) await Promise.all([...lines.values()].map(({ done }) => done));
    },
    stop: () => life.abort(),
  };
}

/** Deleting a message is another event than the message. */
function heardKey(raw: RawMessage): string {
  return raw.type === 'revoked' ? `${raw.id.serialized}/revoked` : raw.id.serialized;
}

function isStillOpening(raw: RawMessage, now: Date): boolean {
  if (raw.type !== 'ciphertext' || raw.subtype?.startsWith('view_once')) return false;
  return now.getTime() - (raw.t ?? 0) * 1000 < decryptionGraceMs;
}
