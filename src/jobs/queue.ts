import { UnrecoverableError, type Job } from 'bullmq';
import type { PlainLog } from '../ops/log.ts';
import { GiveUp, type JobDefinition, type JobHandlers, type JobInput, type JobName } from './define-job.ts';
import {
  openQueueBackend,
  type BullQueue,
  type BullWorker,
  type QueueBackend,
  type QueueChoice,
} from './queue-backend.ts';

export type EnqueueOptions = {
  /** In the machine's time: what is due by the room's clock is a row, found by the sweep. */
  delayMs?: number;
  /**
   * Rings of one key become one: a waiting one is kept, a delayed one gives way to the newer, and while one is
   * being worked on exactly one more follows it, so that a ring is never swallowed by a look already taken.
   */
  key?: string;
};

export type Rhythm = { everyMs: number } | { cron: string; timeZone: string };

export type Jobs<D extends readonly JobDefinition[]> = {
  /** Rejects when the queue is away. Never inside an open transaction: ring after the commit. */
  enqueue<N extends JobName<D>>(name: N, payload: JobInput<D, N>, options?: EnqueueOptions): Promise<void>;
  /** Starts the workers of this process; `only` some of them, by its role. Call once. */
  work(handlers: JobHandlers<D>, options?: { only?: readonly JobName<D>[] }): Promise<void>;
  /** Repeats for as long as it is not scheduled otherwise, across restarts and once for all processes. */
  schedule<N extends JobName<D>>(name: N, rhythm: Rhythm, payload: JobInput<D, N>): Promise<void>;
  /** Resolves once nothing waits and nothing is worked on; what is delayed does not count. For tests. */
  counts(): Promise<Record<string, Record<string, number>>>;
  idle(): Promise<void>;
  /** Lets running handlers finish, for at most `graceMs`. Safe to call twice. */
  close(options?: { graceMs?: number }): Promise<void>;
  readonly backend: QueueBackend['kind'];
};

/** Jobs over BullMQ. The only place that knows BullMQ. */
export async function createJobs<const D extends readonly JobDefinition[]>(options: {
  definitions: D;
  backend: QueueChoice;
  log: PlainLog;
  /** Keeps several Besties (or tests) in one Redis apart. */
  prefix?: string;
  /** Told after each run, for the metrics. */
  onRun?: (name: JobName<D>, outcome: 'done' | 'failed' | 'given_up', milliseconds: number) => void;
}): Promise<Jobs<D>> {
  const { definitions, log, prefix = 'bestie', onRun } = options;
  const byName = new Map(definitions.map((definition) => [definition.name, definition]));
  if (byName.size !== definitions.length) throw new Error('Two jobs have the same name');

  const backend = await openQueueBackend(options.backend, { listeners: definitions.length, prefix, log });
  const queues = new Map<string, BullQueue>();
  const workers: BullWorker[] = [];
  const enqueuing = new Set<Promise<unknown>>();
  for (const { name } of definitions) {
    const queue = backend.createQueue(name);
    queue.on('error', (error) => log.warn({ err: error, job: name }, 'the queue is not reachable'));
    queues.set(name, queue);
  }
  await Promise.all([...queues.values()].map((queue) => queue.waitUntilReady()));

  const known = (name: string): { definition: JobDefinition; queue: BullQueue } => {
    const [definition, queue] = [byName.get(name), queues.get(name)];
    if (!definition || !queue) throw new Error(`No such job: ${name}`);
    return { definition, queue };
  };

  const jobOptions = ({ options: { attempts, backoffMs } }: JobDefinition) => ({
    attempts,
    backoff: { type: 'exponential', delay: backoffMs },
    // The truth is in the database; what is kept here only serves whoever looks for a fault.
    removeOnComplete: { count: 20 },
    removeOnFail: { count: 200 },
  });

  const runJob = async (
    definition: JobDefinition,
    handle: AnyHandler,
    job: Job<unknown, void>,
  ): Promise<void> => {
    const started = performance.now();
    const finish = (outcome: 'done' | 'failed' | 'given_up'): void =>
      onRun?.(definition.name, outcome, performance.now() - started);
    const attempt = job.attemptsMade + 1;
    const { attempts } = definition.options;
    try {
      const payload = definition.payload.safeParse(job.data);
      if (!payload.success) throw new GiveUp('its payload is of another version');
      await handle(payload.data, { attempt, isLastAttempt: attempt >= attempts });
      finish('done');
    } catch (error) {
      const isOver = error instanceof GiveUp || attempt >= attempts;
      finish(isOver ? 'given_up' : 'failed');
      const fields = { err: error, job: definition.name, jobId: job.id, attempt };
      if (isOver) log.error(fields, 'a job is given up');
      else log.warn(fields, 'a job failed and will be tried again');
      // BullMQ keeps an error's message; what a handler says must not end up there.
      if (isOver) throw new UnrecoverableError('given up, see the log');
      throw new Error('failed, see the log', { cause: error });
    }
  };

  let closing: Promise<void> | undefined;
  return {
    backend: backend.kind,
    enqueue: async (name, payload, { delayMs, key } = {}) => {
      const { definition, queue } = known(name);
      const adding = queue.add(name, definition.payload.parse(payload), {
        ...jobOptions(definition),
        ...(delayMs === undefined ? {} : { delay: Math.max(0, Math.round(delayMs)) }),
        ...(key === undefined ? {} : { deduplication: { id: key, replace: true, keepLastIfActive: true } }),
      });
      enqueuing.add(adding);
      try {
        await adding;
      } finally {
        enqueuing.delete(adding);
      }
    },
    work: async (handlers, { only } = {}) => {
      if (workers.length > 0) throw new Error('This process works already');
      assertHandled(definitions, handlers);
      for (const definition of definitions) {
        if (only && !only.includes(definition.name)) continue;
        const handle = handlers[definition.name as JobName<D>] as AnyHandler;
        const { concurrency } = definition.options;
        const worker = backend.createWorker(definition.name, (job) => runJob(definition, handle, job), {
          concurrency,
        });
        worker.on('error', (error) =>
          log.warn({ err: error, job: definition.name }, 'a worker cannot reach the queue'),
        );
        workers.push(worker);
      }
      await Promise.all(workers.map((worker) => worker.waitUntilReady()));
    },
    schedule: async (name, rhythm, payload) => {
      const { definition, queue } = known(name);
      const repeat =
        'cron' in rhythm ? { pattern: rhythm.cron, tz: rhythm.timeZone } : { every: rhythm.everyMs };
      await queue.upsertJobScheduler(`${name}-${JSON.stringify(payload)}`, repeat, {
        name,
        data: definition.payload.parse(payload),
        opts: jobOptions(definition),
      });
    },
    counts: async () =>
      Object.fromEntries(
        await Promise.all(
          [...queues].map(async ([name, queue]) => [
            name,
            await queue.getJobCounts('waiting', 'active', 'delayed', 'failed'),
          ]),
        ),
      ),
    idle: () => untilIdle({ queues: [...queues.values()], workers, enqueuing }),
    close: ({ graceMs = 10_000 } = {}) => {
      closing ??= (async () => {
        await closeWorkers(workers, graceMs, log);
        await Promise.all([...queues.values()].map((queue) => queue.close()));
        await backend.close();
      })();
      return closing;
    },
  };
}

