import type { Tx } from '../store/transact.ts';
import { placeInQueue } from '../actions/request-handoff.ts';
import { defineNotice } from './define-notice.ts';

/** The chat that waits for an officer, or null when it does not any more. */
async function findWaiting(tx: Tx, conversationId: string): Promise<{ place: number } | null> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM handoff WHERE conversation_id = $1 AND status = 'waiting'`,
    [conversationId],
  );
  const handoffId = rows[0]?.id;
  return handoffId === undefined ? null : { place: await placeInQueue(tx, { handoffId }) };
}

/** Whoever waits for an officer is next. */
export const queueNext = defineNotice({
  kind: 'queue-next',
  isReminder: false,
  passesQuietHours: false,
  async write(tx, notice, { t }) {
    const waiting = await findWaiting(tx, notice.conversationId);
    if (waiting?.place !== 1) return { kind: 'drop', why: 'not next any more' };
    return { kind: 'say', text: t('notice-queue-next'), answers: [] };
  },
});

/** It takes longer than the resident was told. */
export const queueLonger = defineNotice({
  kind: 'queue-longer',
  isReminder: false,
  passesQuietHours: false,
  async write(tx, notice, { t }) {
    const waiting = await findWaiting(tx, notice.conversationId);
    if (!waiting) return { kind: 'drop', why: 'waits no more' };
    return { kind: 'say', text: t('notice-queue-longer', { place: waiting.place }), answers: [] };
  },
});
