import type { Channel } from '../../bots/channel.ts';
import type { AddressRef } from '../../src/domain/message.ts';
import type { RecordingLog } from './recording.ts';

/**
 * A channel that has not been started, and the hand that moves its platform. A new one is made for every test.
 * Nothing in it may depend on real time: what the channel waits for on its clock ends with `letTimePass`.
 */
export type ChannelHarness = {
  readonly channel: Channel;
  /** The log that the channel was given. */
  readonly log: RecordingLog;
  /** Two residents of the platform; `say`, `press` and the like are done by the first unless told otherwise. */
  readonly people: readonly [AddressRef, AddressRef];
  /** What must never be seen in a log: tokens, keys. */
  readonly secrets: readonly string[];
  readonly platform: PlatformHand;
  /** From now on whatever the channel waits for on its clock (back-off, pace) is over at once. */
  letTimePass(): void;
  /** Stops the channel and the platform. */
  close(): Promise<void>;
};

export type PlatformHand = {
  /**
   * A resident does something; resolves when the platform has taken it, not when the channel has. Each returns
   * a handle with which `again` delivers the very same event once more.
   */
  say(text: string, by?: 0 | 1): Promise<Delivered>;
  /** Presses the button with this label under the newest message that has one. */
  press(label: string): Promise<Delivered>;
  /** Sends a voice note. */
  sendVoice(bytes: Uint8Array): Promise<Delivered>;
  /** Changes the text of an earlier message of the first resident. */
  edit(messageRef: string, text: string): Promise<Delivered>;
  again(delivered: Delivered): Promise<void>;

  /** Resolves when the platform has been told "yes" to everything it delivered. */
  acknowledged(): Promise<void>;
  /** How many delivered events have not been told "yes" to. */
  unacknowledged(): number;

  /** What the person has on the screen, oldest first. */
  screen(person: 0 | 1): readonly OnScreen[];

  /** The person blocks the room, or leaves the platform. The platform may tell the channel. */
  block(person: 0 | 1): Promise<void>;
  /** The file of the newest voice note is no longer there. */
  expireMedia(): Promise<void>;
  /** The next sending goes wrong in this way; see {@link SendFault}. */
  failNextSend(fault: SendFault): void;
  /** Nobody answers any more. Called before `start` as well. */
  goDark(): Promise<void>;
  comeBack(): Promise<void>;
};

export type Delivered = { readonly handle: unknown };

/**
 * `busy`: too many messages, try again in three seconds. `broken`: the platform has an error of its own and
 * did not take it. `refused`: it will never take such a message. `answer_lost`: it took the message, and the
 * connection broke before it could say so.
 */
export type SendFault = 'busy' | 'broken' | 'refused' | 'answer_lost';

export type OnScreen = {
  readonly messageRef: string;
  /** Text or caption; of a place, what it is called and where. */
  readonly text: string;
  /** Labels of the buttons; empty where a channel writes choices as a numbered list into the text. */
  readonly buttons: readonly string[];
  readonly place: { latitude: number; longitude: number } | null;
  readonly file: { name: string; bytes: Uint8Array } | null;
};
