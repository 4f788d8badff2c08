import type { z } from 'zod';

/**
 * One kind of job, apart from what handles it, so that anyone may enqueue without loading the handler.
 *
 * A job is a doorbell: its payload holds ids only, never anything a resident wrote, and the handler reads
 * what there is to do from the database. Running a job twice must change nothing; losing one only delays.
 */
export type JobDefinition<Name extends string = string, Payload extends z.ZodType = z.ZodType> = {
  /** Kebab-case and unique; it is also the queue's name. */
  readonly name: Name;
  readonly payload: Payload;
  readonly options: JobOptions;
};

export type JobOptions = {
  /** Jobs of this kind at once in one process. */
  readonly concurrency: number;
  /** Tries in all, the first one included. The wait doubles from `backoffMs` on. */
  readonly attempts: number;
  readonly backoffMs: number;
};

export const defaultJobOptions: JobOptions = { concurrency: 10, attempts: 5, backoffMs: 1000 };

/**
 * @example
 * export const converse = defineJob({ name: 'converse', payload: z.object({ conversationId: z.uuid() }) });
 */
export function defineJob<const Name extends string, Payload extends z.ZodType>(definition: {
  name: Name;
  payload: Payload;
  options?: Partial<JobOptions>;
}): JobDefinition<Name, Payload> {
  if (!/^[a-z][a-z-]*$/.test(definition.name)) throw new Error(`Not a job name: ${definition.name}`);
  return { ...definition, options: { ...defaultJobOptions, ...definition.options } };
}

export type JobName<D extends readonly JobDefinition[]> = D[number]['name'];

/** What the handler gets: the payload as its schema leaves it. */
export type JobPayload<D extends readonly JobDefinition[], N extends JobName<D>> = z.output<
  Extract<D[number], { name: N }>['payload']
>;

/** What `enqueue` takes. */
export type JobInput<D extends readonly JobDefinition[], N extends JobName<D>> = z.input<
  Extract<D[number], { name: N }>['payload']
>;

/** One handler for every definition; `handlers satisfies JobHandlers<typeof definitions>`. */
export type JobHandlers<D extends readonly JobDefinition[]> = {
  readonly [N in JobName<D>]: (payload: JobPayload<D, N>, run: JobRun) => Promise<void>;
};

export type JobRun = {
  /** 1 for the first try. */
  readonly attempt: number;
  readonly isLastAttempt: boolean;
};

/** Thrown by a handler to say that another try cannot help. Any other error is tried again. */
export class GiveUp extends Error {
  override readonly name = 'GiveUp';
}
