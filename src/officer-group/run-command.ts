import type { GroupEvent } from '../../bots/officer-group.ts';
import { addNote } from '../actions/add-note.ts';
import { closeHandoff } from '../actions/close-handoff.ts';
import type { CloseHandoffResult } from '../actions/close-handoff.ts';
import { lockConversation } from '../actions/lock-conversation.ts';
import type { NotHolder } from '../actions/lock-conversation.ts';
import { readHandoffSettings } from '../actions/read-duty.ts';
import { returnToBot } from '../actions/return-to-bot.ts';
import { setPresence } from '../actions/set-presence.ts';
import { takeConversation } from '../actions/take-conversation.ts';
import { transferHandoff } from '../actions/transfer-handoff.ts';
import type { TransferHandoffResult } from '../actions/transfer-handoff.ts';
import { can, canReadConversation } from '../desk/policy.ts';
import type { ConversationSubject, Permission } from '../desk/policy.ts';
import { greeting, returned } from '../desk/resident-words.ts';
import { isUpForTaking } from '../domain/handoff.ts';
import type { Tx } from '../store/transact.ts';
import { groupWords } from './group-words.ts';
import type { Handled, HandleDeps, WaitingEvent } from './handle-events.ts';
import type { KnownOfficer } from './known-officer.ts';
import { referFromGroup } from './refer-from-group.ts';

type Command = Extract<GroupEvent, { kind: 'command' }>;
type Run = (tx: Tx, given: Given) => Promise<string>;
type Given = { conversationId: string; officer: KnownOfficer; rest: string; publicUrl: string };

/** A command more is a function and a line here (and in the help). These are about the chat of a topic. */
const commands: Readonly<Record<string, Run>> = {
  ambil: take,
  lepas: letGo,
  alih: transfer,
  rujuk: refer,
  selesai: close,
  catatan: note,
};

type RunOwn = (tx: Tx, given: { officer: KnownOfficer; at: Date }) => Promise<string>;

/** About the officer alone, wherever they are written. */
const ownCommands: Readonly<Record<string, RunOwn>> = {
  hadir: async (tx, given) => present(tx, given, 'on_duty'),
  pergi: async (tx, given) => present(tx, given, 'away'),
};

const helpCommands = ['bantuan', 'help', 'start'];

/** Whether a command is meant for us outside of any chat as well. */
export function isKnownCommand(name: string): boolean {
  return Object.hasOwn(commands, name) || isOwnCommand(name) || helpCommands.includes(name);
}

export function isOwnCommand(name: string): boolean {
  return Object.hasOwn(ownCommands, name);
}

/**
 * What an officer orders in a topic, or about themselves. The order, and that it was carried out, are one transaction, so that a repeat
 * changes nothing.
 */
export async function runCommand(
  deps: HandleDeps,
  event: WaitingEvent,
  officer: KnownOfficer,
  command: Command,
): Promise<Handled> {
  const run = Object.hasOwn(commands, command.name) ? commands[command.name] : undefined;
  const runOwn = isOwnCommand(command.name) ? ownCommands[command.name] : undefined;
  const answer = (text: string): Handled => ({ kind: 'handled', answer: text });
  if (runOwn)
    return answer(await runOnce(deps, event, (tx) => runOwn(tx, { officer, at: event.created_at })));
  if (!run) {
    const isAsked = helpCommands.includes(command.name);
    return answer(isAsked ? groupWords.help : `${groupWords.unknownCommand}\n\n${groupWords.help}`);
  }
  if (command.hasFile) return answer(groupWords.noteWithFile);
  const { topic_id: topicId } = event;
  if (topicId === null) return answer(groupWords.noTopic);
  const { rest } = command;
  const said = await runOnce(deps, event, async (tx, conversationId) =>
    conversationId === null
      ? groupWords.gone
      : run(tx, { conversationId, officer, rest, publicUrl: deps.publicUrl }),
  );
  return answer(said);
}

/** The order and its being carried out in one transaction; answers what is said of it. */
async function runOnce(
  deps: HandleDeps,
  event: WaitingEvent,
  run: (tx: Tx, conversationId: string | null) => Promise<string>,
): Promise<string> {
  return deps.transact(async (tx) => {
    const { rows } = await tx.query<{ conversation_id: string | null }>(
      `SELECT t.conversation_id FROM officer_group_event e LEFT JOIN handoff_topic t ON t.id = e.topic_id
        WHERE e.id = $1 AND e.handled_at IS NULL FOR UPDATE OF e`,
      [event.id],
    );
    const waiting = rows[0];
    if (!waiting) return groupWords.gone;
    const text = await run(tx, waiting.conversation_id);
    await tx.query(
      `UPDATE officer_group_event SET handled_at = $2, answer = $3, event_sealed = NULL, claimed_until = NULL WHERE id = $1`,
      [event.id, tx.now, text],
    );
    return text;
  });
}

async function present(
  tx: Tx,
  { officer, at }: { officer: KnownOfficer; at: Date },
  presence: 'on_duty' | 'away',
): Promise<string> {
  const { groupGoneAfterMinutes: minutes } = await readHandoffSettings(tx);
  const inGroupUntil = new Date(at.getTime() + minutes * 60_000);
  await setPresence(tx, { officerId: officer.id, presence, inGroupUntil });
  return presence === 'on_duty' ? groupWords.present(minutes) : groupWords.away;
}

