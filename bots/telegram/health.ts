import type { ChannelClock, ChannelHealth, ChannelLog } from '../channel.ts';

export type HealthBoard = {
  current(): ChannelHealth;
  /** Logs a change of state once; the same state again only renews its words. */
  set(state: ChannelHealth['state'], detail: string): void;
};

export const createHealthBoard = (clock: ChannelClock, log: ChannelLog): HealthBoard => {
  let health: ChannelHealth = { state: 'starting', since: clock.now(), detail: 'not started' };
  return {
    current: () => health,
    set(state, detail) {
      const changed = state !== health.state;
      health = { state, since: changed ? clock.now() : health.since, detail };
      if (!changed) return;
      const level = state === 'stuck' ? 'error' : state === 'reconnecting' ? 'warn' : 'info';
      log[level]({ channel: 'telegram', state }, `telegram: ${detail}`);
    },
  };
};
