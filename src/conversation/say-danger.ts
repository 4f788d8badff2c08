import type { Say, StepContext } from '../../flows/define-flow.ts';
import { presenceAt } from '../domain/calendar.ts';
import { hotlineLine, hotlinesFor } from '../domain/hotline.ts';
import type { Danger } from '../understanding/danger.ts';
import { isSaidAgain } from './dialog.ts';
import type { Dialog } from './dialog.ts';

/**
 * The fixed, human-written answer to danger: a calm sentence, "are you safe now?", the numbers that fit, and the
 * truth about who reads this and when. It never diagnoses, never refuses, never closes anything.
 */
export function sayDanger(
  danger: Danger,
  said: Dialog['danger'],
  context: StepContext,
  isAnybodyTold: boolean,
): Say {
  const { t, hotlines, language, now } = context;
  const numbers = hotlinesFor(hotlines, danger.kind).map((one) => hotlineLine(one, language));
  if (isSaidAgain(danger, said, now)) {
    return { kind: 'text', text: [t('danger-again'), ...numbers].join('\n'), isUrgent: true };
  }
  if (danger.severity === 'sedang') {
    return {
      kind: 'text',
      text: [t('danger-gentle'), '', t('hotlines-intro'), ...numbers].join('\n'),
      commands: ['petugas'],
      isUrgent: true,
    };
  }
  const lines = [
    t(`danger-${danger.kind.replaceAll('_', '-')}`),
    t('danger-safe-now'),
    '',
    t('danger-contacts'),
    ...numbers,
    '',
    whoComes(context, isAnybodyTold),
  ];
  return { kind: 'text', text: lines.join('\n'), commands: ['petugas'], isUrgent: true };
}

/** What of the officers is true: no one is promised where nobody can be told. */
export function whoComes({ t, calendar, now }: StepContext, isAnybodyTold: boolean): string {
  if (!isAnybodyTold) return t('danger-officer-none');
  return t(presenceAt(calendar, now).kind === 'open' ? 'danger-officer-open' : 'danger-officer-closed');
}
