import type { Say, StepContext } from '../../flows/define-flow.ts';
import type { WordsOf } from '../../flows/words/load-words.ts';
import { purgeUnconsented } from '../actions/purge-unconsented.ts';
import { isLastDangerDismissed } from '../actions/dismiss-alert.ts';
import { addToAlert, raiseAlert } from '../actions/raise-alert.ts';
import { isAnybodyTold } from '../actions/read-reach.ts';
import type { CallWay } from '../actions/read-reach.ts';
import { returnFromPhone } from '../actions/return-from-phone.ts';
import { takeOverByPhone } from '../actions/take-over-by-phone.ts';
import { dangerKinds } from '../domain/danger-kind.ts';
import type { ChannelName, InboundContent } from '../domain/message.ts';
import { ConversationsBusy } from '../store/lock-order.ts';
import type { RoomFacts } from '../store/room-facts.ts';
import { sealed } from '../store/sealed.ts';
import type { Tx } from '../store/transact.ts';
import { findDanger } from '../understanding/danger.ts';
import type { Danger } from '../understanding/danger.ts';
import { isEnglish } from '../understanding/english.ts';
import { answerSafety, hearSafety, isSign } from './after-danger.ts';
import { askBack } from './ask-notice-again.ts';
import { answerConsent } from './answer-consent.ts';
import { answerNotice } from './answer-notice.ts';
import { answerPage } from './answer-page.ts';
import { isDangerFresh, readDialog, withDanger, withoutNotice } from './dialog.ts';
import type { Dialog } from './dialog.ts';
import { exactChoice } from './exact-choice.ts';
import { holdAll, holdWithOldest, sealedAddressOf } from './hold-conversation.ts';
import type { Held, SealedAddress, Unprocessed } from './hold-conversation.ts';
import { FailedStep } from './failed-step.ts';
import { saysDone } from './hear.ts';
import { noteCourtesy } from './note-courtesy.ts';
import { answeredInWords, offeredToken, wishedChange } from './offered-token.ts';
import { openContent, textOf } from './open-content.ts';
import { sayDanger } from './say-danger.ts';
import { sayNobodyThere } from './say-nobody-there.ts';
import { stepContext } from './step-context.ts';
import { isListening } from './standing.ts';
import { takeTurn } from './take-turn.ts';
import type { TurnInput, TurnResult } from './take-turn.ts';
import { turned, unturned } from './taken.ts';
import type { Taken } from './taken.ts';
import { readToken } from './token.ts';
import { writeTurn } from './write-turn.ts';
import type { WrittenMessage } from './write-turn.ts';

export type Conversed = {
  /** What this step wrote and claimed to send, in order. */
  messages: WrittenMessage[];
  /** Where they go. */
  to: SealedAddress;
  /** False when nothing is left to take in. */
  hasMore: boolean;
};

export type ConverseDeps = {
  words: WordsOf;
  facts: RoomFacts;
  /** Whether this process holds a channel and so sends what is written for it. */
  holds: (channel: ChannelName) => boolean;
  callWays: readonly CallWay[];
};

/**
 * Takes in the oldest message of a conversation that has not been, under the conversation's lock: danger first, then
 * who owns it, then the dialog. State, effects and replies are one transaction; the caller sends what was written.
 *
 * @returns null when there is nothing to take in.
 * @throws FailedStep when a message could not be taken in.
 * @throws ConversationsBusy when the step needs other conversations too: begin anew and name them as `alsoNeeded`.
 */
export async function converse(
  tx: Tx,
  deps: ConverseDeps,
  conversationId: string,
  alsoNeeded: readonly string[] = [],
): Promise<Conversed | null> {
  if (alsoNeeded.length > 0) await holdAll(tx, [conversationId, ...alsoNeeded]);
  const oldest = await holdWithOldest(tx, conversationId);
  if (!oldest) return null;
  try {
    return await step(tx, deps, oldest);
  } catch (error) {
    throw error instanceof ConversationsBusy ? error : new FailedStep(oldest.message.id, error);
  }
}

