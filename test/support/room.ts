import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { createApp, prepareDatabase } from '../../src/app.ts';
import type { App, AppOptions } from '../../src/app.ts';
import type { ChannelPlan } from '../../src/conversation/channel-holder.ts';
import { addressHash } from '../../src/conversation/receive.ts';
import { createLog } from '../../src/ops/log.ts';
import type { Log } from '../../src/ops/log.ts';
import { projectFolder } from '../../src/ops/project-folder.ts';
import type { Database } from '../../src/store/database.ts';
import { parseKeyRing } from '../../src/store/key-ring.ts';
import { createVault } from '../../src/store/vault.ts';
import type { Vault } from '../../src/store/vault.ts';
import { Resident } from './resident.ts';
import { createScriptedChannel } from './scripted-channel.ts';
import type { ScriptedChannel } from './scripted-channel.ts';
import type { StoreUnderTest } from './stores.ts';
import { createTestClock } from './test-clock.ts';
import type { TestClock } from './test-clock.ts';

/** The whole of Bestie but its platforms: real stores, real pipeline, a held clock and a channel that is a script. */
export type RoomUnderTest = {
  /** The process that runs now. */
  readonly app: App;
  readonly clock: TestClock;
  readonly telegram: ScriptedChannel;
  readonly vault: Vault;
  readonly db: Database;
  readonly dataDir: string;
  /** Names of what lies in the file store. */
  keptFiles(): Promise<string[]>;
  readonly queuePrefix: string;
  /** Every line that was logged. */
  readonly logged: string[];
  /** Everything residents wrote, and their names. At the end of each test none of it may have been logged. */
  readonly said: string[];
  resident(name?: string, chat?: string): Resident;
  /** Moves the clock and lets everything that has come due happen. */
  passes(to: Date | string): Promise<void>;
  /** Resolves when all that has begun has ended. */
  settles(): Promise<void>;
  conversationOf(resident: Resident): Promise<string>;
  rows<Row = Record<string, unknown>>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
  /** Errors in the log are part of this test; otherwise one fails it. */
  mayLogErrors(): void;
  /**
   * A new process on the same stores, files and keys. The old one is stopped before, or, `killed`, left where it
   * hangs: nothing of it is finished and it hears nothing more.
   */
  restarts(how?: { killed: boolean }): Promise<void>;
  /** A further process on the same stores, files and keys. It stops with the room, if not before. */
  joins(how: Pick<AppOptions, 'channels'> & { roles?: ('web' | 'worker')[] }): Promise<App>;
};

/** A Tuesday, ten in the morning WITA: the room opens the next day. */
export const aTuesday = '2026-11-24T10:00:00+08:00';

/** Opens a room for the present test and closes it after it. */
export async function openRoom(
  store: StoreUnderTest,
  options: {
    now?: string;
    roles?: ('web' | 'worker')[];
    officerChatId?: string;
    /** Where `resident()` writes, on a script; Telegram may then be a real channel of `plans`. */
    residentsOn?: 'telegram' | 'web';
    plans?: (given: { clock: TestClock; log: Log; dataDir: string }) => ChannelPlan[];
    /** What should be held by some process, also if not by this one. */
    configured?: AppOptions['configured'];
    mailer?: AppOptions['mailer'];
  } = {},
): Promise<RoomUnderTest> {
  const clock = createTestClock(options.now ?? aTuesday);
  const logged: string[] = [];
  const said: string[] = [];
  const log = createLog({ level: 'debug', write: (line) => void logged.push(line) });
  const opened = store.opened();
  const dataDir = await mkdtemp(join(tmpdir(), 'bestie-room-'));
  const keyRing = parseKeyRing(`test:${randomBytes(32).toString('base64')}`, 'the test');
  const vault = createVault(keyRing);
  const { residentsOn = 'telegram' } = options;
  const telegram = createScriptedChannel(residentsOn);
  const redisUrl = store.redisUrl();
  const appOptions: AppOptions = {
    opened,
    keyRing,
    queue: redisUrl ? { redisUrl } : { sql: opened.queueSql },
    queuePrefix: `test-${randomUUID()}`,
    clock,
    log,
    dataDir,
    projectFolder: projectFolder(),
    publicUrl: 'http://127.0.0.1:3000',
    officerChatId: options.officerChatId,
    mailer: options.mailer,
    roles: new Set(options.roles ?? []),
    channels: [
      { name: residentsOn, isExclusive: false, make: () => telegram },
      ...(options.plans?.({ clock, log, dataDir }) ?? []),
    ],
    ...(options.configured ? { configured: options.configured } : {}),
  };
  await prepareDatabase(appOptions);
  const apps: App[] = [];
  const start = async () => {
    const app = await createApp(appOptions);
    apps.push(app);
    await app.start();
  };
  const others: App[] = [];
  await start();
  const now = (): App => {
    const app = apps.at(-1);
    if (!app) throw new Error('no app runs');
    return app;
  };
  const settles = async () => {
    const { pipeline, officerGroup } = now();
    do await pipeline.idle();
    while (await officerGroup.idle());
  };
  let residents = 0;
  let isErrorExpected = false;

  onTestFinished(async () => {
    for (const app of [...others, ...apps]) await app.stop();
    await rm(dataDir, { recursive: true, force: true });
    expectNothingSaid(logged, said);
    if (!isErrorExpected) expect(logged.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });

  return {
    get app() {
      return now();
    },
    clock,
    telegram,
    vault,
    db: opened.db,
    dataDir,
    keptFiles: async () => {
      const all = await readdir(dataDir, { recursive: true, withFileTypes: true });
      return all.filter((entry) => entry.isFile() && entry.parentPath !== dataDir).map(({ name }) => name);
    },
    queuePrefix: appOptions.queuePrefix ?? '',
    logged,
    said,
    resident: (name, chat) => {
      residents += 1;
      return new Resident(
        { channel: telegram, clock, settle: settles, said },
        chat ?? `${90_000 + residents}`,
        name ?? `Warga Ke-${residents}`,
      );
    },
    passes: async (to) => {
      clock.set(to);
      await now().sweep();
      await now().hourly();
      await settles();
    },
    settles,
    conversationOf: async (resident) => {
      const { rows } = await opened.db.query<{ id: string }>(
        `SELECT c.id FROM conversation c JOIN address a ON a.id = c.address_id WHERE a.value_hash = $1`,
        [addressHash(vault, { channel: residentsOn, kind: 'chat', value: resident.chat })],
      );
      return rows[0]?.id ?? '';
    },
    rows: async <Row>(sql: string, params?: readonly unknown[]) =>
      (await opened.db.query<Row>(sql, params)).rows,
    mayLogErrors: () => void (isErrorExpected = true),
    restarts: async (how) => {
      const old = now();
      if (!how?.killed) await old.stop();
      await start();
      if (!how?.killed) apps.splice(apps.indexOf(old), 1);
    },
    joins: async ({ channels, roles = [] }) => {
      const app = await createApp({ ...appOptions, channels, roles: new Set(roles) });
      others.push(app);
      await app.start();
      return app;
    },
  };
}

/** What is shorter than this, and commands, are words of ours as well. */
const shortest = 8;

function expectNothingSaid(logged: readonly string[], said: readonly string[]): void {
  const log = logged.join('');
  for (const text of said) {
    if (text.length < shortest || text.startsWith('/')) continue;
    const inJson = JSON.stringify(text).slice(1, -1);
    expect(log.includes(inJson) || log.includes(text), `logged: ${text.slice(0, 40)}`).toBe(false);
  }
}
