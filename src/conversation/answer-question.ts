import { hotlinesText, hoursText, placeText } from '../../flows/about-room.ts';
import type { Say, StepContext } from '../../flows/define-flow.ts';
import { hotlineLine } from '../domain/hotline.ts';
import type { Intent, IntentName } from '../understanding/intent.ts';

/** What the room answers by itself, to anybody, with no consent asked: public facts about it and about this chat. */
const answers: Partial<Record<IntentName, (context: StepContext) => Say[]>> = {
  emergency: (context) => [
    { ...say(`${context.t('answer-emergency')}\n${numbers(context)}`), isUrgent: true },
  ],
  consent: ({ t }) => [say(t('answer-consent'))],
  about_bot: ({ t }) => [say(t('answer-about-bot'))],
  shared_phone: ({ t }) => [say(t('answer-shared-phone'))],
  privacy: ({ t }) => [say(t('answer-privacy'))],
  cost: ({ t }) => [say(t('answer-cost'))],
  walk_in: (context) => [say(`${context.t('answer-walk-in')} ${hoursText(context)}`)],
  home_visit: ({ t }) => [say(t('answer-home-visit'))],
  proxy: ({ t }) => [say(t('answer-proxy'))],
  what_to_bring: ({ t }) => [say(t('answer-what-to-bring'))],
  duration: ({ t, calendar }) => [say(t('answer-duration', { minutes: calendar.room.slotMinutes }))],
  late: ({ t }) => [say(t('answer-late'))],
  scope: ({ t }) => [say(t('answer-scope'))],
  document: ({ t }) => [say(t('answer-document'))],
  phone: ({ t }) => [say(t('answer-phone'))],
  hours: (context) => [say(hoursText(context))],
  address: (context) => [say(placeText(context)), { kind: 'venue' }],
};

/** Small words between people: said back, and nothing is asked because of them. */
const courtesies: Partial<Record<IntentName, string>> = {
  thanks: 'thanks',
  praise: 'praise',
  sorry: 'sorry',
  ask: 'ask-away',
  wait: 'nod',
  nod: 'nod',
  yes: 'nod',
  no: 'nod',
  done: 'nod',
};

const order = Object.keys(answers) as IntentName[];
/** More than so many answers in one message are no answer any more. */
const mostAnswers = 3;

/** The answers to all the questions that a message asks; empty when it asks none. */
export function answerQuestions(intents: readonly Intent[], sure: number, context: StepContext): Say[] {
  return order
    .filter((name) => intents.some((intent) => intent.name === name && intent.confidence >= sure))
    .slice(0, mostAnswers)
    .flatMap((name) => answers[name]?.(context) ?? []);
}

/** What is said to a thank you, a nod, an excuse; null when the message is something else. */
export function answerCourtesy(intents: readonly Intent[], context: StepContext): Say | null {
  const key = intents[0] && intents[0].confidence >= 0.5 ? courtesies[intents[0].name] : undefined;
  return key === undefined ? null : say(context.t(key));
}

/** A call that rang is answered by one text, with the numbers that do take calls. */
export function callAnswer(context: StepContext): string {
  return `${context.t('call-answer')}\n\n${hotlinesText(context)}`;
}

function numbers({ hotlines, language }: StepContext): string {
  return hotlines.map((one) => hotlineLine(one, language)).join('\n');
}

function say(text: string): Extract<Say, { kind: 'text' }> {
  return { kind: 'text', text };
}