async function take(tx: Tx, { conversationId, officer }: Given): Promise<string> {
  if (!can(officer, 'conversation.take')) return groupWords.notAllowed;
  const { id: officerId, name } = officer;
  const taken = await takeConversation(tx, { conversationId, officerId, greeting: greeting(name) });
  switch (taken.kind) {
    case 'claimed':
      return groupWords.held(name);
    case 'already_yours':
      return groupWords.alreadyYours;
    case 'not_found':
    case 'not_waiting':
      return groupWords.gone;
    case 'held_by_other': {
      if (officer.role !== 'supervisor') return groupWords.notYours(taken.by.name);
      const moved = await transferHandoff(tx, {
        conversationId,
        officerId,
        toOfficerId: officerId,
        note: '',
        mayOverride: true,
      });
      return moved.kind === 'transferred' ? groupWords.held(name) : sentenceFor(moved);
    }
  }
}

/** Back to the bot, which says so to the resident; or back into the queue, which needs no word. */
async function letGo(tx: Tx, { conversationId, officer, rest }: Given): Promise<string> {
  if (!can(officer, 'handoff.close')) return groupWords.notAllowed;
  const mayOverride = officer.role === 'supervisor';
  const given = { conversationId, officerId: officer.id, mayOverride };
  if (/^antre/i.test(rest)) {
    const moved = await transferHandoff(tx, { ...given, toOfficerId: null, note: '' });
    return moved.kind === 'transferred' ? groupWords.queued : sentenceFor(moved);
  }
  const gone = await returnToBot(tx, { ...given, word: returned });
  return gone.kind === 'closed' ? groupWords.returned : sentenceFor(gone);
}

async function close(tx: Tx, { conversationId, officer, rest }: Given): Promise<string> {
  if (!can(officer, 'handoff.close')) return groupWords.notAllowed;
  const closed = await closeHandoff(tx, {
    conversationId,
    officerId: officer.id,
    outcome: 'closed',
    word: rest,
    mayOverride: officer.role === 'supervisor',
  });
  return closed.kind === 'closed' ? groupWords.closed : sentenceFor(closed);
}

async function transfer(tx: Tx, { conversationId, officer, rest }: Given): Promise<string> {
  if (!can(officer, 'handoff.transfer')) return groupWords.notAllowed;
  const wanted = rest.replace(/^@/, '').trim();
  if (wanted === '') return groupWords.transferTo;
  const { rows } = await tx.query<{ id: string; name: string }>(
    `SELECT id, name FROM officer
      WHERE is_active AND role <> 'analyst' AND (lower(login) = lower($1) OR starts_with(lower(name), lower($1)))
      ORDER BY (lower(login) = lower($1) OR lower(name) = lower($1)) DESC, name LIMIT 5`,
    [wanted],
  );
  const [first] = rows;
  if (!first) return groupWords.unknownOfficer(wanted);
  const isExact = first.name.toLowerCase() === wanted.toLowerCase();
  if (rows.length > 1 && !isExact) return groupWords.severalOfficers(rows.map(({ name }) => name));
  const moved = await transferHandoff(tx, {
    conversationId,
    officerId: officer.id,
    toOfficerId: first.id,
    note: '',
    mayOverride: officer.role === 'supervisor',
  });
  return moved.kind === 'transferred' ? groupWords.transferred(first.name) : sentenceFor(moved);
}

/** For colleagues alone: the resident never sees it. */
async function note(tx: Tx, given: Given): Promise<string> {
  const { conversationId, officer, rest } = given;
  if (rest === '') return groupWords.noteEmpty;
  const refused = await notReader(tx, given, 'note.write');
  if (refused !== null) return refused;
  await addNote(tx, { conversationId, officerId: officer.id, body: rest });
  return groupWords.noteKept;
}

async function refer(tx: Tx, given: Given): Promise<string> {
  return (await notReader(tx, given, 'referral.handle')) ?? referFromGroup(tx, given);
}

/** Why this officer may not do it, as on the desk: who may read the chat may. Null: nothing is in the way. */
async function notReader(
  tx: Tx,
  { conversationId, officer }: Given,
  permission: Permission,
): Promise<string | null> {
  const conversation = await lockConversation(tx, conversationId);
  if (!conversation) return groupWords.gone;
  const { handoff } = conversation;
  const subject: ConversationSubject = {
    holderId: handoff?.status === 'held' ? handoff.officerId : null,
    isWaiting: handoff !== null && isUpForTaking(handoff),
    guestIds: handoff?.guestIds ?? [],
  };
  if (can(officer, permission) && canReadConversation(officer, subject)) return null;
  return handoff?.officerName ? groupWords.notYours(handoff.officerName) : groupWords.notHeld;
}

function sentenceFor(
  result: Exclude<CloseHandoffResult | TransferHandoffResult, { kind: 'closed' | 'transferred' }> | NotHolder,
): string {
  switch (result.kind) {
    case 'held_by_other':
      return groupWords.notYours(result.by.name);
    case 'not_held':
      return groupWords.notHeld;
    case 'unknown_officer':
    case 'not_found':
      return groupWords.gone;
  }
}
