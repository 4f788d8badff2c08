import type { GroupEvent, OfficerGroup } from '../../bots/officer-group.ts';
import type { Change } from '../store/transact.ts';
import { groupWords } from './group-words.ts';
import { handleEvents } from './handle-events.ts';
import type { HandleDeps } from './handle-events.ts';
import { lacksSomething, showTopic } from './show-topic.ts';
import type { GroupState, ShowDeps } from './show-step.ts';
import { takeEvent } from './take-event.ts';
import { readOpenTopics } from './topic-facts.ts';

export type GroupMirrorDeps = ShowDeps &
  Omit<HandleDeps, keyof ShowDeps> & {
    /** The group, where this process has its channel. */
    group: () => OfficerGroup | undefined;
    /** Whether chats are shown in their topics, or only their cards. */
    showsMessages: () => Promise<boolean>;
  };

/** The officers' group as a second desk. */
export type GroupMirror = {
  /** Stores what happened in the group; resolves after the commit. */
  take(event: GroupEvent): Promise<void>;
  /** The doorbell: something may be new. */
  hear(change: Change): void;
  /** Looks at everything that is due; resolves when it is done. */
  look(): Promise<void>;
  /** What a process that is gone had claimed is free: called where nobody else can have the group. */
  takeOver(): Promise<void>;
  /** Resolves when nothing is under way; true if something was. */
  idle(): Promise<boolean>;
};

/** After this long we ask the group again whether it has topics for us by now. */
const askAgainMs = 6 * 3_600_000;

/**
 * Shows in the group what the database says, and lets officers work there. Nothing on the way of a message knows of
 * it: it compares, and the change feed and the sweep say when to look.
 */
