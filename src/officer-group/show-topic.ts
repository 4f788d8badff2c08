import type { ChannelLog } from '../../bots/channel.ts';
import { groupCaptionLimit } from '../../bots/officer-group.ts';
import type { GroupRefusal, OfficerGroup } from '../../bots/officer-group.ts';
import { writeAudit } from '../actions/write-audit.ts';
import { retryDelayMs } from '../conversation/deliver.ts';
import { splitText } from '../domain/split-text.ts';
import type { Clock } from '../ops/clock.ts';
import type { Database } from '../store/database.ts';
import { sealed } from '../store/sealed.ts';
import type { Transact } from '../store/transact.ts';
import type { Vault } from '../store/vault.ts';
import { deskLink, makeCard, residentLabel } from './card.ts';
import type { Card } from './card.ts';
import { groupWords, whoWords } from './group-words.ts';
import { joinEntries, lineOf, nextPost } from './next-post.ts';
import type { NextPost } from './next-post.ts';
import { readChangedPost, readUnshown } from './read-entries.ts';
import type { EntryDeps, ReadEntry } from './read-entries.ts';
import { fate, readTopic } from './topic-facts.ts';
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

/** `wait`: the group takes nothing now. `flat`: it has just turned out to have no topics. */
export type Shown = { kind: 'shown' | 'wait' | 'flat' | 'later' };

/** A step's outcome: something was done, nothing was to do, or the group said no. */
type Step = 'did' | 'idle' | GroupRefusal;

export const claimMs = 60_000;

/** What the card and the name of a topic should be; keyed, because they may hold a name. */
export function cardOf(
  deps: Pick<ShowDeps, 'vault' | 'publicUrl'>,
  topic: TopicFacts,
): Card & { hash: Uint8Array; titleHash: Uint8Array; label: string } {
  const name = topic.name_sealed && deps.vault.openText(topic.name_sealed, sealed.residentName);
  const card = makeCard(topic, { name, publicUrl: deps.publicUrl });
  return {
    ...card,
    hash: deps.vault.fingerprint(`group-card:${card.text}`),
    titleHash: deps.vault.fingerprint(`group-title:${card.title}`),
    label: residentLabel(topic, name),
  };
}

/** Whether the group lacks something of this topic. */
export function lacksSomething(deps: ShowDeps, state: GroupState, topic: TopicFacts): boolean {
  if (topic.is_erased || topic.status === 'closed') return true;
  if (topic.has_unshown || topic.has_changed || topic.has_fate || topic.has_answer) return true;
  const card = cardOf(deps, topic);
  if (topic.card_ref === null || !isSame(topic.card_hash, card.hash)) return true;
  return !state.isFlat && (topic.thread_ref === null || !isSame(topic.title_hash, card.titleHash));
}

/**
 * Brings one topic to what it should show, a post at a time, each written down before the next. Whoever claims the row
 * does it, so that of several processes one speaks; the gap between the group's yes and our commit is the only one in
 * which something may stand there twice.
 */
export async function showTopic(
  deps: ShowDeps,
  state: GroupState,
  input: { topicId: string; isCardOnly: boolean },
): Promise<Shown> {
  const { db, clock } = deps;
  const { topicId } = input;
  let claim = await takeClaim(db, topicId, clock.now(), null);
  if (!claim) return { kind: 'later' };
  for (;;) {
    const now = clock.now();
    const topic = await readTopic(db, { topicId, now, showsMessages: state.showsMessages });
    if (!topic) return { kind: 'shown' };
    const step = await takeStep(deps, state, topic, input.isCardOnly);
    if (step === 'idle') {
      await release(db, topicId);
      return { kind: 'shown' };
    }
    if (step !== 'did') {
      const met = await meetRefusal(deps, state, topic, step);
      if (met) return met;
    }
    claim = await takeClaim(db, topicId, clock.now(), claim);
    if (!claim) return { kind: 'later' };
  }
}

