import type { Say, StepContext } from '../../flows/define-flow.ts';
import { presenceAt } from '../domain/calendar.ts';
import { hotlineLine, hotlinesFor } from '../domain/hotline.ts';
import type { Danger } from '../understanding/danger.ts';

/** Words on danger that came this short a time ago are not said in full again. */
const repeatWithinMs = 10 * 60_000;

/**
 * The fixed, human-written answer to danger: a calm sentence, "are you safe now?", the numbers that fit, and the
 * truth about who reads this and when. It never diagnoses, never refuses, never closes anything.
 */
export function sayDanger(danger: Danger, saidAt: Date | null, context: StepContext): Say {
  const { t, hotlines, language, calendar, now } = context;
  const numbers = hotlinesFor(hotlines, danger.kind).map((one) => hotlineLine(one, language));
  if (saidAt && now.getTime() - saidAt.getTime() < repeatWithinMs) {
    return { kind: 'text', text: [t('danger-again'), ...numbers].join('\n') };
  }
  const open = presenceAt(calendar, now).kind === 'open';
  if (danger.severity === 'sedang') {
    return {
      kind: 'text',
      text: [t('danger-gentle'), '', t('hotlines-intro'), ...numbers].join('\n'),
      commands: ['petugas'],
    };
  }
  const lines = [
    t(`danger-${danger.kind.replaceAll('_', '-')}`),
    t('danger-safe-now'),
    '',
    t('danger-contacts'),
    ...numbers,
    '',
    t(open ? 'danger-officer-open' : 'danger-officer-closed'),
  ];
  return { kind: 'text', text: lines.join('\n'), commands: ['petugas'] };
}
