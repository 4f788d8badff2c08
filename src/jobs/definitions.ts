import { z } from 'zod';
import { defineJob } from './define-job.ts';

/** What is due later, failed, or lives in another process. Each carries an id and says "look". */
export const converseJob = defineJob({ name: 'converse', payload: z.object({ conversationId: z.uuid() }) });
export const deliverJob = defineJob({ name: 'deliver', payload: z.object({ conversationId: z.uuid() }) });
export const noticeJob = defineJob({ name: 'notice', payload: z.object({ noticeId: z.uuid() }) });
export const attachmentJob = defineJob({
  name: 'attachment',
  payload: z.object({ attachmentId: z.uuid() }),
  options: { concurrency: 4 },
});
/** `queue`: assign and climb; `pages`: call officers. One at a time in a process; rows decide what there is to do. */
export const handoffJob = defineJob({
  name: 'handoff',
  payload: z.object({ task: z.enum(['queue', 'pages']) }),
  options: { concurrency: 1 },
});
/** A letter to an agency. */
export const agencyJob = defineJob({
  name: 'agency',
  payload: z.object({ letterId: z.uuid() }),
  options: { concurrency: 2 },
});
/** `sweep` every few seconds; `hourly` what has no hurry; `daily` retention. */
export const upkeepJob = defineJob({
  name: 'upkeep',
  payload: z.object({ task: z.enum(['sweep', 'hourly', 'daily']) }),
  options: { concurrency: 1, attempts: 1 },
});

/** Every job there is. `as const` keeps the literal names, which type `enqueue` and the handlers. */
export const jobDefinitions = [
  converseJob,
  deliverJob,
  noticeJob,
  attachmentJob,
  handoffJob,
  agencyJob,
  upkeepJob,
] as const;
