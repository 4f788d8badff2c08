import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Database } from './database.ts';
import type { Change } from './transact.ts';

/** Tells open pages, in this process and in others, that something they show has changed. Ids only. */
export type ChangeFeed = {
  publish(change: Change): void;
  /** Answers the way to stop. `isRemote`: another process published it. */
  subscribe(fn: (change: Change, isRemote: boolean) => void): () => void;
  close(): Promise<void>;
};

const channel = 'bestie_changes';
/** PostgreSQL takes 8,000 bytes in one notification; a change is about 80. */
const maxPerNotification = 60;

const payloadSchema = z.object({
  from: z.string(),
  changes: z.array(
    z.object({
      kind: z.enum(['conversation', 'handoff', 'booking', 'concern', 'alert', 'room', 'ring']),
      id: z.string(),
    }),
  ),
});

/**
 * Within the process a change is told at once. To other processes (only PostgreSQL has any) it goes by NOTIFY, the
 * changes of one turn of the event loop together, so that a busy minute is not one statement a message. A lost
 * notification costs a page some freshness and nothing else.
 */
export async function createChangeFeed(db: Database, onError: (error: unknown) => void): Promise<ChangeFeed> {
  const self = randomUUID();
  const listeners = new Set<(change: Change, isRemote: boolean) => void>();
  const tell = (change: Change, isRemote: boolean) => {
    for (const listener of listeners) listener(change, isRemote);
  };
  const isAlone = db.engine === 'pglite';
  let gathered = new Map<string, Change>();
  let flushing: Promise<void> = Promise.resolve();
  let isScheduled = false;

  const flush = async (): Promise<void> => {
    isScheduled = false;
    const changes = [...gathered.values()];
    gathered = new Map();
    for (let at = 0; at < changes.length; at += maxPerNotification) {
      await db.notify(
        channel,
        JSON.stringify({ from: self, changes: changes.slice(at, at + maxPerNotification) }),
      );
    }
  };

  const stop = isAlone
    ? async () => undefined
    : await db.listen(channel, (text) => {
        const payload = payloadSchema.safeParse(JSON.parse(text));
        if (payload.success && payload.data.from !== self)
          payload.data.changes.forEach((change) => tell(change, true));
      });

  return {
    publish: (change) => {
      tell(change, false);
      if (isAlone) return;
      gathered.set(`${change.kind} ${change.id}`, change);
      if (isScheduled) return;
      isScheduled = true;
      // After the work in hand, behind whatever statements it still has to make.
      setImmediate(() => {
        flushing = flushing.then(flush).catch(onError);
      });
    },
    subscribe: (fn) => {
      listeners.add(fn);
      return () => void listeners.delete(fn);
    },
    close: async () => {
      await flushing;
      await stop();
      listeners.clear();
    },
  };
}
