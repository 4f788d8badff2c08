import { z } from 'zod';
import type { RequestHandoffResult } from '../src/actions/request-handoff.ts';
import { hoursOn, isServiceTime, presenceAt } from '../src/domain/calendar.ts';
import { dayOf, formatTime } from '../src/domain/wita.ts';
import { hotlinesText } from './about-room.ts';
import { defineFlow } from './define-flow.ts';
import type { Say, StepContext } from './define-flow.ts';
import { whenAnswered } from './status.ts';

/** `/petugas`: queues the chat for a person and says honestly when one will be there. Asked again, it says so again. */
export const officerFlow = defineFlow<Record<string, never>, never>({
  name: 'officer',
  version: 1,
  state: z.object({}) as z.ZodType<Record<string, never>>,
  async begin(context) {
    const queued = await context.actions.requestHandoff({ reason: 'asked' });
    return { next: 'done', says: [await sayQueued(queued, context)] };
  },
  steps: {},
});

/**
 * The place in the queue, how long it usually takes, and what can be done meanwhile. When the room is closed: that nobody
 * reads now, when somebody will, that one may wait, book or write it down, and whom to call.
 */
export async function sayQueued(queued: RequestHandoffResult, context: StepContext): Promise<Say> {
  const { t, actions, calendar, now } = context;
  const wait = await actions.tellWait({});
  const isOpen = presenceAt(calendar, now).kind === 'open';
  const place = t(queued.kind === 'already_waiting' ? 'officer-still-queued' : 'officer-queued', {
    place: wait.place,
  });
  const usual =
    wait.minutes === null
      ? t('officer-wait-unknown')
      : t(isOpen ? 'officer-wait' : 'officer-wait-opened', { minutes: wait.minutes });
  // Asked again, the same numbers and choices once more would bury the one thing that is asked.
  if (queued.kind === 'already_waiting')
    return {
      kind: 'text',
      text: [
        place,
        isOpen ? whoIsThere(context, wait.isSomebodyThere) : whenAnswered(context),
        t('officer-meanwhile'),
      ].join('\n'),
      commands: ['pesan', 'curhat', 'batal'],
    };
  if (!isOpen) {
    const lines = [place, whenAnswered(context), usual, t('officer-closed-choices')];
    return {
      kind: 'text',
      text: `${lines.join('\n')}\n\n${hotlinesText(context)}`,
      commands: ['pesan', 'curhat', 'batal'],
    };
  }
  const lines = [place, whoIsThere(context, wait.isSomebodyThere), usual, t('officer-meanwhile')];
  return { kind: 'text', text: lines.join('\n'), commands: ['batal', 'curhat'] };
}

/** While the room is open: an officer at the desk, all at lunch, or none there just now. */
function whoIsThere(context: StepContext, isSomebodyThere: boolean): string {
  const { t, calendar, now } = context;
  if (!isServiceTime(calendar, now))
    return t('officer-break', { until: formatTime(hoursOn(calendar.room, dayOf(now)).breakTo) });
  return isSomebodyThere ? whenAnswered(context) : t('officer-open-nobody');
}
