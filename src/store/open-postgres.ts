import { createHash } from 'node:crypto';
import pg from 'pg';
import { OperatorError } from '../ops/operator-error.ts';
import type { Database, Queryable, QueryResult } from './database.ts';
import { createListener } from './postgres-listener.ts';
import type { PlainLog } from '../ops/log.ts';

export type PostgresOptions = {
  databaseUrl: string;
  log: PlainLog;
  /** Connections of the hot path; Prisma shares them. */
  poolSize?: number;
};

export type OpenPostgres = {
  db: Database;
  pool: pg.Pool;
  /** Another pool on the same database, for the queue, with its own `search_path`. Closed with the rest. */
  createPool(options: { name: string; size: number; searchPath: string }): pg.Pool;
  close(): Promise<void>;
};

/** PostgreSQL by `DATABASE_URL`. Resolves after the first connection, so that a wrong address is told at start. */
export async function openPostgres({
  databaseUrl,
  log,
  poolSize = 10,
}: PostgresOptions): Promise<OpenPostgres> {
  const pools: pg.Pool[] = [];
  const makePool = (name: string, size: number, settings: string, config: pg.PoolConfig = {}): pg.Pool => {
    const pool = new pg.Pool({
      connectionString: databaseUrl,
      application_name: name,
      max: size,
      idleTimeoutMillis: 60_000,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      // Prisma writes and reads timestamps as if the session stood in UTC.
      options: `-c TimeZone=UTC ${settings}`.trim(),
      ...config,
    });
    // An idle connection that drops is replaced by the pool; unheard, the event would end the process.
    pool.on('error', (error) => log.warn({ err: error, pool: name }, 'a database connection dropped'));
    pools.push(pool);
    return pool;
  };

  const pool = makePool('bestie', poolSize, '', { types: { getTypeParser } });
  try {
    await pool.query('SELECT 1');
  } catch (error) {
    await pool.end();
    throw new OperatorError(
      `Cannot reach the database that DATABASE_URL names (${describe(databaseUrl)}): ${(error as Error).message}`,
    );
  }
  const listener = createListener({ databaseUrl, log });

  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= (async () => {
      await listener.close();
      await Promise.all(pools.filter((each) => !each.ended && !each.ending).map((each) => each.end()));
    })();
    return closing;
  };

  const db: Database = {
    engine: 'postgres',
    query: (sql, params) => run(pool, sql, params),
    transaction: (fn) => transaction(pool, fn),
    listen: (channel, onPayload) => listener.listen(channel, onPayload),
    notify: async (channel, payload) => {
      await db.query('SELECT pg_notify($1, $2)', [channel, payload]);
    },
    close,
  };
  return {
    db,
    pool,
    createPool: ({ name, size, searchPath }) => makePool(name, size, `-c search_path=${searchPath}`),
    close,
  };
}

const begin = 'BEGIN ISOLATION LEVEL READ COMMITTED';

async function transaction<T>(pool: pg.Pool, fn: (tx: Queryable) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  let begun: Promise<unknown> | undefined;
  const query: Queryable['query'] = async (sql, params) => {
    if (begun === undefined && (params === undefined || params.length === 0)) {
      const first = run<never>(client, `${begin};\n${sql}`);
      begun = first;
      return first;
    }
    begun ??= client.query(begin);
    await begun;
    return run(client, sql, params);
  };
  try {
    const value = await fn({ query });
    if (begun === undefined) return value;
    const { command } = await client.query('COMMIT');
    // After a failed statement that `fn` swallowed, PostgreSQL answers COMMIT with ROLLBACK and no error.
    if (command !== 'COMMIT') throw new Error('The transaction had failed and was rolled back at COMMIT');
    return value;
  } catch (error) {
    if (begun !== undefined)
      await client.query('ROLLBACK').catch((rollbackError: Error) => {
        broken = rollbackError;
      });
    throw error;
  } finally {
    client.release(broken);
  }
}

async function run<Row>(
  session: pg.Pool | pg.PoolClient,
  sql: string,
  params?: readonly unknown[],
): Promise<QueryResult<Row>> {
  if (params === undefined || params.length === 0) {
    // Several statements in one text answer with several results; the last one counts, as on PGlite.
    const answer = (await session.query(sql)) as unknown as pg.QueryResult | pg.QueryResult[];
    return toResult<Row>(Array.isArray(answer) ? answer.at(-1) : answer);
  }
  const name = statementName(sql);
  const config = name === undefined ? { text: sql } : { text: sql, name };
  return toResult<Row>(await session.query({ ...config, values: [...params] }));
}

function toResult<Row>(result: pg.QueryResult | undefined): QueryResult<Row> {
  return { rows: (result?.rows ?? []) as Row[], count: result?.rowCount ?? 0 };
}

const maxStatements = 400;
const statementNames = new Map<string, string>();

/** The name under which a text is prepared. Texts past the limit are built ones, not worth a server's memory. */
function statementName(sql: string): string | undefined {
  const known = statementNames.get(sql);
  if (known !== undefined || statementNames.size >= maxStatements) return known;
  const name = `b${createHash('sha256').update(sql).digest('hex').slice(0, 24)}`;
  statementNames.set(sql, name);
  return name;
}

const { builtins } = pg.types;
const asIs = (text: string): string => text;
const dateArray = 1182;
const bigintArray = 1016;
// `pg` has no name for it among its built-in types.
const textArrayOid: number = 1009;
const textArray = (text: string): string[] => pg.types.getTypeParser(textArrayOid, 'text')(text) as string[];

/** See `database.ts` for the shapes. */
function getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  if (oid === builtins.DATE) return asIs;
  if (oid === builtins.INT8) return Number;
  if (oid === dateArray) return textArray;
  if (oid === bigintArray) return (text) => textArray(text).map(Number);
  return pg.types.getTypeParser(oid, format);
}

/** The address without the password, for messages. */
function describe(databaseUrl: string): string {
  try {
    const url = new URL(databaseUrl);
    return `${url.hostname || 'local socket'}${url.port ? `:${url.port}` : ''}${url.pathname}`;
  } catch {
    return 'not readable as a URL';
  }
}
