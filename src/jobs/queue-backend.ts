import {
  createPostgresBackend,
  runMigrations,
  withBackend,
  type Processor,
  createRedisBackend,
} from 'bullmq';
import { Redis } from 'ioredis';
import type { PlainLog } from '../ops/log.ts';
import { OperatorError } from '../ops/operator-error.ts';
import type { QueueSql } from '../store/queue-sql.ts';

/** Where jobs wait: Redis where the operator gave one, else the database that is there anyway. */
export type QueueChoice = { redisUrl: string } | { sql: QueueSql };

/** The part of BullMQ's queue and worker that `queue.ts` uses, whatever they stand on. */
export type QueueBackend = {
  readonly kind: 'redis' | 'postgres' | 'pglite';
  createQueue(name: string): BullQueue;
  createWorker(
    name: string,
    processor: Processor<unknown, void>,
    options: { concurrency: number },
  ): BullWorker;
  close(): Promise<void>;
};

// BullMQ's own types differ by backend only in what is never touched here.
export type BullQueue = InstanceType<ReturnType<typeof withBackend>['Queue']>;
export type BullWorker = InstanceType<ReturnType<typeof withBackend>['Worker']>;

const workerOptions = {
  // A stalled job is one whose process died; running it again is harmless, giving it up is not.
  maxStalledCount: 10,
  // An idle worker is woken by a notification; asking in between is only for the one that got lost.
  drainDelay: 30,
};

const queueOptions = { streams: { events: { maxLen: 100 } } };

export async function openQueueBackend(
  choice: QueueChoice,
  options: { listeners: number; prefix: string; log: PlainLog },
): Promise<QueueBackend> {
  return 'redisUrl' in choice ? openOnRedis(choice.redisUrl, options) : openOnSql(choice.sql, options);
}

async function openOnRedis(
  redisUrl: string,
  { prefix, log }: { prefix: string; log: PlainLog },
): Promise<QueueBackend> {
  // A ring must fail at once while Redis is away, not pile up in this process: the sweep rings again.
  const producer = new Redis(redisUrl, {
    maxRetriesPerRequest: null,
    enableOfflineQueue: false,
    lazyConnect: true,
  });
  const consumer = new Redis(redisUrl, { maxRetriesPerRequest: null, lazyConnect: true });
  for (const connection of [producer, consumer]) {
    connection.on('error', (error: Error) => log.warn({ err: error }, 'Redis is not reachable'));
  }
  const disconnect = (): void => {
    producer.disconnect();
    consumer.disconnect();
  };
  try {
    await Promise.all([producer.connect(), consumer.connect()]);
  } catch (error) {
    disconnect();
    throw new OperatorError(
      `Cannot reach the Redis that REDIS_URL names (${hostOf(redisUrl)}): ${(error as Error).message}. ` +
        `Start it, correct REDIS_URL, or leave it out: then the queue lives in the database.`,
    );
  }
  const { Queue, Worker } = withBackend(createRedisBackend);
  return {
    kind: 'redis',
    createQueue: (name) =>
      new Queue(name, { connection: producer, prefix, ...queueOptions }) as unknown as BullQueue,
    createWorker: (name, processor, { concurrency }) =>
      new Worker(name, processor, {
        connection: consumer,
        prefix,
        concurrency,
        ...workerOptions,
      }) as unknown as BullWorker,
    close: async () => disconnect(),
  };
}

async function openOnSql(sql: QueueSql, { listeners }: { listeners: number }): Promise<QueueBackend> {
  await sql.exclusively((session) => runMigrations(session));
  const pool = sql.createPool({ listeners });
  const { Queue, Worker } = withBackend(createPostgresBackend);
  return {
    kind: sql.engine,
    createQueue: (name) => new Queue(name, { connection: pool, ...queueOptions }) as unknown as BullQueue,
    createWorker: (name, processor, { concurrency }) =>
      new Worker(name, processor, {
        connection: pool,
        concurrency,
        ...workerOptions,
      }) as unknown as BullWorker,
    close: () => pool.end(),
  };
}

function hostOf(redisUrl: string): string {
  return URL.canParse(redisUrl) ? new URL(redisUrl).host : 'not readable as a URL';
}
