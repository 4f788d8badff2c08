import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChannelHealth, ChannelSink, DeliveryUpdate } from '../../../bots/channel.ts';
import type { WhatsappAlert, WhatsappOptions } from '../../../bots/whatsapp/options.ts';
import type { Pace } from '../../../bots/whatsapp/pacing.ts';
import { createWhatsappChannel, type WhatsappChannel } from '../../../bots/whatsapp/whatsapp-channel.ts';
import { type Inbound, inboundSchema } from '../../../src/domain/message.ts';
import { ManualClock } from './manual-clock.ts';
import { type PageMessage, startWhatsappPage, type WhatsappPage } from './whatsapp-page.ts';

/** Only a test's own wish to use another browser; the app reads this variable in `env.ts`. */
export const executablePath = [process.env['PUPPETEER_EXECUTABLE_PATH'], '/usr/bin/chromium'].find(
  (path) => path && existsSync(path),
);

/** Why the browser tests cannot run here, null if they can. */
export const noBrowser = executablePath
  ? null
  : 'no Chromium: set PUPPETEER_EXECUTABLE_PATH or install the Debian package chromium';

/** No waiting and no ceiling worth the name. */
const unpaced: Pace = {
  minMs: 0,
  maxMs: 0,
  dailyCeiling: 1_000_000,
  dayFrom: new Date(0),
  nextDay: new Date(8.64e15),
};

/** A sink that remembers, and lets a test wait for what comes. */
export class RecordingSink implements ChannelSink {
  readonly received: Inbound[] = [];
  readonly statuses: DeliveryUpdate[] = [];
  readonly #looks = new Set<() => void>();
  onReceive: (inbound: Inbound) => Promise<void> = async () => {};

  async receive(input: Parameters<ChannelSink['receive']>[0]): Promise<'stored' | 'duplicate'> {
    const inbound = inboundSchema.parse(input);
    await this.onReceive(inbound);
    const isKnown = this.received.some((one) => one.externalId === inbound.externalId);
    if (!isKnown) this.received.push(inbound);
    this.#look();
    return isKnown ? 'duplicate' : 'stored';
  }

  async status(update: DeliveryUpdate): Promise<void> {
    this.statuses.push(update);
    this.#look();
  }

  async until<T>(find: () => T | undefined | false): Promise<T> {
    for (;;) {
      const found = find();
      if (found) return found;
      await new Promise<void>((resolve) => this.#looks.add(resolve));
    }
  }

  inbound(fits: (inbound: Inbound) => boolean): Promise<Inbound> {
    return this.until(() => this.received.find(fits));
  }

  #look(): void {
    const looks = [...this.#looks];
    this.#looks.clear();
    for (const look of looks) look();
  }
}

export type Rig = {
  page: WhatsappPage;
  channel: WhatsappChannel;
  clock: ManualClock;
  sink: RecordingSink;
  dataDir: string;
  alerts: WhatsappAlert[];
  logged: string[];
  /** Resolves with the first health, from now on or now, that fits. */
  health(fits: (health: ChannelHealth) => boolean): Promise<ChannelHealth>;
  state(state: ChannelHealth['state']): Promise<ChannelHealth>;
  /** Does not wait for the outcome, which may need held time to pass. */
  start(): void;
  /** Lets the back-off pass, at about the machine's own pace so that no watchdog of a start is outrun. */
  reconnected(): Promise<ChannelHealth>;
  /** From nothing to connected, the first time with the phone's scan. */
  connect(): Promise<void>;
  /** Another process on the same data: a new channel, the same page and profile. */
  replace(options?: Partial<WhatsappOptions>): Promise<void>;
  end(): Promise<void>;
};

let paired: Promise<string> | null = null;

/** A profile that a phone has scanned, made once for a test file and copied for each rig that wants it. */
async function pairedProfile(): Promise<string> {
  const rig = await createRig();
  await rig.connect();
  await rig.channel.stop();
  await rig.page.close();
  return rig.dataDir;
}

export async function dropPairedProfile(): Promise<void> {
  if (paired) await rm(await paired, { recursive: true, force: true, maxRetries: 5 });
  paired = null;
}

export async function createRig(how: Partial<WhatsappOptions> & { isPaired?: boolean } = {}): Promise<Rig> {
  const { isPaired = false, ...options } = how;
  if (isPaired) paired ??= pairedProfile();
  const page = await startWhatsappPage();
  const dataDir = await mkdtemp(join(tmpdir(), 'bestie-whatsapp-'));
  if (paired && isPaired) await cp(await paired, dataDir, { recursive: true });
  const clock = new ManualClock();
  const sink = new RecordingSink();
  const alerts: WhatsappAlert[] = [];
  const logged: string[] = [];
  const looks = new Set<() => void>();

  function build(more: Partial<WhatsappOptions>): WhatsappChannel {
    const { timing, ...rest } = { ...options, ...more };
    const log = (fields: object, message: string) => void logged.push(`${message} ${JSON.stringify(fields)}`);
    return createWhatsappChannel({
      dataDir,
      executablePath: executablePath ?? '',
      extraArgs: page.browserArgs,
      log: { info: log, warn: log, error: log },
      clock,
      pace: async () => unpaced,
      // Held time is moved in leaps; only a test of a hung page may take a busy machine's page for one.
      timing: { statusDelayMs: 0, heartbeatTimeoutMs: 86_400_000, ...timing },
      onAlert: (alert) => alerts.push(alert),
      onChange() {
        const waiting = [...looks];
        looks.clear();
        for (const look of waiting) look();
      },
      ...rest,
    });
  }

  const rig: Rig = {
    page,
    clock,
    sink,
    dataDir,
    alerts,
    logged,
    channel: build({}),
    async health(fits) {
      for (;;) {
        const health = rig.channel.health();
        if (fits(health)) return health;
        await new Promise<void>((resolve) => looks.add(resolve));
      }
    },
    state: (state) => rig.health((health) => health.state === state),
    start: () => void rig.channel.start(sink),
    reconnected: () => clock.advanceUntil(rig.state('connected'), 50),
    async connect() {
      rig.start();
      const first = await rig.health(({ state }) => state === 'needs_pairing' || state === 'connected');
      if (first.state === 'needs_pairing') await page.order('scan');
      await rig.state('connected');
    },
    async replace(more = {}) {
      await rig.channel.stop();
      rig.channel = build(more);
    },
    async end() {
      await rig.channel.stop();
      await page.close();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  return rig;
}

export const resident = '6281234567890@c.us';
let messages = 0;

/** A message as the page has it, from a resident unless told otherwise. */
export function pageMessage(
  fields: Partial<PageMessage> & { from?: string; fromMe?: boolean } = {},
): PageMessage {
  messages += 1;
  const { from = resident, fromMe = false, ...rest } = fields;
  const id = `3A${String(messages).padStart(18, '0')}`;
  return {
    id: { fromMe, remote: from, id },
    type: 'chat',
    body: `pesan ${messages}`,
    t: Math.floor(new Date().getTime() / 1000),
    from,
    notifyName: 'Warga',
    ...rest,
  };
}

export function keyOf(message: PageMessage): string {
  const { fromMe, remote, id, participant } = message.id;
  return [fromMe, remote, id, participant].filter((part) => part !== undefined).join('_');
}
