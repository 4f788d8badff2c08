import type { Database } from './database.ts';
import { openPglite, type OpenPglite } from './open-pglite.ts';
import { openPostgres } from './open-postgres.ts';
import { createPrisma, type PrismaClient } from './prisma.ts';
import { queueSqlOnPglite, queueSqlOnPostgres, type QueueSql } from './queue-sql.ts';
import type { PlainLog } from '../ops/log.ts';

export type Opened = {
  db: Database;
  /** Prisma over the same database, for everything off the hot path; made at the first call. */
  prisma: () => PrismaClient;
  /** The same database for the queue, where there is no Redis. */
  queueSql: QueueSql;
  /** Closes all of it, Prisma and `db` included. Safe to call twice. */
  close(): Promise<void>;
};

/**
 * PostgreSQL where `databaseUrl` is given, else PGlite in `<dataDir>/db`, which is made unless `mustExist`. Does not
 * migrate.
 */
export async function openDatabase(options: {
  databaseUrl?: string | undefined;
  dataDir: string;
  log: PlainLog;
  poolSize?: number;
  mustExist?: boolean;
}): Promise<Opened> {
  const { databaseUrl, dataDir, log, poolSize, mustExist = false } = options;
  if (databaseUrl === undefined || databaseUrl === '')
    return fromPglite(await openPglite(dataDir, { mustExist }));
  const postgres = await openPostgres({ databaseUrl, log, ...(poolSize === undefined ? {} : { poolSize }) });
  return withPrisma(
    postgres.db,
    () => createPrisma({ kind: 'postgres', pool: postgres.pool }),
    queueSqlOnPostgres(postgres),
  );
}

export function fromPglite(opened: OpenPglite): Opened {
  return withPrisma(opened.db, () => createPrisma({ kind: 'pglite', ...opened }), queueSqlOnPglite(opened));
}

function withPrisma(db: Database, makePrisma: () => PrismaClient, queueSql: QueueSql): Opened {
  let prisma: PrismaClient | undefined;
  return {
    db,
    prisma: () => (prisma ??= makePrisma()),
    queueSql,
    close: async () => {
      await prisma?.$disconnect();
      await db.close();
    },
  };
}
