import { GrammyError, HttpError } from 'grammy';
import type { SendResult } from '../channel.ts';
import { TransportError } from './transport.ts';

/**
 * What went wrong with a call, in words that may be logged. grammY's errors hold the payload (a resident's
 * answer) and their causes the URL (the token), so an error object itself never leaves this file.
 */
export type CallFailure = {
  /** HTTP or Bot API status, null when there was no answer. */
  readonly status: number | null;
  readonly reason: string;
  readonly retryAfterMs: number | null;
  /** False only when the request cannot have reached Telegram. */
  readonly mayHaveArrived: boolean;
};

export const readCallFailure = (error: unknown): CallFailure => {
  if (error instanceof GrammyError) {
    const seconds = error.parameters.retry_after;
    return {
      status: error.error_code,
      reason: error.description.slice(0, 200),
      retryAfterMs: seconds === undefined ? null : seconds * 1000,
      mayHaveArrived: true,
    };
  }
  const cause = error instanceof HttpError ? error.error : error;
  if (cause instanceof TransportError) {
    return { status: null, reason: cause.message, retryAfterMs: null, mayHaveArrived: cause.mayHaveArrived };
  }
  const name = cause instanceof Error ? cause.name : 'error';
  return { status: null, reason: `the call failed (${name})`, retryAfterMs: null, mayHaveArrived: true };
};

/** A wrong or revoked token: 401, or 404 where the server knows no such bot at all. */
export const isTokenRefused = (failure: CallFailure): boolean =>
  failure.status === 401 || (failure.status === 404 && failure.reason.endsWith('Not Found'));

const unreachablePeer = /chat not found|user not found|user is deactivated|PEER_ID_INVALID|bot was blocked/i;

export const toSendResult = (failure: CallFailure): Extract<SendResult, { ok: false }> => {
  const { status, reason, retryAfterMs } = failure;
  if (status === null) return { ok: false, outcome: failure.mayHaveArrived ? 'unknown' : 'retry', reason };
  if (status === 429) return { ok: false, outcome: 'retry', reason, retryAfterMs: retryAfterMs ?? 1000 };
  // Telegram answers 5xx before it takes a message, and a token can be put right: neither loses the message.
  if (status >= 500 || isTokenRefused(failure)) return { ok: false, outcome: 'retry', reason };
  if (status === 403 || unreachablePeer.test(reason)) return { ok: false, outcome: 'unreachable', reason };
  return { ok: false, outcome: 'refused', reason };
};