async function step(
  tx: Tx,
  deps: ConverseDeps,
  { held, message, hasMore }: { held: Held; message: Unprocessed; hasMore: boolean },
): Promise<Conversed> {
  const conversationId = held.id;
  const context = stepContext(tx, deps, held);
  const taken = await takeIn(tx, {
    held,
    message,
    context,
    isToldNow: () => isAnybodyTold(tx, tx.now, deps.callWays),
  });
  const messages = await writeTurn(tx, {
    held,
    processedMessageId: message.id,
    dialog: taken.dialog,
    outbounds: taken.outbounds,
    silenceMinutes: taken.silenceMinutes,
    author: 'bot',
    isSender: deps.holds(held.channel),
  });
  // While an officer talks with somebody who never came to consent (danger brought them), their words must be readable.
  if (!held.has_consent && held.owner === 'bot') {
    const { standing, suspended } = taken.dialog;
    const isAsked = standing?.flow === 'consent' || suspended?.flow === 'consent';
    await purgeUnconsented(tx, { conversationId, residentId: held.resident_id, isAsked });
  }
  tx.changed({ kind: 'conversation', id: conversationId });
  return { messages, to: sealedAddressOf(held), hasMore };
}

async function takeIn(
  tx: Tx,
  input: { held: Held; message: Unprocessed; context: StepContext; isToldNow: () => Promise<boolean> },
): Promise<Taken> {
  const { held, message, isToldNow } = input;
  let { context } = input;
  const kept = readDialog(held.dialog_sealed ? tx.vault.openJson(held.dialog_sealed, sealed.dialog) : null);
  const before = {
    ...kept,
    ackedWaitingAt: held.handoff === null ? null : kept.ackedWaitingAt,
    // An officer has read what was heard as danger, and it was none: nothing more is heard in that light.
    danger: (await isDangerOff(tx, held, kept)) ? null : kept.danger,
  };
  const content = openContent(tx.vault, message);
  if (!content) return unturned(before, [], context);
  if (content.kind === 'reachability') {
    await noteReachability(tx, held, content.reachable);
    return unturned(before, [], context);
  }
  if (message.author === 'phone') {
    await takeOverByPhone(tx, { conversationId: held.id, messageId: message.id });
    return unturned(before, [], context);
  }
  // Whoever writes to us can be written to.
  if (held.is_unreachable) await noteReachability(tx, held, true);

  const paged = content.kind === 'choice' ? await answerPage(tx, held, content.token) : null;
  if (paged) return unturned(before, [paged], context);

  // Danger comes first: in every state, before consent, whoever owns the conversation.
  const text = textOf(content);
  if (speaksEnglish(text, before, context)) {
    await context.actions.setLanguage({ language: 'en' });
    context = { ...context, language: 'en', t: context.words('en') };
  }
  const heard =
    content.kind === 'choice' || offeredToken(before, text) !== null
      ? null
      : hearSafety(before, text, context);
  const found = text === null ? null : findDanger(text);
  // "Dia ada di sini" answers "are you safe now?", though it would be danger by itself.
  const isNotSafe = heard === 'unsafe' || heard === 'unclear';
  const isMore = found?.severity === 'darurat' && (found.kind !== before.danger?.kind || !isNotSafe);
  const isAnswer = heard !== null && heard !== 'safe' && !isMore;
  const danger = isAnswer ? null : found;
  const first: Say[] = danger ? [await alarm(tx, { held, message, context, before, danger, isToldNow })] : [];
  let dialog = danger ? withDanger(before, danger, tx.now) : before;
  if (heard === 'safe' && !danger) await addToAlert(tx, { conversationId: held.id, messageId: message.id });
  if (isAnswer && found) await alarmAgain(tx, { held, message, before: before.danger, found });
  if (content.kind === 'media' && (await isTooLarge(tx, message)))
    first.push({ kind: 'text', text: context.t('file-too-large', { megabytes: megabytesOf(context) }) });

  if (content.kind === 'edit' || content.kind === 'delete') {
    await noteChange(tx, message, content.kind);
    return unturned(dialog, first, context);
  }
  // While a human holds the conversation the bot keeps silent; words on danger, the buttons of a notice and the question
  // for consent are answered, and whoever writes after hours hears that nobody is there.
  const isHuman =
    held.owner === 'human' && (await returnFromPhone(tx, { conversationId: held.id })).kind === 'kept';
  if (isHuman) {
    const answered = await answerConsent(tx, { conversationId: held.id, message, content, dialog, context });
    if (answered) return turned(answered, first, context);
    const pressed = await answerPressedNotice(message, content, context);
    const isAnswered = first.length + pressed.length > 0;
    const isDanger = found !== null || isDangerFresh(dialog.danger, tx.now);
    const isDone = isAnswered || (!isDanger && (await noteCourtesy(tx, { messageId: message.id, content })));
    const nobody = isDone ? null : await sayNobodyThere(tx, { conversationId: held.id, dialog, context });
    const isPressed = pressed.length > 0 && content.kind === 'choice';
    return unturned(
      nobody?.dialog ?? (isPressed ? withoutNotice(dialog, content.token) : dialog),
      [...first, ...pressed, ...(nobody ? [nobody.say] : [])],
      context,
    );
  }

  context = { ...context, isHeld: false };
  const safety = danger ? null : heard;
  if (safety !== null) {
    if (isSign(safety)) await alarmAgain(tx, { held, message, before: before.danger, found });
    const { say, danger: after } = answerSafety(
      safety,
      before,
      context,
      isSign(safety) && (await isToldNow()),
    );
    first.push(say);
    dialog = { ...before, misses: 0, danger: after };
    if (safety === 'listening' && context.hasConsent && !isListening(before)) {
      const begun = {
        kind: 'command' as const,
        name: 'curhat' as const,
        rest: '',
        message: { id: message.id, content },
      };
      return turned(await takeTurn(dialog, begun, context), first, context);
    }
    // An outpouring takes in whatever is said, and this too; but a "sudah" that answers us does not end it.
    if (!isListening(before) || exactChoice(text ?? '', before.choices) !== null || saysDone(text ?? ''))
      return unturned(dialog, first, context);
  }

  const turn = await turnFor({ held, message, content, text, dialog, context, isDanger: danger !== null });
  if (danger && turn.isFreeText && isBesideThePoint(dialog, turn.result))
    return unturned({ ...dialog, misses: 0 }, first, context);
  const { result } = turn;
  // Any other question, and "are you safe now?" is no longer the last thing asked.
  const isOver = isListening(result.dialog) ? !danger && safety === null : result.prompt !== null;
  if (!isOver) return turned(result, first, context);
  const over = { ...result.dialog, danger: withoutTalk(result.dialog.danger) };
  return turned({ ...result, dialog: over }, first, context);
}

