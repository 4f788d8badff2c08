import type { ChannelClock, ChannelHealth, ChannelLog } from '../channel.ts';
import type { Pace } from './pacing.ts';

/** What the channel needs from the app. Everything about timing has a default; tests hold the clock. */
export type WhatsappOptions = {
  /** The pairing lives in `<dataDir>/whatsapp/session`, a Chromium profile that is as good as a password. */
  dataDir: string;
  /** A Chromium or Chrome. Without it the usual places are tried; nothing is ever downloaded. */
  executablePath?: string;
  /** More Chromium arguments (a proxy; in tests the rules that keep everything on this machine). */
  extraArgs?: readonly string[];
  log: ChannelLog;
  clock: ChannelClock;
  /** Asked before each send, so that a change of it is obeyed at once. */
  pace: (now: Date) => Promise<Pace>;
  timing?: Partial<SessionTiming>;
  /** Called once when the session gets into a state that needs a person, and once when it is well again. */
  onAlert?: (alert: WhatsappAlert) => void;
  /** Called whenever {@link ChannelHealth} changes, so that a page showing the code need not poll. */
  onChange?: (health: ChannelHealth) => void;
  /** `sentAt` of the newest stored inbound WhatsApp message, null if none: where catching up begins. */
  lastStored?: () => Promise<Date | null>;
  /** Whether the app itself sent this message, asked while catching up on what the paired phone wrote. */
  isOurs?: (messageRef: string) => Promise<boolean>;
  /** How many messages left since then, so that the day's ceiling survives a restart. */
  sentSince?: (since: Date) => Promise<number>;
  /** Shows residents the blue ticks once their message is stored. Default true. */
  markSeen?: boolean;
  random?: () => number;
};

export type WhatsappAlert = { kind: 'needs_pairing' | 'logged_out' | 'stuck' | 'recovered'; detail: string };

/** In milliseconds, all measured on the injected clock except `bootMs` and `protocolMs` (the libraries' own). */
export type SessionTiming = {
  heartbeatMs: number;
  /** A heartbeat that the page has not answered by then counts as missed; two in a row mean a hung page. */
  heartbeatTimeoutMs: number;
  /** From launching the browser to a code or a session; the real page is heavy. */
  startMs: number;
  /** From "authenticated" to "ready". */
  readyMs: number;
  /** How long WhatsApp may say that it is offline before the browser is rebuilt. */
  offlineMs: number;
  qrMaxAgeMs: number;
  /** The library's wait for the page's program, puppeteer's wait for one answer of the browser. */
  bootMs: number;
  protocolMs: number;
  closeMs: number;
  backOffBaseMs: number;
  backOffMaxMs: number;
  /** After this long connected, earlier failures are forgotten. */
  stableMs: number;
  /** Handing one text to the page; a file gets more by its size. */
  sendMs: number;
  /** From handing it over to WhatsApp's first tick. */
  ackMs: number;
  /** Statuses that come sooner than this after `send` wait for it: the caller first has to store the ref. */
  statusDelayMs: number;
  aliasMs: number;
  /** Chromium is rebuilt after this long, because the page's memory only grows. 0 never. */
  recycleMs: number;
  /** How far before the last stored message catching up begins, and how far back it ever goes. */
  overlapMs: number;
  maxCatchUpMs: number;
};

const minute = 60_000;

export const defaultTiming: SessionTiming = {
  heartbeatMs: 15_000,
  heartbeatTimeoutMs: 10_000,
  startMs: 3 * minute,
  readyMs: 90_000,
  offlineMs: 5 * minute,
  qrMaxAgeMs: minute,
  bootMs: minute,
  protocolMs: 2 * minute,
  closeMs: 10_000,
  backOffBaseMs: 1_000,
  backOffMaxMs: 5 * minute,
  stableMs: 2 * minute,
  sendMs: 30_000,
  ackMs: 30_000,
  statusDelayMs: 1_000,
  aliasMs: 5_000,
  recycleMs: 24 * 60 * minute,
  overlapMs: 60 * minute,
  maxCatchUpMs: 7 * 24 * 60 * minute,
};
