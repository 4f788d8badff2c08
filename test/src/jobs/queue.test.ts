import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { defineJob, GiveUp, type JobHandlers } from '../../../src/jobs/define-job.ts';
import { createJobs, type Jobs } from '../../../src/jobs/queue.ts';
import { describeOnEachStore } from '../../support/stores.ts';

const definitions = [
  defineJob({ name: 'look', payload: z.object({ id: z.string() }), options: { attempts: 3, backoffMs: 5 } }),
  defineJob({ name: 'other', payload: z.object({ n: z.int() }) }),
] as const;
type Handlers = JobHandlers<typeof definitions>;

describeOnEachStore('jobs', (store) => {
  let jobs: Jobs<typeof definitions> | undefined;
  const logged: Array<Record<string, unknown>> = [];
  const keep = (fields: Record<string, unknown>, message: string): void =>
    void logged.push({ ...fields, message });

  const open = async (handlers: Partial<Handlers>, prefix = randomUUID()) => {
    const redisUrl = store.redisUrl();
    logged.length = 0;
    const opened = await createJobs({
      definitions,
      backend: redisUrl === undefined ? { sql: store.opened().queueSql } : { redisUrl },
      log: { info: keep, warn: keep, error: keep },
      prefix,
    });
    jobs = opened;
    await opened.work({ look: async () => {}, other: async () => {}, ...handlers });
    return opened;
  };
  afterEach(async () => {
    await jobs?.close();
    jobs = undefined;
  });

  it('hands the payload to its handler, and is idle when all is done', async () => {
    const seen: unknown[] = [];
    const { enqueue, idle } = await open({
      look: async ({ id }) => {
        seen.push(id);
        if (id === 'first') await enqueue('other', { n: 1 });
      },
      other: async ({ n }) => void seen.push(n),
    });
    await enqueue('look', { id: 'first' });
    await Promise.all(Array.from({ length: 30 }, (_, i) => enqueue('look', { id: `l${i}` })));
    await idle();
    expect(seen).toHaveLength(32);
    expect(seen).toContain(1);
    await idle();
  });

  it('wakes an idle worker within milliseconds', async () => {
    let arrived = (): void => {};
    const { enqueue, idle } = await open({ look: async () => arrived() });
    await enqueue('look', { id: 'warm' });
    await idle();
    const took: number[] = [];
    for (let i = 0; i < 10; i += 1) {
      // Long enough for the worker to have gone to sleep.
      await new Promise((resolve) => setTimeout(resolve, 30));
      const handled = new Promise<void>((resolve) => (arrived = resolve));
      const started = performance.now();
      await enqueue('look', { id: String(i) });
      await handled;
      took.push(performance.now() - started);
    }
    took.sort((a, b) => a - b);
    // Unwired notifications answer after seconds; the bound leaves room for a busy machine.
    expect(took[5]).toBeLessThan(150);
  });

  it('tries again after an error, and says so without what the handler said', async () => {
    const attempts: number[] = [];
    let isDone = (): void => {};
    const done = new Promise<void>((resolve) => (isDone = resolve));
    const { enqueue } = await open({
      look: async (_, { attempt, isLastAttempt }) => {
        attempts.push(attempt);
        if (!isLastAttempt) throw new Error('a passing fault');
        isDone();
      },
    });
    await enqueue('look', { id: 'x' });
    await done;
    expect(attempts).toEqual([1, 2, 3]);
    expect(logged.map(({ message }) => message)).toEqual(
      Array(2).fill('a job failed and will be tried again'),
    );
  });

  it('gives up at once where the handler says so, and on a payload of another version', async () => {
    const attempts: number[] = [];
    const { enqueue, idle } = await open({
      look: async (_, { attempt }) => {
        attempts.push(attempt);
        throw new GiveUp('no use');
      },
    });
    await enqueue('look', { id: 'x' });
    await idle();
    expect(attempts).toEqual([1]);
    expect(logged).toMatchObject([{ job: 'look', attempt: 1, message: 'a job is given up' }]);
    await expect(enqueue('look', { id: 7 as never })).rejects.toThrow(z.ZodError);
  });

  it('makes one of many rings, but follows the one being worked on', async () => {
    let runs = 0;
    let letGo = (): void => {};
    let hasBegun = (): void => {};
    const begun = new Promise<void>((resolve) => (hasBegun = resolve));
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const { enqueue, idle } = await open({
      look: async () => {
        runs += 1;
        if (runs === 1) {
          hasBegun();
          await held;
        }
      },
    });
    await enqueue('look', { id: 'x' }, { key: 'look.x' });
    await begun;
    for (let i = 0; i < 5; i += 1) await enqueue('look', { id: 'x' }, { key: 'look.x' });
    letGo();
    await idle();
    expect(runs).toBe(2);
    await enqueue('look', { id: 'x' }, { key: 'look.x' });
    await idle();
    expect(runs).toBe(3);
  });

  it('lets a newer ring move a delayed one', async () => {
    const seen: string[] = [];
    const { enqueue, idle } = await open({ look: async ({ id }) => void seen.push(id) });
    await enqueue('look', { id: 'later' }, { key: 'look.x', delayMs: 3_600_000 });
    await idle();
    expect(seen).toEqual([]);
    await enqueue('look', { id: 'now' }, { key: 'look.x' });
    await idle();
    expect(seen).toEqual(['now']);
  });

  it('runs what is due later, then', async () => {
    let isDone = (): void => {};
    const done = new Promise<void>((resolve) => (isDone = resolve));
    const { enqueue } = await open({ look: async () => isDone() });
    const started = performance.now();
    await enqueue('look', { id: 'x' }, { delayMs: 80 });
    await done;
    expect(performance.now() - started).toBeGreaterThanOrEqual(70);
    expect(performance.now() - started).toBeLessThan(1500);
  });

  it('repeats what is scheduled, once however often it is scheduled', async () => {
    let runs = 0;
    let isDone = (): void => {};
    const done = new Promise<void>((resolve) => (isDone = resolve));
    const { schedule } = await open({
      other: async () => {
        runs += 1;
        if (runs === 3) isDone();
      },
    });
    const started = performance.now();
    for (let i = 0; i < 3; i += 1) await schedule('other', { everyMs: 150 }, { n: 1 });
    await done;
    expect(performance.now() - started).toBeGreaterThan(250);
  });

  it('refuses to start with a job that has no handler, two, or no definition', async () => {
    const { work } = await open({});
    await expect(work({ look: async () => {}, other: async () => {} })).rejects.toThrow(
      'This process works already',
    );
    await jobs?.close();
    const redisUrl = store.redisUrl();
    const options = {
      backend: redisUrl === undefined ? { sql: store.opened().queueSql } : { redisUrl },
      log: { info: keep, warn: keep, error: keep },
      prefix: randomUUID(),
    };
    const other = await createJobs({ ...options, definitions });
    await expect(other.work({ look: async () => {} } as unknown as Handlers)).rejects.toThrow(
      'No handler for the job other',
    );
    const tooMany = { look: async () => {}, other: async () => {}, third: async () => {} };
    await expect(other.work(tooMany)).rejects.toThrow('not defined: third');
    await other.close();
    await expect(createJobs({ ...options, definitions: [definitions[0], definitions[0]] })).rejects.toThrow(
      'Two jobs have the same name',
    );
  });

  it('lets a running handler finish at the end', async () => {
    let isDone = false;
    let hasBegun = (): void => {};
    const begun = new Promise<void>((resolve) => (hasBegun = resolve));
    const { enqueue, close } = await open({
      look: async () => {
        hasBegun();
        await new Promise((resolve) => setTimeout(resolve, 100));
        isDone = true;
      },
    });
    await enqueue('look', { id: 'x' });
    await begun;
    await Promise.all([close(), close()]);
    expect(isDone).toBe(true);
  });

  it('lives in a PostgreSQL just as well, where there is no Redis', async () => {
    const seen: string[] = [];
    const opened = await createJobs({
      definitions,
      backend: { sql: store.opened().queueSql },
      log: { info: keep, warn: keep, error: keep },
    });
    jobs = opened;
    expect(opened.backend).toBe(store.db().engine);
    await opened.work({ look: async ({ id }) => void seen.push(id), other: async () => {} });
    await Promise.all(['a', 'b', 'c'].map((id) => opened.enqueue('look', { id }, { key: id })));
    await opened.idle();
    expect(seen.sort()).toEqual(['a', 'b', 'c']);
  });

  it('shares the database with long transactions and Prisma, and keeps nobody waiting while idle', async () => {
    const { db, prisma } = store.opened();
    const { enqueue, idle } = await open({
      look: async () => void (await db.transaction((tx) => tx.query('SELECT pg_sleep(0.002)'))),
    });
    await idle();
    const started = performance.now();
    for (let i = 0; i < 20; i += 1) await db.query('SELECT 1');
    expect(performance.now() - started).toBeLessThan(1000);
    await Promise.all([
      ...Array.from({ length: 30 }, (_, i) => enqueue('look', { id: String(i) })),
      ...Array.from({ length: 30 }, () => db.transaction((tx) => tx.query('SELECT pg_sleep(0.002)'))),
      ...Array.from({ length: 10 }, () => prisma().$transaction([prisma().$queryRaw`SELECT 1`])),
    ]);
    await idle();
  });
});
