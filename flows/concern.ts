import { z } from 'zod';
import { categories, isCategory } from '../src/domain/category.ts';
import type { Category } from '../src/domain/category.ts';
import { formatDay, formatMoment } from '../src/domain/wita.ts';
import { isHalfYes } from '../src/understanding/choice.ts';
import { isQuestion } from '../src/understanding/question.ts';
import { understandTopic } from '../src/understanding/topic.ts';
import { askKelurahan, optionsIn } from './choose-kelurahan.ts';
import { namesTime } from './choose-time.ts';
import { countsSchema, countsText, since } from './concern-counts.ts';
import { defineFlow, menuOrder } from './define-flow.ts';
import type { Answer, PromptChoice, Say, StepContext, Turn } from './define-flow.ts';
import { keepsName } from './keeps-name.ts';

const stateSchema = z.object({
  concernId: z.string().nullable(),
  /** An open concern that more is added to, instead of a new one. */
  addingTo: z.object({ id: z.string(), code: z.string(), before: countsSchema }).nullable(),
  /** The one sign of listening has been given. */
  hasNodded: z.boolean(),
  /** When it, or the word that a file has come, was given last (ISO instant). */
  noddedAt: z.string().nullable().default(null),
  category: z.string().nullable(),
  kelurahanCode: z.string().nullable(),
  /** Kelurahan to choose among when a name was not clear. */
  kelurahanOptions: z.array(z.string()),
  /** The kelurahan that the story itself names was offered, and is not the one. */
  isKelurahanOther: z.boolean().default(false),
  isNameShared: z.boolean(),
  fileMessageIds: z.array(z.string()),
});
type State = z.output<typeof stateSchema>;
type Step = 'sure' | 'which' | 'pour' | 'category' | 'kelurahan' | 'name' | 'booking';
type ConcernTurn = Turn<State, Step>;

const empty: State = {
  concernId: null,
  addingTo: null,
  hasNodded: false,
  noddedAt: null,
  category: null,
  kelurahanCode: null,
  kelurahanOptions: [],
  isKelurahanOther: false,
  isNameShared: false,
  fileMessageIds: [],
};

const doneWords = [
  'selesai',
  'sudah selesai',
  'su selesai',
  'sudah',
  'cukup',
  'itu saja',
  'itu sa',
  'done',
  'finish',
  'finished',
];

/** Files that follow one another so closely are one. */
const burstSeconds = 10;

/** Said to a question after the story that one cannot or does not want to answer. */
const undecided = ['lewati', 'skip', 'tidak tahu', 'tidak ada', 'terserah', ...doneWords];

