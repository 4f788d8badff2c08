import type { CommandName, Say, StepContext } from '../../flows/define-flow.ts';
import { hotlineLine, hotlineShort, hotlinesFor } from '../domain/hotline.ts';
import type { Hotline } from '../domain/hotline.ts';
import { readEmoji } from '../understanding/emoji.ts';
import { understandIntents } from '../understanding/intent.ts';
import type { IntentName } from '../understanding/intent.ts';
import { normalise } from '../understanding/normalise.ts';
import { isQuestion } from '../understanding/question.ts';
import { readPlea, readSafety } from '../understanding/safety.ts';
import type { Plea } from '../understanding/safety.ts';
import { isDangerFresh, repeatWithinMs } from './dialog.ts';
import type { Dialog } from './dialog.ts';
import { exactChoice } from './exact-choice.ts';
import { readCommand, readLinking } from './read-command.ts';
import { whoComes } from './say-danger.ts';
import { isListening } from './standing.ts';

/**
 * What somebody who has told of danger says to us next. `unclear` is a short word that answers nothing, which from them must
 * not be passed over; `yes` one that may mean anything, for "are you safe now?" was not the last thing said; `beside` a
 * sign, noise or a question of theirs.
 */
export type SafetyHeard = 'safe' | 'unsafe' | 'unclear' | 'yes' | 'beside' | Plea;

/** Intents that may be said by somebody who answers "are you safe now?", and do not make it another matter. */
const besides: ReadonlySet<IntentName> = new Set([
  'yes', 'no', 'done', 'nod', 'nonsense', 'heavy', 'insult', 'emergency', 'sorry', 'leave',
]); // prettier-ignore

/**
 * What a message is within an hour of danger; null when it is about something else. A bare yes or no counts only while
 * nothing else has been asked since, so that it never agrees to anything else, and nothing else is taken for it.
 */
export function hearSafety(
  dialog: Dialog,
  text: string | null,
  { now, hasConsent }: Pick<StepContext, 'now' | 'hasConsent'>,
): SafetyHeard | null {
  const { danger } = dialog;
  if (text === null || text.trim() === '' || !danger || !isDangerFresh(danger, now)) return null;
  if (readCommand(text) || readLinking(text) !== null) return null;
  if (!hasConsent && agrees.test(text)) return null;
  const isTalk = danger.isAsked || danger.isTalk;
  const plea = isTalk || dialog.standing === null ? readPlea(text) : null;
  if (plea !== null) return plea;
  const safety = readSafety(text);
  if (!safety) return null;
  const intents = understandIntents(text).filter(({ confidence }) => confidence >= 0.5);
  if (intents.some(({ name, confidence }) => confidence >= 0.7 && !besides.has(name))) return null;
  if (!safety.isPlain) return isTalk || !isListening(dialog) ? safety.answer : null;
  if (!isTalk) return null;
  if (safety.answer === 'safe') return danger.isAsked ? 'safe' : 'yes';
  if (safety.answer === 'unsafe') return 'unsafe';
  // What is poured out in pieces is no unclear answer, nor is a choice of what stands.
  const isElsewhere = isListening(dialog) || exactChoice(text, dialog.choices) !== null;
  if (isElsewhere || text.trim().split(/\s+/).length > 5) return null;
  const signs = readEmoji(text);
  if (signs !== null) return signs === 'yes' ? 'yes' : signs === 'sad' ? 'unclear' : 'beside';
  const isNoise = intents.some(({ name }) => name === 'nonsense') || !/\p{L}/u.test(normalise(text).text);
  const isBeside = isNoise || intents.some(({ name }) => name === 'leave') || isQuestion(text);
  return isBeside || text.includes('?') ? 'beside' : 'unclear';
}

/** The very word of the question for consent; the answer to nothing else. */
const agrees = /^\W*((saya|beta|aku|sa|i) )?(setuju|agree)\b/i;

