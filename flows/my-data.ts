import { z } from 'zod';
import { readLinkCode } from '../src/domain/code.ts';
import { keptDays } from '../src/domain/kept-days.ts';
import { defineFlow } from './define-flow.ts';
import { link } from './link.ts';

type Step = 'choose' | 'link' | 'erase' | 'erase-sure';

/** `/data`: what is kept about me; take it along, erase it all, reminders on or off, another app of mine beside it. */
export const myDataFlow = defineFlow<Record<string, never>, Step>({
  name: 'my-data',
  version: 1,
  state: z.object({}) as z.ZodType<Record<string, never>>,
  async begin({ hasConsent, actions, t }) {
    if (hasConsent) return { next: 'choose', state: {} };
    if (await actions.isDangerKept({})) {
      const text = t('data-danger', { days: keptDays.danger });
      return { next: 'erase', state: {}, says: [{ kind: 'text', text }] };
    }
    const text = `${t('data-nothing')}\n\n${t('data-link-hint')}`;
    return { next: 'done', says: [{ kind: 'text', text, commands: ['start'] }] };
  },
  steps: {
    choose: {
      async ask(_state, { t, actions, wantsReminders }) {
        const facts = await actions.readStatus({});
        return {
          text: t('data-kept', { bookings: facts.bookings.length, concerns: facts.concerns.length }),
          choices: [
            {
              id: 'export',
              label: t('data-export'),
              words: ['ekspor', 'export', 'unduh', 'download', 'salinan'],
            },
            {
              id: 'reminders',
              label: t(wantsReminders ? 'data-reminders-off' : 'data-reminders-on'),
              words: ['jangan kirim pengingat', 'pengingat', 'kirim pengingat', 'reminders'],
            },
            {
              id: 'link',
              label: t('data-link'),
              words: ['hubungkan', 'sambungkan', 'aplikasi lain', 'link', 'connect'],
            },
            { id: 'erase', label: t('data-erase'), words: ['hapus', 'hapus semua', 'erase', 'delete'] },
            { id: 'back', label: t('data-back'), words: ['kembali', 'selesai', 'back', 'tidak'] },
          ],
        };
      },
      async answer(state, answer, context) {
        const { t, actions, wantsReminders } = context;
        if (answer.kind === 'silence') return { next: 'stay', state };
        if (answer.kind !== 'choice')
          return { next: 'choose', state, says: [{ kind: 'text', text: t('please-choose') }] };
        if (answer.id === 'erase') return { next: 'erase', state };
        if (answer.id === 'link') {
          const { code, minutes } = await actions.makeLinkCode({});
          return { next: 'link', state, says: [{ kind: 'text', text: t('link-code', { code, minutes }) }] };
        }
        if (answer.id === 'back')
          return { next: 'done', says: [{ kind: 'text', text: t('data-done'), commands: ['start'] }] };
        if (answer.id === 'reminders') {
          await actions.setReminders({ isWanted: !wantsReminders });
          return {
            next: 'done',
            says: [
              { kind: 'text', text: t(wantsReminders ? 'data-reminders-are-off' : 'data-reminders-are-on') },
            ],
          };
        }
        const data = await actions.exportResident({});
        return {
          next: 'done',
          says: [
            { kind: 'text', text: t('data-exported') },
            {
              kind: 'file',
              name: 'data-saya.json',
              mime: 'application/json',
              text: JSON.stringify(data, null, 2),
            },
          ],
        };
      },
    },
    link: {
      ask: (_state, { t }) => ({
        text: t('link-ask'),
        choices: [{ id: 'back', label: t('data-back'), words: ['kembali', 'selesai', 'back', 'tidak'] }],
      }),
      async answer(state, answer, context) {
        const { t } = context;
        if (answer.kind === 'silence') return { next: 'stay', state };
        if (answer.kind === 'choice')
          return { next: 'done', says: [{ kind: 'text', text: t('data-done'), commands: ['start'] }] };
        if (answer.kind !== 'text' || !readLinkCode(answer.text))
          return { next: 'link', state, says: [{ kind: 'text', text: t('link-wrong') }] };
        const { isLinked, says } = await link(answer.text, context);
        return isLinked ? { next: 'done', says } : { next: 'link', state, says };
      },
    },
    erase: confirmation('data-erase-ask', 'erase-sure'),
    'erase-sure': confirmation('data-erase-sure', null),
  },
});

/** Two questions before all is gone: a tap too many must not erase a person's story. */
function confirmation(
  key: string,
  next: 'erase-sure' | null,
): Parameters<typeof defineFlow<Record<string, never>, Step>>[0]['steps']['erase'] {
  return {
    decides: true,
    ask: (_state, { t }) => ({
      text: t(key),
      choices: [
        { id: 'no', label: t('data-erase-no'), words: ['tidak', 'jangan', 'no'] },
        {
          id: 'yes',
          label: t(next ? 'data-erase-yes' : 'data-erase-yes-all'),
          words: ['ya', 'iya', 'hapus', 'yes'],
        },
      ],
    }),
    async answer(state, answer, { t, actions }) {
      if (answer.kind === 'silence') return { next: 'stay', state };
      if (answer.kind !== 'choice')
        return {
          next: next ? 'erase' : 'erase-sure',
          state,
          says: [{ kind: 'text', text: t('please-choose') }],
        };
      if (answer.id === 'no') return { next: 'done', says: [{ kind: 'text', text: t('data-kept-on') }] };
      if (next) return { next, state };
      const { agencies } = await actions.eraseResident({});
      const asked =
        agencies.length === 0 ? '' : `\n\n${t('data-erased-agencies', { agencies: agencies.join(', ') })}`;
      return {
        next: 'done',
        says: [{ kind: 'text', text: `${t('data-erased')}${asked}`, commands: ['start'] }],
        isLast: true,
      };
    },
  };
}
