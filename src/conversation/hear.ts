import type { AnyFlow, CommandName, Say, StepContext } from '../../flows/define-flow.ts';
import { matchChoice } from '../understanding/choice.ts';
import { understandIntents } from '../understanding/intent.ts';
import type { Intent } from '../understanding/intent.ts';
import { isQuestion } from '../understanding/question.ts';
import { answerCourtesy, answerQuestions } from './answer-question.ts';
import type { Dialog } from './dialog.ts';
import { exactChoice } from './exact-choice.ts';
import { readCommand, readLinking } from './read-command.ts';
import { readWishes } from './read-wish.ts';
import type { Wish } from './read-wish.ts';

/** What words turn out to be where a question stands. */
export type Heard =
  | { kind: 'link'; code: string }
  /** `also`: wished for in the same breath as the yes. */
  | { kind: 'choice'; id: string; also?: Wish | undefined }
  | { kind: 'command'; name: CommandName; rest: string }
  /** Something else is wanted now; `says` answers what was asked beside it. */
  | { kind: 'wishes'; wishes: Wish[]; says: Say[] }
  /** A question beside the point: its answer, after which the question that stands is asked again. */
  | { kind: 'aside'; says: Say[] }
  /** For the step itself to read; `says` comes before what it says to them. */
  | { kind: 'words'; says?: Say[] };

type Step = AnyFlow['steps'][string];

/** Confidence from which something else is meant in the middle of a flow. */
const sure = 0.7;
/** Confidence from which a wish or a question is no loose way of naming one of the choices. */
const verySure = 0.8;
/** So many words are part of a story or an explanation. */
export const wordsOfAStory = 12;

/** Reads words said while a step stands, from what is certain to what merely sounds like something. */
export function hear(text: string, step: Step | undefined, dialog: Dialog, context: StepContext): Heard {
  const linkCode = readLinking(text);
  if (linkCode !== null) return { kind: 'link', code: linkCode };
  const { choices, standing } = dialog;
  const exact = step ? exactChoice(text, choices) : null;
  if (exact !== null) return { kind: 'choice', id: exact };
  const command = readCommand(text);
  if (command && (!step?.listens || command.hasSlash || command.name === 'batal'))
    return { kind: 'command', name: command.name, rest: command.rest };
  if (!step) return { kind: 'words' };
  if (standing?.flow === 'concern' && wantsRid(text)) return { kind: 'command', name: 'batal', rest: '' };
  if (step.listens)
    return standing?.flow === 'concern' ? hearPouring(text, dialog, context) : { kind: 'words' };

  const intents = understandIntents(text);
  const isLong = text.trim().split(/\s+/).length >= wordsOfAStory;
  const strong = intents.filter((intent) => intent.confidence >= verySure).map((intent) => intent.name);
  const wished = choices.filter(({ intent }) => intent && (strong as string[]).includes(intent));
  if (wished.length === 1 && wished[0]) return { kind: 'choice', id: wished[0].id };

  // Before the consent a story is held, whatever it begins with.
  const isHeld = ({ isStory }: Wish) => isStory && standing?.flow === 'consent';
  const wishes = isLong
    ? []
    : readWishes(text, intents, sure).filter((one) => !isOfFlow(one, standing?.flow) && !isHeld(one));
  if (step.claims?.(text, context)) return { kind: 'words' };
  const says = isLong ? [] : answerQuestions(intents, sure, context);
  if (step.decides) {
    const decided = plainAnswer(text, intents, dialog);
    if (decided !== null)
      return { kind: 'choice', id: decided, also: wishes.find(({ command }) => command !== 'bahasa') };
  } else if (!wishes.some((one) => strong.includes(one.intent)) && !(says.length > 0 && isQuestion(text))) {
    const match = matchChoice(text, choices);
    if (match.kind === 'one') return { kind: 'choice', id: match.id };
  }
  if (wishes.length > 0) return { kind: 'wishes', wishes, says };
  if (says.length > 0) return { kind: 'aside', says };
  // Where days or hours are offered, a no is a no to the visit.
  if (standing?.flow === 'book' && intents[0]?.name === 'no')
    return {
      kind: 'wishes',
      wishes: [{ intent: 'leave', command: 'batal', opening: {}, isTold: false, isStory: false }],
      says,
    };
  return smallTalk(text, intents, step, context) ?? { kind: 'words' };
}

