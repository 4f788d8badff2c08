/** Work that is begun and not waited for, so that what is slow holds up nothing but its own lane. */
export type Lanes = {
  /** Begins it when the lane has room, in turn. What is known by this key and not over yet is not begun twice. */
  begin(lane: string, key: string, work: () => Promise<void>): void;
  isBusy(): boolean;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
};

/** `atOnce`: of one lane. What fails is told to `onError`, and whoever began it finds it again. */
export function createLanes(deps: { atOnce: number; onError: (error: unknown) => void }): Lanes {
  const lanes = new Map<string, { running: number; waiting: (() => void)[] }>();
  const known = new Set<string>();
  const running = new Set<Promise<void>>();

  return {
    begin: (name, key, work) => {
      const id = `${name} ${key}`;
      if (known.has(id)) return;
      known.add(id);
      const lane = lanes.get(name) ?? { running: 0, waiting: [] };
      lanes.set(name, lane);
      const run = (): void => {
        lane.running += 1;
        const one = work()
          .catch(deps.onError)
          .finally(() => {
            lane.running -= 1;
            known.delete(id);
            running.delete(one);
            const next = lane.waiting.shift();
            if (next) next();
            else if (lane.running === 0) lanes.delete(name);
          });
        running.add(one);
      };
      if (lane.running < deps.atOnce) run();
      else lane.waiting.push(run);
    },
    isBusy: () => running.size > 0,
    idle: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