async function takeStep(
  deps: ShowDeps,
  state: GroupState,
  topic: TopicFacts,
  isCardOnly: boolean,
): Promise<Step> {
  if (topic.is_erased) return removeTopic(deps, state, topic);
  if (topic.status === 'closed' && topic.card_ref === null && !topic.has_answer) return endTopic(deps, topic);
  const card = cardOf(deps, topic);
  const steps = [
    () => openThread(deps, state, topic, card),
    () => putCard(deps, state, topic, card),
    ...(isCardOnly
      ? []
      : [
          () => answerOfficer(deps, state, topic),
          () => showNext(deps, state, topic, card.label),
          () => showChange(deps, state, topic, card.label),
          () => tellFate(deps, state, topic),
          () => editCard(deps, state, topic, card),
          () => renameThread(deps, state, topic, card),
          () => closeThread(deps, state, topic),
        ]),
  ];
  for (const step of steps) {
    const outcome = await step();
    if (outcome !== 'idle') return outcome;
  }
  return 'idle';
}

/** The chat's topic: the one it had the last time somebody was asked for, or a new one. */
async function openThread(
  deps: ShowDeps,
  state: GroupState,
  topic: TopicFacts,
  card: Card & { titleHash: Uint8Array },
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

async function putCard(
  deps: ShowDeps,
  { group }: GroupState,
  topic: TopicFacts,
  card: Card & { hash: Uint8Array },
): Promise<Step> {
  if (topic.card_ref !== null) return 'idle';
  const posted = await group.post({
    threadRef: topic.thread_ref,
    replyToRef: null,
    content: { kind: 'text', text: card.text, buttons: card.buttons },
    isUrgent: card.isUrgent,
  });
  if (!posted.ok) return posted;
  await deps.db.query(
    `WITH card AS (
       INSERT INTO officer_group_message (topic_id, kind, post_ref, created_at) VALUES ($1, 'card', $2, $4)
     )
     UPDATE handoff_topic SET card_ref = $2, card_hash = $3 WHERE id = $1`,
    [topic.id, posted.postRef, card.hash, deps.clock.now()],
  );
  return 'did';
}

/** What an officer has to know of what they wrote, as a reply to it. */
async function answerOfficer(deps: ShowDeps, { group }: GroupState, topic: TopicFacts): Promise<Step> {
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

/** What was said in the chat since it was claimed: the next post of it. */
async function showNext(deps: ShowDeps, state: GroupState, topic: TopicFacts, label: string): Promise<Step> {
  if (!topic.has_unshown) return 'idle';
  const entries = await readUnshown(deps.db, deps, {
    topicId: topic.id,
    label: labelIn(state, label),
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
async function showChange(
  deps: ShowDeps,
  state: GroupState,
  topic: TopicFacts,
  label: string,
): Promise<Step> {
  if (!topic.has_changed) return 'idle';
  const shownAs = labelIn(state, label);
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

/** What became of an officer's word: a mark on it, or a sentence under it. */
async function tellFate(deps: ShowDeps, state: GroupState, topic: TopicFacts): Promise<Step> {
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

async function editCard(
  deps: ShowDeps,
  { group }: GroupState,
  topic: TopicFacts,
  card: Card & { hash: Uint8Array },
): Promise<Step> {
  if (topic.card_ref === null || isSame(topic.card_hash, card.hash)) return 'idle';
  const edited = await group.edit(topic.card_ref, card);
  if (!edited.ok && edited.outcome !== 'post_gone') return edited;
  const cardRef = edited.ok ? topic.card_ref : null;
  await deps.db.query(`UPDATE handoff_topic SET card_ref = $2, card_hash = $3 WHERE id = $1`, [
    topic.id,
    cardRef,
    card.hash,
  ]);
  return 'did';
}

async function renameThread(
  deps: ShowDeps,
  { group }: GroupState,
  topic: TopicFacts,
  card: Card & { titleHash: Uint8Array },
): Promise<Step> {
  if (topic.thread_ref === null || isSame(topic.title_hash, card.titleHash)) return 'idle';
  const renamed = await group.renameTopic(topic.thread_ref, card.title);
  // The name is a courtesy: where the right to change it was taken away, the card says the same.
  if (!renamed.ok && renamed.outcome !== 'refused' && renamed.outcome !== 'no_topics') return renamed;
  await deps.db.query(`UPDATE handoff_topic SET title_hash = $2 WHERE id = $1`, [topic.id, card.titleHash]);
  return 'did';
}

async function closeThread(deps: ShowDeps, { group }: GroupState, topic: TopicFacts): Promise<Step> {
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

async function endTopic(deps: ShowDeps, topic: TopicFacts): Promise<Step> {
  await deps.db.query(`UPDATE handoff_topic SET closed_at = coalesce(closed_at, $2) WHERE id = $1`, [
    topic.id,
    deps.clock.now(),
  ]);
  return 'idle';
}

/** The resident had all erased: what stands in the group goes as well. */
async function removeTopic(deps: ShowDeps, { group }: GroupState, topic: TopicFacts): Promise<Step> {
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

/** What a no means. Null: it was mended, go on. */
async function meetRefusal(
  deps: ShowDeps,
  state: GroupState,
  topic: TopicFacts,
  refusal: GroupRefusal,
): Promise<Shown | null> {
  const { db, clock } = deps;
  switch (refusal.outcome) {
    case 'wait':
      await release(db, topic.id);
      return { kind: 'wait' };
    case 'no_topics':
      if (topic.thread_ref === null) {
        await release(db, topic.id);
        return { kind: 'flat' };
      }
      break;
    case 'topic_gone':
      if (topic.thread_ref !== null) {
        await forgetThread(db, topic.thread_ref);
        return null;
      }
      break;
    case 'topic_closed': {
      // A person closed it by hand while the chat goes on.
      const reopened = topic.thread_ref === null ? refusal : await state.group.reopenTopic(topic.thread_ref);
      if (reopened.ok) return null;
      break;
    }
    case 'post_gone':
    case 'unknown':
    case 'refused':
      break;
  }
  // Said once a failure and not once a try.
  if (topic.attempts === 0)
    deps.log.warn(
      { topicId: topic.id, outcome: refusal.outcome, reason: refusal.reason },
      "the officers' group did not take something; it is tried again",
    );
  const again = new Date(clock.now().getTime() + retryDelayMs(topic.attempts));
  await db.query(
    `UPDATE handoff_topic SET attempts = attempts + 1, failure = $2, next_attempt_at = $3, claimed_until = NULL WHERE id = $1`,
    [topic.id, `${refusal.outcome}: ${refusal.reason}`, again],
  );
  return { kind: 'later' };
}

/** A person removed it: whoever needs it gets a new one, and a new card in it. */
async function forgetThread(db: Database, threadRef: string): Promise<void> {
  await db.query(`UPDATE handoff_topic SET thread_ref = NULL, card_ref = NULL WHERE thread_ref = $1`, [
    threadRef,
  ]);
}

/** Claims the row, or keeps the claim. Null where another has it. */
async function takeClaim(db: Database, topicId: string, now: Date, mine: Date | null): Promise<Date | null> {
  const until = new Date(now.getTime() + claimMs);
  const { rows } = await db.query<{ until: Date }>(
    `UPDATE handoff_topic t
        SET claimed_until = $2,
            shows_from = coalesce(t.shows_from, (SELECT h.claimed_at FROM handoff h WHERE h.id = t.handoff_id))
      WHERE t.id = $1
        AND CASE WHEN $4::timestamptz IS NULL THEN (t.claimed_until IS NULL OR t.claimed_until <= $3)
                                               AND (t.next_attempt_at IS NULL OR t.next_attempt_at <= $3)
                 ELSE t.claimed_until = $4 END
      RETURNING t.claimed_until AS until`,
    [topicId, until, now, mine],
  );
  return rows[0]?.until ?? null;
}

async function release(db: Database, topicId: string): Promise<void> {
  await db.query(
    `UPDATE handoff_topic SET claimed_until = NULL, attempts = 0, failure = NULL, next_attempt_at = NULL WHERE id = $1`,
    [topicId],
  );
}

/** Below one another, each chat's posts hang on its card. */
function placeIn(topic: TopicFacts): { threadRef: string | null; replyToRef: string | null } {
  return { threadRef: topic.thread_ref, replyToRef: topic.thread_ref === null ? topic.card_ref : null };
}

function labelIn(state: GroupState, label: string): string {
  return state.isFlat ? label : whoWords.resident;
}

function isSame(one: Uint8Array | null, other: Uint8Array): boolean {
  return one !== null && Buffer.from(one).equals(Buffer.from(other));
}
