import type { StepContext } from '../../flows/define-flow.ts';
import type { WordsOf } from '../../flows/words/load-words.ts';
import type { RoomFacts } from '../store/room-facts.ts';
import type { Tx } from '../store/transact.ts';
import { bindActions } from './bind-actions.ts';
import type { Held } from './hold-conversation.ts';

/** What a step of a flow is given. */
export function stepContext(tx: Tx, deps: { words: WordsOf; facts: RoomFacts }, held: Held): StepContext {
  const { calendar, hotlines } = deps.facts;
  return {
    now: tx.now,
    channel: held.channel,
    language: held.language,
    t: deps.words(held.language),
    words: deps.words,
    calendar,
    hotlines,
    hasConsent: held.has_consent,
    isHeld: held.owner === 'human',
    wantsReminders: held.wants_reminders,
    actions: bindActions(tx, { residentId: held.resident_id, conversationId: held.id, calendar }),
  };
}
