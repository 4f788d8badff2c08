import type { SendResult } from '../channel.ts';
import type { GraphAnswer } from './graph.ts';

type Failure = Exclude<GraphAnswer, { ok: true }>;

/** Meta asks to slow down; where it does not say for how long, this long. */
const tooFast: Record<number, number> = {
  4: 60_000,
  80007: 60_000,
  130429: 5_000,
  // One person may be written to about every six seconds.
  131056: 6_000,
  131048: 15 * 60_000,
  131049: 24 * 60 * 60_000,
  133016: 60 * 60_000,
};
const unreachable = new Set([131026, 131030, 131050, 131062]);
const passing = new Set([1, 2, 131000, 131016, 131053, 131057, 133004, 133005]);
/** The token, the number or the account: a person has to mend it, and the messages wait. */
const ours = new Set([0, 3, 10, 190, 368, 131005, 131031, 131042, 133010]);
const windowClosed = 131047;

export function isOurFault(failure: Failure): boolean {
  if (failure.by !== 'meta') return false;
  const { code, status } = failure;
  return status === 401 || (code !== null && (ours.has(code) || (code >= 200 && code < 300)));
}

/** What a failed call means for the message. The reason is Meta's number, never its words. */
export function toSendResult(failure: Failure): SendResult {
  if (failure.by === 'network') {
    if (failure.maybeDone)
      return { ok: false, outcome: 'unknown', reason: 'the answer of WhatsApp was lost' };
    return { ok: false, outcome: 'retry', reason: 'WhatsApp cannot be reached' };
  }
  const { code, status, retryAfterMs } = failure;
  const reason = code === null ? `WhatsApp answered ${status}` : `WhatsApp error ${code}`;
  if (code === windowClosed) return { ok: false, outcome: 'window_closed', reason };
  if (code !== null && unreachable.has(code)) return { ok: false, outcome: 'unreachable', reason };
  if (isOurFault(failure)) return { ok: false, outcome: 'retry', reason, retryAfterMs: 15 * 60_000 };
  const slower = code === null ? undefined : tooFast[code];
  if (slower !== undefined || status === 429) {
    return { ok: false, outcome: 'retry', reason, retryAfterMs: retryAfterMs ?? slower ?? 60_000 };
  }
  if (status >= 500 || (code !== null && passing.has(code))) {
    return { ok: false, outcome: 'retry', reason, ...(retryAfterMs ? { retryAfterMs } : {}) };
  }
  return { ok: false, outcome: 'refused', reason };
}
