import type { ChannelClock } from '../channel.ts';

export type PaceOptions = {
  /** Messages a second to everybody together. */
  readonly perSecond: number;
  /** Of these, what messages that nobody is waiting for (reminders) may use. */
  readonly bulkPerSecond: number;
  readonly perChatPerSecond: number;
  /** Messages that may leave at once to one chat: an answer, a map pin and a calendar file belong together. */
  readonly perChatBurst: number;
};

/** Telegram's own words: about 30 a second, one a second a chat with short bursts. We stay under both. */
export const defaultPace: PaceOptions = {
  perSecond: 25,
  bulkPerSecond: 18,
  perChatPerSecond: 1,
  perChatBurst: 6,
};

/** For a Bot API server on this very machine: it says 429 where it has a limit, and that is obeyed. */
export const unlimitedPace: PaceOptions = {
  perSecond: Infinity,
  bulkPerSecond: Infinity,
  perChatPerSecond: Infinity,
  perChatBurst: Infinity,
};

/** When somebody wrote this recently, what we send is an answer and goes before what is not. */
const conversingMs = 60_000;
const rememberedChats = 20_000;

export type Pace = {
  /** Resolves when a message to this chat may leave; at once while the platform's limits are not near. */
  take(chat: string): Promise<void>;
  /** Somebody wrote in this chat. */
  heard(chat: string): void;
  /** The platform said to wait. */
  hold(chat: string, ms: number): void;
  /** How long the platform still wants us to wait, 0 when it does not. */
  heldForMs(chat: string): number;
};

/**
 * Buckets kept as the time at which the next message is due (GCRA): a bucket is one number, a place in the
 * line is taken when it is asked for, and nothing runs while nobody waits.
 */
export const createPace = (clock: ChannelClock, options: PaceOptions): Pace => {
  const everyone = createBucket(options.perSecond, options.perSecond);
  const bulk = createBucket(options.bulkPerSecond, options.bulkPerSecond);
  const chats = new Map<string, Bucket>();
  const heardAt = new Map<string, number>();
  const heldUntil = new Map<string, number>();
  let allHeldUntil = 0;

  const nowMs = (): number => clock.now().getTime();

  const chatBucket = (chat: string, now: number): Bucket => {
    let bucket = chats.get(chat);
    if (!bucket) {
      if (chats.size >= rememberedChats) forget(chats, (each) => each.isFull(now));
      bucket = createBucket(options.perChatPerSecond, options.perChatBurst);
      chats.set(chat, bucket);
    }
    return bucket;
  };

  return {
    async take(chat) {
      const now = nowMs();
      const chatAt = chatBucket(chat, now).reserve(now);
      const isAnswer = now - (heardAt.get(chat) ?? -Infinity) < conversingMs;
      if (isAnswer) {
        const at = Math.max(chatAt, everyone.reserve(now));
        if (at > now) await clock.sleep(at - now);
        return;
      }
      const at = Math.max(chatAt, bulk.reserve(now));
      if (at > now) await clock.sleep(at - now);
      // Bulk takes its place among everyone only when it is about to leave, so answers never queue behind it.
      for (let wait = everyone.waitAt(nowMs()); wait > 0; wait = everyone.waitAt(nowMs()))
        await clock.sleep(wait);
      everyone.reserve(nowMs());
    },
    heard(chat) {
      const now = nowMs();
      if (heardAt.size >= rememberedChats) forget(heardAt, (at) => now - at >= conversingMs);
      heardAt.set(chat, now);
    },
    hold(chat, ms) {
      const now = nowMs();
      forget(heldUntil, (until) => until <= now);
      // Refused in two chats at once, it is the bot as a whole that is too fast; pressing on lengthens the ban.
      if ([...heldUntil.keys()].some((other) => other !== chat))
        allHeldUntil = Math.max(allHeldUntil, now + ms);
      heldUntil.set(chat, now + ms);
    },
    heldForMs(chat) {
      if (heldUntil.size === 0 && allHeldUntil === 0) return 0;
      return Math.max(0, Math.max(heldUntil.get(chat) ?? 0, allHeldUntil) - nowMs());
    },
  };
};

type Bucket = {
  /** Takes one and says when it may be used. */
  reserve(now: number): number;
  waitAt(now: number): number;
  isFull(now: number): boolean;
};

const createBucket = (perSecond: number, burst: number): Bucket => {
  const interval = 1000 / perSecond;
  const tolerance = Number.isFinite(perSecond) ? (burst - 1) * interval : 0;
  let due = -Infinity;
  const at = (now: number): number => Math.max(now, due - tolerance);
  return {
    reserve(now) {
      const allowed = at(now);
      due = Math.max(due, now) + interval;
      return allowed;
    },
    waitAt: (now) => at(now) - now,
    isFull: (now) => due <= now,
  };
};

const forget = <V>(map: Map<string, V>, isStale: (value: V) => boolean): void => {
  for (const [key, value] of map) if (isStale(value)) map.delete(key);
};
