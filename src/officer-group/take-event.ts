import type { GroupEvent, OfficerGroup } from '../../bots/officer-group.ts';
import { claimHandoff } from '../actions/claim-handoff.ts';
import { noteGroupSign } from '../actions/note-group-sign.ts';
import { useOfficerCode } from '../actions/officer-code.ts';
import { can } from '../desk/policy.ts';
import { greeting } from '../desk/resident-words.ts';
import { formatInstant } from '../domain/wita.ts';
import type { Clock } from '../ops/clock.ts';
import type { Database } from '../store/database.ts';
import { sealed } from '../store/sealed.ts';
import type { Transact } from '../store/transact.ts';
import type { Vault } from '../store/vault.ts';
import { readClaimToken } from './card.ts';
import { groupWords } from './group-words.ts';
import { findOfficer, senderHash } from './known-officer.ts';
import { isKnownCommand } from './run-command.ts';

export type TakeDeps = { db: Database; vault: Vault; clock: Clock; transact: Transact };

/**
 * Takes one event of the group. Words are only stored here, with the topic they belong to, and handled afterwards: a
 * large file must not hold up what residents write. What belongs to no chat is the officers' own talk and is not kept.
 */
export async function takeEvent(deps: TakeDeps, group: OfficerGroup, event: GroupEvent): Promise<void> {
  switch (event.kind) {
    case 'pressed':
      return press(deps, group, event);
    case 'sign_in':
      return signIn(deps, group, event);
    case 'edited':
      return noteEdit(deps, group, event);
    case 'command':
    case 'message':
      return store(deps, group, event);
  }
}

type Of<Kind extends GroupEvent['kind']> = Extract<GroupEvent, { kind: Kind }>;

/** The button of a card. The answer is seen by who pressed alone. */
async function press(deps: TakeDeps, group: OfficerGroup, event: Of<'pressed'>): Promise<void> {
  const answer = (text: string, isLoud = true) => group.answerPress(event.pressRef, text, isLoud);
  const topicId = readClaimToken(event.token);
  const officer = event.from && (await findOfficer(deps.db, senderHash(deps.vault, event.from.ref)));
  if (topicId === null) return answer(groupWords.gone);
  if (!officer) return answer(groupWords.howToLink);
  if (!can(officer, 'handoff.claim')) return answer(groupWords.notAllowed);
  const { rows } = await deps.db.query<{ conversation_id: string; is_over: boolean }>(
    `SELECT t.conversation_id, h.status = 'closed' AS is_over
       FROM handoff_topic t JOIN handoff h ON h.id = t.handoff_id WHERE t.id = $1`,
    [topicId],
  );
  const topic = rows[0];
  if (!topic) return answer(groupWords.gone);
  // An old card must not claim what the same resident asks for today.
  if (topic.is_over) return answer(groupWords.notWaiting);
  await deps.transact((tx) => noteGroupSign(tx, { officerId: officer.id, at: tx.now }));
  const claimed = await deps.transact((tx) =>
    claimHandoff(tx, {
      conversationId: topic.conversation_id,
      officerId: officer.id,
      greeting: greeting(officer.name),
    }),
  );
  switch (claimed.kind) {
    case 'claimed':
      return answer(groupWords.yours, false);
    case 'already_yours':
      return answer(groupWords.alreadyYours, false);
    case 'held_by_other':
      return answer(groupWords.heldBy(claimed.by.name));
    case 'not_waiting':
      return answer(groupWords.notWaiting);
    case 'not_found':
      return answer(groupWords.gone);
  }
}

/** The code is spent and seen by nobody any longer than need be. */
async function signIn(deps: TakeDeps, group: OfficerGroup, event: Of<'sign_in'>): Promise<void> {
  const { from } = event;
  if (!event.isPrivate) await group.remove(event.postRef);
  const say = async (text: string): Promise<void> => {
    if (event.isPrivate && from) return group.tell(from.ref, text);
    await group.post({
      threadRef: event.threadRef,
      replyToRef: null,
      content: { kind: 'text', text, buttons: [] },
    });
  };
  // All anonymous admins are one account: linking it would make each of them that officer.
  if (!from) return say(groupWords.anonymous);
  const used = await deps.transact((tx) => useOfficerCode(tx, { code: event.code, userRef: from.ref }));
  switch (used.kind) {
    case 'linked':
      return say(groupWords.linked(used.officerName));
    case 'wrong':
      return say(groupWords.wrongCode);
    case 'throttled':
      return say(groupWords.tooManyCodes(formatInstant(used.retryAt, 'id')));
    case 'taken':
      return say(groupWords.takenAccount);
  }
}

/** A resident has the first wording; the officer has to know. */
async function noteEdit(deps: TakeDeps, group: OfficerGroup, event: Of<'edited'>): Promise<void> {
  await deps.db.query(
    `INSERT INTO officer_group_event (event_key, topic_id, chat_ref, thread_ref, post_ref, handled_at, answer, created_at)
     SELECT $1, g.topic_id, $2, $3, $4, $5, $6, $5 FROM officer_group_message g
       JOIN handoff_topic t ON t.id = g.topic_id
      WHERE g.post_ref = $4 AND g.kind = 'said' AND t.chat_ref = $2 LIMIT 1
     ON CONFLICT (event_key) DO NOTHING`,
    [event.key, group.chatRef, event.threadRef, event.postRef, deps.clock.now(), groupWords.editNotSent],
  );
}

async function store(deps: TakeDeps, group: OfficerGroup, event: Of<'message' | 'command'>): Promise<void> {
  const topicId = await findTopic(deps, group, event);
  if (topicId === null && !(event.kind === 'command' && isKnownCommand(event.name))) return;
  const { vault } = deps;
  await deps.db.query(
    `INSERT INTO officer_group_event (event_key, topic_id, chat_ref, thread_ref, post_ref, sender_hash, event_sealed, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (event_key) DO NOTHING`,
    [
      event.key,
      topicId,
      group.chatRef,
      event.threadRef,
      event.postRef,
      event.from && senderHash(vault, event.from.ref),
      vault.sealJson(event, sealed.groupEvent),
      deps.clock.now(),
    ],
  );
}

/** By the topic it stands in, or else by what it replies to. A topic that is used again means its newest handoff. */
async function findTopic(
  deps: TakeDeps,
  group: OfficerGroup,
  event: Of<'message' | 'command'>,
): Promise<string | null> {
  if (event.threadRef === null && event.replyToRef === null) return null;
  const { rows } = await deps.db.query<{ id: string }>(
    `SELECT t.id FROM handoff_topic t
      WHERE t.chat_ref = $1 AND CASE WHEN $2::text IS NOT NULL THEN t.thread_ref = $2
              ELSE EXISTS (SELECT 1 FROM officer_group_message g WHERE g.topic_id = t.id AND g.post_ref = $3) END
      ORDER BY t.created_at DESC LIMIT 1`,
    [group.chatRef, event.threadRef, event.replyToRef],
  );
  return rows[0]?.id ?? null;
}
