import { menuOrder } from '../../flows/define-flow.ts';
import type { CommandName, IncomingMessage, Opening, Say, StepContext } from '../../flows/define-flow.ts';
import { whenAnswered } from '../../flows/status.ts';
import { presenceAt } from '../domain/calendar.ts';
import { readEmoji } from '../understanding/emoji.ts';
import { understandIntents } from '../understanding/intent.ts';
import type { Intent, IntentName } from '../understanding/intent.ts';
import { isQuestion } from '../understanding/question.ts';
import { understandTopic } from '../understanding/topic.ts';
import { answerCourtesy, answerQuestions, callAnswer } from './answer-question.ts';
import { wordsOfAStory } from './hear.ts';
import { readWishes } from './read-wish.ts';
import type { Wish } from './read-wish.ts';

/** What to do with words that come while nothing is being asked. */
export type FreeAnswer = {
  says: Say[];
  isAcked?: true;
  /** A question was answered, beside whatever else waits. */
  isAside?: true;
} & (
  | { kind: 'begin'; flow: string; opening: Opening }
  | { kind: 'wishes'; wishes: Wish[] }
  | { kind: 'say' }
  | { kind: 'miss' }
  | { kind: 'hand_over' }
);

type Free = {
  message: IncomingMessage;
  text: string | null;
  waitsForOfficer: boolean;
  /** It speaks of danger, and that has been answered. */
  isDanger: boolean;
  misses: number;
  /** When the waiting resident was last told that their words are kept. */
  ackedWaitingAt: string | null;
};

/** Confidence from which words outside of any question mean something. */
const sure = 0.5;
/** Confidence from which a long text is about a topic, and not only about an appointment. */
const topicIsSure = 0.6;
/** So many words that ask nothing may be told, not requested; and so many are. */
const wordsOfATelling = 4;
const wordsOfASentence = 7;
/** What is offered under an answer: the whole menu under each would be longer than the answer. */
const offered: readonly CommandName[] = ['pesan', 'curhat', 'petugas'];
/** After so long whoever waits is told anew that what they write is kept. */
const ackStandsMs = 2 * 3_600_000;
const greetingMs = 10 * 60_000;

export function answerFree(input: Free, context: StepContext): FreeAnswer {
  const { message, text } = input;
  const { t } = context;
  if (message.content.kind === 'call') return say(callAnswer(context));
  if (text !== null && text.trim() === '' && context.hasConsent) return say(t('empty-message'));
  const intents = text === null ? [] : understandIntents(text);
  const isNamed = (name: IntentName) => intents.some((one) => one.name === name && one.confidence >= sure);

  const read = text === null ? null : readRequest(text, intentsOf(intents, input), context);
  if (read && read.wishes.length > 0) return { kind: 'wishes', says: read.says, wishes: read.wishes };
  if (read && read.says.length > 0) return afterAnswer(read.says, input, context);

  const courtesy = answerCourtesy(intents, context) ?? answerSign(input, context);
  if (!context.hasConsent) return courtesy && !isNamed('yes') ? said(courtesy) : askConsent(input, intents);
  if (input.waitsForOfficer)
    return answerWaiting(input, isNamed('thanks') ? courtesy : null, intents, context);

  const told = howTold(input, intents);
  if (told === 'surely') return { kind: 'begin', says: [], flow: 'concern', opening: { message } };
  if (courtesy) return said(courtesy);
  const isCalling = text !== null && /^[?!.\s]+$/.test(text);
  if (isNamed('greeting') || isCalling) return say(t('greeting-short'), t('menu'));
  if (isNamed('insult'))
    return { kind: 'say', says: [{ kind: 'text', text: t('insult'), commands: ['curhat', 'petugas'] }] };
  if (message.content.kind === 'unsupported') return say(t('unreadable'));
  if (told === 'perhaps')
    return { kind: 'begin', says: [], flow: 'concern', opening: { message, isUnsure: true } };
  if (input.misses + 1 >= 2)
    return { kind: 'hand_over', says: [{ kind: 'text', text: t('not-understood-twice') }] };
  const key = text !== null && isQuestion(text) ? 'not-understood-question' : 'not-understood';
  return { kind: 'miss', says: [{ kind: 'text', text: t(key), commands: menuOrder }] };
}

/** "Kok lama?" of somebody who waits asks how it stands with the officer. */
function intentsOf(intents: readonly Intent[], { waitsForOfficer }: Free): readonly Intent[] {
  if (!waitsForOfficer) return intents;
  return intents.map((one) => (one.name === 'reply_time' ? { ...one, name: 'person' } : one));
}

/** What is asked and what is wished for; both empty in a story, whose words are only part of it. */
function readRequest(
  text: string,
  intents: readonly Intent[],
  context: StepContext,
): { says: Say[]; wishes: Wish[] } {
  const words = text.trim().split(/\s+/).length;
  const isLong = words >= wordsOfAStory && !(words < 2 * wordsOfAStory && /\?\s*$/.test(text));
  const wishes = readWishes(text, intents, sure);
  if (!isLong) return { says: answerQuestions(intents, sure, context), wishes };
  // A story that also asks for a visit is taken in first; a visit is offered when it has been told.
  const isAboutSomething = (understandTopic(text).categories[0]?.confidence ?? 0) >= topicIsSure;
  const isBooking = ({ intent }: Wish) =>
    intent === 'book' || intent === 'change' || intent === 'cancel_booking';
  return { says: [], wishes: isAboutSomething ? [] : wishes.filter(isBooking) };
}

