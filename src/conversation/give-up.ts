import type { ChannelLog } from '../../bots/channel.ts';
import type { Say, StepContext } from '../../flows/define-flow.ts';
import { whenAnswered } from '../../flows/status.ts';
import { raiseAlert } from '../actions/raise-alert.ts';
import { isAnybodyTold } from '../actions/read-reach.ts';
import type { CallWay } from '../actions/read-reach.ts';
import { requestHandoff } from '../actions/request-handoff.ts';
import { sealed } from '../store/sealed.ts';
import type { Transact, Tx } from '../store/transact.ts';
import { findDanger } from '../understanding/danger.ts';
import type { Danger } from '../understanding/danger.ts';
import type { ConverseDeps } from './converse.ts';
import { freshDialog, readDialog, withDanger } from './dialog.ts';
import type { Dialog } from './dialog.ts';
import { holdConversation } from './hold-conversation.ts';
import type { Held, Unprocessed } from './hold-conversation.ts';
import { openContent, textOf } from './open-content.ts';
import { sayDanger } from './say-danger.ts';
import { stepContext } from './step-context.ts';
import { unturned } from './taken.ts';
import { writeTurn } from './write-turn.ts';

/** So often a step may fail before a person is called and the next message has its turn. */
const maxFailedSteps = 3;

/**
 * Counts a failed step against its message. One that fails again and again must not hold up all that follow it, nor be
 * lost on the way: what speaks of danger is an alarm and gets its help, anything else a chat that waits for an officer, and
 * the resident hears of it. It takes none of what may have failed: no flow, and a dialog only if it can be opened.
 */
export async function giveUpOnMessage(
  deps: ConverseDeps & { transact: Transact; log: ChannelLog },
  failed: { conversationId: string; messageId: string },
): Promise<void> {
  const { conversationId, messageId } = failed;
  try {
    await deps.transact(async (tx) => {
      const held = await holdConversation(tx, conversationId);
      const { rows } = await tx.query<Unprocessed & { failed_steps: number }>(
        `UPDATE message SET failed_steps = failed_steps + 1 WHERE id = $1 AND processed_at IS NULL
         RETURNING id, author, kind, content_sealed, about_message_id, is_late, failed_steps`,
        [messageId],
      );
      const message = rows[0];
      if (!held || !message || message.failed_steps < maxFailedSteps) return;
      const context = stepContext(tx, deps, held);
      const before = dialogOf(tx, held);
      const { says, dialog } = await callPerson(tx, {
        held,
        message,
        before,
        context,
        callWays: deps.callWays,
      });
      const taken = unturned(dialog, says, context);
      await writeTurn(tx, {
        held,
        processedMessageId: message.id,
        dialog: taken.dialog,
        outbounds: taken.outbounds,
        silenceMinutes: 'keep',
        author: 'bot',
        isSender: false,
      });
      tx.changed({ kind: 'conversation', id: conversationId });
      tx.ring({ kind: 'deliver', conversationId });
      deps.log.error({ conversationId, messageId }, 'a message was given up and handed to a person');
    });
  } catch (error) {
    // The database itself is not there: the row is, and the sweep finds it.
    deps.log.error({ err: error, conversationId }, 'a failed step could not be noted');
  }
}

async function callPerson(
  tx: Tx,
  given: {
    held: Held;
    message: Unprocessed;
    before: Dialog;
    context: StepContext;
    callWays: readonly CallWay[];
  },
): Promise<{ says: Say[]; dialog: Dialog }> {
  const { held, message, before, context } = given;
  const conversationId = held.id;
  // A person typed it on the room's phone; or it is the platform's word, and nobody's.
  if (message.author === 'phone' || message.kind === 'reachability') return { says: [], dialog: before };
  const danger = dangerIn(tx, message);
  if (danger) {
    const { kind, severity } = danger;
    await raiseAlert(tx, { conversationId, messageId: message.id, kind, severity });
    const isTold = await isAnybodyTold(tx, tx.now, given.callWays);
    const says = [sayDanger(danger, before.danger, context, isTold)];
    return { says, dialog: withDanger(before, danger, tx.now) };
  }
  await requestHandoff(tx, { conversationId, reason: 'not_understood' });
  // Whoever holds the chat reads it there, and the bot keeps silent.
  if (held.owner === 'human') return { says: [], dialog: before };
  const text = `${context.t('trouble')} ${whenAnswered(context)}`;
  return { says: [{ kind: 'text', text, commands: ['petugas'] }], dialog: before };
}

/** What cannot be read, or what our reading of it breaks on, is for a person to look at. */
function dangerIn(tx: Tx, message: Unprocessed): Danger | null {
  try {
    const content = openContent(tx.vault, message);
    const text = content && textOf(content);
    return text === null ? null : findDanger(text);
  } catch {
    return null;
  }
}

/** One that cannot be opened would fail every further step as well: the dialog begins anew. */
function dialogOf(tx: Tx, { dialog_sealed: kept }: Held): Dialog {
  try {
    return readDialog(kept ? tx.vault.openJson(kept, sealed.dialog) : null);
  } catch {
    return freshDialog;
  }
}
