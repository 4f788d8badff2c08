import { cancelWithoutPlace } from '../actions/cancel-without-place.ts';
import { chaseOfficers } from '../actions/chase-officers.ts';
import { endWaiting } from '../actions/end-waiting.ts';
import { settleSilentConcerns } from '../actions/settle-silent-concerns.ts';
import { loadRoomFacts } from '../store/room-facts.ts';
import type { Transact, Tx } from '../store/transact.ts';

/**
 * What has no hurry: answered concerns are asked about and settled, officers are called for words that are owed, waits
 * for days that are over end, and whoever booked in the very moment in which their day was closed or hours were changed is told.
 */
export async function runHourly(deps: { transact: Transact }): Promise<void> {
  const failures: unknown[] = [];
  for (const act of [
    settleSilentConcerns,
    chaseOfficers,
    endWaiting,
    (tx: Tx, given: Parameters<typeof settleSilentConcerns>[1]) =>
      cancelWithoutPlace(tx, { ...given, mayLeave: true }),
  ]) {
    try {
      await deps.transact(async (tx) => {
        // Not the facts at hand: another process may have changed them a moment ago.
        const { calendar } = await loadRoomFacts(tx);
        await act(tx, { calendar });
      });
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} of the hour's tasks failed`);
}