type AnyHandler = (payload: unknown, run: { attempt: number; isLastAttempt: boolean }) => Promise<void>;

function assertHandled(definitions: readonly JobDefinition[], handlers: object): void {
  const names = definitions.map(({ name }) => name);
  const missing = names.filter((name) => !Object.hasOwn(handlers, name));
  const unknown = Object.keys(handlers).filter((name) => !names.includes(name));
  if (missing.length > 0) throw new Error(`No handler for the job ${missing.join(', ')}`);
  if (unknown.length > 0) throw new Error(`A handler for a job that is not defined: ${unknown.join(', ')}`);
}

async function untilIdle(state: {
  queues: readonly BullQueue[];
  workers: readonly BullWorker[];
  enqueuing: ReadonlySet<Promise<unknown>>;
}): Promise<void> {
  for (;;) {
    // Armed before the look, so that what ends during the look is not waited for in vain.
    const { promise: somethingEnded, stop } = nextEnd(state.workers);
    try {
      await Promise.allSettled(state.enqueuing);
      const counts = await Promise.all(
        state.queues.map((queue) => queue.getJobCounts('waiting', 'prioritized', 'active')),
      );
      if (counts.every((each) => Object.values(each).every((n) => n === 0)) && state.enqueuing.size === 0)
        return;
      await somethingEnded;
    } finally {
      stop();
    }
  }
}

function nextEnd(workers: readonly BullWorker[]): { promise: Promise<void>; stop: () => void } {
  let stop = (): void => {};
  const promise = new Promise<void>((resolve) => {
    const wake = (): void => resolve();
    // Another process may be the one that works; then there is no event here.
    const timer = setTimeout(wake, 100);
    for (const worker of workers) worker.on('completed', wake).on('failed', wake);
    stop = () => {
      clearTimeout(timer);
      for (const worker of workers) worker.off('completed', wake).off('failed', wake);
    };
  });
  return { promise, stop };
}

async function closeWorkers(workers: readonly BullWorker[], graceMs: number, log: PlainLog): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), graceMs);
  });
  const closed = Promise.all(workers.map((worker) => worker.close()));
  if ((await Promise.race([closed, tooLong])) === 'late') {
    log.warn({ graceMs }, 'jobs did not end in time; another process will do them again');
    await Promise.all(workers.map((worker) => worker.close(true)));
  }
  clearTimeout(timer);
}