/** So few words in an outpouring may be said to us, and not be part of the story. */
const wordsOfAnAside = 6;

/** "Sudah bu, itu saja": the end of an outpouring, in a sentence. */
export function saysDone(text: string): boolean {
  if (text.trim().split(/\s+/).length > wordsOfAnAside || isQuestion(text)) return false;
  return understandIntents(text).some(({ name, confidence }) => name === 'done' && confidence >= verySure);
}

/**
 * Words while a story is poured out: nearly all of them are the story. Only a few words that are surely said to us end it
 * or are answered; a wish for something else is kept with the story, with the word that does it.
 */
function hearPouring(said: string, { choices, danger }: Dialog, context: StepContext): Heard {
  const isShort = said.trim().split(/\s+/).length <= wordsOfAnAside;
  if (!isShort || danger?.at === context.now.toISOString()) return { kind: 'words' };
  if (saysDone(said) && choices.some(({ id }) => id === 'done')) return { kind: 'choice', id: 'done' };
  const intents = understandIntents(said);
  const wishes = readWishes(said, intents, verySure).filter(({ command }) => command !== 'curhat');
  const asked = isQuestion(said) ? answerQuestions(intents, verySure, context) : [];
  if (asked.length > 0) return { kind: 'aside', says: asked };
  const [other] = wishes;
  if (!other) return { kind: 'words' };
  return { kind: 'words', says: [{ kind: 'text', text: midway(other, context) }] };
}

/** What a wish that is said into a story is told: how to have it, and that it may as well be part of the story. */
function midway({ command, intent }: Wish, { t }: StepContext): string {
  if (command === 'status') return t('concern-when');
  const isAway = intent === 'cancel_booking' || intent === 'leave';
  return isAway ? t('concern-midway-cancel') : t('concern-midway', { command });
}

const ridOf =
  /\b(batal(kan)?|cancel|buang|drop)\b.*\b(curhat|cerita|laporan|aduan|pengaduan|story|report|concern)/i;

/** "Mau batalkan curhat saya": out of the story, and not on with it. */
function wantsRid(text: string): boolean {
  return (
    ridOf.test(text) &&
    !isQuestion(text) &&
    !/\b(jangan?|tidak|sonde|don'?t)\b/i.test(text) &&
    text.trim().split(/\s+/).length <= wordsOfAnAside
  );
}

/** A thank you or a greeting in the middle of a question gets its word back. */
function smallTalk(text: string, intents: readonly Intent[], step: Step, context: StepContext): Heard | null {
  const [first] = intents;
  if (!first || first.confidence < sure || text.trim().split(/\s+/).length >= wordsOfAStory) return null;
  const say = (key: string): Heard => ({ kind: 'aside', says: [{ kind: 'text', text: context.t(key) }] });
  if (first.name === 'greeting') return say('greeting-short');
  if (first.name === 'insult') return say('insult-midway');
  // A "hm" to a question that decides must not pass for anything: it is asked again.
  if ((first.name === 'nod' || first.name === 'wait') && !step.decides) return say('no-hurry');
  const courtesy = ['thanks', 'praise', 'sorry', 'ask'].includes(first.name)
    ? answerCourtesy(intents, context)
    : null;
  return courtesy ? { kind: 'aside', says: [courtesy] } : null;
}

/** What the standing flow does itself is no wish for something else. */
function isOfFlow({ command }: Wish, flow: string | undefined): boolean {
  if (flow === 'book') return command === 'pesan';
  if (flow === 'concern') return command === 'curhat';
  if (flow === 'my-data') return command === 'data';
  return flow === 'language' && command === 'bahasa';
}

const agreement = /^(?:(?:ya|iya|oke?|baik|saya|kami|beta|i|we|yes)[\s,.!]+)*(?:setuju|agree)\b/i;

/** A yes or no that cannot be anything else: the whole answer, or the word that was asked for at its beginning. */
function plainAnswer(text: string, intents: readonly Intent[], { choices }: Dialog): string | null {
  const has = (id: string) => (choices.some((choice) => choice.id === id) ? id : null);
  if (/\?\s*$/.test(text)) return null;
  if (agreement.test(text.trim())) return has('yes');
  const [first] = intents;
  if (!first || first.confidence < 0.8) return null;
  return first.name === 'yes' ? has('yes') : first.name === 'no' ? has('no') : null;
}
