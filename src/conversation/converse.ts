import type { Say, StepContext } from '../../flows/define-flow.ts';
import type { WordsOf } from '../../flows/words/load-words.ts';
import { purgeUnconsented } from '../actions/purge-unconsented.ts';
import { raiseAlert } from '../actions/raise-alert.ts';
import { takeOverByPhone } from '../actions/take-over-by-phone.ts';
import { inboundContentSchema } from '../domain/message.ts';
import type { ChannelName, InboundContent, Outbound } from '../domain/message.ts';
import type { Language } from '../domain/wita.ts';
import type { RoomFacts } from '../store/room-facts.ts';
import { sealed } from '../store/sealed.ts';
import type { Tx } from '../store/transact.ts';
import { matchChoice } from '../understanding/choice.ts';
import { findDanger } from '../understanding/danger.ts';
import { answerNotice } from './answer-notice.ts';
import { bindActions } from './bind-actions.ts';
import { compose } from './compose.ts';
import { readDialog } from './dialog.ts';
import type { Dialog } from './dialog.ts';
import { sayDanger } from './say-danger.ts';
import { takeTurn } from './take-turn.ts';
import type { TurnInput, TurnResult } from './take-turn.ts';
import { readToken } from './token.ts';
import { writeTurn } from './write-turn.ts';
import type { WrittenMessage } from './write-turn.ts';

/** A conversation as it stands under its lock. */
export type Held = {
  id: string;
  owner: 'bot' | 'human';
  dialog_sealed: Uint8Array | null;
  address_id: string;
  channel: ChannelName;
  resident_id: string;
  language: Language;
  wants_reminders: boolean;
  has_consent: boolean;
  handoff: 'waiting' | 'held' | null;
};

type Unprocessed = {
  id: string;
  author: 'resident' | 'phone';
  kind: string;
  content_sealed: Uint8Array | null;
  about_message_id: string | null;
  is_late: boolean;
};

export type Conversed = {
  /** What this step wrote and claimed to send, in order. */
  messages: WrittenMessage[];
  channel: ChannelName;
  /** False when nothing is left to take in. */
  hasMore: boolean;
  erasedFileKeys: string[];
};

export type ConverseDeps = {
  words: WordsOf;
  facts: RoomFacts;
  /** Whether this process holds a channel and so sends what is written for it. */
  holds: (channel: ChannelName) => boolean;
};

/** Takes the conversation's lock for this transaction; null when it is gone. */
export async function holdConversation(tx: Tx, conversationId: string): Promise<Held | null> {
  const { rows } = await tx.query<Held>(
    `SELECT c.id, c.owner, c.dialog_sealed, a.id AS address_id, a.channel, r.id AS resident_id, r.language, r.wants_reminders,
            EXISTS (SELECT 1 FROM consent k WHERE k.resident_id = r.id AND k.withdrawn_at IS NULL) AS has_consent,
            (SELECT h.status FROM handoff h WHERE h.conversation_id = c.id AND h.status IN ('waiting', 'held')) AS handoff
       FROM conversation c JOIN address a ON a.id = c.address_id JOIN resident r ON r.id = a.resident_id
      WHERE c.id = $1 FOR UPDATE OF c`,
    [conversationId],
  );
  return rows[0] ?? null;
}

/**
 * Takes in the oldest message of a conversation that has not been, under the conversation's lock: danger first, then
 * who owns it, then the dialog. State, effects and replies are one transaction; the caller sends what was written.
 *
 * @returns null when there is nothing to take in.
 */
export async function converse(
  tx: Tx,
  deps: ConverseDeps,
  conversationId: string,
): Promise<Conversed | null> {
  const held = await holdConversation(tx, conversationId);
  if (!held) return null;
  // A second statement, so that it sees what was committed while this one waited for the lock.
  const { rows } = await tx.query<Unprocessed>(
    `SELECT id, author, kind, content_sealed, about_message_id, is_late FROM message
      WHERE conversation_id = $1 AND direction = 'in' AND processed_at IS NULL ORDER BY seq LIMIT 2`,
    [conversationId],
  );
  const message = rows[0];
  if (!message) return null;
  const erasedFileKeys: string[] = [];
  const context = stepContext(tx, deps, held, (keys) => erasedFileKeys.push(...keys));
  const taken = await takeIn(tx, { held, message, context });
  const messages = await writeTurn(tx, {
    held,
    processedMessageId: message.id,
    dialog: taken.dialog,
    outbounds: taken.outbounds,
    silenceMinutes: taken.silenceMinutes,
    author: 'bot',
    isSender: deps.holds(held.channel),
  });
  if (!held.has_consent)
    await purgeUnconsented(tx, {
      conversationId,
      residentId: held.resident_id,
      isAsked: taken.dialog.standing?.flow === 'consent',
    });
  tx.changed({ kind: 'conversation', id: conversationId });
  return { messages, channel: held.channel, hasMore: rows.length > 1, erasedFileKeys };
}

