import type { PGlite } from '@electric-sql/pglite';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import type pg from 'pg';
import type { OpenPglite } from './open-pglite.ts';
import { PrismaClient } from './prisma-client/client.ts';

export type { PrismaClient };

type Session =
  | { kind: 'postgres'; pool: pg.Pool }
  | { kind: 'pglite'; pglite: PGlite; outsideTransaction: OpenPglite['outsideTransaction'] };

/**
 * Prisma over a database that is already open. On PostgreSQL it shares the pool; on PGlite it shares the one
 * session, where PGlite itself keeps queries out of open transactions, ours and Prisma's alike.
 */
export function createPrisma(session: Session): PrismaClient {
  const adapter =
    session.kind === 'postgres' ? new PrismaPg(session.pool) : new PrismaPGlite(guarded(session));
  return new PrismaClient({ adapter });
}

/** The three calls that the adapter makes, each refused where it would wait for a transaction it stands in. */
function guarded({ pglite, outsideTransaction }: Extract<Session, { kind: 'pglite' }>): PGlite {
  const calls: Pick<PGlite, 'query' | 'exec' | 'transaction'> = {
    query: (sql, params, options) =>
      outsideTransaction('A Prisma query', () => pglite.query(sql, params, options)),
    exec: (sql, options) => outsideTransaction('A Prisma script', () => pglite.exec(sql, options)),
    transaction: (fn) => outsideTransaction('A Prisma transaction', () => pglite.transaction(fn)),
  };
  return calls as PGlite;
}
