/**
 * The one database, spoken to in typed SQL. Two engines stand behind it (`open-database.ts`): PostgreSQL by a
 * `pg` pool, and PGlite in this process. The SQL is the same text on both.
 *
 * Shapes on both engines: `timestamptz` is a `Date`, `date` is a string `yyyy-mm-dd`, `bigint` and `count(*)`
 * are numbers, `bytea` is a `Uint8Array` (a `Buffer` on pg), `json` is parsed, `uuid` is a string.
 */
export type Queryable = {
  query<Row = Record<string, unknown>>(sql: string, params?: readonly unknown[]): Promise<QueryResult<Row>>;
};

export type QueryResult<Row> = {
  readonly rows: Row[];
  /** Rows touched by INSERT, UPDATE or DELETE; rows returned by SELECT. */
  readonly count: number;
};

export type Database = Queryable & {
  readonly engine: 'postgres' | 'pglite';
  /**
   * BEGIN, fn, COMMIT; ROLLBACK and rethrow when `fn` rejects. Never nested. READ COMMITTED. BEGIN goes with the first
   * statement, in one trip to a server when that has no parameters.
   */
  transaction<T>(fn: (tx: Queryable) => Promise<T>): Promise<T>;
  /** LISTEN; resolves to the way to stop. Survives a lost connection (re-listens). */
  listen(channel: string, onPayload: (payload: string) => void): Promise<() => Promise<void>>;
  notify(channel: string, payload: string): Promise<void>;
  close(): Promise<void>;
};

/** True for PostgreSQL's 23505 on the named constraint or index (any when omitted), on both engines. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, constraint: name } = error as { code?: unknown; constraint?: unknown };
  return code === '23505' && (constraint === undefined || name === constraint);
}

/** A uuid as it stands in a statement's text. Throws on anything else. */
export function uuidLiteral(value: string): string {
  if (!/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value)) throw new TypeError('not a uuid');
  return `'${value}'`;
}
