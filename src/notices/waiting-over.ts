import { formatDay } from '../domain/wita.ts';
import type { Day } from '../domain/wita.ts';
import { defineNotice } from './define-notice.ts';

/** No seat came free, or the one that was held was not taken: nobody waits for what cannot come any more. */
export const waitingOver = defineNotice({
  kind: 'waiting-over',
  isReminder: false,
  passesQuietHours: false,
  async write(tx, notice, { t, language }) {
    const { rows } = await tx.query<{ day: Day; status: string; isSeated: boolean }>(
      `SELECT w.session_date AS day, w.status,
              EXISTS (SELECT 1 FROM booking b WHERE b.resident_id = $2 AND b.status IN ('held', 'booked', 'arrived')) AS "isSeated"
         FROM notice n JOIN waiting w ON w.id = substr(n.once_key, 1 + length('waiting-over.'))::uuid WHERE n.id = $1`,
      [notice.id, notice.residentId],
    );
    const wait = rows[0];
    if (!wait || wait.isSeated) return { kind: 'drop', why: 'has a seat' };
    const day = formatDay(wait.day, language);
    return {
      kind: 'say',
      text: t(wait.status === 'passed' ? 'notice-seat-released' : 'notice-waiting-over', { day }),
      answers: [
        { verb: 'rebook', code: 'day', label: t('notice-rebook') },
        { verb: 'later', code: 'day', label: t('notice-no-thanks') },
      ],
    };
  },
});