function withoutTalk(danger: Dialog['danger']): Dialog['danger'] {
  return danger && { ...danger, isAsked: false, isTalk: false };
}

async function isDangerOff(tx: Tx, held: Held, { danger }: Dialog): Promise<boolean> {
  return isDangerFresh(danger, tx.now) && (await isLastDangerDismissed(tx, { conversationId: held.id }));
}

/** Not safe, or nothing that says so: one sign more for the officers. */
async function alarmAgain(
  tx: Tx,
  given: { held: Held; message: Unprocessed; before: Dialog['danger']; found: Danger | null },
): Promise<void> {
  const { held, message, before, found } = given;
  const known = dangerKinds.find((kind) => kind === before?.kind);
  if (!known) return;
  const isAcute = before?.severity === 'darurat' || found?.severity === 'darurat';
  const severity = isAcute ? 'darurat' : 'tinggi';
  await raiseAlert(tx, { conversationId: held.id, messageId: message.id, kind: known, severity });
}

/** Plain English from somebody of whom nothing else is known is answered in English, the question for consent first of all. */
function speaksEnglish(text: string | null, dialog: Dialog, { language, hasConsent }: StepContext): boolean {
  return text !== null && language === 'id' && !hasConsent && !dialog.isLanguageSettled && isEnglish(text);
}

/** Marks the danger for the officers and says what helps. */
async function alarm(
  tx: Tx,
  input: {
    held: Held;
    message: Unprocessed;
    context: StepContext;
    before: Dialog;
    danger: Danger;
    isToldNow: () => Promise<boolean>;
  },
): Promise<Say> {
  const { held, message, context, before, danger } = input;
  const { kind, severity } = danger;
  await raiseAlert(tx, { conversationId: held.id, messageId: message.id, kind, severity });
  return sayDanger(danger, before.danger, context, await input.isToldNow());
}

/** After words on danger, a menu, the question for consent or "I did not catch that" would mock them. */
function isBesideThePoint(dialog: Dialog, result: TurnResult): boolean {
  const { standing } = result.dialog;
  if (!dialog.standing) return standing === null || standing.flow === 'consent';
  const isSameStep = standing?.flow === dialog.standing.flow && standing.step === dialog.standing.step;
  return isSameStep && result.prompt !== null;
}

