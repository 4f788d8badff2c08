/**
 * Waiting for something to become true without sleeping: whoever changes the state calls `check`, and whoever
 * waits is woken when its question has an answer. The limit is only there so that a broken test ends.
 */
export type Waiters = {
  check(): void;
  until<T>(question: () => T | undefined, what: string): Promise<T>;
};

export const createWaiters = (limitMs: number): Waiters => {
  const waiting = new Set<() => void>();
  return {
    check() {
      for (const ask of waiting) ask();
    },
    until(question, what) {
      const now = question();
      if (now !== undefined) return Promise.resolve(now);
      // Taken here, so that a failure points at the line of the test that waited.
      const gaveUp = new Error(`waited in vain for ${what}`);
      return new Promise((resolve, reject) => {
        const limit = setTimeout(() => {
          waiting.delete(ask);
          reject(gaveUp);
        }, limitMs);
        const ask = (): void => {
          const answer = question();
          if (answer === undefined) return;
          waiting.delete(ask);
          clearTimeout(limit);
          resolve(answer);
        };
        waiting.add(ask);
      });
    },
  };
};