/** Pouring out, in as many messages as it takes, and what follows: category, kelurahan, name, booking. */
export const concernFlow = defineFlow<State, Step>({
  name: 'concern',
  version: 1,
  state: stateSchema,
  isResumed: true,

  async begin(context, opening) {
    const messageIds = [...(opening.fileMessageIds ?? []), ...(opening.message ? [opening.message.id] : [])];
    const open = (await context.actions.findConcerns({})).filter((concern) => concern.status !== 'settled');
    const [only, ...others] = open;
    if (only && others.length === 0 && wantsToAdd(opening.text))
      return addTo(only, { ...empty, fileMessageIds: messageIds }, context);
    if (opening.isUnsure) return { next: 'sure', state: { ...empty, fileMessageIds: messageIds } };
    if (open.length > 0 && messageIds.length === 0) return { next: 'which', state: empty };
    return startPouring({ ...empty, fileMessageIds: messageIds }, context);
  },

  async leave(state, { t, actions }) {
    if (state.addingTo) {
      return [
        { kind: 'text', text: t('concern-left-adding', { code: state.addingTo.code }), commands: menuOrder },
      ];
    }
    if (state.concernId) await actions.dropDraft({ concernId: state.concernId });
    return [{ kind: 'text', text: t('concern-left'), commands: menuOrder }];
  },

  steps: {
    sure: {
      isPassing: 'asides',
      ask: (_state, { t }) => ({
        text: t('concern-sure'),
        choices: [
          {
            id: 'yes',
            label: t('concern-sure-yes'),
            words: ['ya', 'iya', 'catat', 'boleh', 'mau', 'yes'],
            intent: 'pour_out',
          },
          {
            id: 'no',
            label: t('concern-sure-no'),
            words: ['tidak', 'bukan', 'jangan', 'no'],
            intent: 'leave',
          },
        ],
      }),
      async answer(state, answer, context) {
        const { t } = context;
        if (answer.kind === 'silence') return { next: 'stay', state };
        if (answer.kind === 'choice' && answer.id === 'no')
          return { next: 'done', says: [{ kind: 'text', text: t('concern-sure-not'), commands: menuOrder }] };
        if (answer.kind === 'choice') return startPouring(state, context);
        // Few words more tell no story yet; whoever writes on has begun to.
        if (answer.kind === 'text' && answer.text.trim().split(/\s+/).length < 4)
          return { next: 'sure', state, says: [{ kind: 'text', text: t('please-choose') }] };
        const fileMessageIds = [...state.fileMessageIds, answer.message.id];
        return startPouring({ ...state, fileMessageIds }, context);
      },
    },

    which: {
      async ask(_state, { t, actions }) {
        const open = (await actions.findConcerns({})).filter((concern) => concern.status !== 'settled');
        return {
          text: t('concern-which'),
          choices: [
            { id: 'new', label: t('concern-new'), words: ['baru', 'new'] },
            ...open.slice(0, 5).map((concern) => ({
              id: concern.code,
              label: t('concern-add-to', { code: concern.code }),
              words: ['tambah', concern.code],
            })),
          ],
        };
      },
      async answer(state, answer, context) {
        if (answer.kind !== 'choice') {
          if (answer.kind === 'silence') return { next: 'stay', state };
          // Somebody who writes on has begun to pour out; nothing of it may be lost to a question of ours.
          return startPouring({ ...state, fileMessageIds: [answer.message.id] }, context);
        }
        if (answer.id === 'new') return startPouring(state, context);
        const open = (await context.actions.findConcerns({})).find((concern) => concern.code === answer.id);
        if (!open) return { next: 'which', state };
        return addTo(open, state, context);
      },
    },

    pour: {
      listens: true,
      silenceMinutes: ({ calendar }) => calendar.room.silenceMinutes,
      ask: (state, { t }) => ({
        text: state.hasNodded
          ? t('concern-nod')
          : state.addingTo
            ? t('concern-pour-more', { code: state.addingTo.code })
            : t('concern-pour'),
        choices: [{ id: 'done', label: t('concern-done'), words: doneWords }],
      }),
      async answer(state, answer, context) {
        const concernId = state.addingTo?.id ?? state.concernId;
        if (!concernId) return startPouring(state, context);
        if (answer.kind === 'choice') return finishPouring(state, concernId, context, false);
        if (answer.kind === 'silence') return finishPouring(state, concernId, context, true);
        await context.actions.addToConcern({ concernId, messageId: answer.message.id });
        const { now, t } = context;
        const isFile = answer.kind === 'other';
        const isBurst =
          state.noddedAt !== null && now.getTime() - Date.parse(state.noddedAt) < burstSeconds * 1000;
        // A file cannot be seen to have arrived as words can; but ten photos at once are one telling.
        if (state.hasNodded && (!isFile || isBurst)) return { next: 'stay', state };
        const says = state.hasNodded ? [{ kind: 'text' as const, text: t('concern-file-kept') }] : [];
        return { next: 'pour', state: { ...state, hasNodded: true, noddedAt: now.toISOString() }, says };
      },
    },

    category: {
      silenceMinutes: unansweredMinutes,
      async ask(state, context) {
        const { t, actions } = context;
        const text = state.concernId ? await actions.readConcernText({ concernId: state.concernId }) : '';
        // A voice note alone says nothing that could be guessed from.
        const guesses = text.trim() === '' ? [] : understandTopic(text).categories;
        const suggested = guesses
          .map((one) => one.id)
          .filter((id): id is Category => isCategory(id) && id !== 'lainnya')
          .slice(0, 3);
        const order = [...suggested, ...categories.filter((category) => !suggested.includes(category))];
        const choices = order.map((category) => categoryChoice(category, category === suggested[0], context));
        return { text: t(suggested.length > 0 ? 'concern-category-guess' : 'concern-category'), choices };
      },
      async answer(state, answer, context) {
        if (answer.kind === 'choice') return { next: 'kelurahan', state: { ...state, category: answer.id } };
        if (answer.kind === 'silence') return submitUnanswered(state, context);
        const guess = answer.kind === 'text' ? understandTopic(answer.text).categories[0] : undefined;
        if (guess && guess.confidence >= 0.5)
          return { next: 'kelurahan', state: { ...state, category: guess.id } };
        return keepAndAsk('category', state, answer, context);
      },
    },

    kelurahan: {
      silenceMinutes: unansweredMinutes,
      claims: (text) => optionsIn(text).length > 0,
      ask: askKelurahan,
      async answer(state, answer, context) {
        const next = { ...state, kelurahanOptions: [] };
        if (answer.kind === 'silence') return submitUnanswered(state, context);
        if (answer.kind === 'choice' && answer.id === 'other')
          return { next: 'kelurahan', state: { ...next, isKelurahanOther: true } };
        if (answer.kind === 'choice') {
          return { next: 'name', state: { ...next, kelurahanCode: answer.id === 'skip' ? null : answer.id } };
        }
        const [code, ...others] = answer.kind === 'text' ? optionsIn(answer.text) : [];
        if (code !== undefined && others.length === 0)
          return { next: 'name', state: { ...next, kelurahanCode: code } };
        if (code !== undefined)
          return { next: 'kelurahan', state: { ...state, kelurahanOptions: [code, ...others] } };
        return keepAndAsk('kelurahan', next, answer, context);
      },
    },

    name: {
      silenceMinutes: unansweredMinutes,
      // The words of the question itself: "iya, tanpa nama saja" is no yes.
      claims: (text) => isHalfYes(text) || (keepsName(text) && !isQuestion(text)),
      ask: (_state, { t }) => ({
        text: t('concern-name'),
        choices: [
          {
            id: 'no',
            label: t('concern-name-no'),
            words: ['tidak', 'rahasia', 'jangan', 'sonde', 'no'],
            intent: 'leave',
          },
          { id: 'yes', label: t('concern-name-yes'), words: ['ya', 'iya', 'boleh', 'yes'] },
        ],
      }),
      async answer(state, answer, context) {
        if (answer.kind === 'silence') return submitUnanswered(state, context);
        if (answer.kind === 'text' && keepsName(answer.text)) {
          const says = [{ kind: 'text' as const, text: context.t('concern-name-kept') }];
          return { next: 'booking', state: { ...state, isNameShared: false }, says };
        }
        if (answer.kind !== 'choice') return keepAndAsk('name', state, answer, context);
        return { next: 'booking', state: { ...state, isNameShared: answer.id === 'yes' } };
      },
    },

    booking: {
      claims: namesTime,
      silenceMinutes: unansweredMinutes,
      async ask(_state, { t, language, actions }) {
        const booking = await actions.findActiveBooking({});
        if (booking?.status === 'booked' || booking?.status === 'arrived') {
          return {
            text: t('concern-attach', {
              code: booking.code,
              when: formatMoment(booking.day, booking.time, language),
            }),
            choices: [
              {
                id: 'attach',
                label: t('concern-attach-yes'),
                words: ['ya', 'iya', 'lampirkan', 'boleh', 'yes'],
              },
              {
                id: 'alone',
                label: t('concern-attach-no'),
                words: ['tidak', 'jangan', 'no'],
                intent: 'leave',
              },
            ],
          };
        }
        return {
          text: t('concern-visit'),
          choices: [
            {
              id: 'alone',
              label: t('concern-visit-no'),
              words: ['tidak', 'tanpa jadwal', 'no'],
              intent: 'leave',
            },
            {
              id: 'book',
              label: t('concern-visit-yes'),
              words: ['ya', 'iya', 'pesan', 'mau', 'yes'],
              intent: 'book',
            },
          ],
        };
      },
      async answer(state, answer, context) {
        if (answer.kind === 'silence') return submitUnanswered(state, context);
        const said = answer.message.content.kind === 'text' ? answer.message.content.text : undefined;
        if (answer.kind === 'choice') return submit(state, answer.id, context, said);
        // "rabu jam 9": whoever names a time wants one; who has one already is asked about that.
        if (said && namesTime(said, context) && !(await context.actions.findActiveBooking({})))
          return submit(state, 'book', context, said);
        return keepAndAsk('booking', state, answer, context);
      },
    },
  },
});