async function turnFor(input: {
  held: Held;
  message: Unprocessed;
  content: InboundContent;
  text: string | null;
  dialog: Dialog;
  context: StepContext;
  isDanger: boolean;
}): Promise<{ result: TurnResult; isFreeText: boolean }> {
  const { held, message, content, text, dialog, context, isDanger } = input;
  const incoming = { id: message.id, content };
  const take = async (turn: TurnInput, isFreeText = false) => ({
    result: await takeTurn(dialog, turn, context),
    isFreeText,
  });

  const pressed = content.kind === 'choice' ? content.token : offeredToken(dialog, text);
  const wish = pressed === null ? wishedChange(dialog, text, context.now) : null;
  const said =
    pressed === null && wish === null && !isDanger ? answeredInWords(dialog, text, context.now) : null;
  if (said?.kind === 'unclear') {
    const base = await takeTurn(dialog, { kind: 'nothing' }, context);
    return { result: { ...base, says: [askBack(said.offers, context)] }, isFreeText: false };
  }
  const token = said?.token ?? pressed;
  if (token === null) {
    if (wish !== null)
      return take({ kind: 'begin', flow: 'referral-change', opening: { text: wish, message: incoming } });
    const waitsForOfficer = held.handoff === 'waiting';
    return take({ kind: 'message', message: incoming, text, waitsForOfficer }, true);
  }
  const read = readToken(token);
  // A press that waited while we were down is answered, but what it asked for may no longer be meant.
  if (read.kind === 'unknown' || read.kind === 'alert' || (message.is_late && read.kind !== 'command'))
    return take({ kind: 'stale', message: incoming });
  if (read.kind === 'command') return take({ kind: 'command', name: read.name, rest: '', message: incoming });
  if (read.kind === 'choice')
    return take({ kind: 'pressed', promptId: read.promptId, index: read.index, message: incoming });

  const answer = await answerNotice(read.verb, read.code, context);
  // "Belum, air masih mati": why it is not settled belongs to what is open again.
  if (said && read.verb === 'unsettled' && (await addToCode(read.code, message.id, context)))
    answer.says.push({ kind: 'text', text: context.t('concern-kept-more') });
  const { flow, ...opening } = answer.begin ?? {};
  const begun: TurnInput = flow === undefined ? { kind: 'nothing' } : { kind: 'begin', flow, opening };
  const base = await takeTurn(withoutNotice(dialog, token), begun, context);
  return { result: { ...base, says: [...answer.says, ...base.says] }, isFreeText: false };
}

async function addToCode(code: string, messageId: string, { actions }: StepContext): Promise<boolean> {
  const concern = (await actions.findConcerns({})).find((one) => one.code === code);
  if (concern) await actions.addToConcern({ concernId: concern.id, messageId });
  return concern !== undefined;
}

/**
 * While a human talks with the resident, the button of a notice is still carried out, as far as it begins no talk; one
 * that would is answered, so that nobody waits for what it promised.
 */
async function answerPressedNotice(
  message: Unprocessed,
  content: InboundContent,
  context: StepContext,
): Promise<Say[]> {
  const read = content.kind === 'choice' && !message.is_late ? readToken(content.token) : null;
  if (read?.kind !== 'notice') return [];
  const answer = await answerNotice(read.verb, read.code, context);
  return answer.begin ? [{ kind: 'text', text: context.t('notice-officer-first') }] : answer.says;
}

async function noteReachability(tx: Tx, held: Held, isReachable: boolean): Promise<void> {
  await tx.query(`UPDATE address SET unreachable_at = $2 WHERE id = $1`, [
    held.address_id,
    isReachable ? null : tx.now,
  ]);
}

/** Known at once for bytes that came with the message; what is fetched later tells by itself. */
async function isTooLarge(tx: Tx, message: Unprocessed): Promise<boolean> {
  const { rows } = await tx.query(`SELECT 1 FROM attachment WHERE message_id = $1 AND status = 'too_large'`, [
    message.id,
  ]);
  return rows.length > 0;
}

function megabytesOf({ calendar }: StepContext): number {
  return Math.floor(calendar.room.maxFileBytes / 1024 / 1024);
}

/** An edit is kept beside the original, and follows it into its concern; of one that is not kept, neither is it. */
async function noteChange(tx: Tx, message: Unprocessed, kind: 'edit' | 'delete'): Promise<void> {
  if (!message.about_message_id) return;
  const changes = kind === 'edit' ? 'edited_at = $2, is_courtesy = false' : 'deleted_at = $2';
  await tx.query(`UPDATE message SET ${changes} WHERE id = $1`, [message.about_message_id, tx.now]);
  if (kind === 'edit') {
    await tx.query(
      `UPDATE message SET concern_id = o.concern_id,
              content_sealed = CASE WHEN o.content_sealed IS NULL AND message.danger_alert_id IS NULL
                                    THEN NULL ELSE message.content_sealed END
         FROM message o WHERE message.id = $1 AND o.id = $2`,
      [message.id, message.about_message_id],
    );
  }
}
