import type { ChannelName } from '../domain/message.ts';
import type { Database } from '../store/database.ts';
import type { Vault } from '../store/vault.ts';
import { refHash } from './receive.ts';

/** What a channel that must catch up and keep its number alive asks of what was stored. Instants, counts, yes or no. */
export type ChannelLedger = {
  /** When the newest message stored of this channel was sent, null if none: where catching up begins. */
  lastStored(): Promise<Date | null>;
  /** Whether we sent the message with this platform ref ourselves. */
  isOurs(messageRef: string): Promise<boolean>;
  /** Messages that left on this channel since then. */
  sentSince(since: Date): Promise<number>;
};

export function createChannelLedger(deps: {
  db: Database;
  vault: Vault;
  channel: ChannelName;
}): ChannelLedger {
  const { db, vault, channel } = deps;
  const ofChannel = `conversation_id IN (SELECT c.id FROM conversation c JOIN address a ON a.id = c.address_id
                                          WHERE a.channel = $1)`;
  return {
    lastStored: async () => {
      const { rows } = await db.query<{ at: Date | null }>(
        `SELECT max(sent_at) AS at FROM message WHERE direction = 'in' AND ${ofChannel}`,
        [channel],
      );
      return rows[0]?.at ?? null;
    },
    isOurs: async (messageRef) => {
      const { count } = await db.query(`SELECT 1 FROM message WHERE ref_hash = $1 AND direction = 'out'`, [
        refHash(vault, channel, messageRef),
      ]);
      return count > 0;
    },
    sentSince: async (since) => {
      const { rows } = await db.query<{ sent: number }>(
        `SELECT count(*) AS sent FROM delivery_attempt d JOIN message m ON m.id = d.message_id
          WHERE d.outcome = 'sent' AND d.at >= $2 AND ${ofChannel}`,
        [channel, since],
      );
      return rows[0]?.sent ?? 0;
    },
  };
}
