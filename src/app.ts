import { join } from 'node:path';
import type { Channel } from '../bots/channel.ts';
import { openWordBook } from '../flows/words/load-words.ts';
import { seed } from '../prisma/seed.ts';
import { attachSentFiles } from './actions/attach-sent-file.ts';
import { tellChannelAlerts } from './conversation/channel-alerts.ts';
import { createChannelHolder } from './conversation/channel-holder.ts';
import type { ChannelPlan } from './conversation/channel-holder.ts';
import { channelRequestChange } from './conversation/channel-request.ts';
import { callOfficers } from './conversation/call-officers.ts';
import { createNudger } from './conversation/nudge-officers.ts';
import { createPager } from './conversation/pager.ts';
import { createPipeline } from './conversation/pipeline.ts';
import type { Pipeline } from './conversation/pipeline.ts';
import type { ChannelName } from './domain/message.ts';
import { addPages, createHttp } from './http.ts';
import { jobDefinitions } from './jobs/definitions.ts';
import { createJobHandlers } from './jobs/handlers.ts';
import { createJobs } from './jobs/queue.ts';
import type { QueueChoice } from './jobs/queue-backend.ts';
import { mailLetter } from './jobs/mail-letter.ts';
import { createEmbeddedUpkeep } from './jobs/embedded-upkeep.ts';
import { runHourly } from './jobs/hourly.ts';
import { createRinger } from './jobs/ringer.ts';
import { runDaily } from './jobs/daily.ts';
import { removeFiles } from './jobs/remove-files.ts';
import { sweep } from './jobs/sweep.ts';
import { tidyLetters } from './jobs/tidy-letters.ts';
import { createLetterFolder } from './mail/letter-folder.ts';
import type { Mailer } from './mail/mailer.ts';
import { createGroupMirror } from './officer-group/group-mirror.ts';
import type { GroupMirror } from './officer-group/group-mirror.ts';
import type { Clock } from './ops/clock.ts';
import type { Log } from './ops/log.ts';
import { createMetrics } from './ops/metrics.ts';
import { loadPushKeys } from './push/push-keys.ts';
import { createWebPush } from './push/web-push.ts';
import { createChangeFeed } from './store/change-feed.ts';
import type { CallWay } from './actions/read-reach.ts';
import { walkQueue } from './actions/walk-queue.ts';
import { createFileStore } from './store/file-store.ts';
import { keepKeyMarks } from './store/key-marks.ts';
import type { KeyRing } from './store/key-ring.ts';
import { migrate } from './store/migrate.ts';
import type { Opened } from './store/open-database.ts';
import { createRoomFacts } from './store/room-facts.ts';
import { createTransact } from './store/transact.ts';
import type { Transact } from './store/transact.ts';
import { createVault } from './store/vault.ts';
import { warmUp } from './understanding/warm-up.ts';

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
  /** Letters to officers on call and to agencies; without it the former have no such way, and officers carry the latter. */
  mailer?: Mailer | undefined;
  /** `web` serves pages, `worker` runs jobs. Channels are planned apart. */
  roles: ReadonlySet<'web' | 'worker'>;
  channels: readonly ChannelPlan[];
  /** Channels that some process should hold, perhaps another one; those planned here if absent. */
  configured?: readonly ChannelName[];
};

export type App = {
  /** HTTP: health, webhooks, desk, web chat. */
  fetch: (request: Request, connection?: object) => Response | Promise<Response>;
  start(): Promise<void>;
  /** Stops taking in, lets what has begun end, closes the queue. The database is the caller's to close. */
  stop(): Promise<void>;
  pipeline: Pipeline;
  transact: Transact;
  channels: ReadonlyMap<ChannelName, Channel>;
  /** The officers' group as a second desk; it does nothing where no channel has one. */
  officerGroup: GroupMirror;
  sweep(): Promise<void>;
  /** What each hour, and the night, does; run by the queue, or by hand. */
  hourly(): Promise<void>;
  daily(): Promise<void>;
  /** Resolves when no step, sending or job is under way. */
  idle(): Promise<void>;
};

const sweepEveryMs = 5_000;

/** Brings the database to this program's shape, refuses one that other keys have written, and fills a new one. */
export async function prepareDatabase(
  options: Pick<AppOptions, 'opened' | 'keyRing' | 'projectFolder' | 'clock' | 'log'>,
): Promise<void> {
  const { opened, keyRing, projectFolder, clock, log } = options;
  await migrate(opened.db, { log, folder: join(projectFolder, 'prisma', 'migrations') });
  await keepKeyMarks(opened.db, keyRing, clock.now());
  await seed(opened.db, clock.now());
}

