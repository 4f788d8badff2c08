import { groupCaptionLimit } from '../../bots/officer-group.ts';
import type { GroupRefusal } from '../../bots/officer-group.ts';
import { writeAudit } from '../actions/write-audit.ts';
import { splitText } from '../domain/split-text.ts';
import { deskLink } from './card.ts';
import { groupWords } from './group-words.ts';
import { joinEntries, lineOf, nextPost } from './next-post.ts';
import type { NextPost } from './next-post.ts';
import { readChangedPost, readUnshown } from './read-entries.ts';
import type { ReadEntry } from './read-entries.ts';
import { labelIn, placeIn } from './show-step.ts';
import type { GroupState, ShowDeps, Step } from './show-step.ts';
import type { TopicFacts } from './topic-facts.ts';

/** What was said in the chat since it was claimed: the next post of it. */
export async function showNext(
  deps: ShowDeps,
  state: GroupState,
  topic: TopicFacts,
  label: string,
): Promise<Step> {
  if (!topic.has_unshown) return 'idle';
  const entries = await readUnshown(deps.db, deps, {
    topicId: topic.id,
    label: labelIn(topic, label),
    now: deps.clock.now(),
  });
  const next = nextPost(entries);
  if (!next) return 'idle';
  const place = placeIn(topic);
  const posted = await state.group.post({
    ...place,
    replyToRef: next.replyToRef ?? place.replyToRef,
    content: next.content,
  });
  if (posted.ok) {
    await noteShown(deps, topic, { next, entries, postRef: posted.postRef });
    return 'did';
  }
  if (posted.outcome !== 'refused') return posted;
  // Something about this one: its place is kept by a word, and what follows is shown.
  deps.log.warn({ topicId: topic.id, reason: posted.reason }, "the officers' group would not take a message");
  const instead = await state.group.post({
    ...place,
    content: {
      kind: 'text',
      text: groupWords.notShown(deskLink(deps.publicUrl, topic.conversation_id)),
      buttons: [],
    },
  });
  if (!instead.ok) return instead;
  await noteShown(deps, topic, { next: whole(next), entries, postRef: instead.postRef });
  return 'did';
}

function whole(next: NextPost): NextPost {
  return { ...next, shows: next.shows.map((one) => ({ ...one, isWhole: true })) };
}

/** With the post goes the record of who reads: the officer who holds the chat. */
async function noteShown(
  deps: ShowDeps,
  topic: TopicFacts,
  shown: { next: NextPost; entries: readonly ReadEntry[]; postRef: string },
): Promise<void> {
  const { next, entries, postRef } = shown;
  const byId = new Map(entries.map((entry) => [entry.messageId, entry]));
  const ofResident = next.shows.filter(({ messageId }) => byId.get(messageId)?.isOfResident).length;
  await deps.transact(async (tx) => {
    for (const { messageId, parts, isWhole } of next.shows) {
      const entry = byId.get(messageId);
      await tx.query(
        `INSERT INTO officer_group_message (topic_id, kind, post_ref, message_id, parts, is_whole, edited_at, deleted_at, created_at)
         VALUES ($1, 'shown', $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (message_id) WHERE message_id IS NOT NULL
         DO UPDATE SET parts = excluded.parts, is_whole = excluded.is_whole`,
        [
          topic.id,
          postRef,
          messageId,
          parts,
          isWhole,
          entry?.editedAt ?? null,
          entry?.deletedAt ?? null,
          tx.now,
        ],
      );
    }
    if (ofResident > 0) {
      await writeAudit(tx, {
        officerId: topic.officer_id,
        action: 'show_in_group',
        subjectKind: 'conversation',
        subjectId: topic.conversation_id,
        detail: { messages: ofResident },
      });
    }
  });
}

/** A resident changed or took back what the topic shows. */
export async function showChange(
  deps: ShowDeps,
  state: GroupState,
  topic: TopicFacts,
  label: string,
): Promise<Step> {
  if (!topic.has_changed) return 'idle';
  const shownAs = labelIn(topic, label);
  const changed = await readChangedPost(deps.db, deps, { topicId: topic.id, label: shownAs });
  if (!changed) return 'idle';
  const { postRef, entries } = changed;
  if (postRef !== null) {
    const outcome = await redraw(state, topic, postRef, entries);
    if (!outcome.ok && outcome.outcome !== 'post_gone' && outcome.outcome !== 'refused') return outcome;
  }
  for (const entry of entries) {
    await deps.db.query(
      `UPDATE officer_group_message SET edited_at = $2, deleted_at = $3 WHERE message_id = $1`,
      [entry.messageId, entry.editedAt, entry.deletedAt],
    );
  }
  return 'did';
}

async function redraw(
  state: GroupState,
  topic: TopicFacts,
  postRef: string,
  entries: readonly ReadEntry[],
): Promise<{ ok: true } | GroupRefusal> {
  const { group } = state;
  const [first] = entries;
  if (!first) return { ok: true };
  if (first.file && lineOf(first).length <= groupCaptionLimit)
    return group.editCaption(postRef, lineOf(first));
  const joined = joinEntries(entries);
  if (joined !== null && first.partsOut <= 1 && !first.file) {
    const edited = await group.edit(postRef, { text: joined, buttons: [] });
    // A file that was taken back is a post without text: it goes, and a word stands for it.
    const isFile = !edited.ok && edited.outcome === 'refused' && first.deletedAt !== null;
    if (!isFile) return edited;
    const removed = await group.remove(postRef);
    if (!removed.ok && removed.outcome !== 'refused') return removed;
  }
  const [line = ''] = splitText(entries.map(lineOf).join('\n\n'), 4000);
  return group.post({
    ...placeIn(topic),
    replyToRef: postRef,
    content: { kind: 'text', text: line, buttons: [] },
  });
}
