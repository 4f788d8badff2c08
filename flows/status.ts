import { z } from 'zod';
import type { ConcernFacts } from '../src/actions/read-status.ts';
import { presenceAt } from '../src/domain/calendar.ts';
import { dayOf, formatDay, formatInstant, formatMoment } from '../src/domain/wita.ts';
import { defineFlow } from './define-flow.ts';
import type { CommandName, StepContext } from './define-flow.ts';

/** `/status`: bookings and concerns with their state, in words. */
export const statusFlow = defineFlow<Record<string, never>, never>({
  name: 'status',
  version: 1,
  state: z.object({}) as z.ZodType<Record<string, never>>,
  async begin(context, opening) {
    const { t, language, actions } = context;
    const facts = await actions.readStatus({});
    const lines: string[] = [];
    for (const booking of facts.bookings) {
      const when = formatMoment(booking.day, booking.time, language);
      lines.push(`• ${booking.code}: ${when}. ${t(`booking-${booking.status}`)}`);
    }
    if (facts.waitingDay)
      lines.push(`• ${t('status-waiting-day', { day: formatDay(facts.waitingDay, language) })}`);
    for (const concern of facts.concerns) {
      const name = t(`category-${(concern.category ?? 'lainnya').replaceAll('_', '-')}`);
      const next = concern.nextWordBy
        ? ` ${t('status-next-word', { day: formatDay(concern.nextWordBy, language) })}`
        : '';
      const state = referralWords(concern, context) ?? t(`concern-status-${concern.status}`);
      lines.push(`• ${concern.code} (${name}): ${state}${next}`);
    }
    if (opening.isPouring) lines.push(`• ${t('status-pouring')}`);
    if (facts.handoff)
      lines.push(
        `• ${t(`status-handoff-${facts.handoff}`)}${facts.handoff === 'waiting' ? ` ${whenAnswered(context)}` : ''}`,
      );
    const commands: CommandName[] = facts.bookings.some((one) => one.status === 'booked')
      ? ['pesan', 'curhat']
      : ['pesan', 'curhat', 'petugas'];
    const text = lines.length > 0 ? `${t('status-intro')}\n${lines.join('\n')}` : t('status-nothing');
    return { next: 'done', says: [{ kind: 'text', text, commands }] };
  },
  steps: {},
});

/** An honest sentence on when a person will be there. */
export function whenAnswered({ t, calendar, now, language }: StepContext): string {
  const presence = presenceAt(calendar, now);
  if (presence.kind === 'open') return t('officer-open');
  if (!presence.next) return t('officer-unknown');
  return t('officer-closed', { when: formatInstant(presence.next, language) });
}

/** Where a concern stands with an agency; null when the state of the concern itself says it all. */
function referralWords(concern: ConcernFacts, { t, now, language }: StepContext): string | null {
  const { referral } = concern;
  if (!referral || concern.status === 'answered' || concern.status === 'settled') return null;
  const { agency, expectedBy, dueOn } = referral;
  if (dueOn !== null && dueOn < dayOf(now)) return t('status-referral-overdue', { agency });
  switch (referral.status) {
    case 'asked':
      return t('status-referral-asked', { agency });
    case 'approved':
    case 'sending':
    case 'failed':
      return t('status-referral-sending', { agency });
    case 'by_hand':
      return t('status-referral-by-hand', { agency });
    case 'sent':
      return t('status-referral-sent', { agency });
    case 'acknowledged':
      return expectedBy === null || expectedBy < dayOf(now)
        ? t('status-referral-acknowledged', { agency })
        : t('status-referral-expected', { agency, day: formatDay(expectedBy, language) });
    case 'answered':
      return concern.status === 'referred' ? t('status-referral-answered', { agency }) : null;
    case 'not_ours':
      return t('status-referral-not-ours', { agency });
    default:
      return null;
  }
}
