import type { AddressRef, ChannelName, InboundInput, Outbound } from '../src/domain/message.ts';
import type { GroupEvent, OfficerGroup } from './officer-group.ts';

/**
 * The contract between Bestie and a platform. A channel knows its platform and nothing of residents, flows
 * or the database; it hands in what arrived and sends what it is told. Every channel passes
 * `test/bots/channel-contract.ts`.
 */
export type Channel = {
  readonly name: ChannelName;
  readonly capabilities: ChannelCapabilities;
  /**
   * Begins to receive. Resolves once receiving has been set up or, when the platform cannot be reached,
   * once a retry has been arranged: an unreachable platform never rejects and never stops the process.
   */
  start(sink: ChannelSink): Promise<void>;
  /** Sends one message. Known refusals are values; a rejection is a bug. Called one at a time an address. */
  send(to: AddressRef, message: OutboundReady): Promise<SendResult>;
  /**
   * Sends a notice outside the reply window, by an approved template whose one blank takes its text. Absent where
   * there is no window.
   */
  sendOutsideWindow?(to: AddressRef, message: OutboundReady, template: MessageTemplate): Promise<SendResult>;
  /** Fetches what an inbound `media.ref` names. `maxBytes` is the room's limit. */
  fetchMedia(ref: string, maxBytes: number): Promise<MediaResult>;
  /** HTTP entry of the platform (webhook), mounted at `path` by the app; absent where it polls. */
  readonly webhook?: { readonly path: string; handle(request: Request): Promise<Response> };
  /** The officers' group of this platform, where one is set. */
  readonly group?: OfficerGroup | undefined;
  health(): ChannelHealth;
  /** Stops receiving, lets what is being stored finish. Safe to call twice. */
  stop(): Promise<void>;
};

export type ChannelCapabilities = {
  readonly choices: 'buttons' | 'numbers';
  /** Within how many hours of the resident's last message a reply is free (official WhatsApp); null: always. */
  readonly replyWindowHours: number | null;
};

/** What a platform has approved to be sent at any time, by its name and language there. */
export type MessageTemplate = { readonly name: string; readonly language: string };

/** What a channel calls. `receive` resolves after the commit: only then may the platform be told "yes". */
export type ChannelSink = {
  receive(inbound: InboundInput): Promise<'stored' | 'duplicate' | 'ignored'>;
  status(update: DeliveryUpdate): Promise<void>;
  /** What happened in the officers' group. Resolves after the commit; a rejection makes the platform repeat it. */
  group?(event: GroupEvent): Promise<void>;
};

/** A platform's later word on a sent message. Unknown refs are ignored; statuses never go backwards. */
export type DeliveryUpdate = {
  readonly channel: ChannelName;
  readonly messageRef: string;
  readonly status: 'sent' | 'delivered' | 'read' | 'failed';
  readonly reason?: string;
};

/** An Outbound with its file loaded. */
export type OutboundReady =
  | Exclude<Outbound, { kind: 'file' }>
  | { kind: 'file'; name: string; mime: string; bytes: Uint8Array; caption: string | null };

export type SendResult =
  /** The platform took it; `messageRef` is its id there, null if the platform gave none. */
  | { ok: true; messageRef: string | null }
  /** Not sent for a passing reason: try again, not before `retryAfterMs` if given. */
  | { ok: false; outcome: 'retry'; reason: string; retryAfterMs?: number }
  /**
   * It may have been sent: never retried blindly, looked into by a person. With `messageRef`, where the platform has
   * it under that id and has not said what became of it: a status may still come.
   */
  | { ok: false; outcome: 'unknown'; reason: string; messageRef?: string }
  /** As many have left as may leave in a day: waits until then. */
  | { ok: false; outcome: 'ceiling'; reason: string; until: Date }
  /** The person cannot be reached here any more (blocked the bot, left, no such chat). */
  | { ok: false; outcome: 'unreachable'; reason: string }
  /** Outside the platform's free reply window; waits for the resident's next word or a template. */
  | { ok: false; outcome: 'window_closed'; reason: string }
  /** The platform will never take this message (too big, malformed). */
  | { ok: false; outcome: 'refused'; reason: string };

export type MediaResult =
  | { ok: true; bytes: Uint8Array; mime: string | null }
  | { ok: false; outcome: 'retry' | 'gone' | 'too_large'; reason: string };

/** `state` in words for the desk and `doctor`; `detail` is for the operator and holds no resident's words. */
export type ChannelHealth = {
  readonly state: 'starting' | 'connected' | 'needs_pairing' | 'reconnecting' | 'stuck' | 'stopped';
  readonly since: Date;
  readonly detail: string;
  /** For `needs_pairing`: what to scan or type. */
  readonly pairing?: { readonly qr?: string; readonly code?: string };
};

/** The little of a logger that a bot uses (pino's shape). Never given anything a resident wrote. */
export type ChannelLog = {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
};

/** Time as the app sees it, so that tests can hold it. */
export type ChannelClock = { now(): Date; sleep(ms: number, signal?: AbortSignal): Promise<void> };
