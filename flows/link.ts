import { z } from 'zod';
import type { BookingFacts } from '../src/actions/book-slot.ts';
import { readLinkCode } from '../src/domain/code.ts';
import { formatMoment } from '../src/domain/wita.ts';
import { defineFlow, menuOrder } from './define-flow.ts';
import type { Say, StepContext } from './define-flow.ts';

/** `hubungkan KODE`: joins this chat with the one of the same person where the code was asked for. */
export const linkFlow = defineFlow<Record<string, never>, never>({
  name: 'link',
  version: 1,
  state: z.object({}) as z.ZodType<Record<string, never>>,
  async begin(context, opening) {
    const { isLinked, says } = await link(opening.text ?? '', context);
    return { next: 'done', says, ...(isLinked ? { isLast: true } : {}) };
  },
  steps: {},
});

/** Tries a code and says what came of it. */
export async function link(
  typed: string,
  context: StepContext,
): Promise<{ isLinked: boolean; says: readonly Say[] }> {
  const { t, actions, language } = context;
  const code = readLinkCode(typed);
  const say = (text: string): { isLinked: boolean; says: readonly Say[] } => ({
    isLinked: false,
    says: [{ kind: 'text', text }],
  });
  if (!code) return say(t('link-wrong'));
  const linked = await actions.useLinkCode({
    code,
    told: t('link-told', { channel: t(`channel-${context.channel}`) }),
  });
  const named = ({ code: booking, day, time }: BookingFacts) =>
    `${booking}, ${formatMoment(day, time, language)}`;
  switch (linked.kind) {
    case 'linked':
      return { isLinked: true, says: [{ kind: 'text', text: t('link-done'), commands: menuOrder }] };
    case 'wrong':
      return say(t('link-wrong'));
    case 'too_many':
      return say(t('link-too-many'));
    case 'same':
      return say(t('link-same'));
    case 'two_drafts':
      return say(t('link-two-drafts'));
    case 'two_bookings':
      return say(t('link-two-bookings', { here: named(linked.here), there: named(linked.there) }));
  }
}
