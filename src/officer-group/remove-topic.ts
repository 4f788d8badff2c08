import type { GroupState, ShowDeps, Step } from './show-step.ts';
import type { TopicFacts } from './topic-facts.ts';

/** The resident had all erased: what stands in the group goes as well. */
export async function removeTopic(deps: ShowDeps, { group }: GroupState, topic: TopicFacts): Promise<Step> {
  const { db } = deps;
  if (topic.thread_ref !== null) {
    const removed = await group.removeTopic(topic.thread_ref);
    if (removed.ok) return goneFromGroup(deps, topic);
    if (removed.outcome === 'wait' || removed.outcome === 'unknown') return removed;
  }
  const { rows } = await db.query<{ post_ref: string }>(
    `SELECT DISTINCT post_ref FROM officer_group_message WHERE topic_id = $1 AND post_ref IS NOT NULL`,
    [topic.id],
  );
  for (const { post_ref: postRef } of rows) {
    const removed = await group.remove(postRef);
    if (!removed.ok && removed.outcome === 'wait') return removed;
    if (!removed.ok)
      deps.log.error(
        { topicId: topic.id, reason: removed.reason },
        "a post of an erased resident could not be removed from the officers' group: remove it by hand",
      );
    await db.query(`DELETE FROM officer_group_message WHERE topic_id = $1 AND post_ref = $2`, [
      topic.id,
      postRef,
    ]);
  }
  return goneFromGroup(deps, topic);
}

async function goneFromGroup(deps: ShowDeps, topic: TopicFacts): Promise<Step> {
  const now = deps.clock.now();
  await deps.db.query(
    `WITH posts AS (DELETE FROM officer_group_message WHERE topic_id = $1),
          events AS (DELETE FROM officer_group_event WHERE topic_id = $1)
     UPDATE handoff_topic SET removed_at = $2, closed_at = coalesce(closed_at, $2), thread_ref = NULL, card_ref = NULL WHERE id = $1`,
    [topic.id, now],
  );
  return 'idle';
}