export function createGroupMirror(deps: GroupMirrorDeps): GroupMirror {
  const { db, clock, log } = deps;
  /** Conversations with an open topic: of all others a change is none of ours. */
  let watched: ReadonlySet<string> = new Set();
  /** Until then the group takes nothing; what is said meanwhile gathers, and the sweep looks. */
  let pausedUntil = 0;
  /** A conversation's change makes no handoff. */
  let mayBeNew = true;

  const stateOf = async (group: OfficerGroup): Promise<GroupState> => {
    const { rows } = await db.query<{ flat_since: Date | null; flat_told_at: Date | null }>(
      `SELECT flat_since, flat_told_at FROM officer_group WHERE chat_ref = $1`,
      [group.chatRef],
    );
    const since = rows[0]?.flat_since ?? null;
    const isFlat = since !== null && clock.now().getTime() - since.getTime() < askAgainMs;
    group.note(since === null ? null : groupWords.flatNote);
    if (isFlat && rows[0]?.flat_told_at === null) await sayFlat(group);
    return { group, isFlat, showsMessages: await deps.showsMessages() };
  };

  const sayFlat = async (group: OfficerGroup): Promise<void> => {
    const said = await group.post({
      threadRef: null,
      replyToRef: null,
      content: { kind: 'text', text: groupWords.flat, buttons: [] },
    });
    if (said.ok)
      await db.query(`UPDATE officer_group SET flat_told_at = $2 WHERE chat_ref = $1`, [
        group.chatRef,
        clock.now(),
      ]);
  };

  const noteFlat = async (group: OfficerGroup): Promise<void> => {
    await db.query(
      `INSERT INTO officer_group (chat_ref, flat_since) VALUES ($1, $2)
       ON CONFLICT (chat_ref) DO UPDATE SET flat_since = excluded.flat_since`,
      [group.chatRef, clock.now()],
    );
  };

  const addTopics = async (group: OfficerGroup): Promise<void> => {
    await db.query(
      `INSERT INTO handoff_topic (handoff_id, conversation_id, chat_ref, created_at)
       SELECT h.id, h.conversation_id, $1, $2 FROM handoff h
        WHERE h.status IN ('waiting', 'held')
          AND NOT EXISTS (SELECT 1 FROM handoff_topic t WHERE t.handoff_id = h.id)
       ON CONFLICT (handoff_id) DO NOTHING`,
      [group.chatRef, clock.now()],
    );
  };

  /** Answers to what was asked outside of any chat. */
  const answerElsewhere = async (group: OfficerGroup): Promise<void> => {
    const { rows } = await db.query<{
      id: number;
      thread_ref: string | null;
      post_ref: string;
      answer: string;
    }>(
      `SELECT id, thread_ref, post_ref, answer FROM officer_group_event
        WHERE topic_id IS NULL AND chat_ref = $1 AND answer IS NOT NULL AND answered_at IS NULL ORDER BY id LIMIT 5`,
      [group.chatRef],
    );
    for (const event of rows) {
      const said = await group.post({
        threadRef: event.thread_ref,
        replyToRef: event.post_ref,
        content: { kind: 'text', text: event.answer, buttons: [] },
      });
      if (!said.ok && said.outcome === 'wait') return;
      await db.query(`UPDATE officer_group_event SET answered_at = $2 WHERE id = $1`, [
        event.id,
        clock.now(),
      ]);
    }
  };

  /** Cards before everything else, danger's first; then what each topic lacks. One post in flight in the group. */
  const show = async (): Promise<void> => {
    const group = deps.group();
    if (!group) return;
    if (mayBeNew) {
      mayBeNew = false;
      await addTopics(group);
    }
    const state = await stateOf(group);
    const now = clock.now();
    const topics = await readOpenTopics(db, {
      chatRef: group.chatRef,
      now,
      showsMessages: state.showsMessages,
    });
    watched = new Set(topics.map((topic) => topic.conversation_id));
    const due = topics.filter(
      (topic) =>
        (topic.next_attempt_at === null || topic.next_attempt_at <= now) &&
        lacksSomething(deps, state, topic),
    );
    for (const isCardOnly of [true, false]) {
      for (const topic of due) {
        if (isCardOnly && topic.card_ref !== null) continue;
        const shown = await showTopic(deps, state, { topicId: topic.id, isCardOnly });
        if (shown.kind === 'wait') {
          pausedUntil = clock.now().getTime() + shown.afterMs;
          return;
        }
        if (shown.kind === 'flat') {
          await noteFlat(group);
          return show();
        }
      }
    }
    await noteTopics(group, state);
    await answerElsewhere(group);
  };

  /** It has topics after all: somebody has turned them on. */
  const noteTopics = async (group: OfficerGroup, state: GroupState): Promise<void> => {
    if (state.isFlat) return;
    await db.query(
      `UPDATE officer_group SET flat_since = NULL, flat_told_at = NULL
        WHERE chat_ref = $1 AND flat_since IS NOT NULL
          AND EXISTS (SELECT 1 FROM handoff_topic t WHERE t.chat_ref = $1 AND t.thread_ref IS NOT NULL AND t.closed_at IS NULL)`,
      [group.chatRef],
    );
  };

  const showLane = createLane(show, (error) =>
    log.error({ err: error }, "the officers' group could not be brought up to date; the sweep tries again"),
  );
  const handleLane = createLane(
    async () => {
      if (deps.group() && (await handleEvents(deps)) > 0) void showLane.look();
    },
    (error) => log.error({ err: error }, 'what officers wrote in their group waits; the sweep tries again'),
  );

  return {
    take: async (event) => {
      const group = deps.group();
      if (!group) return;
      await takeEvent(deps, group, event);
      void handleLane.look();
      if (event.kind === 'edited') void showLane.look();
    },
    hear: (change) => {
      const isOurs =
        change.kind === 'handoff' ||
        change.kind === 'alert' ||
        (change.kind === 'conversation' && watched.has(change.id) && clock.now().getTime() >= pausedUntil);
      if (!isOurs || !deps.group()) return;
      if (change.kind !== 'conversation') mayBeNew = true;
      void showLane.look();
    },
    look: async () => {
      mayBeNew = true;
      await handleLane.look();
      await showLane.look();
    },
    takeOver: async () => {
      await db.query(`UPDATE handoff_topic SET claimed_until = NULL WHERE claimed_until IS NOT NULL`);
      await db.query(
        `UPDATE officer_group_event SET claimed_until = NULL WHERE claimed_until IS NOT NULL AND handled_at IS NULL`,
      );
    },
    idle: async () => {
      let wasBusy = false;
      while (handleLane.isBusy() || showLane.isBusy()) {
        wasBusy = true;
        await handleLane.idle();
        await showLane.idle();
      }
      return wasBusy;
    },
  };
}

/** One run at a time; what comes meanwhile makes it go round once more. */
function createLane(run: () => Promise<void>, onError: (error: unknown) => void) {
  let current: Promise<void> | null = null;
  let isAskedAgain = false;
  const go = async (): Promise<void> => {
    try {
      do {
        isAskedAgain = false;
        await run();
      } while (isAskedAgain);
    } catch (error) {
      onError(error);
    } finally {
      current = null;
    }
  };
  return {
    look: (): Promise<void> => {
      if (current) isAskedAgain = true;
      else current = go();
      return current;
    },
    isBusy: () => current !== null,
    idle: () => current ?? Promise.resolve(),
  };
}
