import { createWhatsappChannel } from '../bots/whatsapp/whatsapp-channel.ts';
import type { WhatsappChannel } from '../bots/whatsapp/whatsapp-channel.ts';
import type { ChannelPlan } from './app.ts';
import type { Role } from './cli.ts';
import type { Env } from './env.ts';
import { systemClock } from './ops/clock.ts';
import type { Log } from './ops/log.ts';

/** WhatsApp as the operator chose it, or null: by the paired phone (`web`) or the official API (`cloud`). */
export function whatsappPlan(
  env: Env,
  given: { roles: ReadonlySet<Role>; log: Log; dataDir: string },
): ChannelPlan | null {
  if (env.WHATSAPP_MODE !== 'web' || !given.roles.has('whatsapp')) return null;
  let current: WhatsappChannel | null = null;
  return {
    name: 'whatsapp',
    isExclusive: true,
    make: () =>
      (current = createWhatsappChannel({
        dataDir: given.dataDir,
        log: given.log,
        clock: systemClock,
        ...(env.PUPPETEER_EXECUTABLE_PATH ? { executablePath: env.PUPPETEER_EXECUTABLE_PATH } : {}),
      })),
    desk: () => ({
      logOut: async () => current?.logout(),
      restart: async () => current?.restart(),
    }),
  };
}
