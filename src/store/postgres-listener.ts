import pg from 'pg';
import type { PlainLog } from '../ops/log.ts';

export type Listener = {
  listen(channel: string, onPayload: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
};

const firstRetryMs = 200;
const longestRetryMs = 10_000;

/**
 * One connection of its own for LISTEN, opened at the first `listen`, rebuilt with all its channels when it
 * drops. What was notified meanwhile is gone: a notification is a doorbell, and the sweep finds what it missed.
 */
export function createListener({ databaseUrl, log }: { databaseUrl: string; log: PlainLog }): Listener {
  const channels = new Map<string, Set<(payload: string) => void>>();
  let connection: Promise<pg.Client> | undefined;
  let retry: NodeJS.Timeout | undefined;
  let isClosed = false;

  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'bestie-listen',
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      connectionTimeoutMillis: 10_000,
    });
    client.on('notification', ({ channel, payload }) => {
      for (const onPayload of channels.get(channel) ?? []) onPayload(payload ?? '');
    });
    let isLost = false;
    const lost = (error?: Error): void => {
      if (isLost) return;
      isLost = true;
      connection = undefined;
      if (isClosed) return;
      log.warn({ err: error }, 'the listening database connection dropped, connecting again');
      reconnect(firstRetryMs);
    };
    client.on('error', lost);
    client.on('end', () => lost());
    try {
      await client.connect();
      for (const channel of channels.keys()) await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      isLost = true;
      await client.end().catch(() => undefined);
      throw error;
    }
    return client;
  };

  const current = (): Promise<pg.Client> => {
    if (!connection) {
      const fresh = connect();
      connection = fresh;
      fresh.catch(() => {
        if (connection === fresh) connection = undefined;
      });
    }
    return connection;
  };

  const reconnect = (delayMs: number): void => {
    if (isClosed || channels.size === 0) return;
    clearTimeout(retry);
    retry = setTimeout(() => {
      current().catch(() => reconnect(Math.min(delayMs * 2, longestRetryMs)));
    }, delayMs);
    retry.unref();
  };

  return {
    listen: async (channel, onPayload) => {
      const listeners = channels.get(channel) ?? new Set();
      const isNew = listeners.size === 0;
      channels.set(channel, listeners.add(onPayload));
      try {
        const client = await current();
        if (isNew) await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      } catch (error) {
        listeners.delete(onPayload);
        if (listeners.size === 0) channels.delete(channel);
        throw error;
      }
      return async () => {
        listeners.delete(onPayload);
        if (listeners.size > 0 || isClosed) return;
        channels.delete(channel);
        const client = await connection?.catch(() => undefined);
        await client?.query(`UNLISTEN ${pg.escapeIdentifier(channel)}`);
      };
    },
    close: async () => {
      isClosed = true;
      clearTimeout(retry);
      const client = await connection?.catch(() => undefined);
      await client?.end();
    },
  };
}
