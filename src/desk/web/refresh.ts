import type { QueryClient, QueryKey } from '@tanstack/react-query';

/**
 * Reads again what a change has made stale. A reading under way is not thrown away for the next change: in a busy minute
 * it would never end. It is shown, and followed by one more, however many changes came meanwhile.
 */
export function createRefresher(client: QueryClient): (queryKey: QueryKey) => Promise<void> {
  const running = new Map<string, { again: boolean; done: Promise<void> }>();
  const refresh = (queryKey: QueryKey): Promise<void> => {
    const name = JSON.stringify(queryKey);
    const current = running.get(name);
    if (current) {
      current.again = true;
      return current.done;
    }
    const done = client.invalidateQueries({ queryKey });
    const state = { again: false, done };
    running.set(name, state);
    void done.finally(() => {
      running.delete(name);
      if (state.again) void refresh(queryKey);
    });
    return done;
  };
  return refresh;
}