/** "Saya mau tambah cerita", where there is one to add to. */
function wantsToAdd(text: string | undefined): boolean {
  return text !== undefined && /\b(tambah|lanjut|add|continue)/i.test(text);
}

async function addTo(
  open: { id: string; code: string },
  state: State,
  context: StepContext,
): Promise<ConcernTurn> {
  const before = await context.actions.countConcern({ concernId: open.id });
  const hasNodded = await file(open.id, state, context);
  const addingTo = { id: open.id, code: open.code, before };
  return { next: 'pour', state: { ...state, addingTo, fileMessageIds: [], hasNodded } };
}

/** Files what was told before the story had its place. Says whether there was something. */
async function file(
  concernId: string,
  { fileMessageIds }: State,
  { actions }: StepContext,
): Promise<boolean> {
  for (const messageId of fileMessageIds) await actions.addToConcern({ concernId, messageId });
  return fileMessageIds.length > 0;
}

async function startPouring(state: State, context: StepContext): Promise<ConcernTurn> {
  const { concernId } = await context.actions.startConcern({});
  const hasNodded = await file(concernId, state, context);
  const noddedAt = hasNodded ? context.now.toISOString() : null;
  return { next: 'pour', state: { ...state, concernId, fileMessageIds: [], hasNodded, noddedAt } };
}