export function stepContext(
  tx: Tx,
  deps: Pick<ConverseDeps, 'words' | 'facts'>,
  held: Held,
  onErased: (fileKeys: string[]) => void,
): StepContext {
  const { calendar, hotlines } = deps.facts;
  return {
    now: tx.now,
    channel: held.channel,
    language: held.language,
    t: deps.words(held.language),
    calendar,
    hotlines,
    hasConsent: held.has_consent,
    wantsReminders: held.wants_reminders,
    actions: bindActions(tx, { residentId: held.resident_id, conversationId: held.id, calendar }, onErased),
  };
}

type Taken = { dialog: Dialog; outbounds: Outbound[]; silenceMinutes: number | null | 'keep' };

async function takeIn(
  tx: Tx,
  input: { held: Held; message: Unprocessed; context: StepContext },
): Promise<Taken> {
  const { held, message, context } = input;
  const before = readDialog(held.dialog_sealed ? tx.vault.openJson(held.dialog_sealed, sealed.dialog) : null);
  const content = openContent(tx, message);
  if (!content) return quiet(before);

  // Danger comes first: in every state, before consent, whoever owns the conversation.
  const text = textOf(content);
  const danger = text === null || message.author === 'phone' ? null : findDanger(text);
  const alarm: Say[] = [];
  let dialog = before;
  if (danger) {
    await raiseAlert(tx, {
      conversationId: held.id,
      messageId: message.id,
      kind: danger.kind,
      severity: danger.severity,
    });
    alarm.push(sayDanger(danger, before.dangerAt ? new Date(before.dangerAt) : null, context));
    dialog = { ...before, dangerAt: tx.now.toISOString() };
  }

  if (content.kind === 'reachability') {
    await tx.query(`UPDATE address SET unreachable_at = $2 WHERE id = $1`, [
      held.address_id,
      content.reachable ? null : tx.now,
    ]);
    return quiet(dialog);
  }
  if (content.kind === 'edit' || content.kind === 'delete') {
    await noteChange(tx, message, content.kind);
    return finish({ dialog, says: [], prompt: null, silenceMinutes: null }, alarm, context, true);
  }
  if (message.author === 'phone') {
    await takeOverByPhone(tx, { conversationId: held.id, messageId: message.id });
    return quiet(dialog);
  }
  // While a human holds the conversation the bot keeps silent; only words on danger are answered.
  if (held.owner === 'human')
    return finish({ dialog, says: [], prompt: null, silenceMinutes: null }, alarm, context, true);

  const turn = await turnFor({ held, message, content, text, dialog, context });
  const isDerailing = danger !== null && turn.result.dialog.standing === null;
  // Where nothing was going on, the answer to danger is the answer; a menu under it would mock it.
  const result =
    isDerailing && turn.isFreeText
      ? { ...turn.result, dialog: { ...turn.result.dialog, misses: 0 }, says: [], prompt: null }
      : turn.result;
  return finish(result, alarm, context, false);
}

async function turnFor(input: {
  held: Held;
  message: Unprocessed;
  content: InboundContent;
  text: string | null;
  dialog: Dialog;
  context: StepContext;
}): Promise<{ result: TurnResult; isFreeText: boolean }> {
  const { held, message, content, text, dialog, context } = input;
  const incoming = { id: message.id, content };
  const take = async (turn: TurnInput, isFreeText = false) => ({
    result: await takeTurn(dialog, turn, context),
    isFreeText,
  });

  const token = content.kind === 'choice' ? content.token : offeredToken(dialog, text);
  if (token !== null) {
    const read = readToken(token);
    // A press that waited while we were down is answered, but what it asked for may no longer be meant.
    if (message.is_late && read.kind !== 'command') return take({ kind: 'stale', message: incoming });
    if (read.kind === 'command')
      return take({ kind: 'command', name: read.name, rest: '', message: incoming });
    if (read.kind === 'choice')
      return take({ kind: 'pressed', promptId: read.promptId, index: read.index, message: incoming });
    if (read.kind === 'unknown') return take({ kind: 'stale', message: incoming });
    const answer = await answerNotice(read.verb, read.code, context);
    const base = answer.begin
      ? await takeTurn(
          dialog,
          {
            kind: 'begin',
            flow: answer.begin.flow,
            opening: answer.begin.text ? { text: answer.begin.text } : {},
          },
          context,
        )
      : { dialog, says: [], prompt: null, silenceMinutes: null };
    return { result: { ...base, says: [...answer.says, ...base.says] }, isFreeText: false };
  }
  return take(
    { kind: 'message', message: incoming, text, waitsForOfficer: held.handoff === 'waiting' },
    true,
  );
}

