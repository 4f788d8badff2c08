import type { Ringer } from '../conversation/pipeline.ts';
import type { Clock } from '../ops/clock.ts';
import type { PlainLog } from '../ops/log.ts';
import type { jobDefinitions } from './definitions.ts';
import type { Jobs } from './queue.ts';

/**
 * Rings the queue for what is due later or failed. A ring that cannot be made is only a delay: the row is there, and
 * the sweep finds it. Keys make many rings for one row one job.
 */
export function createRinger(jobs: Jobs<typeof jobDefinitions>, clock: Clock, log: PlainLog): Ringer {
  const ring = (work: Promise<void>): void => {
    work.catch((error: unknown) =>
      log.warn({ err: error }, 'the queue could not be rung; the sweep will find it'),
    );
  };
  return {
    converse: (conversationId, afterMs) =>
      ring(jobs.enqueue('converse', { conversationId }, { delayMs: afterMs, key: conversationId })),
    deliver: (conversationId, afterMs) =>
      ring(jobs.enqueue('deliver', { conversationId }, { delayMs: afterMs, key: conversationId })),
    notice: (noticeId, dueAt) =>
      ring(
        jobs.enqueue(
          'notice',
          { noticeId },
          { delayMs: dueAt.getTime() - clock.now().getTime(), key: noticeId },
        ),
      ),
    handoff: (task, dueAt) =>
      ring(
        jobs.enqueue('handoff', { task }, { delayMs: dueAt.getTime() - clock.now().getTime(), key: task }),
      ),
    agency: (letterId, afterMs) =>
      ring(jobs.enqueue('agency', { letterId }, { delayMs: afterMs, key: letterId })),
    attachment: (attachmentId, afterMs) =>
      ring(jobs.enqueue('attachment', { attachmentId }, { delayMs: afterMs, key: attachmentId })),
  };
}
