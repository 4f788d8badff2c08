import { z } from 'zod';
import { defineFlow } from './define-flow.ts';

/** `/bahasa`: Indonesian or English. The next sentence is already in the chosen one (the menu that follows). */
export const languageFlow = defineFlow<Record<string, never>, 'ask'>({
  name: 'language',
  version: 1,
  state: z.object({}) as z.ZodType<Record<string, never>>,
  begin: async () => ({ next: 'ask', state: {} }),
  steps: {
    ask: {
      ask: (_state, { t }) => ({
        text: t('language-ask'),
        choices: [
          { id: 'id', label: 'Bahasa Indonesia', words: ['indonesia', 'indo', 'indonesian', 'id'] },
          { id: 'en', label: 'English', words: ['english', 'inggris', 'bahasa inggris', 'en'] },
        ],
      }),
      async answer(state, answer, { actions, t, words }) {
        if (answer.kind === 'silence') return { next: 'stay', state };
        if (answer.kind !== 'choice')
          return { next: 'ask', state, says: [{ kind: 'text', text: t('please-choose') }] };
        const language = answer.id === 'en' ? 'en' : 'id';
        await actions.setLanguage({ language });
        const text = words(language)('language-set');
        return { next: 'done', says: [{ kind: 'text', text, commands: ['start'] }], language };
      },
    },
  },
});
