import type { Tx } from '../store/transact.ts';
import { closeHandoff } from './close-handoff.ts';
import type { CloseHandoffResult } from './close-handoff.ts';

/** The officer steps back and the bot goes on, with a line by which the resident sees who answers now. */
export async function returnToBot(
  tx: Tx,
  input: {
    conversationId: string;
    officerId: string;
    word: string | ((language: 'id' | 'en') => string);
    mayOverride?: boolean;
  },
): Promise<CloseHandoffResult> {
  return closeHandoff(tx, { ...input, outcome: 'returned' });
}
