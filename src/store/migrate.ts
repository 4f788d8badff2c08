import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '../ops/operator-error.ts';
import { projectFolder } from '../ops/project-folder.ts';
import type { Database, Queryable } from './database.ts';
import type { PlainLog } from '../ops/log.ts';

export type Migration = { name: string; sql: string; checksum: string };

/**
 * Brings the database to the newest migration and returns the names of those it applied. Keeps Prisma's own
 * `_prisma_migrations` table under Prisma's own advisory lock, so `prisma migrate deploy` can take over at any
 * time; it is not used itself because it needs an engine that is downloaded.
 *
 * Each migration is one transaction, so none may hold what PostgreSQL refuses there (CREATE INDEX CONCURRENTLY).
 */
export async function migrate(
  db: Database,
  { log, folder = join(projectFolder(), 'prisma', 'migrations') }: { log: PlainLog; folder?: string },
): Promise<string[]> {
  const migrations = readMigrations(folder);
  const applied: string[] = [];
  for (const migration of migrations) {
    if (await db.transaction((tx) => applyOne(tx, migration))) {
      applied.push(migration.name);
      log.info({ migration: migration.name }, 'applied a database migration');
    }
  }
  await assertMigrated(db, migrations);
  return applied;
}

/** Throws {@link OperatorError} unless the database has exactly these migrations, all of them finished. */
export async function assertMigrated(db: Queryable, migrations: readonly Migration[]): Promise<void> {
  const records = await readRecords(db);
  for (const record of records) {
    if (!migrations.some(({ name }) => name === record.name)) {
      throw new OperatorError(
        `The database has the migration ${record.name}, which this version of Bestie does not know: ` +
          `a newer version has used it. Start that version, or restore a backup made before it.`,
      );
    }
  }
  for (const { name, checksum } of migrations) {
    const record = records.find((each) => each.name === name);
    if (!record)
      throw new OperatorError(`The database lacks the migration ${name}. Run: npm start -- migrate`);
    assertMatches(record, checksum);
  }
}

/** The migrations of a folder in their order, which is that of their names. */
export function readMigrations(folder: string): Migration[] {
  if (!existsSync(folder))
    throw new OperatorError(`The folder of the database migrations is missing: ${folder}`);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const file = join(folder, name, 'migration.sql');
      if (!existsSync(file)) throw new OperatorError(`The migration ${name} has no migration.sql`);
      const sql = readFileSync(file, 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

// Prisma's own key, so that its `migrate deploy` and this wait for each other.
const prismaLock = 72_707_369;

async function applyOne(tx: Queryable, migration: Migration): Promise<boolean> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [prismaLock]);
  await tx.query(createTable);
  const record = (await readRecords(tx)).find(({ name }) => name === migration.name);
  if (record) {
    assertMatches(record, migration.checksum);
    return false;
  }
  try {
    await tx.query(migration.sql);
  } catch (cause) {
    const { message } = cause as Error;
    throw new Error(`The migration ${migration.name} failed and was undone: ${message}`, { cause });
  }
  await tx.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     VALUES ($1, $2, $3, now(), now(), 1)`,
    [randomUUID(), migration.checksum, migration.name],
  );
  return true;
}

type MigrationRecord = { name: string; checksum: string; isFinished: boolean };

async function readRecords(db: Queryable): Promise<MigrationRecord[]> {
  const { rows: tables } = await db.query<{ found: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found`,
  );
  if (!tables[0]?.found) return [];
  const { rows } = await db.query<MigrationRecord>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS "isFinished"
       FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  );
  return rows;
}

function assertMatches(record: MigrationRecord, checksum: string): void {
  if (!record.isFinished) {
    throw new OperatorError(
      `The migration ${record.name} stopped half-way under Prisma. Mend the database by hand, then tell it with ` +
        `"npx prisma migrate resolve".`,
    );
  }
  if (record.checksum !== checksum) {
    throw new OperatorError(
      `The migration ${record.name} was changed after it had been applied to this database. ` +
        `Put its file back as it was and write the change as a new migration.`,
    );
  }
}

const createTable = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;
