import { z } from 'zod';
import { defineFlow } from './define-flow.ts';
import type { StepContext } from './define-flow.ts';
import { approvalSays } from './referral-answer.ts';

const stateSchema = z.object({ code: z.string(), revision: z.int() });
type State = z.output<typeof stateSchema>;

/** What the resident wants said otherwise before their concern goes to an agency. */
export const referralChangeFlow = defineFlow<State, 'words'>({
  name: 'referral-change',
  version: 1,
  state: stateSchema,

  async begin(context, opening) {
    const state = readRevision(opening.text ?? '');
    if (!state) return { next: 'done', says: approvalSays({ kind: 'gone' }, context) };
    const { content } = opening.message ?? {};
    // "Ubah: jangan sebut nama jalan" says already what is wanted.
    if (content?.kind === 'text') {
      const amended = await context.actions.amendReferral({ ...state, words: content.text });
      return { next: 'done', says: approvalSays(amended, context) };
    }
    const open = await context.actions.checkApproval(state);
    return open.kind === 'open'
      ? { next: 'words', state }
      : { next: 'done', says: approvalSays(open, context) };
  },

  async leave(_state, { t }) {
    return [{ kind: 'text', text: t('referral-change-left') }];
  },

  steps: {
    words: {
      listens: true,
      ask: (_state, { t }) => ({ text: t('referral-change-ask') }),
      async answer(state, answer, context) {
        if (answer.kind === 'silence') return { next: 'stay', state };
        const words = answer.kind === 'text' ? answer.text : null;
        // A voice message or a photo is an answer too: the officer finds it with the concern.
        if (words === null) await fileUnderConcern(state.code, answer, context);
        const amended = await context.actions.amendReferral({ ...state, words });
        return { next: 'done', says: approvalSays(amended, context) };
      },
    },
  },
});

async function fileUnderConcern(
  code: string,
  answer: { message: { id: string } },
  { actions }: StepContext,
): Promise<void> {
  const concern = (await actions.findConcerns({})).find((one) => one.code === code);
  if (concern) await actions.addToConcern({ concernId: concern.id, messageId: answer.message.id });
}

/** `CRH-4K7Q2M.3`: a concern, and which showing of its packet a button belongs to. */
export function readRevision(text: string): State | null {
  const match = /^(CRH-[0-9A-Z]{6})\.(\d{1,6})$/.exec(text);
  return match?.[1] && match[2] ? { code: match[1], revision: Number(match[2]) } : null;
}
