import { z } from 'zod';
import { presenceAt } from '../src/domain/calendar.ts';
import { hotlinesText } from './about-room.ts';
import { defineFlow } from './define-flow.ts';
import { whenAnswered } from './status.ts';

/** `/petugas`: queues the chat for a person and says honestly when one will be there. */
export const officerFlow = defineFlow<Record<string, never>, never>({
  name: 'officer',
  version: 1,
  state: z.object({}) as z.ZodType<Record<string, never>>,
  async begin(context) {
    const { t, actions, calendar, now } = context;
    const queued = await actions.requestHandoff({ reason: 'asked' });
    const lines = [
      t(queued.kind === 'already_waiting' ? 'officer-still-queued' : 'officer-queued', {
        place: queued.place,
      }),
    ];
    lines.push(whenAnswered(context));
    lines.push(t('officer-meanwhile'));
    if (presenceAt(calendar, now).kind === 'closed') {
      lines.push('', hotlinesText(context));
    }
    return { next: 'done', says: [{ kind: 'text', text: lines.join('\n'), commands: ['batal', 'curhat'] }] };
  },
  steps: {},
});
