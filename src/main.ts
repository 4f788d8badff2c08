import { existsSync, mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { join, resolve } from 'node:path';
import { serve } from '@hono/node-server';
import { unlimitedPace } from '../bots/telegram/pace.ts';
import { createTelegramChannel } from '../bots/telegram/telegram-channel.ts';
import { dropLibraryNoise } from '../bots/whatsapp/library-noise.ts';
import { ensureSetupLink } from './actions/setup-link.ts';
import { createApp, prepareDatabase } from './app.ts';
import type { App } from './app.ts';
import type { ChannelPlan } from './conversation/channel-holder.ts';
import { createCli } from './cli.ts';
import type { Role } from './cli.ts';
import { readEnv } from './env.ts';
import type { Env } from './env.ts';
import { createSmtpMailer } from './mail/smtp-mailer.ts';
import { systemClock } from './ops/clock.ts';
import { createLog } from './ops/log.ts';
import type { Log } from './ops/log.ts';
import { OperatorError } from './ops/operator-error.ts';
import { projectFolder } from './ops/project-folder.ts';
import { loadKeyRing } from './store/key-ring.ts';
import { openDatabase } from './store/open-database.ts';
import { whatsappPlan } from './whatsapp-plan.ts';

/** Starts the roles and runs until a signal says stop. */
async function start(roles: ReadonlySet<Role>): Promise<void> {
  const env = readEnv();
  const clock = systemClock;
  const log = createLog({ level: env.LOG_LEVEL, isTerminal: env.isTerminal });
  const dataDir = resolve(env.DATA_DIR);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const publicUrl = env.PUBLIC_URL ?? `http://${env.HOST}:${env.PORT}`;
  // A database that is there already was written with keys: new ones would only hide that they are lost.
  const mustExist = env.DATABASE_URL === undefined && existsSync(join(dataDir, 'db'));
  const keyRing = loadKeyRing({ bestieKeys: env.BESTIE_KEYS, dataDir, log, mustExist });
  const opened = await openDatabase({ databaseUrl: env.DATABASE_URL, dataDir, log });

  process.on('unhandledRejection', (reason) => {
    if (dropLibraryNoise(reason, log)) return;
    log.error({ err: reason }, 'a promise failed that nobody watched; this is a bug, the process ends');
    process.exitCode = 1;
    process.kill(process.pid, 'SIGTERM');
  });

  await prepareDatabase({ opened, keyRing, projectFolder: projectFolder(), clock, log });
  const app = await createApp({
    opened,
    keyRing,
    queue: env.REDIS_URL ? { redisUrl: env.REDIS_URL } : { sql: opened.queueSql },
    clock,
    log,
    dataDir,
    projectFolder: projectFolder(),
    publicUrl,
    officerChatId: env.TELEGRAM_OFFICER_CHAT_ID,
    roles: new Set([...roles].filter((role) => role === 'web' || role === 'worker')),
    mailer:
      env.SMTP_URL && env.MAIL_FROM
        ? createSmtpMailer({ url: env.SMTP_URL, from: env.MAIL_FROM })
        : undefined,
    channels: channelPlans(env, { roles, log, dataDir, publicUrl }),
    configured: [
      ...(env.TELEGRAM_BOT_TOKEN ? (['telegram'] as const) : []),
      ...(env.WHATSAPP_MODE === 'off' ? [] : (['whatsapp'] as const)),
      'web',
    ],
  });
  // Heard from here on, while it still starts, too: it then stops in order as soon as it is up.
  const asked = new Promise<void>((done) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => done());
  });
  const server = roles.has('web') ? await listen(app.fetch, env) : null;
  await app.start();
  const setup = roles.has('web') ? await app.transact(ensureSetupLink) : null;
  if (setup)
    process.stdout.write(
      `\n  Buat akun admin pertama di (sekali pakai, 24 jam):\n  ${publicUrl}${setup.path}\n\n`,
    );
  log.info({ at: publicUrl, roles: [...roles].join(','), database: opened.db.engine }, 'Bestie is ready');

  await asked;
  log.info({}, 'stopping: what has begun is finished first');
  if (server) await close(server);
  await app.stop();
  await opened.close();
  log.info({}, 'stopped');
}

function channelPlans(
  env: Env,
  given: { roles: ReadonlySet<Role>; log: Log; dataDir: string; publicUrl: string },
): ChannelPlan[] {
  const plans: ChannelPlan[] = [];
  const { roles, log } = given;
  const { TELEGRAM_BOT_TOKEN: token } = env;
  // A webhook arrives where the web role listens, in any number of processes; polling is one process's.
  const isPushed = env.TELEGRAM_MODE === 'webhook';
  if (token && (isPushed ? roles.has('web') || roles.has('telegram') : roles.has('telegram'))) {
    plans.push({
      name: 'telegram',
      isExclusive: !isPushed,
      make: () =>
        createTelegramChannel({
          token,
          apiRoot: env.TELEGRAM_API_ROOT,
          mode: env.TELEGRAM_MODE,
          webhookSecret: env.TELEGRAM_WEBHOOK_SECRET,
          publicUrl: env.PUBLIC_URL,
          officerChatId: env.TELEGRAM_OFFICER_CHAT_ID,
          pace: isOnThisMachine(env.TELEGRAM_API_ROOT) ? unlimitedPace : undefined,
          log,
          clock: systemClock,
        }),
    });
  }
  const terminal = env.isTerminal ? (text: string) => void process.stdout.write(text) : null;
  const whatsapp = whatsappPlan(env, { ...given, clock: systemClock, terminal });
  if (whatsapp) plans.push(whatsapp);
  return plans;
}

function isOnThisMachine(address: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(address).hostname);
}

async function listen(fetch: App['fetch'], env: Env): Promise<Server> {
  return new Promise((done, failed) => {
    const server = serve({ fetch, hostname: env.HOST, port: env.PORT }, () => done(server as Server));
    (server as Server).once('error', (error: NodeJS.ErrnoException) =>
      failed(
        error.code === 'EADDRINUSE'
          ? new OperatorError(
              `Port ${env.PORT} is in use by another program. Set PORT to a free one, or stop that program.`,
            )
          : error,
      ),
    );
  });
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((done) => void server.close(() => done()));
  // Open event streams would keep it up for ever; the pages reconnect by themselves.
  server.closeAllConnections();
  await closed;
}

try {
  await createCli({ start }).parseAsync(process.argv);
} catch (error) {
  const text =
    error instanceof OperatorError
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  process.stderr.write(`bestie: ${text}\n`);
  process.exitCode = 1;
  // Half a start may have left sockets open.
  setTimeout(() => process.exit(1), 500).unref();
}
