import { z } from 'zod';
import { noAnswers, surveyElements } from '../src/domain/survey.ts';
import type { Score, SurveyAnswers } from '../src/domain/survey.ts';
import { defineFlow } from './define-flow.ts';
import type { PromptChoice, Say, StepContext, Turn } from './define-flow.ts';

const score = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]).nullable();

const stateSchema = z.object({
  /** Of the settled concern or the finished visit that brought the invitation. */
  code: z.string(),
  /** How many of the elements have been asked. */
  asked: z.int().min(0).max(surveyElements.length),
  answers: z.object({
    persyaratan: score,
    prosedur: score,
    waktu: score,
    biaya: score,
    produk: score,
    kompetensi: score,
    perilaku: score,
    sarana: score,
    pengaduan: score,
  }),
});
type State = z.output<typeof stateSchema>;
type SurveyTurn = Turn<State, 'element' | 'comment'>;

const scores = [1, 2, 3, 4] as const;

/** Further ways of saying each score. What only refuses to answer must never be taken for a bad one. */
const scoreWords: Readonly<Record<Score, readonly string[]>> = {
  1: ['buruk', 'jelek', 'sangat buruk', 'jelek sekali', 'tidak puas', 'bad', 'very bad'],
  2: ['kurang', 'kurang puas', 'not so good'],
  3: ['bagus', 'puas', 'good', 'fine'],
  4: ['bagus sekali', 'baik sekali', 'sangat bagus', 'sangat puas', 'mantap', 'excellent'],
};
const skipWords = ['lewati', 'lewat', 'skip', 'tidak', 'tidak tahu', 'tidak mau', 'tidak ada', 'no'];
const stopWords = ['cukup', 'berhenti', 'stop', 'sudah', 'selesai', 'enough'];

/** How the room was: nine elements, each 1 to 4 or passed over, and one free sentence. It may end at any point. */
export const surveyFlow = defineFlow<State, 'element' | 'comment'>({
  name: 'survey',
  version: 1,
  state: stateSchema,
  // Left for something else it waits: what was answered counts, whenever it ends.
  isResumed: true,

  async begin(context, opening) {
    const code = opening.text ?? '';
    const opened = await context.actions.openSurvey({ code });
    if (opened.kind === 'used') return done([say(context, 'survey-used', { code })]);
    if (opened.kind === 'gone') return done([say(context, 'survey-gone')]);
    const state: State = { code, asked: 0, answers: { ...noAnswers } };
    return { next: 'element', state, says: [say(context, 'survey-intro')] };
  },

  leave: (state, context) => finish(state, null, context),

  steps: {
    element: {
      silenceMinutes,
      ask({ asked }, { t }) {
        const element = surveyElements[asked] ?? 'pengaduan';
        const scale = element === 'biaya' ? 'survey-cost' : 'survey-scale';
        const choices: PromptChoice[] = scores.map((one) => ({
          id: String(one),
          label: t(`${scale}-${one}`),
          words: element === 'biaya' ? [] : scoreWords[one],
        }));
        return {
          text: `${asked + 1}/${surveyElements.length} ${t(`survey-${element}`)}`,
          choices: [
            ...choices,
            { id: 'skip', label: t('skip'), words: skipWords },
            { id: 'stop', label: t('survey-stop'), words: stopWords },
          ],
        };
      },
      async answer(state, answer, context) {
        const ended = await endedEarly(state, answer.kind, context);
        if (ended) return ended;
        if (answer.kind !== 'choice')
          return { next: 'element', state, says: [say(context, 'survey-unclear')] };
        await context.actions.forgetAnswer({ messageId: answer.message.id });
        if (answer.id === 'stop') return done(await finish(state, null, context));
        const chosen = scores.find((one) => String(one) === answer.id) ?? null;
        const element = surveyElements[state.asked];
        const answers = element ? { ...state.answers, [element]: chosen } : state.answers;
        const next: State = { ...state, answers, asked: state.asked + 1 };
        return { next: next.asked < surveyElements.length ? 'element' : 'comment', state: next };
      },
    },
    comment: {
      // Whatever is written here is the sentence, "petugas" and "jadwal" in it included.
      listens: true,
      silenceMinutes,
      ask: (_state, { t }) => ({
        text: t('survey-comment'),
        choices: [{ id: 'skip', label: t('skip'), words: [...skipWords, ...stopWords] }],
      }),
      async answer(state, answer, context) {
        const ended = await endedEarly(state, answer.kind, context);
        if (ended) return ended;
        if (answer.kind === 'other')
          return { next: 'stay', state, says: [say(context, 'survey-comment-words')] };
        if (answer.kind === 'silence') return done([]);
        await context.actions.forgetAnswer({ messageId: answer.message.id });
        return done(await finish(state, answer.kind === 'text' ? answer.text : null, context));
      },
    },
  },
});

/** A day without a word ends it. */
function silenceMinutes(): number {
  return 24 * 60;
}

/**
 * A silence, or danger told of meanwhile, ends the survey without a word more: what was answered until then counts.
 */
async function endedEarly(state: State, kind: string, context: StepContext): Promise<SurveyTurn | null> {
  const isOpen = (await context.actions.openSurvey({ code: state.code })).kind === 'open';
  if (isOpen && kind !== 'silence') return null;
  await finish(state, null, context);
  return done([]);
}

async function finish(state: State, comment: string | null, context: StepContext): Promise<Say[]> {
  const answers: SurveyAnswers = state.answers;
  const saved = await context.actions.saveSurvey({
    code: state.code,
    channel: context.channel,
    answers,
    comment,
  });
  return [say(context, saved.kind === 'empty' ? 'survey-nothing' : 'survey-thanks')];
}

function done(says: readonly Say[]): SurveyTurn {
  return { next: 'done', says };
}

function say({ t }: StepContext, key: string, args?: Record<string, string | number>): Say {
  return { kind: 'text', text: t(key, args) };
}
