import type { ChannelLog } from '../../bots/channel.ts';
import type { GroupRefusal, OfficerGroup } from '../../bots/officer-group.ts';
import type { Clock } from '../ops/clock.ts';
import type { Database } from '../store/database.ts';
import type { Transact } from '../store/transact.ts';
import type { Vault } from '../store/vault.ts';
import { whoWords } from './group-words.ts';
import type { EntryDeps } from './read-entries.ts';
import type { TopicFacts } from './topic-facts.ts';

export type ShowDeps = EntryDeps & {
  db: Database;
  vault: Vault;
  clock: Clock;
  transact: Transact;
  log: ChannelLog;
  publicUrl: string;
};

/** What is set about the group, and how it is. */
export type GroupState = { group: OfficerGroup; showsMessages: boolean; isFlat: boolean };

/** A step's outcome: something was done, nothing was to do, or the group said no. */
export type Step = 'did' | 'idle' | GroupRefusal;

/** A person removed it: whoever needs it gets a new one, and a new card in it. */
export async function forgetThread(db: Database, threadRef: string): Promise<void> {
  await db.query(`UPDATE handoff_topic SET thread_ref = NULL, card_ref = NULL WHERE thread_ref = $1`, [
    threadRef,
  ]);
}

/** Below one another, each chat's posts hang on its card. */
export function placeIn(topic: TopicFacts): { threadRef: string | null; replyToRef: string | null } {
  return { threadRef: topic.thread_ref, replyToRef: topic.thread_ref === null ? topic.card_ref : null };
}

/** In a topic of its own a chat needs no name. */
export function labelIn(topic: TopicFacts, label: string): string {
  return topic.thread_ref === null ? label : whoWords.resident;
}

export function isSame(one: Uint8Array | null, other: Uint8Array): boolean {
  return one !== null && Buffer.from(one).equals(Buffer.from(other));
}
