import { createWhatsappCloudChannel } from '../bots/whatsapp-cloud/whatsapp-cloud-channel.ts';
import { createWhatsappChannel } from '../bots/whatsapp/whatsapp-channel.ts';
import type { WhatsappChannel } from '../bots/whatsapp/whatsapp-channel.ts';
import type { ChannelPlan } from './app.ts';
import type { Role } from './cli.ts';
import type { Env } from './env.ts';
import { systemClock } from './ops/clock.ts';
import type { Log } from './ops/log.ts';

type Given = { roles: ReadonlySet<Role>; log: Log; dataDir: string };

/** WhatsApp as the operator chose it, or null: by the paired phone (`web`) or the official API (`cloud`). */
export function whatsappPlan(env: Env, given: Given): ChannelPlan | null {
  const { roles } = given;
  if (env.WHATSAPP_MODE === 'web' && roles.has('whatsapp')) return pairedPlan(env, given);
  // Meta calls where the web role listens; any process may send.
  if (env.WHATSAPP_MODE === 'cloud' && (roles.has('web') || roles.has('whatsapp')))
    return cloudPlan(env, given);
  return null;
}

function pairedPlan(env: Env, { log, dataDir }: Given): ChannelPlan {
  let current: WhatsappChannel | null = null;
  return {
    name: 'whatsapp',
    isExclusive: true,
    make: ({ ledger, onChange, onAlert }) =>
      (current = createWhatsappChannel({
        dataDir,
        log,
        clock: systemClock,
        ...(env.PUPPETEER_EXECUTABLE_PATH ? { executablePath: env.PUPPETEER_EXECUTABLE_PATH } : {}),
        onChange,
        onAlert: ({ kind, detail }) => {
          log.warn({ whatsapp: kind, why: detail }, 'WhatsApp needs a person; see the desk');
          onAlert(kind);
        },
        ...ledger,
      })),
    desk: () => ({
      logOut: async () => current?.logout(),
      restart: async () => current?.restart(),
      pairByCode: async (_name, phone) => (await current?.pairByCode(phone)) ?? { ok: false },
    }),
  };
}

function cloudPlan(env: Env, { log }: Given): ChannelPlan {
  const need = (name: 'TOKEN' | 'PHONE_ID' | 'APP_SECRET' | 'VERIFY_TOKEN') =>
    env[`WHATSAPP_CLOUD_${name}`] ?? '';
  const root = env.WHATSAPP_CLOUD_API_ROOT;
  return {
    name: 'whatsapp',
    isExclusive: false,
    make: () =>
      createWhatsappCloudChannel({
        token: need('TOKEN'),
        phoneId: need('PHONE_ID'),
        appSecret: need('APP_SECRET'),
        verifyToken: need('VERIFY_TOKEN'),
        apiRoot: /\/v\d+(\.\d+)?$/.test(root) ? root : `${root}/v24.0`,
        log,
        clock: systemClock,
      }),
  };
}
