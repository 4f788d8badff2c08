import { createHash } from 'node:crypto';
import { z } from 'zod';
import { commandNames, defineFlow, menuOrder } from './define-flow.ts';
import type { StepContext } from './define-flow.ts';
import { hotlineLine } from '../src/domain/hotline.ts';

/** Goes up with every change of the consent's words; the proof of each consent names it. */
export const consentVersion = '1';

const stateSchema = z.object({
  /** What the resident wanted before consent was asked for; it goes on after a yes. */
  wanted: z.string().nullable(),
  wantedText: z.string().nullable(),
  /** Messages that came before the consent: kept only if it is given. */
  heldMessageIds: z.array(z.string()),
});
type State = z.output<typeof stateSchema>;

/** The greeting, and consent before anything is kept: what is kept, who reads it, how to erase it. */
export const consentFlow = defineFlow<State, 'ask'>({
  name: 'consent',
  version: 1,
  state: stateSchema,

  async begin(context, opening) {
    const wanted = opening.text?.startsWith('/') ? opening.text : null;
    const [command, ...rest] = (wanted ?? '').slice(1).split(' ');
    return {
      next: 'ask',
      state: {
        wanted: command === '' ? null : (command ?? null),
        wantedText: rest.length > 0 ? rest.join(' ') : null,
        heldMessageIds: opening.message ? [opening.message.id] : [],
      },
      says: [{ kind: 'text', text: greeting(context) }],
    };
  },

  steps: {
    ask: {
      ask: (state, { t }) => ({
        text: state.heldMessageIds.length > 0 ? `${t('consent')}\n\n${t('consent-held')}` : t('consent'),
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
          const textHash = createHash('sha256').update(t('consent')).digest('hex');
          await context.actions.giveConsent({
            textVersion: `${consentVersion}.${context.language}`,
            textHash,
            channel: context.channel,
          });
          const thanks = { kind: 'text' as const, text: t('consent-given') };
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
          if (wanted === 'start') {
            return {
              next: 'done',
              says: [{ ...thanks, text: `${thanks.text}\n\n${t('menu')}`, commands: menuOrder }],
            };
          }
          return { next: 'done', says: [thanks], then: { command: wanted } };
        }
        if (answer.kind === 'choice') {
          return {
            next: 'done',
            says: [{ kind: 'text', text: withoutConsent(context), commands: ['start', 'bantuan'] }],
          };
        }
        if (answer.kind === 'silence') return { next: 'stay', state };
        const held = [...state.heldMessageIds, answer.message.id].slice(0, 50);
        // A long first outpouring comes in several messages: they are held, and the question is not repeated.
        if (answer.kind === 'other' || answer.text.length > 40)
          return { next: 'stay', state: { ...state, heldMessageIds: held } };
        return { next: 'ask', state, says: [{ kind: 'text', text: t('consent-unclear') }] };
      },
    },
  },
});

/** Three sentences and the numbers that do not wait for an opening. */
export function greeting({ t, hotlines, language }: StepContext): string {
  return `${t('greeting')}\n\n${t('hotlines-intro')}\n${hotlines.map((one) => hotlineLine(one, language)).join('\n')}`;
}

/** What anybody gets without having agreed to anything: hours, address and numbers. */
export function withoutConsent({ t, hotlines, language, calendar }: StepContext): string {
  const { room } = calendar;
  return [
    t('consent-refused', { address: `${room.place}, ${room.address}` }),
    `${t('hotlines-intro')}\n${hotlines.map((one) => hotlineLine(one, language)).join('\n')}`,
  ].join('\n\n');
}
