import { groupWords } from './group-words.ts';
import { placeIn } from './show-step.ts';
import type { GroupState, ShowDeps, Step } from './show-step.ts';
import { fate } from './topic-facts.ts';
import type { TopicFacts } from './topic-facts.ts';

/** What an officer has to know of what they wrote, as a reply to it. */
export async function answerOfficer(deps: ShowDeps, { group }: GroupState, topic: TopicFacts): Promise<Step> {
  if (!topic.has_answer) return 'idle';
  const { rows } = await deps.db.query<{ id: number; post_ref: string; answer: string }>(
    `SELECT id, post_ref, answer FROM officer_group_event
      WHERE topic_id = $1 AND answer IS NOT NULL AND answered_at IS NULL ORDER BY id LIMIT 1`,
    [topic.id],
  );
  const event = rows[0];
  if (!event) return 'idle';
  const posted = await group.post({
    threadRef: topic.thread_ref,
    replyToRef: event.post_ref,
    content: { kind: 'text', text: event.answer, buttons: [] },
  });
  if (!posted.ok) return posted;
  await deps.db.query(
    `WITH answer AS (
       INSERT INTO officer_group_message (topic_id, kind, post_ref, created_at) VALUES ($1, 'answer', $3, $4)
     )
     UPDATE officer_group_event SET answered_at = $4 WHERE id = $2`,
    [topic.id, event.id, posted.postRef, deps.clock.now()],
  );
  return 'did';
}

/** What became of an officer's word: a mark on it, or a sentence under it. */
export async function tellFate(deps: ShowDeps, state: GroupState, topic: TopicFacts): Promise<Step> {
  if (!topic.has_fate) return 'idle';
  const { rows } = await deps.db.query<{ id: number; post_ref: string; fate: 'sent' | 'failed' | 'waits' }>(
    `SELECT g.id, g.post_ref, ${fate} AS fate FROM officer_group_message g JOIN message m ON m.id = g.message_id
      WHERE g.topic_id = $1 AND g.kind = 'said' AND ${fate} <> coalesce(g.told, '') ORDER BY g.id LIMIT 1`,
    [topic.id],
  );
  const row = rows[0];
  if (!row) return 'idle';
  const told =
    row.fate === 'sent'
      ? await state.group.mark(row.post_ref, '👍')
      : await state.group.post({
          ...placeIn(topic),
          replyToRef: row.post_ref,
          content: {
            kind: 'text',
            text: row.fate === 'waits' ? groupWords.fateWaits : groupWords.fateFailed,
            buttons: [],
          },
        });
  // A mark that the group does not take is no loss.
  if (!told.ok && !(row.fate === 'sent' && told.outcome !== 'wait')) return told;
  await deps.db.query(`UPDATE officer_group_message SET told = $2 WHERE id = $1`, [row.id, row.fate]);
  return 'did';
}
