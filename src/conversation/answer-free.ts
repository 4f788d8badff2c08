import { hotlinesText, hoursText, placeText } from '../../flows/about-room.ts';
import { menuOrder } from '../../flows/define-flow.ts';
import type { IncomingMessage, Opening, Say, StepContext } from '../../flows/define-flow.ts';
import { understandIntents } from '../understanding/intent.ts';
import type { IntentName } from '../understanding/intent.ts';
import { understandTopic } from '../understanding/topic.ts';
import { understandWhen } from '../understanding/when.ts';

/** What to do with words that come while nothing is being asked. */
export type FreeAnswer =
  | { kind: 'begin'; flow: string; opening: Opening }
  | { kind: 'say'; says: Say[]; isMiss: boolean }
  | { kind: 'hand_over'; says: Say[] };

/** So many words are a story, not a request: it is taken in as a concern. */
const wordsOfAStory = 12;
/** Confidence from which a long text is about a topic, and not only about an appointment. */
const topicIsSure = 0.6;
/** Confidence from which a question beside the point is answered in the middle of a flow. */
const asideIsSure = 0.7;

export function answerFree(
  input: {
    message: IncomingMessage;
    text: string | null;
    waitsForOfficer: boolean;
    misses: number;
    hasAckedWaiting: boolean;
  },
  context: StepContext,
): FreeAnswer {
  const { message, text } = input;
  const { t } = context;
  if (message.content.kind === 'call')
    return { kind: 'say', says: [{ kind: 'text', text: callAnswer(context) }], isMiss: false };
  if (!context.hasConsent)
    return { kind: 'begin', flow: 'consent', opening: isContent(message) ? { message } : {} };
  const intents = text === null ? [] : understandIntents(text);
  const named = (name: IntentName) =>
    intents.some((intent) => intent.name === name && intent.confidence >= 0.5);
  const say = (key: string): FreeAnswer => ({
    kind: 'say',
    says: [{ kind: 'text', text: t(key), commands: menuOrder }],
    isMiss: false,
  });

  if (text !== null && text.trim() === '') return say('empty-message');
  const isStory = text !== null && text.trim().split(/\s+/).length >= wordsOfAStory;
  // A story that also asks for a visit is taken in first; a visit is offered when it has been told.
  const isAboutSomething = isStory && (understandTopic(text).categories[0]?.confidence ?? 0) >= topicIsSure;
  if (text !== null && !isAboutSomething) {
    if (named('change')) return { kind: 'begin', flow: 'book', opening: { text, wish: 'move' } };
    if (named('cancel_booking')) return { kind: 'begin', flow: 'book', opening: { wish: 'cancel' } };
    if (named('book')) return { kind: 'begin', flow: 'book', opening: { text } };
  }

  // Asked for again while they wait: how it stands now.
  if (named('person') && !isStory) return { kind: 'begin', flow: 'officer', opening: {} };
  if (input.waitsForOfficer) {
    // Everything is kept for the officer; saying so once is enough.
    const says: Say[] = input.hasAckedWaiting ? [] : [{ kind: 'text', text: t('waiting-kept') }];
    return { kind: 'say', says, isMiss: false };
  }
  if (named('person')) return { kind: 'begin', flow: 'officer', opening: {} };
  if (named('status')) return { kind: 'begin', flow: 'status', opening: {} };
  if (named('my_data')) return { kind: 'begin', flow: 'my-data', opening: {} };
  if (named('language')) return { kind: 'begin', flow: 'language', opening: {} };
  if (named('help')) return { kind: 'begin', flow: 'help', opening: {} };
  if (named('hours') && !isStory)
    return {
      kind: 'say',
      says: [{ kind: 'text', text: hoursText(context), commands: menuOrder }],
      isMiss: false,
    };
  if (named('address') && !isStory)
    return {
      kind: 'say',
      says: [{ kind: 'text', text: placeText(context), commands: menuOrder }, { kind: 'venue' }],
      isMiss: false,
    };
  if (
    message.content.kind === 'media' ||
    message.content.kind === 'location' ||
    message.content.kind === 'contact' ||
    isStory
  ) {
    return { kind: 'begin', flow: 'concern', opening: { message } };
  }
  if (named('pour_out')) return { kind: 'begin', flow: 'concern', opening: {} };
  if (named('thanks')) return { kind: 'say', says: [{ kind: 'text', text: t('thanks') }], isMiss: false };
  if (named('greeting')) return { kind: 'begin', flow: 'menu', opening: {} };
  if (named('insult'))
    return {
      kind: 'say',
      says: [{ kind: 'text', text: t('insult'), commands: ['curhat', 'petugas'] }],
      isMiss: false,
    };
  if (message.content.kind === 'unsupported') return say('unreadable');
  if (input.misses + 1 >= 2)
    return {
      kind: 'hand_over',
      says: [{ kind: 'text', text: t('not-understood-twice') }],
    };
  return {
    kind: 'say',
    says: [{ kind: 'text', text: t('not-understood'), commands: menuOrder }],
    isMiss: true,
  };
}

/**
 * A question beside the point in the middle of a flow ("buka jam berapa?", "alamatnya di mana?"): its answer, after
 * which the flow's own question is asked again. Null when it may be an answer to that question.
 */
export function answerAside(text: string, context: StepContext): Say[] | null {
  if (text.trim().split(/\s+/).length >= wordsOfAStory || understandWhen(text, context.now)) return null;
  const [first] = understandIntents(text);
  if (!first || first.confidence < asideIsSure) return null;
  if (first.name === 'hours') return [{ kind: 'text', text: hoursText(context) }];
  if (first.name === 'address') return [{ kind: 'text', text: placeText(context) }, { kind: 'venue' }];
  if (first.name === 'thanks') return [{ kind: 'text', text: context.t('thanks') }];
  return null;
}

/** What a resident meant to tell, as against a greeting or a stray sign: it is held until consent is given. */
function isContent(message: IncomingMessage): boolean {
  const { content } = message;
  if (content.kind === 'media' || content.kind === 'location' || content.kind === 'contact') return true;
  return content.kind === 'text' && content.text.trim().split(/\s+/).length >= 4;
}

/** A call that rang is answered by one text, with the numbers that do take calls. */
export function callAnswer(context: StepContext): string {
  return `${context.t('call-answer')}\n\n${hotlinesText(context)}`;
}