/** The composition root: the only place that puts the parts together. Nothing runs before `start`. */
export async function createApp(options: AppOptions): Promise<App> {
  const { opened, clock, log, roles, publicUrl } = options;
  const { db } = opened;
  const vault = createVault(options.keyRing);
  const files = createFileStore({ dataDir: options.dataDir, vault });
  const book = openWordBook(join(options.projectFolder, 'flows', 'words'));
  const facts = createRoomFacts(db, clock, ({ sentences }) => {
    for (const { language, key } of book.override(sentences))
      log.warn(
        { language, key },
        'a sentence of the desk no longer fits its original, which is said instead',
      );
  });
  const changes = await createChangeFeed(db, (error) =>
    log.warn({ err: error }, 'other processes could not be told of a change'),
  );
  const jobs = await createJobs({
    definitions: jobDefinitions,
    backend: options.queue,
    log,
    onRun: (name, outcome, milliseconds) => metrics.jobRan(name, outcome, milliseconds),
    ...(options.queuePrefix ? { prefix: options.queuePrefix } : {}),
  });
  const metrics = createMetrics({
    db,
    now: () => clock.now(),
    queues: () => jobs.counts(),
    channels: () => [...channels.values()].map(({ name, health }) => ({ name, state: health().state })),
  });
  const ringer = createRinger(jobs, clock, log);
  const channels = new Map<ChannelName, Channel>();
  const plans: ChannelPlan[] = [...options.channels];
  const configured = options.configured ?? [...plans.map((plan) => plan.name), 'web' as const];
  const callWays: CallWay[] = [
    ...(['telegram', 'whatsapp'] as const).filter((name) => configured.includes(name)),
    ...(options.officerChatId !== undefined && configured.includes('telegram') ? (['group'] as const) : []),
    ...(options.mailer ? (['email'] as const) : []),
    'push',
  ];
  const group = {
    db,
    clock,
    channel: (name: ChannelName) => channels.get(name),
    officerChatId: options.officerChatId,
    publicUrl,
  };
  const callOnDuty = (isFirst = true): Promise<void> =>
    callOfficers(
      {
        db,
        vault,
        clock,
        transact,
        publish: changes.publish,
        ringLater: (dueAt) => ringer.handoff('pages', dueAt),
        pager: createPager({ ...group, mailer: options.mailer, webPush }),
      },
      isFirst,
    );
  const walkOn = async (): Promise<void> => {
    const { calendar } = await facts.read();
    await transact((tx) => walkQueue(tx, { calendar }));
  };
  const letterFolder = createLetterFolder({ folder: join(options.dataDir, 'mail'), publicUrl });
  const sendLetter = (letterId: string): Promise<void> =>
    mailLetter(
      {
        transact,
        facts,
        mailer: options.mailer,
        folder: letterFolder,
        publicUrl,
        ringLater: (id, afterMs) => ringer.agency(id, afterMs),
      },
      letterId,
    );
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
    words: book.words,
    log,
    channels,
    files: { put: (bytes) => files.put(bytes, { kind: 'media' }), get: files.get },
    ringer,
    walkQueue: walkOn,
    sendPages: callOnDuty,
    callWays,
    mailLetter: sendLetter,
    publish: changes.publish,
    onAttempt: metrics.sent,
  }));
  const officerGroup = createGroupMirror({
    db,
    vault,
    clock,
    transact,
    log,
    publicUrl,
    group: () => channels.get('telegram')?.group,
    showsMessages: async () => (await facts.read()).calendar.room.officerGroup.showsMessages,
    loadFile: files.get,
    fetchMedia: async (ref, maxBytes) =>
      (await channels.get('telegram')?.fetchMedia(ref, maxBytes)) ?? {
        ok: false,
        outcome: 'retry',
        reason: 'channel not in this process',
      },
    maxFileBytes: async () => (await facts.read()).calendar.room.maxFileBytes,
    putFile: (bytes) => files.put(bytes, { kind: 'attachment' }),
  });
  const holder = createChannelHolder({
    db,
    vault,
    clock,
    log,
    facts,
    changes,
    plans,
    channels,
    sink: {
      receive: (inbound) => {
        metrics.received(inbound.address.channel);
        return running.receive(inbound);
      },
      status: running.status,
      group: officerGroup.take,
    },
    look: running.look,
    idle: async () => {
      await running.idle();
      await officerGroup.idle();
    },
    takeOverGroup: officerGroup.takeOver,
    tellAlerts,
  });

  const webPush = createWebPush({
    keys: loadPushKeys({ dataDir: options.dataDir, log }),
    subject: publicUrl.startsWith('https:') ? publicUrl : 'mailto:bestie@localhost',
  });
  const nudger = createNudger({
    db,
    vault,
    transact,
    clock,
    webPush,
    onError: (error) => log.warn({ err: error }, "an officer's browser could not be told"),
  });

  changes.subscribe((change, isRemote) => {
    nudger.hear(change, isRemote);
    officerGroup.hear(change);
    if (change.kind === 'room') facts.forget();
    if (change.kind === 'ring' && isRemote) void running.look(change.id);
    if (change.kind === 'room' && change.id === 'channels' && isRemote) void tellAlerts();
    if (change.id === channelRequestChange.id && isRemote) void holder.tend();
    if (change.kind === 'alert' && isRemote)
      void callOnDuty(false).catch((error: unknown) =>
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
      begin: running.begin,
      callOfficers: () => running.afterCommit({ bells: [{ kind: 'pages' }], changes: [] }),
      mailLetter: (letterId) => running.afterCommit({ bells: [{ kind: 'letter', letterId }], changes: [] }),
      removeFiles: () => removeFiles({ db, files }),
      publicUrl,
    });
    running.begin('channel alerts', 'told', tellAlerts);
    await tidyLetters({ db, folder: letterFolder });
    void embedded.listen();
    // Not awaited: a group that answers slowly holds up nobody.
    void officerGroup.look();
  };

  const embedded = createEmbeddedUpkeep({ db, dataDir: options.dataDir, clock, log });
  // Its work is not awaited: a backup takes as long as it takes, and the sweep stands behind these in the queue.
  const hourly = async (): Promise<void> => {
    void embedded.hourly();
    await runHourly({ transact });
  };
  const daily = async (): Promise<void> => {
    await runDaily({ db, clock, files, transact });
    void embedded.nightly();
  };

  let isReady = false;
  const http = createHttp({ db, log, channels, plans: options.channels, isReady: () => isReady, metrics });
  if (roles.has('web'))
    plans.push(
      addPages(http, {
        db,
        log,
        channels,
        prisma: opened.prisma(),
        transact,
        vault,
        files,
        clock,
        changes,
        book,
        facts,
        webPush,
        publicUrl,
        projectFolder: options.projectFolder,
        hasMailServer: options.mailer !== undefined,
        controlOf: holder.controlOf,
        callWays,
        configured,
      }),
    );

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

  /** The sweep runs in a worker, which may be another process than the one that has the group. */
  const keepGroup = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await clock.sleep(sweepEveryMs, stopping.signal);
      if (!stopping.signal.aborted) await officerGroup.look();
    }
  };

  return {
    // With its connection: log-ins and links are counted against the network address that tries them.
    fetch: (request, connection) => http.fetch(request, connection),
    pipeline: running,
    transact,
    channels,
    officerGroup,
    sweep: sweepOnce,
    hourly,
    daily,
    idle: async () => {
      await running.idle();
      await jobs.idle();
      await officerGroup.idle();
      await running.idle();
    },
    start: async () => {
      warmUp(clock.now());
      if (roles.has('worker'))
        await attachSentFiles(transact).catch((error: unknown) =>
          log.error(
            { err: error },
            'files that officers once sent could not all be named; the night tries again',
          ),
        );
      await holder.start();
      if (options.officerChatId && !roles.has('worker')) loops.push(keepGroup());
      if (roles.has('worker')) {
        await jobs.work(
          createJobHandlers({
            pipeline: running,
            sweep: sweepOnce,
            hourly,
            daily,
            walkQueue: walkOn,
            sendPages: callOnDuty,
            mailLetter: sendLetter,
          }),
        );
        loops.push(sweepWithoutQueue());
        await jobs.schedule('upkeep', { everyMs: sweepEveryMs }, { task: 'sweep' });
        await jobs.schedule('upkeep', { cron: '7 * * * *', timeZone: 'Asia/Makassar' }, { task: 'hourly' });
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
      nudger.stop();
      await nudger.idle();
      await holder.stop();
      await Promise.allSettled(loops);
      await jobs.close();
      await embedded.stop();
      await officerGroup.idle();
      await running.idle();
      channels.clear();
      await changes.close();
    },
  };
}
