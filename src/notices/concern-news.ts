import { dayOf, formatDay } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';
import { defineNotice } from './define-notice.ts';
import type { DueNotice, NoticeContext, NoticeText } from './define-notice.ts';
import { readConcern } from './read-subject.ts';

/** An officer has taken the concern. */
export const concernTaken = defineNotice({
  kind: 'concern-taken',
  isReminder: false,
  passesQuietHours: false,
  async write(tx, notice, { t }) {
    const concern = await readConcern(tx, notice);
    if (!concern?.officerName || !['with_officer', 'referred'].includes(concern.status)) {
      return { kind: 'drop', why: 'not with an officer any more' };
    }
    return {
      kind: 'say',
      text: t('notice-concern-taken', { code: concern.code, officer: concern.officerName }),
      answers: [],
    };
  },
});

/** An officer has answered: is it settled? */
export const concernAnswered = defineNotice({
  kind: 'concern-answered',
  isReminder: false,
  passesQuietHours: false,
  write: (tx, notice, context) => ask(tx, notice, context, 'notice-concern-answered', ['answered']),
});

/** Asked again some days later, as long as nothing was heard. */
export const concernCheck = defineNotice({
  kind: 'concern-check',
  // Not a reminder that one can switch off: silence settles a concern only once this has been asked.
  isReminder: false,
  passesQuietHours: false,
  write: (tx, notice, context) => ask(tx, notice, context, 'notice-concern-check', ['answered', 'settled']),
});

/** It was noted as settled; a no opens it again. */
export const concernSettled = defineNotice({
  kind: 'concern-settled',
  isReminder: false,
  passesQuietHours: false,
  write: (tx, notice, context) => ask(tx, notice, context, 'notice-concern-settled', ['settled']),
});

/** The promised day went by without a word: said honestly, with the new day. */
export const concernLate = defineNotice({
  kind: 'concern-late',
  isReminder: false,
  passesQuietHours: false,
  async write(tx, notice, { t, language, now }) {
    const concern = await readConcern(tx, notice);
    if (!concern?.putOffTo || concern.putOffTo < dayOf(now)) return { kind: 'drop', why: 'there was a word' };
    const day = formatDay(concern.putOffTo, language);
    return { kind: 'say', text: t('notice-concern-late', { code: concern.code, day }), answers: [] };
  },
});

async function ask(
  tx: Tx,
  notice: DueNotice,
  { t }: NoticeContext,
  key: string,
  statuses: string[],
): Promise<NoticeText> {
  const concern = await readConcern(tx, notice);
  if (!concern || !statuses.includes(concern.status))
    return { kind: 'drop', why: `concern ${concern?.status ?? 'gone'}` };
  const { code } = concern;
  return {
    kind: 'say',
    text: t(key, { code }),
    answers: [
      { verb: 'settled', code, label: t('notice-settled-yes') },
      { verb: 'unsettled', code, label: t('notice-settled-no') },
    ],
  };
}