/** Whether the officers are to know of it: it is one sign of danger more. */
export function isSign(heard: SafetyHeard): boolean {
  return heard !== 'safe' && heard !== 'yes' && heard !== 'beside' && heard !== 'listening';
}

type AfterDanger = { say: Say; danger: Dialog['danger'] };

/**
 * What is said to it. Safe: a warm word and an offer. Not safe: the numbers once more, what to do now and who has been told,
 * in full once; then one short line that fits, for nobody in need reads the same words six times.
 */
export function answerSafety(
  heard: SafetyHeard,
  dialog: Dialog,
  context: StepContext,
  isAnybodyTold: boolean,
): AfterDanger {
  const { t, now } = context;
  const { danger } = dialog;
  const said = (text: string, more: Partial<NonNullable<Dialog['danger']>> = {}): AfterDanger => ({
    say: { kind: 'text', text, commands: ['petugas'], isUrgent: true },
    danger: danger && { ...danger, isAsked: false, isTalk: true, ...more },
  });
  switch (heard) {
    case 'safe': {
      const commands: CommandName[] = isListening(dialog) ? ['petugas'] : ['curhat', 'petugas'];
      return {
        say: { kind: 'text', text: t('danger-safe'), commands },
        danger: danger && { ...danger, isAsked: false, isTalk: false },
      };
    }
    case 'yes':
      return said(t('danger-safe-sure'), { isAsked: true });
    case 'beside':
      return said(t('danger-safe-still'), { isAsked: true });
    case 'listening':
      return said(t('danger-listening'), { isTalk: false });
    case 'secrecy':
      return said(t('danger-secrecy'));
    case 'no_answer':
      return said(`${t('danger-no-answer', { ways: otherWays(dialog, context) })} ${whoComes(context, isAnybodyTold)}`);
    case 'police': {
      const police = context.hotlines.find(({ name, call }) => call !== null && /polisi|police/i.test(name));
      if (police?.call) return said(`${t('danger-police', { number: police.call })} ${whoComes(context, isAnybodyTold)}`);
      break;
    }
    case 'unsafe':
    case 'unclear':
  }
  const isToldInFull = danger?.fullAt && now.getTime() - Date.parse(danger.fullAt) < repeatWithinMs;
  if (isToldInFull) return said(`${t('danger-heard')} ${whoComes(context, isAnybodyTold)}`);
  return said(inFull(danger?.kind ?? '', context, isAnybodyTold), { fullAt: now.toISOString() });
} // prettier-ignore

function inFull(kind: string, context: StepContext, isAnybodyTold: boolean): string {
  const { t, hotlines, language } = context;
  return [
    t('danger-unsafe'),
    ...hotlinesFor(hotlines, kind).map((one) => hotlineLine(one, language)),
    '',
    t(whatToDo(kind)),
    '',
    whoComes(context, isAnybodyTold),
  ].join('\n');
}

/** What is left when the first number is not answered: its other ways, then the other numbers. */
function otherWays({ danger }: Dialog, { hotlines, language, t }: StepContext): string {
  const fitting = hotlinesFor(hotlines, danger?.kind ?? '');
  const others = hotlines.filter((one) => !fitting.includes(one));
  const [first, ...rest] = fitting.length > 1 ? fitting : [...fitting, ...others];
  const ways = [...(first ? withoutCall(first) : []), ...rest.slice(0, 2).map((one) => hotlineShort(one, language))];
  return ways.slice(0, 3).join(`, ${t('danger-or')} `);
} // prettier-ignore

function withoutCall({ name, call, whatsapp, web }: Hotline): string[] {
  if (call === null) return [];
  return [...(whatsapp === null ? [] : [`WA ${whatsapp} (${name})`]), ...(web === null ? [] : [web])];
}

function whatToDo(kind: string): string {
  if (kind === 'self_harm') return 'danger-do-self-harm';
  return kind === 'medis_darurat' ? 'danger-do-medical' : 'danger-do-violence';
}
