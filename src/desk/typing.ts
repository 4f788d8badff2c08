import type { Change } from '../store/transact.ts';

/** What an open page hears: a change of the database, or that a colleague is typing just now. */
export type DeskEvent =
  Exclude<Change, { kind: 'ring' }> | { kind: 'typing'; id: string; officerId: string; name: string };

export type DeskHub = {
  publish(event: DeskEvent): void;
  subscribe(fn: (event: DeskEvent) => void): () => void;
};

/**
 * Typing is a courtesy among the pages of this process; it is in no table and may be lost. What keeps two
 * officers apart is the lock of the conversation.
 */
export function createHub(): DeskHub {
  const listeners = new Set<(event: DeskEvent) => void>();
  return {
    publish: (event) => {
      for (const listener of listeners) listener(event);
    },
    subscribe: (fn) => {
      listeners.add(fn);
      return () => void listeners.delete(fn);
    },
  };
}