/** An answer alone is enough; but whoever told something beside it is listened to. */
function afterAnswer(says: Say[], { message, text }: Free, context: StepContext): FreeAnswer {
  const isMore = text !== null && !isQuestion(text) && text.trim().split(/\s+/).length > wordsOfATelling;
  if (isMore && context.hasConsent) return { kind: 'begin', says, flow: 'concern', opening: { message } };
  const [first, ...rest] = says.toReversed();
  const closing: Say[] =
    first?.kind === 'text'
      ? [{ ...first, commands: first.isUrgent ? ['petugas'] : offered }]
      : first
        ? [first]
        : [];
  const isUrgent = first?.kind === 'text' && first.isUrgent === true;
  return { kind: 'say', says: [...rest.toReversed(), ...closing], ...(isUrgent ? {} : { isAside: true }) };
}

/** Nothing is kept before the consent: it is asked for, and what is wanted or was told waits for it. */
function askConsent({ message, text }: Free, intents: readonly Intent[]): FreeAnswer {
  const isKnown = intents.some(({ name, confidence }) => confidence >= sure && name !== 'heavy');
  const words = text === null ? 0 : text.trim().split(/\s+/).length;
  const isTelling = words >= wordsOfATelling || (words >= 2 && text !== null && !isQuestion(text));
  const isHeld = text === null ? isContent(message) : isTelling && !isKnown;
  return { kind: 'begin', says: [], flow: 'consent', opening: isHeld || isHeavy(intents) ? { message } : {} };
}

/** What the officer is for is kept, and that it is kept is said once, and again after a long while or at closing time. */
function answerWaiting(
  { ackedWaitingAt }: Free,
  courtesy: Say | null,
  intents: readonly Intent[],
  context: StepContext,
): FreeAnswer {
  if (courtesy) return said(courtesy);
  const { t, calendar, now } = context;
  const ackedAt = ackedWaitingAt === null ? null : new Date(ackedWaitingAt);
  const isClosed = (at: Date) => presenceAt(calendar, at).kind !== 'open';
  const isKnown =
    ackedAt !== null &&
    now.getTime() - ackedAt.getTime() < ackStandsMs &&
    !(isClosed(now) && !isClosed(ackedAt));
  // "Halo?" asks whether anybody is there; said over and over, it has been answered.
  const isGreeted =
    intents[0]?.name === 'greeting' && ackedAt !== null && now.getTime() - ackedAt.getTime() >= greetingMs;
  if (isKnown && !isGreeted) return { kind: 'say', says: [] };
  return { ...say(`${t('waiting-kept')} ${whenAnswered(context)}`, undefined, []), isAcked: true };
}

/**
 * Whether it is told rather than requested: a file, a place, a feeling, a sentence that asks nothing. `perhaps`: a few
 * words with neither trouble nor a matter in them ("jadi datang kaka bu"), which nobody may have meant for a story.
 */
function howTold({ message, text, isDanger }: Free, intents: readonly Intent[]): 'surely' | 'perhaps' | 'no' {
  const { content } = message;
  if (content.kind === 'location' || content.kind === 'contact') return 'surely';
  if (content.kind === 'media') return content.media.kind === 'sticker' ? 'no' : 'surely';
  if (text === null) return 'no';
  const words = text.trim().split(/\s+/).length;
  if (words >= wordsOfAStory) return 'surely';
  // Words of danger have had their answer, and the question whether they are safe must be the last thing they read.
  if (isDanger) return 'no';
  if (isHeavy(intents)) return 'surely';
  if (isQuestion(text) || intents.some(({ confidence }) => confidence >= sure)) return 'no';
  const [topic] = understandTopic(text).categories;
  const isAboutSomething = topic !== undefined && topic.id !== 'lainnya' && topic.confidence >= sure;
  if (words >= 2 && isAboutSomething) return 'surely';
  if (words >= wordsOfASentence) return 'surely';
  return words >= wordsOfATelling ? 'perhaps' : 'no';
}

function isHeavy(intents: readonly Intent[]): boolean {
  return intents[0]?.name === 'heavy';
}

/** Emoji and stickers alone: tears are listened to, the rest is a nod. */
function answerSign({ message, text }: Free, { t }: StepContext): Say | null {
  if (message.content.kind === 'media' && message.content.media.kind === 'sticker')
    return { kind: 'text', text: t('nod') };
  const sign = text === null ? null : readEmoji(text);
  if (sign === null) return null;
  return sign === 'sad'
    ? { kind: 'text', text: t('sad'), commands: ['curhat', 'petugas'] }
    : { kind: 'text', text: t(sign === 'thanks' ? 'thanks' : 'nod') };
}

/** What a resident meant to tell, as against a greeting or a stray sign: it is held until consent is given. */
function isContent({ content }: IncomingMessage): boolean {
  if (content.kind === 'media') return content.media.kind !== 'sticker';
  return content.kind === 'location' || content.kind === 'contact';
}

function said(one: Say): FreeAnswer {
  return { kind: 'say', says: [one] };
}

function say(text: string, then?: string, commands = menuOrder): FreeAnswer {
  return said({ kind: 'text', text: then === undefined ? text : `${text} ${then}`, commands });
}
