import type { Say, StepContext } from '../../flows/define-flow.ts';
import { readRevision } from '../../flows/referral-change.ts';
import { waitingNotices } from './dialog.ts';
import type { Dialog, Offer } from './dialog.ts';
import { readToken } from './token.ts';

/** A notice's question once more, with its buttons, to an answer that was not plain enough to act on. */
export function askBack(offers: readonly Offer[], { t }: StepContext): Say {
  return { kind: 'text', text: t('notice-unclear', { code: codeOf(offers) ?? '' }), answers: offers };
}

/**
 * The buttons of the newest question on a concern that still waits for the resident: whether it may leave, whether it is
 * settled. What was answered elsewhere meanwhile is not asked again.
 */
export async function waitingQuestion(
  dialog: Dialog,
  context: StepContext,
): Promise<readonly Offer[] | null> {
  const { actions, now } = context;
  for (const offers of waitingNotices(dialog, now)) {
    for (const { token } of offers) {
      const read = readToken(token);
      if (read.kind !== 'notice') continue;
      if (read.verb === 'refer') {
        const shown = readRevision(read.code);
        if (shown && (await actions.checkApproval(shown)).kind === 'open') return offers;
      }
      if (read.verb === 'unsettled') {
        const concern = (await actions.findConcerns({})).find(({ code }) => code === read.code);
        if (concern?.status === 'answered') return offers;
      }
    }
  }
  return null;
}

/** Said under an answer to something else: this one still waits. */
export function stillWaiting(offers: readonly Offer[], { t }: StepContext): Say {
  return { kind: 'text', text: t('notice-waiting', { code: codeOf(offers) ?? '' }), answers: offers };
}

function codeOf(offers: readonly Offer[]): string | null {
  return /CRH-[0-9A-Z]{6}/.exec(offers[0]?.token ?? '')?.[0] ?? null;
}
