import type { Database } from '../store/database.ts';
import type { KeptCard } from './keep-card.ts';
import { forgetThread, isSame } from './show-step.ts';
import type { GroupState, ShowDeps, Step } from './show-step.ts';
import type { TopicFacts } from './topic-facts.ts';

/** The chat's topic: the one it had the last time somebody was asked for, or a new one. */
export async function openThread(
  deps: ShowDeps,
  state: GroupState,
  topic: TopicFacts,
  card: KeptCard,
): Promise<Step> {
  if (state.isFlat || topic.thread_ref !== null || topic.status === 'closed') return 'idle';
  const { db } = deps;
  const { rows } = await db.query<{ thread_ref: string }>(
    `SELECT thread_ref FROM handoff_topic
      WHERE conversation_id = $1 AND chat_ref = $2 AND thread_ref IS NOT NULL AND removed_at IS NULL
      ORDER BY created_at DESC LIMIT 1`,
    [topic.conversation_id, state.group.chatRef],
  );
  const earlier = rows[0]?.thread_ref;
  if (earlier !== undefined) {
    const reopened = await state.group.reopenTopic(earlier);
    if (reopened.ok) {
      await useThread(db, topic, { threadRef: earlier, titleHash: null });
      return 'did';
    }
    if (reopened.outcome !== 'topic_gone' && reopened.outcome !== 'refused') return reopened;
    await forgetThread(db, earlier);
  }
  const opened = await state.group.openTopic({ title: card.title, isUrgent: card.isUrgent });
  if (!opened.ok) return opened;
  await useThread(db, topic, { threadRef: opened.threadRef, titleHash: card.titleHash });
  return 'did';
}

/** A card that stood in the group itself is put into the topic, now that there is one. */
async function useThread(
  db: Database,
  topic: TopicFacts,
  { threadRef, titleHash }: { threadRef: string; titleHash: Uint8Array | null },
): Promise<void> {
  await db.query(`UPDATE handoff_topic SET thread_ref = $2, title_hash = $3, card_ref = NULL WHERE id = $1`, [
    topic.id,
    threadRef,
    titleHash,
  ]);
}

export async function renameThread(
  deps: ShowDeps,
  { group }: GroupState,
  topic: TopicFacts,
  card: KeptCard,
): Promise<Step> {
  if (topic.thread_ref === null || isSame(topic.title_hash, card.titleHash)) return 'idle';
  const renamed = await group.renameTopic(topic.thread_ref, card.title);
  // The name is a courtesy: where the right to change it was taken away, the card says the same.
  if (!renamed.ok && renamed.outcome !== 'refused' && renamed.outcome !== 'no_topics') return renamed;
  await deps.db.query(`UPDATE handoff_topic SET title_hash = $2 WHERE id = $1`, [topic.id, card.titleHash]);
  return 'did';
}

export async function closeThread(deps: ShowDeps, { group }: GroupState, topic: TopicFacts): Promise<Step> {
  // A file on its way is waited for; an answer may come after the end.
  if (topic.status !== 'closed' || topic.has_unshown) return 'idle';
  const { rows } = await deps.db.query<{ is_open: boolean; is_in_use: boolean }>(
    `SELECT t.closed_at IS NULL AS is_open,
            EXISTS (SELECT 1 FROM handoff_topic x WHERE x.thread_ref = t.thread_ref AND x.id <> t.id AND x.closed_at IS NULL) AS is_in_use
       FROM handoff_topic t WHERE t.id = $1`,
    [topic.id],
  );
  if (!rows[0]?.is_open) return 'idle';
  if (topic.thread_ref !== null && !rows[0].is_in_use) {
    const closed = await group.closeTopic(topic.thread_ref);
    if (!closed.ok && !['refused', 'no_topics', 'topic_gone', 'topic_closed'].includes(closed.outcome))
      return closed;
  }
  return endTopic(deps, topic);
}

export async function endTopic(deps: ShowDeps, topic: TopicFacts): Promise<Step> {
  await deps.db.query(`UPDATE handoff_topic SET closed_at = coalesce(closed_at, $2) WHERE id = $1`, [
    topic.id,
    deps.clock.now(),
  ]);
  return 'idle';
}
