import type { GroupRefusal } from '../../bots/officer-group.ts';
import { retryDelayMs } from '../conversation/deliver.ts';
import type { Database } from '../store/database.ts';
import { answerOfficer, tellFate } from './answer-officer.ts';
import { cardOf, editCard, putCard } from './keep-card.ts';
import { closeThread, endTopic, openThread, renameThread } from './keep-thread.ts';
import { removeTopic } from './remove-topic.ts';
import { showChange, showNext } from './show-messages.ts';
import { forgetThread, isSame } from './show-step.ts';
import type { GroupState, ShowDeps, Step } from './show-step.ts';
import { readTopic } from './topic-facts.ts';
import type { TopicFacts } from './topic-facts.ts';

/** `wait`: the group takes nothing now. `flat`: it has just turned out to have no topics. */
export type Shown = { kind: 'shown' | 'flat' | 'later' } | { kind: 'wait'; afterMs: number };

const claimMs = 60_000;

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
    // One call of the platform takes less than half of a claim, so half of one is always left.
    if (claim.getTime() - clock.now().getTime() < claimMs / 2)
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
  // It was over before it came to stand anywhere.
  if (topic.status === 'closed' && topic.card_ref === null && topic.thread_ref === null)
    return endTopic(deps, topic);
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
      return { kind: 'wait', afterMs: refusal.afterMs };
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

/** Claims the row, or keeps the claim. Null where another has it. */
async function takeClaim(db: Database, topicId: string, now: Date, mine: Date | null): Promise<Date | null> {
  const until = new Date(now.getTime() + claimMs);
  const { rows } = await db.query<{ until: Date }>(
    `UPDATE handoff_topic t
        SET claimed_until = $2,
            shows_from = coalesce(t.shows_from, (SELECT h.claimed_at FROM handoff h
                                                  WHERE h.id = t.handoff_id AND h.officer_id IS NOT NULL))
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
