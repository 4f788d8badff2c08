import type { Say, StepContext } from '../../flows/define-flow.ts';
import { whenAnswered } from '../../flows/status.ts';
import { presenceAt } from '../domain/calendar.ts';
import type { Tx } from '../store/transact.ts';
import type { Dialog } from './dialog.ts';

/** An officer who took the chat or wrote this short a time ago is there, whatever the hours say. */
const thereMs = 30 * 60_000;
/** Said once an evening, not after each message. */
const saidStandsMs = 12 * 3_600_000;

/**
 * What a resident hears who writes after hours in a chat that somebody holds, where the bot is silent otherwise: that it
 * is kept, and when a person will be there. Null while somebody may be there, or when it has been said.
 */
export async function sayNobodyThere(
  tx: Tx,
  input: { conversationId: string; dialog: Dialog; context: StepContext },
): Promise<{ say: Say; dialog: Dialog } | null> {
  const { dialog, context } = input;
  const { t, calendar, now } = context;
  if (presenceAt(calendar, now).kind === 'open') return null;
  const { ackedWaitingAt } = dialog;
  if (ackedWaitingAt !== null && now.getTime() - Date.parse(ackedWaitingAt) < saidStandsMs) return null;
  const { count } = await tx.query(
    `SELECT 1 FROM handoff WHERE conversation_id = $1 AND status = 'held' AND claimed_at > $2
      UNION ALL
     SELECT 1 FROM message WHERE conversation_id = $1 AND author IN ('officer', 'phone') AND created_at > $2 LIMIT 1`,
    [input.conversationId, new Date(now.getTime() - thereMs)],
  );
  if (count > 0) return null;
  return {
    say: { kind: 'text', text: `${t('waiting-kept')} ${whenAnswered(context)}` },
    dialog: { ...dialog, ackedWaitingAt: now.toISOString() },
  };
}
