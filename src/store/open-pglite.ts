import { AsyncLocalStorage } from 'node:async_hooks';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as immediate } from 'node:timers/promises';
import { PGlite, type PGliteOptions, type Results, type Transaction, types } from '@electric-sql/pglite';
import { OperatorError } from '../ops/operator-error.ts';
import type { Database, Queryable, QueryResult } from './database.ts';
import { lockFolder } from './folder-lock.ts';
import { DurableNodeFs, durableStartParams, smallBuffers, syncTree } from './pglite-files.ts';

export type OpenPglite = {
  db: Database;
  /** The one PostgreSQL session behind `db`, for Prisma's adapter and the queue's pool. */
  pglite: PGlite;
  /**
   * Runs what is about to use `pglite` past `db`; throws when an open transaction of ours would wait for it,
   * and so for itself, for ever.
   */
  outsideTransaction<T>(what: string, run: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/**
 * PostgreSQL in this process, in `<dataDir>/db`. Made at the first start, which takes some seconds; with `mustExist`
 * there being none is an {@link OperatorError}.
 */
export async function openPglite(
  dataDir: string,
  { mustExist = false }: { mustExist?: boolean } = {},
): Promise<OpenPglite> {
  if (mustExist && !existsSync(join(dataDir, 'db')))
    throw new OperatorError(
      `There is no database of Bestie: DATABASE_URL is not set and ${join(dataDir, 'db')} is not there. ` +
        `Start Bestie once (npm start), or run this as "npm start -- …", which reads .env, with DATA_DIR or DATABASE_URL as it has.`,
    );
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const unlock = lockFolder(join(dataDir, 'db.lock'));
  try {
    const folder = join(dataDir, 'db');
    if (!existsSync(folder)) await makeFolder(folder);
    return bindPglite(await createPglite(folder), unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

/** The same in memory, for tests; `image` is what `dumpDataDir` of another one gave. */
export async function openPgliteInMemory(image?: Blob): Promise<OpenPglite> {
  const pglite = await PGlite.create({
    ...pgliteOptions,
    startParams: [...PGlite.defaultStartParams, ...smallBuffers],
    ...(image ? { loadDataDir: image } : {}),
  });
  return bindPglite(pglite, () => {});
}

/** Made aside and moved into place when whole, so that a start killed half-way simply begins again. */
async function makeFolder(folder: string): Promise<void> {
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  const pglite = await createPglite(unfinished);
  await pglite.close();
  if (readdirSync(unfinished).length === 0) throw new Error('PGlite left its new folder empty');
  syncTree(unfinished);
  renameSync(unfinished, folder);
  syncTree(join(folder, '..'), { deep: false });
}

function createPglite(folder: string): Promise<PGlite> {
  return PGlite.create({
    ...pgliteOptions,
    fs: new DurableNodeFs(folder),
    startParams: durableStartParams(PGlite.defaultStartParams),
  });
}

const pgliteOptions: PGliteOptions = {
  parsers: { [types.DATE]: (text) => text, [types.INT8]: Number, [types.NUMERIC]: (text) => text },
};

function bindPglite(pglite: PGlite, unlock: () => void): OpenPglite {
  // Which transaction of ours the running code is in; PGlite has one session, so asking it for anything else
  // from inside one is a deadlock. Found here at the first call rather than by a hanging process.
  const current = new AsyncLocalStorage<{ open: boolean }>();
  const outsideTransaction = async <T>(what: string, run: () => Promise<T>): Promise<T> => {
    if (current.getStore()?.open) {
      throw new Error(
        `${what} inside an open transaction would wait for itself: use the transaction, or wait for its end`,
      );
    }
    return run();
  };

  const transaction = async <T>(fn: (tx: Queryable) => Promise<T>): Promise<T> => {
    const scope = { open: true };
    try {
      return await pglite.transaction((tx) =>
        current.run(scope, async () => await fn({ query: (sql, params) => run(tx, sql, params) })),
      );
    } finally {
      scope.open = false;
    }
  };

  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= pglite.close().finally(unlock);
    return closing;
  };

  const inTurn = createTurns();
  const db: Database = {
    engine: 'pglite',
    query: (sql, params) => outsideTransaction('A query', () => inTurn(() => run(pglite, sql, params))),
    transaction: (fn) => outsideTransaction('A transaction', () => inTurn(() => transaction(fn))),
    // A notification comes up inside whoever committed; the listener must not inherit that transaction.
    listen: (channel, onPayload) =>
      outsideTransaction('LISTEN', async () => {
        const callback = (payload: string): void => current.exit(() => onPayload(payload));
        await pglite.listen(quoteChannel(channel), callback);
        // Not what `listen` returns: that one forgets the quotes.
        return () => pglite.unlisten(quoteChannel(channel), callback);
      }),
    notify: async (channel, payload) => {
      await db.query('SELECT pg_notify($1, $2)', [channel, payload]);
    },
    close,
  };
  return { db, pglite, outsideTransaction, close };
}

async function run<Row>(
  session: Pick<Transaction, 'query' | 'exec'>,
  sql: string,
  params?: readonly unknown[],
): Promise<QueryResult<Row>> {
  if (params === undefined || params.length === 0) {
    const results = await session.exec(sql);
    return toResult<Row>(results.at(-1) as Results<Row> | undefined);
  }
  return toResult(await session.query<Row>(sql, params.map(toParam)));
}

/** How long statements may follow one another before the sockets are looked at again. */
const breathEveryMs = 10;

/**
 * One after another, with a breath in between. PGlite works in this thread and answers without leaving it, so under
 * load each statement would start the next before the event loop is reached: for seconds no request would be read
 * and no answer sent, and new connections, of which one is accepted each time round, would starve for minutes.
 */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  let breathedAt = performance.now();
  const breathe = async (): Promise<void> => {
    if (performance.now() - breathedAt < breathEveryMs) return;
    await immediate();
    breathedAt = performance.now();
  };
  return (work) => {
    const mine = last.then(breathe).then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** The two drivers differ in what they make of these; the callers must not have to know. */
function toParam(value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value === 'bigint') return value.toString();
  return value;
}

function toResult<Row>(results: Results<Row> | undefined): QueryResult<Row> {
  if (!results) return { rows: [], count: 0 };
  return { rows: results.rows, count: results.affectedRows || results.rows.length };
}

/** PGlite folds an unquoted channel to lower case while `pg_notify` does not. */
function quoteChannel(channel: string): string {
  return `"${channel.replaceAll('"', '""')}"`;
}
