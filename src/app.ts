import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Hono } from 'hono';
import type { Channel, ChannelSink } from '../bots/channel.ts';
import { createWebChannel } from '../bots/web/web-channel.ts';
import { loadWords } from '../flows/words/load-words.ts';
import { seed } from '../prisma/seed.ts';
import { noteChannelAlert, tellChannelAlerts } from './conversation/channel-alerts.ts';
import type { ChannelAlertKind } from './conversation/channel-alerts.ts';
import { createChannelLedger } from './conversation/channel-ledger.ts';
import type { ChannelLedger } from './conversation/channel-ledger.ts';
import { pageOfficers } from './conversation/page-officers.ts';
import { createPipeline } from './conversation/pipeline.ts';
import type { Pipeline } from './conversation/pipeline.ts';
import { createWebHistory } from './conversation/web-history.ts';
import { createDesk } from './desk/create-desk.ts';
import type { ChannelDesk } from './desk/ports.ts';
import type { ChannelName } from './domain/message.ts';
import { jobDefinitions } from './jobs/definitions.ts';
import { createJobHandlers } from './jobs/handlers.ts';
import { createJobs } from './jobs/queue.ts';
import type { QueueChoice } from './jobs/queue-backend.ts';
import { createRinger } from './jobs/ringer.ts';
import { runDaily } from './jobs/daily.ts';
import { sweep } from './jobs/sweep.ts';
import type { Clock } from './ops/clock.ts';
import type { Log } from './ops/log.ts';
import { createChangeFeed } from './store/change-feed.ts';
import { createFileStore } from './store/file-store.ts';
import type { KeyRing } from './store/key-ring.ts';
import { holdLease } from './store/lease.ts';
import { migrate } from './store/migrate.ts';
import type { Opened } from './store/open-database.ts';
import { createRoomFacts } from './store/room-facts.ts';
import { createTransact } from './store/transact.ts';
import type { Transact } from './store/transact.ts';
import { createVault } from './store/vault.ts';
import { findDanger } from './understanding/danger.ts';
import { understandTopic } from './understanding/topic.ts';

/** A channel that this process may hold. `isExclusive`: only one process at a time, under a lease. */
export type ChannelPlan = {
  name: ChannelName;
  isExclusive: boolean;
  make: (given: {
    ledger: ChannelLedger;
    onChange: () => void;
    /** It needs a person, or does no more. */
    onAlert: (kind: ChannelAlertKind) => void;
  }) => Channel;
  desk?: () => Omit<ChannelDesk, 'list'>;
};

export type AppOptions = {
  opened: Opened;
  keyRing: KeyRing;
  queue: QueueChoice;
  queuePrefix?: string;
  clock: Clock;
  log: Log;
  dataDir: string;
  projectFolder: string;
  publicUrl: string;
  officerChatId?: string | undefined;
  /** `web` serves pages, `worker` runs jobs. Channels are planned apart. */
  roles: ReadonlySet<'web' | 'worker'>;
  channels: readonly ChannelPlan[];
};

export type App = {
  /** HTTP: health, webhooks, desk, web chat. */
  fetch: (request: Request) => Response | Promise<Response>;
  start(): Promise<void>;
  /** Stops taking in, lets what has begun end, closes the queue. The database is the caller's to close. */
  stop(): Promise<void>;
  pipeline: Pipeline;
  transact: Transact;
  channels: ReadonlyMap<ChannelName, Channel>;
  sweep(): Promise<void>;
  /** What the night does; run by the queue, or by hand. */
  daily(): Promise<void>;
  /** Resolves when no step, sending or job is under way. */
  idle(): Promise<void>;
};

const sweepEveryMs = 5_000;
const leaseMs = 15_000;
/** How long "ready" waits for the channels. */
const startWaitMs = 3_000;

/** Brings the database to this program's shape and fills a new one. */
export async function prepareDatabase(
  options: Pick<AppOptions, 'opened' | 'projectFolder' | 'clock' | 'log'>,
): Promise<void> {
  const { opened, projectFolder, clock, log } = options;
  await migrate(opened.db, { log, folder: join(projectFolder, 'prisma', 'migrations') });
  await seed(opened.db, clock.now());
}

