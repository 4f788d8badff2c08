import QRCode from 'qrcode';
import type { ChannelHealth } from '../bots/channel.ts';
import { createWhatsappCloudChannel } from '../bots/whatsapp-cloud/whatsapp-cloud-channel.ts';
import { createWhatsappChannel } from '../bots/whatsapp/whatsapp-channel.ts';
import type { WhatsappChannel } from '../bots/whatsapp/whatsapp-channel.ts';
import type { ChannelPlan } from './conversation/channel-holder.ts';
import type { Role } from './cli.ts';
import { whatsappPaceAt } from './domain/whatsapp-pace.ts';
import type { Env } from './env.ts';
import type { Clock } from './ops/clock.ts';
import type { Log } from './ops/log.ts';

type Given = {
  roles: ReadonlySet<Role>;
  log: Log;
  clock: Clock;
  dataDir: string;
  publicUrl: string;
  /** Where a person sits at the terminal, its output; null where it goes into a log, which no code to pair belongs in. */
  terminal: ((text: string) => void) | null;
};

/** WhatsApp as the operator chose it, or null: by the paired phone (`web`) or the official API (`cloud`). */
export function whatsappPlan(env: Env, given: Given): ChannelPlan | null {
  const { roles } = given;
  if (env.WHATSAPP_MODE === 'web' && roles.has('whatsapp')) return pairedPlan(env, given);
  // Meta calls where the web role listens; any process may send.
  if (env.WHATSAPP_MODE === 'cloud' && (roles.has('web') || roles.has('whatsapp')))
    return cloudPlan(env, given);
  return null;
}

function pairedPlan(env: Env, { log, clock, dataDir, publicUrl, terminal }: Given): ChannelPlan {
  let current: WhatsappChannel | null = null;
  const show = createTerminalPairing(terminal, `${publicUrl}/desk/pengaturan/kanal`);
  return {
    name: 'whatsapp',
    isExclusive: true,
    make: ({ ledger, room, onChange, onAlert }) =>
      (current = createWhatsappChannel({
        dataDir,
        log,
        clock,
        ...(env.PUPPETEER_EXECUTABLE_PATH ? { executablePath: env.PUPPETEER_EXECUTABLE_PATH } : {}),
        pace: async (now) => whatsappPaceAt(await room(), now),
        onChange: (health) => {
          show(health);
          onChange();
        },
        onAlert: ({ kind, detail }) => {
          if (kind === 'recovered') log.info({ why: detail }, 'WhatsApp works again');
          else log.warn({ whatsapp: kind, why: detail }, 'WhatsApp needs a person; see the desk');
          onAlert(kind);
        },
        ...ledger,
      })),
    control: {
      logOut: async () => current?.logout(),
      restart: async () => current?.restart(),
      pairByCode: async (phone) => (await current?.pairByCode(phone)) ?? { ok: false },
    },
  };
}

/** The code to scan, drawn in the terminal each time it changes. */
function createTerminalPairing(terminal: Given['terminal'], page: string): (health: ChannelHealth) => void {
  let shown: string | undefined;
  return ({ pairing }) => {
    const qr = pairing?.qr;
    if (!terminal || qr === undefined || qr === shown) return;
    shown = qr;
    void QRCode.toString(qr, { type: 'terminal', small: true }).then((picture) =>
      terminal(
        `\n${picture}\n  Pindai dari telepon ruang: WhatsApp, Perangkat tertaut, Tautkan perangkat.\n  Juga di ${page}\n\n`,
      ),
    );
  };
}

function cloudPlan(env: Env, { log, clock }: Given): ChannelPlan {
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
        clock,
      }),
  };
}
