import { createHash } from 'node:crypto';
import { z } from 'zod';
import { keptDays } from '../src/domain/kept-days.ts';
import { isQuestion } from '../src/understanding/question.ts';
import { greeting, hotlinesText, hoursText, placeText } from './about-room.ts';
import { commandNames, defineFlow, menuOrder } from './define-flow.ts';
import type { Say, StepContext } from './define-flow.ts';

/** Goes up with every change of the consent's words; the proof of each consent names it. */
export const consentVersion = '1';

const remindAfterMinutes = 5;

const stateSchema = z.object({
  /** What the resident wanted before consent was asked for; it goes on after a yes. */
  wanted: z.string().nullable(),
  wantedText: z.string().nullable(),
  /** Messages that came before the consent: kept only if it is given. */
  heldMessageIds: z.array(z.string()),
  /** Asked of somebody who has just spoken of danger: in few and gentle words, without the greeting. */
  isGentle: z.boolean().default(false),
  /** They told something, were silent, and have been asked once more. */
  isReminded: z.boolean().default(false),
});
type State = z.output<typeof stateSchema>;

/** The greeting, and consent before anything is kept: what is kept, who reads it, how to erase it. */
export const consentFlow = defineFlow<State, 'ask'>({
  name: 'consent',
  version: 1,
  state: stateSchema,
  // Left for another language or for help, it is asked again, with what it held.
  isResumed: true,

  async begin(context, opening) {
    return {
      next: 'ask',
      state: {
        ...readWanted(opening.text ?? ''),
        heldMessageIds: opening.message ? [opening.message.id] : [],
        isGentle: opening.isGentle ?? false,
        isReminded: false,
      },
      says: opening.isGentle ? [] : [{ kind: 'text', text: greeting(context) }],
    };
  },

  steps: {
    ask: {
      decides: true,
      // Once, to whoever has told something and then waits. In danger nobody is pressed for a permission.
      silenceMinutes: (_context, state) =>
        state.heldMessageIds.length > 0 && !state.isReminded && !state.isGentle ? remindAfterMinutes : null,
      ask: (state, { t }) => ({
        text:
          state.heldMessageIds.length > 0
            ? `${t(wordsOf(state))}\n\n${t(state.isGentle ? 'consent-held-danger' : 'consent-held', { days: keptDays.unanswered })}`
            : t(wordsOf(state)),
        again: t('consent-again'),
        choices: [
          {
            id: 'yes',
            label: t('consent-yes'),
            words: ['setuju', 'ya', 'iya', 'boleh', 'mau', 'oke', 'ok', 'yes', 'agree'],
          },
          { id: 'no', label: t('consent-no'), words: ['tidak', 'tidak setuju', 'jangan', 'no', 'sonde'] },
        ],
      }),
      async answer(state, answer, context) {
        const { t } = context;
        if (answer.kind === 'choice' && answer.id === 'yes') {
          const textHash = createHash('sha256')
            .update(t(wordsOf(state)))
            .digest('hex');
          await context.actions.giveConsent({
            textVersion: `${consentVersion}${state.isGentle ? '.gentle' : ''}.${context.language}`,
            textHash,
            channel: context.channel,
          });
          const thanks = { kind: 'text' as const, text: t('consent-given') };
          if (context.isHeld) return { next: 'done', says: [thanks] };
          if (state.heldMessageIds.length > 0) {
            return {
              next: 'done',
              says: [thanks],
              then: { flow: 'concern', opening: { fileMessageIds: state.heldMessageIds } },
            };
          }
          const wanted = commandNames.find((name) => name === state.wanted) ?? 'start';
          if (wanted === 'pesan' && state.wantedText) {
            return {
              next: 'done',
              says: [thanks],
              then: { flow: 'book', opening: { text: state.wantedText } },
            };
          }
          // To somebody who has just spoken of danger a menu would be cold: they are listened to.
          if (wanted === 'start' && state.isGentle)
            return { next: 'done', says: [thanks], then: { command: 'curhat' } };
          if (wanted === 'start') {
            return {
              next: 'done',
              says: [{ ...thanks, text: `${thanks.text}\n\n${t('menu')}`, commands: menuOrder }],
            };
          }
          return { next: 'done', says: [thanks], then: { command: wanted } };
        }
        if (answer.kind === 'choice') {
          const refused = await context.actions.refuseConsent({});
          const word =
            refused.kind === 'danger_kept'
              ? t('consent-refused-danger', { days: keptDays.danger })
              : t('consent-refused');
          if (context.isHeld) return { next: 'done', says: [{ kind: 'text', text: word }] };
          return {
            next: 'done',
            says: [{ kind: 'text', text: withoutConsent(word, context), commands: ['start', 'bantuan'] }],
          };
        }
        if (answer.kind === 'silence')
          return { next: 'ask', state: { ...state, isReminded: true }, says: [sayHeld(context)] };
        if (answer.kind === 'text' && answer.text.startsWith('/')) {
          const says = [{ kind: 'text' as const, text: t('consent-first') }];
          return { next: 'ask', state: { ...state, ...readWanted(answer.text) }, says };
        }
        const held = [...state.heldMessageIds, answer.message.id].slice(0, 50);
        // What is told before the answer is held, in however many messages. That it is there, and what it waits for, is said
        // to the first: whoever asked us something and hears nothing waits for an answer that cannot come.
        const isHalfYes = /^\s*(ya|iya|oke?|baik|boleh|yes)\b/i.test(
          answer.kind === 'text' ? answer.text : '',
        );
        const isTold =
          answer.kind === 'other' ||
          answer.text.length > 40 ||
          (answer.text.trim().split(/\s+/).length > 1 && !isQuestion(answer.text) && !isHalfYes);
        if (isTold) {
          const isFirst = state.heldMessageIds.length === 0;
          return {
            next: isFirst ? 'ask' : 'stay',
            state: { ...state, heldMessageIds: held },
            says: isFirst ? [sayHeld(context)] : [],
          };
        }
        return { next: 'ask', state, says: [{ kind: 'text', text: t('consent-unclear') }] };
      },
    },
  },
});

function sayHeld({ t }: StepContext): Say {
  return { kind: 'text', text: t('consent-held-short', { days: keptDays.unanswered }) };
}

/** Which of the two texts is asked; the proof of the consent names it. */
function wordsOf({ isGentle }: State): 'consent' | 'consent-gentle' {
  return isGentle ? 'consent-gentle' : 'consent';
}

/** `/pesan senin` as what goes on after a yes. */
function readWanted(text: string): Pick<State, 'wanted' | 'wantedText'> {
  if (!text.startsWith('/')) return { wanted: null, wantedText: null };
  const [command, ...rest] = text.slice(1).split(' ');
  return { wanted: command || null, wantedText: rest.length > 0 ? rest.join(' ') : null };
}

/** Refused, the room still gives its hours, its place and the numbers. */
function withoutConsent(word: string, context: StepContext): string {
  return [word, `${hoursText(context)}\n${placeText(context)}`, hotlinesText(context)].join('\n\n');
}