/** The composition root: the only place that puts the parts together. Nothing runs before `start`. */
export async function createApp(options: AppOptions): Promise<App> {
  const { opened, clock, log, roles, publicUrl } = options;
  const { db } = opened;
  const vault = createVault(options.keyRing);
  const files = createFileStore({ dataDir: options.dataDir, vault });
  const facts = createRoomFacts(db, clock);
  const changes = await createChangeFeed(db, (error) =>
    log.warn({ err: error }, 'other processes could not be told of a change'),
  );
  const jobs = await createJobs({
    definitions: jobDefinitions,
    backend: options.queue,
    log,
    ...(options.queuePrefix ? { prefix: options.queuePrefix } : {}),
  });
  const ringer = createRinger(jobs, clock, log);
  const channels = new Map<ChannelName, Channel>();
  const group = {
    db,
    clock,
    channel: (name: ChannelName) => channels.get(name),
    officerChatId: options.officerChatId,
    publicUrl,
  };
  const page = (alertId: string) => pageOfficers(group, alertId);
  const tellAlerts = async (): Promise<void> =>
    tellChannelAlerts(group).catch((error: unknown) =>
      log.error({ err: error }, "the officers' group could not be told how a channel is"),
    );

  // The two know each other: what an action rings for after its commit, the pipeline does.
  let pipeline: Pipeline | undefined = undefined;
  const transact = createTransact({ db, vault, clock, afterCommit: (after) => pipeline?.afterCommit(after) });
  const running = (pipeline = createPipeline({
    db,
    vault,
    clock,
    transact,
    facts,
    words: loadWords(join(options.projectFolder, 'flows', 'words')),
    log,
    channels,
    files: { put: (bytes) => files.put(bytes, { kind: 'media' }), get: files.get, remove: files.remove },
    ringer,
    page,
    publish: changes.publish,
  }));
  const sink: ChannelSink = { receive: running.receive, status: running.status };

  changes.subscribe((change, isRemote) => {
    if (change.kind === 'room') facts.forget();
    if (change.kind === 'ring' && isRemote) void running.look(change.id);
    if (change.kind === 'room' && change.id === 'channels' && isRemote) void tellAlerts();
    if (change.kind === 'alert' && isRemote)
      void page(change.id).catch((error: unknown) =>
        log.error({ err: error }, 'those on call could not be paged'),
      );
  });

  let sweptAt = 0;
  const sweepOnce = async (): Promise<void> => {
    sweptAt = clock.now().getTime();
    await sweep({
      db,
      clock,
      transact,
      facts,
      look: running.look,
      ring: (id) => changes.publish({ kind: 'ring', id }),
      hearSilence: running.hearSilence,
      notice: running.notice,
      keepAttachment: running.keepAttachment,
      page,
    });
    await tellAlerts();
  };

  const daily = () => runDaily({ db, clock, files });

  const http = new Hono();
  let isReady = false;
  http.get('/healthz', async (c) => {
    if (!isReady) return c.json({ status: 'starting' }, 503);
    await db.query('SELECT 1');
    return c.json({
      status: 'ok',
      channels: [...channels.values()].map(({ name, health }) => ({ name, state: health().state })),
    });
  });
  for (const plan of options.channels) {
    // Mounted before the channel is held: a webhook that comes too early is told to come again.
    http.all(`/${plan.name}/*`, async (c) => {
      const webhook = channels.get(plan.name)?.webhook;
      return webhook?.path === c.req.path ? webhook.handle(c.req.raw) : c.text('not here', 404);
    });
  }
  const plans: ChannelPlan[] = [...options.channels];
  if (roles.has('web')) {
    const web = createWebChannel({
      ...createWebHistory({ db, vault, files, changes }),
      speaksOfDanger: (text) => findDanger(text) !== null,
      room: async () => (await facts.read()).calendar.room,
      clock,
      log,
      publicUrl,
      pageRoot: join(options.projectFolder, 'dist', 'web-chat'),
    });
    plans.push({ name: 'web', isExclusive: false, make: () => web });
    http.route(
      '/desk',
      createDesk({
        db,
        prisma: opened.prisma(),
        transact,
        vault,
        files,
        clock,
        log,
        changes,
        publicUrl,
        webRoot: join(options.projectFolder, 'dist', 'desk-web'),
        channels: {
          list: () =>
            [...channels.values()].map((channel) => ({ name: channel.name, health: channel.health() })),
          ...options.channels.find((plan) => plan.desk)?.desk?.(),
        },
      }),
    );
    http.route('/', web.routes);
  }
  http.onError((error, c) => {
    log.error({ err: error, path: c.req.routePath }, 'a request failed');
    return c.text('Ada gangguan di pihak kami. Coba lagi sebentar.', 500);
  });

  const stopping = new AbortController();
  /** What ends only when this app stops, or has not ended yet. */
  const loops: Promise<void>[] = [];

  /** Jobs ring for the sweep; where the queue is away (Redis down), this process sweeps by itself. */
  const sweepWithoutQueue = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await clock.sleep(sweepEveryMs * 3, stopping.signal);
      if (stopping.signal.aborted || clock.now().getTime() - sweptAt < sweepEveryMs * 3) continue;
      await sweepOnce().catch((error: unknown) =>
        log.error({ err: error }, 'a sweep failed; the next follows'),
      );
    }
  };

  const hold = async (plan: ChannelPlan): Promise<void> => {
    // Pairing codes and health show on the desk as they change.
    const onChange = () => changes.publish({ kind: 'room', id: 'channels' });
    const alarm = async (kind: ChannelAlertKind): Promise<void> => {
      await noteChannelAlert({ db, clock }, { channel: plan.name, kind });
      onChange();
      await tellAlerts();
    };
    const channel = plan.make({
      ledger: createChannelLedger({ db, vault, channel: plan.name }),
      onChange,
      onAlert: (kind) =>
        void alarm(kind).catch((error: unknown) =>
          log.error({ err: error, channel: plan.name, kind }, "a channel's alert could not be noted"),
        ),
    });
    channels.set(plan.name, channel);
    const freed = plan.isExclusive || db.engine === 'pglite' ? await takeOverClaims(plan.name) : [];
    await channel.start(sink);
    for (const conversationId of freed) void running.look(conversationId);
  };
  const holdSafely = (plan: ChannelPlan): Promise<void> =>
    hold(plan).catch((error: unknown) =>
      log.error({ err: error, channel: plan.name }, 'a channel could not start'),
    );
  /** Nobody else sends on a channel that is ours alone: what a predecessor had claimed and not finished is free. */
  const takeOverClaims = async (channel: ChannelName): Promise<string[]> => {
    const { rows } = await db.query<{ id: string }>(
      `UPDATE message SET claimed_until = $1 WHERE status = 'sending' AND conversation_id IN (
         SELECT c.id FROM conversation c JOIN address a ON a.id = c.address_id WHERE a.channel = $2)
       RETURNING conversation_id AS id`,
      [clock.now(), channel],
    );
    return rows.map((row) => row.id);
  };
  const letGo = async (plan: ChannelPlan): Promise<void> => {
    const channel = channels.get(plan.name);
    await channel?.stop();
    await running.idle();
    channels.delete(plan.name);
  };

  return {
    fetch: (request) => http.fetch(request),
    pipeline: running,
    transact,
    channels,
    sweep: sweepOnce,
    daily,
    idle: async () => {
      await running.idle();
      await jobs.idle();
      await running.idle();
    },
    start: async () => {
      // Loads the weights of the classifiers, which would cost the first resident a second.
      findDanger('halo');
      understandTopic('halo');
      const starting: Promise<void>[] = [];
      for (const plan of plans) {
        if (!plan.isExclusive || db.engine === 'pglite') {
          starting.push(holdSafely(plan));
          continue;
        }
        loops.push(
          holdLease(db, {
            name: plan.name,
            holder: randomUUID(),
            ttlMs: leaseMs,
            clock,
            log,
            // Not awaited: a browser may take minutes, and the lease must be renewed meanwhile.
            onGained: async () => void holdSafely(plan),
            onLost: () => letGo(plan),
            signal: stopping.signal,
          }),
        );
      }
      // A platform that cannot be reached, or a browser that takes its time, holds up nobody else.
      const enough = new AbortController();
      await Promise.race([Promise.all(starting), clock.sleep(startWaitMs, enough.signal)]);
      enough.abort();
      if (roles.has('worker')) {
        await jobs.work(
          createJobHandlers({
            pipeline: running,
            sweep: sweepOnce,
            daily,
          }),
        );
        loops.push(sweepWithoutQueue());
        await jobs.schedule('upkeep', { everyMs: sweepEveryMs }, { task: 'sweep' });
        await jobs.schedule('upkeep', { cron: '30 2 * * *', timeZone: 'Asia/Makassar' }, { task: 'daily' });
        await sweepOnce().catch((error: unknown) =>
          log.error({ err: error }, 'the first sweep failed; the next follows'),
        );
      }
      isReady = true;
    },
    stop: async () => {
      isReady = false;
      stopping.abort();
      await Promise.allSettled([...channels.values()].map((channel) => channel.stop()));
      await Promise.allSettled(loops);
      await jobs.close();
      await running.idle();
      channels.clear();
      await changes.close();
    },
  };
}
