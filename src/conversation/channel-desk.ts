import type { Channel, ChannelHealth } from '../../bots/channel.ts';
import type { ChannelName } from '../domain/message.ts';
import { readKeptHealth } from './channel-health.ts';
import type { KeptHealth } from './channel-health.ts';
import { askChannel } from './channel-request.ts';
import type { ChannelAnswer, ChannelWish } from './channel-request.ts';

/** The channels as the desk shows them: those of this process as they are now, the rest as their holder said last. */
export function createChannelDesk(
  deps: Parameters<typeof askChannel>[0] & {
    channels: ReadonlyMap<ChannelName, Channel>;
    /** Channels that should be there: one that nobody has ever held is named as well. */
    configured: readonly ChannelName[];
  },
): {
  list(): Promise<KeptHealth[]>;
  ask(name: ChannelName, wish: ChannelWish): Promise<ChannelAnswer>;
} {
  return {
    list: async () => {
      const here = [...deps.channels.values()].map((channel) => ({
        name: channel.name,
        health: channel.health(),
        isPairable: deps.controlOf(channel.name) !== undefined,
        isHeld: true,
      }));
      // What was held once and is configured no more is nobody's business.
      const missing = deps.configured.filter((name) => !deps.channels.has(name));
      if (missing.length === 0) return here;
      const kept = await readKeptHealth(deps);
      const never: ChannelHealth = {
        state: 'stopped',
        since: deps.clock.now(),
        detail: 'no process holds it',
      };
      const elsewhere = missing.map(
        (name) =>
          kept.find((one) => one.name === name) ?? { name, health: never, isPairable: false, isHeld: false },
      );
      return [...here, ...elsewhere];
    },
    ask: (name, wish) => askChannel(deps, name, wish),
  };
}
