import { z } from 'zod';
import type { Language } from '../src/domain/wita.ts';
import { languageNamed } from '../src/understanding/english.ts';
import { defineFlow } from './define-flow.ts';
import type { StepContext, Turn } from './define-flow.ts';

/** `/bahasa`: Indonesian or English. The next sentence is already in the chosen one (the menu that follows). */
export const languageFlow = defineFlow<Record<string, never>, 'ask'>({
  name: 'language',
  version: 1,
  state: z.object({}) as z.ZodType<Record<string, never>>,
  // "english please" has said which already.
  async begin(context, opening) {
    const named = languageNamed(opening.text ?? '');
    return named ? choose(named, context) : { next: 'ask', state: {} };
  },
  steps: {
    ask: {
      // Another language than these, or another matter: neither may be shut out by this question.
      isPassing: 'everything',
      ask: (_state, { t }) => ({
        text: t('language-ask'),
        choices: [
          { id: 'id', label: 'Bahasa Indonesia', words: ['indonesia', 'indo', 'indonesian', 'id'] },
          { id: 'en', label: 'English', words: ['english', 'inggris', 'bahasa inggris', 'en'] },
        ],
      }),
      async answer(state, answer, context) {
        if (answer.kind === 'silence') return { next: 'stay', state };
        if (answer.kind !== 'choice')
          return { next: 'ask', state, says: [{ kind: 'text', text: context.t('please-choose') }] };
        return choose(answer.id === 'en' ? 'en' : 'id', context);
      },
    },
  },
});

async function choose(
  language: Language,
  { actions, words }: StepContext,
): Promise<Turn<Record<string, never>, 'ask'>> {
  await actions.setLanguage({ language });
  const text = words(language)('language-set');
  return { next: 'done', says: [{ kind: 'text', text, commands: ['start'] }], language };
}
