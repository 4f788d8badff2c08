import { EventEmitter } from 'node:events';
import type { PGlite, QueryOptions } from '@electric-sql/pglite';
import type { PgPool, PgPoolClient } from 'bullmq';
import type { OpenPglite } from './open-pglite.ts';
import type { OpenPostgres } from './open-postgres.ts';

/**
 * What the queue needs of the database when it has no Redis: BullMQ's PostgreSQL backend speaks to a `pg`
 * pool whose `search_path` finds the schema `bullmq`.
 */
export type QueueSql = {
  readonly engine: 'postgres' | 'pglite';
  /** Runs BullMQ's migrations: on one session, with nobody else's statements in between. */
  exclusively<T>(run: (session: PgPoolClient) => Promise<T>): Promise<T>;
  /** `listeners` workers hold one connection each for as long as they live. */
  createPool(options: { listeners: number }): PgPool;
};

const schema = 'bullmq';

export function queueSqlOnPostgres({ createPool }: Pick<OpenPostgres, 'createPool'>): QueueSql {
  const make = (name: string, size: number) => createPool({ name, size, searchPath: schema });
  return {
    engine: 'postgres',
    exclusively: async (run) => {
      const pool = make('bestie-queue-migrate', 1);
      const session = await pool.connect();
      try {
        return await run(session as unknown as PgPoolClient);
      } finally {
        session.release();
        await pool.end();
      }
    },
    createPool: ({ listeners }) => {
      const pool = make('bestie-queue', listeners + 4);
      // Every queue and worker listens for errors on the one pool.
      pool.setMaxListeners(0);
      return pool as unknown as PgPool;
    },
  };
}

/** Every "connection" is the one session of PGlite; a LISTEN becomes a listener of ours. */
export function queueSqlOnPglite({ db, pglite, outsideTransaction }: OpenPglite): QueueSql {
  const query = (text: string, params?: readonly unknown[]) =>
    outsideTransaction('A queue operation', () => runOn(pglite, text, params));

  const connect = async (): Promise<PgPoolClient> => {
    const events = new EventEmitter();
    const stops: Array<() => Promise<void>> = [];
    const client = Object.assign(events, {
      query: async (text: string, params?: readonly unknown[]) => {
        const channel = listenedChannel(text);
        if (channel === null) return query(text, params);
        stops.push(await db.listen(channel, (payload) => events.emit('notification', { channel, payload })));
        return { rows: [], rowCount: 0 };
      },
      release: () => {
        // Nobody waits for it: whatever still rings finds no listener on the client.
        for (const stop of stops.splice(0)) stop().catch(() => undefined);
      },
      // BullMQ asks the socket for keep-alive and polls every ten seconds where it gets none.
      connection: { stream: { setKeepAlive: () => undefined } },
    });
    return client as unknown as PgPoolClient;
  };

  return {
    engine: 'pglite',
    exclusively: async (run) => {
      const value = await pglite.transaction((tx) =>
        run({
          query: async (text: string, params?: readonly unknown[]) =>
            // The transaction is open already, and ends with this function.
            /^\s*(BEGIN|COMMIT|ROLLBACK)\b/i.test(text) ? { rows: [] } : runOn(tx, text, params),
        } as PgPoolClient),
      );
      await pglite.exec(`SET search_path TO public, ${schema}`);
      await assertNoSharedNames(pglite);
      return value;
    },
    createPool: () => {
      const events = new EventEmitter().setMaxListeners(0);
      return Object.assign(events, { query, connect, end: async () => undefined }) as unknown as PgPool;
    },
  };
}

// `pg` gives a bigint as text, and BullMQ reads it so.
const likePg: QueryOptions = { parsers: { 20: (text) => text } };

async function runOn(session: Pick<PGlite, 'query' | 'exec'>, text: string, params?: readonly unknown[]) {
  if (params === undefined || params.length === 0) {
    const results = await session.exec(text, likePg);
    const last = results.at(-1);
    return { rows: last?.rows ?? [], rowCount: last?.affectedRows ?? 0 };
  }
  const { rows, affectedRows } = await session.query(text, [...params], likePg);
  return { rows, rowCount: affectedRows ?? 0 };
}

/** BullMQ's texts begin with lines of comment. */
function listenedChannel(text: string): string | null {
  return /^(?:\s*--[^\n]*\n)*\s*LISTEN\s+"?(\w+)"?\s*;?\s*$/i.exec(text)?.[1] ?? null;
}

/** With both schemas in one search path a table of ours would hide BullMQ's of the same name. */
async function assertNoSharedNames(pglite: PGlite): Promise<void> {
  const { rows } = await pglite.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace IN ('public'::regnamespace, '${schema}'::regnamespace)
      GROUP BY relname HAVING count(*) > 1`,
  );
  if (rows.length > 0) {
    throw new Error(`Names taken by the queue, choose others: ${rows.map(({ name }) => name).join(', ')}`);
  }
}