/** A number or a word that answers the buttons of the last menu or notice, where nothing else is being asked. */
function offeredToken(dialog: Dialog, text: string | null): string | null {
  if (text === null || dialog.offers.length === 0) return null;
  if (dialog.standing && /^\s*\d+\s*$/.test(text)) return null;
  const match = matchChoice(
    text,
    dialog.offers.map((offer) => ({ id: offer.token, label: offer.label })),
  );
  return match.kind === 'one' ? match.id : null;
}

/** `keepsQuestion`: nothing was turned, so what stands and its silence go on as they were. */
function finish(result: TurnResult, alarm: Say[], context: StepContext, keepsQuestion: boolean): Taken {
  const { t, calendar } = context;
  const { promptId } = result.dialog;
  const outbounds = [
    ...compose({ says: alarm, prompt: null, promptId, room: calendar.room, t }),
    ...compose({ says: result.says, prompt: result.prompt, promptId, room: calendar.room, t }),
  ];
  const last = result.prompt
    ? undefined
    : outbounds.findLast((message) => message.kind === 'text' && message.choices.length > 0);
  const offers = last?.kind === 'text' ? last.choices : result.prompt ? [] : result.dialog.offers;
  return {
    dialog: keepsQuestion ? result.dialog : { ...result.dialog, offers: [...offers] },
    outbounds,
    silenceMinutes: keepsQuestion ? 'keep' : result.silenceMinutes,
  };
}

function quiet(dialog: Dialog): Taken {
  return { dialog, outbounds: [], silenceMinutes: 'keep' };
}

function openContent(tx: Tx, message: Unprocessed): InboundContent | null {
  if (!message.content_sealed) return null;
  const parsed = inboundContentSchema.safeParse(
    tx.vault.openJson(message.content_sealed, sealed.messageContent),
  );
  return parsed.success ? parsed.data : null;
}

function textOf(content: InboundContent): string | null {
  if (content.kind === 'text' || content.kind === 'edit') return content.text;
  if (content.kind === 'media') return content.caption;
  return null;
}

/** An edit is kept beside the original, and follows it into its concern. */
async function noteChange(tx: Tx, message: Unprocessed, kind: 'edit' | 'delete'): Promise<void> {
  if (!message.about_message_id) return;
  const column = kind === 'edit' ? 'edited_at' : 'deleted_at';
  await tx.query(`UPDATE message SET ${column} = $2 WHERE id = $1`, [message.about_message_id, tx.now]);
  if (kind === 'edit') {
    await tx.query(
      `UPDATE message SET concern_id = (SELECT concern_id FROM message WHERE id = $2) WHERE id = $1`,
      [message.id, message.about_message_id],
    );
  }
}

/**
 * A long silence ended an outpouring (or left a question of ours unanswered): the standing step hears of it, once.
 *
 * @returns null when it is not so any more.
 */
export async function hearSilence(
  tx: Tx,
  deps: ConverseDeps,
  conversationId: string,
): Promise<Conversed | null> {
  const held = await holdConversation(tx, conversationId);
  if (!held || held.owner !== 'bot' || !held.dialog_sealed) return null;
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM conversation WHERE id = $1 AND silence_due_at <= $2
        AND NOT EXISTS (SELECT 1 FROM message WHERE conversation_id = $1 AND direction = 'in' AND processed_at IS NULL)`,
    [conversationId, tx.now],
  );
  if (rows.length === 0) return null;
  const context = stepContext(tx, deps, held, () => undefined);
  const dialog = readDialog(tx.vault.openJson(held.dialog_sealed, sealed.dialog));
  const taken = finish(await takeTurn(dialog, { kind: 'silence' }, context), [], context, false);
  const messages = await writeTurn(tx, {
    held,
    processedMessageId: null,
    dialog: taken.dialog,
    outbounds: taken.outbounds,
    silenceMinutes: taken.silenceMinutes,
    author: 'bot',
    isSender: deps.holds(held.channel),
  });
  tx.changed({ kind: 'conversation', id: conversationId });
  return { messages, channel: held.channel, hasMore: false, erasedFileKeys: [] };
}
