import { findPerson } from '../actions/ask-approval.ts';
import { holdReferral, packetOf } from '../actions/hold-referral.ts';
import type { HeldReferral } from '../actions/hold-referral.ts';
import { isWithAgency } from '../domain/referral.ts';
import type { NoticeKind } from '../domain/notice-kind.ts';
import { formatDay } from '../domain/wita.ts';
import type { Day } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';
import { defineNotice } from './define-notice.ts';
import type { DueNotice, Notice, NoticeContext, NoticeText } from './define-notice.ts';

/**
 * The packet, word for word, and whether it may leave. The one notice that shows what a concern is about: nobody can say
 * yes to what they have not seen.
 */
export const referralAsk = defineNotice({
  kind: 'referral-ask',
  isReminder: false,
  passesQuietHours: false,
  async write(tx, notice, { t }) {
    const held = await read(tx, notice);
    if (held?.status !== 'asked') return { kind: 'drop', why: `referral ${held?.status ?? 'gone'}` };
    const person = await findPerson(tx, held);
    const code = `${held.code}.${held.packetRevision}`;
    const text = [
      t('notice-referral-ask', { code: held.code, agency: held.agencyName }),
      packetOf(tx, held, null),
      person
        ? t(person.contact ? 'notice-referral-ask-contact' : 'notice-referral-ask-name', {
            name: person.name,
            contact: person.contact ?? '',
          })
        : t('notice-referral-ask-nameless'),
    ].join('\n\n');
    return {
      kind: 'say',
      text,
      answers: [
        { verb: 'refer', code, label: t('notice-referral-yes') },
        ...(person ? [{ verb: 'refer-named', code, label: t('notice-referral-yes-named') }] : []),
        { verb: 'refer-amend', code, label: t('notice-referral-amend') },
        { verb: 'refer-not', code, label: t('notice-referral-no') },
      ],
    };
  },
});

/** The agency has it. */
export const referralSent = news('referral-sent', (held, { t }) =>
  isWithAgency(held.status)
    ? t(held.way === 'lapor' ? 'notice-referral-handed-in' : 'notice-referral-sent', about(held))
    : null,
);

/** It says that it has read it. */
export const referralAcknowledged = news('referral-acknowledged', (held, { t }) =>
  held.status === 'acknowledged' ? t('notice-referral-acknowledged', about(held)) : null,
);

/** It is at it, and may have named a day. */
export const referralProgress = news('referral-progress', (held, { t, language }) => {
  if (held.status !== 'acknowledged') return null;
  return held.expectedBy === null
    ? t('notice-referral-progress', about(held))
    : t('notice-referral-progress-until', { ...about(held), day: formatDay(held.expectedBy, language) });
});

/** Its answer is there; an officer reads it first and passes it on. */
export const referralAnswered = news('referral-answered', (held, { t }) =>
  held.status === 'answered' && held.concernStatus === 'referred'
    ? t('notice-referral-answered', about(held))
    : null,
);

/** It was the wrong address; the officer looks for the right one. */
export const referralNotOurs = news('referral-not-ours', (held, { t }) =>
  held.status === 'not_ours' ? t('notice-referral-not-ours', about(held)) : null,
);

/** It is late, and we still ask. */
export const referralOverdue = news('referral-overdue', (held, { t }) =>
  isWithAgency(held.status) ? t('notice-referral-overdue', about(held)) : null,
);

/** The room has taken it back. */
export const referralWithdrawn = news('referral-withdrawn', (held, { t }) =>
  held.status === 'withdrawn' ? t('notice-referral-withdrawn', about(held)) : null,
);

type ReferralFacts = HeldReferral & { expectedBy: Day | null };

/** News without a question, said as long as it is still so. */
function news(kind: NoticeKind, say: (held: ReferralFacts, context: NoticeContext) => string | null): Notice {
  return defineNotice({
    kind,
    isReminder: false,
    passesQuietHours: false,
    async write(tx, notice, context): Promise<NoticeText> {
      const held = await read(tx, notice);
      const text = held && say(held, context);
      return text ? { kind: 'say', text, answers: [] } : { kind: 'drop', why: 'overtaken by what followed' };
    },
  });
}

function about(held: HeldReferral): { code: string; agency: string } {
  return { code: held.code, agency: held.agencyName };
}

async function read(tx: Tx, notice: DueNotice): Promise<ReferralFacts | null> {
  const held = notice.referralId === null ? null : await holdReferral(tx, notice.referralId);
  if (!held) return null;
  const { rows } = await tx.query<{ expectedBy: Day | null }>(
    `SELECT expected_by AS "expectedBy" FROM referral WHERE id = $1`,
    [held.id],
  );
  return { ...held, expectedBy: rows[0]?.expectedBy ?? null };
}
