import type { Opening, Say, StepContext } from '../../flows/define-flow.ts';
import { bookingSays } from '../../flows/booking-card.ts';
import { approvalSays } from '../../flows/referral-answer.ts';
import { readRevision } from '../../flows/referral-change.ts';
import { formatDay, formatMoment } from '../domain/wita.ts';
import type { NoticeVerb } from './token.ts';

/** A pressed button of a notice: `says` alone, or a flow that it begins. */
export type NoticeAnswer = { says: Say[]; begin?: { flow: string } & Pick<Opening, 'text' | 'wish'> };

/**
 * Carries out what a notice's button asks, against what is so now: a booking that has moved or gone is said to be,
 * whatever the old button promised. Pressing twice changes nothing more.
 */
export async function answerNotice(
  verb: NoticeVerb,
  code: string,
  context: StepContext,
): Promise<NoticeAnswer> {
  const { t, language, actions } = context;
  const only = (text: string): NoticeAnswer => ({ says: [{ kind: 'text', text }] });
  switch (verb) {
    case 'come': {
      const confirmed = await actions.confirmBooking({ code });
      if (confirmed.kind === 'gone') return only(t('notice-booking-gone'));
      const { day, time } = confirmed.booking;
      return only(t('notice-come-thanks', { when: formatMoment(day, time, language) }));
    }
    case 'change': {
      const active = await actions.findActiveBooking({});
      return active?.code === code ? { says: [], begin: { flow: 'book' } } : only(t('notice-booking-gone'));
    }
    case 'cancel': {
      // Asked first, as everywhere: a number meant for another list, or the thumb beside "Ubah", must not cost a seat.
      const active = await actions.findActiveBooking({});
      return active?.code === code
        ? { says: [], begin: { flow: 'book', wish: 'cancel' } }
        : only(t('notice-booking-gone'));
    }
    case 'take': {
      const taken = await actions.takeOfferedSeat({ code });
      if (taken.kind === 'expired')
        return { says: [{ kind: 'text', text: t('notice-seat-expired'), commands: ['pesan'] }] };
      return { says: bookingSays(taken.booking, context, 'booked', taken.carried) };
    }
    case 'pass': {
      const passed = await actions.passOfferedSeat({ code });
      return only(t(passed.kind === 'passed' ? 'notice-seat-passed' : 'notice-seat-expired'));
    }
    case 'settled':
    case 'unsettled': {
      const answered = await actions.answerConcernCheck({ code, isSettled: verb === 'settled' });
      if (answered.kind === 'gone') return only(t('concern-gone'));
      if (answered.kind === 'settled') return only(t('notice-settled-thanks', { code }));
      return only(t('notice-reopened', { code, day: formatDay(answered.nextWordBy, language) }));
    }
    case 'survey':
      return { says: [], begin: { flow: 'survey', text: code } };
    case 'rebook':
      return { says: [], begin: { flow: 'book' } };
    case 'later':
      return only(t('notice-no-thanks-answer'));
    case 'refer':
    case 'refer-named':
    case 'refer-not': {
      const shown = readRevision(code);
      if (!shown) return { says: approvalSays({ kind: 'gone' }, context) };
      const answered =
        verb === 'refer-not'
          ? await actions.refuseReferral(shown)
          : await actions.approveReferral({ ...shown, isNamed: verb === 'refer-named' });
      return { says: approvalSays(answered, context) };
    }
    case 'refer-amend':
      return { says: [], begin: { flow: 'referral-change', text: code } };
    case 'slot': {
      // `code` is a day and a time: 2026-11-30.0900. Taken through the usual question, so it can still be refused.
      const [day, time] = code.split('.');
      return {
        says: [],
        begin: { flow: 'book', text: `${day ?? ''} ${time?.slice(0, 2) ?? ''}:${time?.slice(2) ?? ''}` },
      };
    }
  }
}
