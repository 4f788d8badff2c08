import { formatDay } from '../domain/wita.ts';
import type { Day } from '../domain/wita.ts';
import { defineNotice } from './define-notice.ts';

/** A day was closed that the resident was waiting for: nobody waits for a seat that cannot come. */
export const waitingClosed = defineNotice({
  kind: 'waiting-closed',
  isReminder: false,
  passesQuietHours: false,
  async write(tx, notice, { t, language }) {
    const { rows } = await tx.query<{ day: Day; name: string }>(
      `SELECT w.session_date AS day, k.name FROM waiting w JOIN closure k ON k.day = w.session_date
        WHERE w.conversation_id = $1 AND w.status = 'left' ORDER BY w.created_at DESC LIMIT 1`,
      [notice.conversationId],
    );
    const closed = rows[0];
    if (!closed) return { kind: 'drop', why: 'the day is open again' };
    return {
      kind: 'say',
      text: t('notice-waiting-closed', { day: formatDay(closed.day, language), reason: closed.name }),
      answers: [
        { verb: 'rebook', code: 'day', label: t('notice-rebook') },
        { verb: 'later', code: 'day', label: t('notice-no-thanks') },
      ],
    };
  },
});
