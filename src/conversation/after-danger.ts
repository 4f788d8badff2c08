import type { CommandName, Say, StepContext } from '../../flows/define-flow.ts';
import { hotlineLine, hotlinesFor } from '../domain/hotline.ts';
import { understandIntents } from '../understanding/intent.ts';
import type { IntentName } from '../understanding/intent.ts';
import { readSafety } from '../understanding/safety.ts';
import type { Safety } from '../understanding/safety.ts';
import { isDangerFresh } from './dialog.ts';
import type { Dialog } from './dialog.ts';
import { exactChoice } from './exact-choice.ts';
import { readCommand, readLinking } from './read-command.ts';
import { whoComes } from './say-danger.ts';
import { isListening } from './standing.ts';

/** Intents that may be said by somebody who answers "are you safe now?", and do not make it another matter. */
const besides: ReadonlySet<IntentName> = new Set([
  'yes', 'no', 'done', 'nod', 'nonsense', 'heavy', 'insult', 'emergency', 'sorry', 'leave',
]); // prettier-ignore

/**
 * What a message answers to "are you safe now?" within an hour of danger; null when it answers something else. A bare yes
 * or no counts only while that question is the last one asked, so that it never agrees to anything else, and nothing
 * else is taken for it.
 */
export function hearSafety(dialog: Dialog, text: string | null, now: Date): Safety['answer'] | null {
  const { danger } = dialog;
  if (text === null || text.trim() === '' || !danger || !isDangerFresh(danger, now)) return null;
  if (readCommand(text) || readLinking(text) !== null) return null;
  const safety = readSafety(text);
  if (!safety) return null;
  const isOther = understandIntents(text).some(
    ({ name, confidence }) => confidence >= 0.7 && !besides.has(name),
  );
  if (isOther) return null;
  if (!safety.isPlain) return danger.isAsked || !isListening(dialog) ? safety.answer : null;
  if (!danger.isAsked) return null;
  if (safety.answer !== 'unclear') return safety.answer;
  // What is poured out in pieces is no unclear answer, nor is a choice of what stands.
  const isElsewhere = isListening(dialog) || exactChoice(text, dialog.choices) !== null;
  return isElsewhere || text.trim().split(/\s+/).length > 5 ? null : 'unclear';
}

/** Safe: a warm word and an offer. Otherwise the numbers once more, what to do now, and who has been told. */
export function answerSafety(
  answer: Safety['answer'],
  dialog: Dialog,
  context: StepContext,
  isAnybodyTold: boolean,
): Say {
  const { t, hotlines, language } = context;
  if (answer === 'safe') {
    const commands: CommandName[] = isListening(dialog) ? ['petugas'] : ['curhat', 'petugas'];
    return { kind: 'text', text: t('danger-safe'), commands };
  }
  const kind = dialog.danger?.kind ?? '';
  const lines = [
    t('danger-unsafe'),
    ...hotlinesFor(hotlines, kind).map((one) => hotlineLine(one, language)),
    '',
    t(whatToDo(kind)),
    '',
    whoComes(context, isAnybodyTold),
  ];
  return { kind: 'text', text: lines.join('\n'), commands: ['petugas'], isUrgent: true };
}

function whatToDo(kind: string): string {
  if (kind === 'self_harm') return 'danger-do-self-harm';
  return kind === 'medis_darurat' ? 'danger-do-medical' : 'danger-do-violence';
}
