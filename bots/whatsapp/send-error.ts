import type { SendResult } from '../channel.ts';
import { messageOf } from './deadline.ts';

/** The browser or the page went away in the middle of it, so nobody knows how far it got. */
const lostInTheMiddle = [
  /detached Frame/i,
  /Target closed/i,
  /Session closed/i,
  /Connection closed/i,
  /Execution context/i,
  /Protocol error/i,
  /timed out/i,
];

/**
 * What a rejected `sendMessage` means, once the chat was looked at and does not hold the message. The reason
 * is ours, not the page's words, which could quote the message.
 */
export function classifySendError(error: unknown): SendResult {
  const message = messageOf(error);
  if (/No LID for user/i.test(message)) {
    return { ok: false, outcome: 'unreachable', reason: 'WhatsApp does not know this person (no LID)' };
  }
  if (/wid error|invalid wid/i.test(message)) {
    return { ok: false, outcome: 'unreachable', reason: 'WhatsApp does not take this address' };
  }
  if (
    (error as { name?: unknown } | null)?.name === 'TargetCloseError' ||
    lostInTheMiddle.some((one) => one.test(message))
  ) {
    return { ok: false, outcome: 'unknown', reason: 'the browser went away while sending' };
  }
  if (/upload/i.test(message)) return { ok: false, outcome: 'retry', reason: 'the upload failed' };
  return { ok: false, outcome: 'retry', reason: 'WhatsApp Web refused the message' };
}