async function finishPouring(
  state: State,
  concernId: string,
  context: StepContext,
  bySilence: boolean,
): Promise<ConcernTurn> {
  const { t, actions, language } = context;
  const counts = since(state.addingTo?.before, await actions.countConcern({ concernId }));
  const isEmpty = counts.texts + counts.voices + counts.photos + counts.files === 0;
  if (isEmpty && bySilence) {
    if (state.concernId) await actions.dropDraft({ concernId: state.concernId });
    return { next: 'done', says: [{ kind: 'text', text: t('concern-silent-empty'), commands: ['curhat'] }] };
  }
  if (isEmpty) return { next: 'stay', state, says: [{ kind: 'text', text: t('concern-empty') }] };
  if (state.addingTo) {
    const { id, code } = state.addingTo;
    const promised = (await actions.findConcerns({})).find((concern) => concern.id === id)?.nextWordBy;
    const by = promised ? formatDay(promised, language) : null;
    const said = { code, counts: countsText(counts, context) };
    const text = by ? t('concern-added-by', { ...said, day: by }) : t('concern-added', said);
    return { next: 'done', says: [{ kind: 'text', text, commands: ['status'] }] };
  }
  const key = bySilence ? 'concern-received-silence' : 'concern-received-counts';
  return {
    next: 'category',
    state,
    says: [{ kind: 'text', text: t(key, { counts: countsText(counts, context) }) }],
  };
}

/** What comes after "selesai" instead of an answer still belongs to the concern: it is filed, then asked again. */
async function keepAndAsk(
  step: Step,
  state: State,
  answer: Exclude<Answer, { kind: 'silence' }>,
  context: StepContext,
): Promise<ConcernTurn> {
  const isMore = answer.kind === 'other' || (answer.kind === 'text' && answer.text.length > 60);
  if (isMore && state.concernId) {
    await context.actions.addToConcern({ concernId: state.concernId, messageId: answer.message.id });
    return { next: step, state, says: [{ kind: 'text', text: context.t('concern-kept-more') }] };
  }
  return { next: step, state, says: [{ kind: 'text', text: context.t(`concern-${step}-unclear`) }] };
}

/** Nobody's story is left lying because a question of ours went unanswered: after a day it goes to the officers. */
function unansweredMinutes(): number {
  return 24 * 60;
}

async function submitUnanswered(state: State, context: StepContext): Promise<ConcernTurn> {
  const text = state.concernId ? await context.actions.readConcernText({ concernId: state.concernId }) : '';
  const category = state.category ?? understandTopic(text).categories[0]?.id ?? null;
  return submit({ ...state, category }, 'alone', context);
}

/** `said`: the words of the choice, in which the time of a visit may stand. */
async function submit(
  state: State,
  choice: string,
  context: StepContext,
  said?: string,
): Promise<ConcernTurn> {
  const { t, actions, language } = context;
  const booking = choice === 'attach' ? await actions.findActiveBooking({}) : null;
  const category: Category = state.category && isCategory(state.category) ? state.category : 'lainnya';
  const received = state.concernId
    ? await actions.submitConcern({
        concernId: state.concernId,
        category,
        kelurahanCode: state.kelurahanCode,
        isNameShared: state.isNameShared,
        bookingId: booking?.id ?? null,
      })
    : { kind: 'gone' as const };
  if (received.kind === 'gone')
    return { next: 'done', says: [{ kind: 'text', text: t('concern-gone'), commands: ['curhat'] }] };
  const text = t('concern-received', { code: received.code, day: formatDay(received.nextWordBy, language) });
  const says: Say[] = [{ kind: 'text', text, commands: ['status', 'petugas'] }];
  const opening = {
    ...(state.concernId ? { concernId: state.concernId } : {}),
    ...(said && namesTime(said, context) ? { text: said } : {}),
  };
  const then = { flow: 'book', opening };
  return choice === 'book' ? { next: 'done', says, then } : { next: 'done', says };
}

function categoryChoice(category: Category, isSuggested: boolean, { t }: StepContext): PromptChoice {
  const name = t(`category-${category.replaceAll('_', '-')}`);
  return {
    id: category,
    label: isSuggested ? t('concern-category-suggested', { name }) : name,
    // Whoever cannot say, or has had enough of questions, is not asked again: an officer will know.
    words: [name, category.replaceAll('_', ' '), ...(category === 'lainnya' ? undecided : [])],
  };
}
