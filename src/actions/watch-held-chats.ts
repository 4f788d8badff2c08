import { isServiceTime } from '../domain/calendar.ts';
import type { RoomCalendar } from '../domain/calendar.ts';
import { nextForHeld } from '../domain/held-chat.ts';
import type { HeldFacts } from '../domain/held-chat.ts';
import type { Tx } from '../store/transact.ts';
import { planHolderPages } from './plan-pages.ts';
import { planNotice } from './plan-notice.ts';
import { readHandoffSettings } from './read-duty.ts';
import { requeueHandoff } from './requeue-handoff.ts';
import { writeAudit } from './write-audit.ts';

type HeldChat = Pick<HeldFacts, 'unansweredSince' | 'calledAt'> & {
  id: string;
  conversationId: string;
  officerId: string | null;
};

/**
 * Looks after chats that are held, by an officer or on the room's phone: calls a holder who leaves words unanswered, and
 * gives the chat back to the queue when that does not help. All it goes by is rows; looking twice changes nothing.
 */
export async function watchHeldChats(tx: Tx, input: { calendar: RoomCalendar }): Promise<void> {
  const { calendar } = input;
  if (!isServiceTime(calendar, tx.now)) return;
  const { holderAfterMinutes: minutes } = await readHandoffSettings(tx);
  const nextFor = (chat: HeldChat) =>
    nextForHeld({ ...chat, hasOfficer: chat.officerId !== null }, { minutes, calendar, now: tx.now });
  for (const chat of await readHeld(tx, null)) {
    const next = nextFor(chat);
    if (next === 'call') await callHolder(tx, chat);
    if (next !== 'requeue') continue;
    // The conversation's lock comes first, as in every action on it; where somebody is at work in it, not now.
    const free = await tx.query(`SELECT 1 FROM conversation WHERE id = $1 FOR NO KEY UPDATE SKIP LOCKED`, [
      chat.conversationId,
    ]);
    if (free.count === 0) continue;
    const [still] = await readHeld(tx, chat.id);
    if (still && still.officerId === chat.officerId && nextFor(still) === 'requeue')
      await giveBack(tx, still);
  }
}

/** The greeting that goes out with the claim is no answer: it is as old as the claim. Nor does thanks wait for one. */
async function readHeld(tx: Tx, handoffId: string | null): Promise<HeldChat[]> {
  const { rows } = await tx.query<HeldChat>(
    `SELECT h.id, h.conversation_id AS "conversationId", h.officer_id AS "officerId", h.holder_called_at AS "calledAt",
            greatest(h.claimed_at,
              (SELECT min(m.created_at) FROM message m
                WHERE m.conversation_id = h.conversation_id AND m.author = 'resident' AND NOT m.is_courtesy
                  AND m.kind NOT IN ('edit', 'delete', 'reachability') AND m.created_at >= h.requested_at
                  AND m.seq > coalesce(said.seq, 0))) AS "unansweredSince"
       FROM handoff h
       LEFT JOIN LATERAL (
         SELECT max(m.seq) AS seq FROM message m
          WHERE m.conversation_id = h.conversation_id
            AND (m.author = 'phone' OR (m.author = 'officer' AND m.created_at > h.claimed_at))) said ON true
      WHERE h.status = 'held' AND ($1::uuid IS NULL OR h.id = $1)
        AND EXISTS (SELECT 1 FROM message m
                     WHERE m.conversation_id = h.conversation_id AND m.author = 'resident' AND NOT m.is_courtesy
                       AND m.kind NOT IN ('edit', 'delete', 'reachability') AND m.created_at >= h.requested_at
                       AND m.seq > coalesce(said.seq, 0))
      ORDER BY h.conversation_id`,
    [handoffId],
  );
  return rows;
}

async function callHolder(tx: Tx, { id, officerId, calledAt }: HeldChat): Promise<void> {
  const called = await tx.query(
    `UPDATE handoff SET holder_called_at = $3
      WHERE id = $1 AND status = 'held' AND officer_id = $2 AND holder_called_at IS NOT DISTINCT FROM $4`,
    [id, officerId, tx.now, calledAt],
  );
  if (called.count === 0 || officerId === null) return;
  await planHolderPages(tx, { handoffId: id, officerId });
  tx.changed({ kind: 'handoff', id });
}

async function giveBack(tx: Tx, { id, conversationId }: HeldChat): Promise<void> {
  await requeueHandoff(tx, { handoffId: id });
  await planNotice(tx, {
    kind: 'queue-longer',
    onceKey: `queue-again.${id}.${tx.now.getTime()}`,
    dueAt: tx.now,
    conversationId,
  });
  await writeAudit(tx, {
    officerId: null,
    action: 'requeue_handoff',
    subjectKind: 'conversation',
    subjectId: conversationId,
  });
  tx.changed({ kind: 'handoff', id });
  tx.changed({ kind: 'conversation', id: conversationId });
}
