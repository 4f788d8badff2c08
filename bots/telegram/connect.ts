import type { ChannelClock } from '../channel.ts';
import { isTokenRefused, type CallFailure } from './call-failure.ts';
import type { HealthBoard } from './health.ts';

/** Growing waits, from a second to half a minute: quick after a hiccup, no burden in an outage. */
export const createBackoff = (clock: ChannelClock, firstMs = 1_000, lastMs = 30_000) => {
  let next = firstMs;
  return {
    reset(): void {
      next = firstMs;
    },
    async wait(signal: AbortSignal, atLeastMs = 0): Promise<void> {
      const ms = Math.max(next, atLeastMs);
      next = Math.min(next * 2, lastMs);
      await clock.sleep(ms, signal);
    },
  };
};

/** What the operator is told while Telegram cannot be used. */
export const showFailure = (health: HealthBoard, failure: CallFailure): void => {
  if (isTokenRefused(failure)) {
    health.set('stuck', 'Telegram refuses the token: put the one from @BotFather into TELEGRAM_BOT_TOKEN');
  } else if (failure.status === 409) {
    health.set('reconnecting', 'another program is receiving with this token; waiting until it stops');
  } else if (failure.status === 429) {
    health.set('reconnecting', 'Telegram asks to slow down; waiting as long as it says');
  } else if (failure.status === null) {
    health.set('reconnecting', `Telegram cannot be reached, trying again: ${failure.reason}`);
  } else {
    health.set('reconnecting', `Telegram answers ${failure.status}, trying again: ${failure.reason}`);
  }
};
