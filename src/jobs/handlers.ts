import type { Pipeline } from '../conversation/pipeline.ts';
import type { JobHandlers } from './define-job.ts';
import type { jobDefinitions } from './definitions.ts';

/** What each job does: it looks. The work itself is the pipeline's and the sweep's. */
export function createJobHandlers(deps: {
  pipeline: Pipeline;
  sweep: () => Promise<void>;
  hourly: () => Promise<void>;
  daily: () => Promise<void>;
  walkQueue: () => Promise<void>;
  sendPages: () => Promise<void>;
  mailLetter: (letterId: string) => Promise<void>;
}): JobHandlers<typeof jobDefinitions> {
  const { pipeline } = deps;
  return {
    converse: ({ conversationId }) => pipeline.look(conversationId),
    deliver: ({ conversationId }) => pipeline.look(conversationId),
    notice: ({ noticeId }) => pipeline.notice(noticeId),
    attachment: ({ attachmentId }) => pipeline.keepAttachment(attachmentId),
    handoff: ({ task }) => (task === 'queue' ? deps.walkQueue() : deps.sendPages()),
    agency: ({ letterId }) => deps.mailLetter(letterId),
    upkeep: ({ task }) => deps[task](),
  };
}
