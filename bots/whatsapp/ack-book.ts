import { createRecent } from './recent.ts';

/** WhatsApp's ticks: -1 failed, 0 waiting, 1 taken by the server, 2 on the phone, 3 read, 4 played. */
export type AckBook = {
  note(ref: string, ack: number): void;
  /** The first ack other than "waiting", also one that came before anybody asked. */
  first(ref: string): Promise<number>;
  forget(ref: string): void;
};

export function createAckBook(): AckBook {
  const early = new Map<string, number>();
  const recent = createRecent(500);
  const waiting = new Map<string, (ack: number) => void>();
  return {
    note(ref, ack) {
      if (!Number.isFinite(ack) || ack === 0) return;
      const resolve = waiting.get(ref);
      if (resolve) {
        waiting.delete(ref);
        return resolve(ack);
      }
      early.set(ref, ack);
      recent.add(ref);
      for (const old of early.keys()) {
        if (recent.has(old)) break;
        early.delete(old);
      }
    },
    first(ref) {
      const ack = early.get(ref);
      early.delete(ref);
      if (ack !== undefined) return Promise.resolve(ack);
      return new Promise((resolve) => waiting.set(ref, resolve));
    },
    forget(ref) {
      early.delete(ref);
      waiting.delete(ref);
    },
  };
}
