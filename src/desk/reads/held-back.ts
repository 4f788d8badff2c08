import type { ChannelName } from '../../domain/message.ts';
import type { Queryable } from '../../store/database.ts';

/** What waits because enough has left for a day: how many messages, and until when. */
export async function readHeldBack(
  db: Queryable,
): Promise<ReadonlyMap<ChannelName, { count: number; until: Date }>> {
  const { rows } = await db.query<{ channel: ChannelName; waiting: number; until: Date | null }>(
    `SELECT a.channel, count(*) AS waiting, min(m.next_attempt_at) AS until
       FROM message m JOIN conversation c ON c.id = m.conversation_id JOIN address a ON a.id = c.address_id
      WHERE m.status IN ('pending', 'sending')
        AND EXISTS (SELECT 1 FROM message h WHERE h.conversation_id = c.id AND h.status = 'pending'
                                              AND h.failure LIKE 'ceiling:%' AND h.next_attempt_at IS NOT NULL)
      GROUP BY a.channel`,
  );
  return new Map(
    rows.flatMap(({ channel, waiting, until }) => (until ? [[channel, { count: waiting, until }]] : [])),
  );
}
