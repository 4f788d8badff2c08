import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { runMigrations } from 'bullmq';
import { projectFolder } from '../../src/ops/project-folder.ts';
import { migrate, readMigrations } from '../../src/store/migrate.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { openPgliteInMemory } from '../../src/store/open-pglite.ts';
import { queueSqlOnPglite } from '../../src/store/queue-sql.ts';
import { startServices, type Services } from './services.ts';
import { rememberSkipped } from './skipped-services.ts';
import { templateDatabase } from './template.ts';

declare module 'vitest' {
  interface ProvidedContext {
    services: Services;
    /** File with a migrated PGlite, to be loaded into memory. */
    pgliteImage: string;
  }
}

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const services = await startServices();
  try {
    const [pgliteImage] = await Promise.all([
      makePgliteImage(),
      services.postgres ? makeTemplate(services.postgres.url) : null,
    ]);
    const { postgres, redis, chromium, missing } = services;
    project.provide('services', { postgres, redis, chromium, missing });
    project.provide('pgliteImage', pgliteImage);
    rememberSkipped(missing);
  } catch (error) {
    await services.stop();
    throw error;
  }
  return () => services.stop();
}

/** A migrated PGlite as a tar file, made once for each state of the migrations: initdb takes seconds. */
async function makePgliteImage(): Promise<string> {
  const migrations = readMigrations(join(projectFolder(), 'prisma', 'migrations'));
  const { version } = JSON.parse(
    readFileSync(join(projectFolder(), 'node_modules/@electric-sql/pglite/package.json'), 'utf8'),
  ) as { version: string };
  const hash = createHash('sha256')
    .update(JSON.stringify([version, migrations]))
    .digest('hex')
    .slice(0, 16);
  const folder = join(projectFolder(), 'node_modules', '.bestie-test');
  const file = join(folder, `pglite-${hash}.tar`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const opened = await openPgliteInMemory();
  await migrate(opened.db, { log: quiet });
  await queueSqlOnPglite(opened).exclusively((session) => runMigrations(session));
  const image = await opened.pglite.dumpDataDir('none');
  await opened.close();
  writeFileSync(`${file}.${process.pid}`, Buffer.from(await image.arrayBuffer()));
  renameSync(`${file}.${process.pid}`, file);
  return file;
}

async function makeTemplate(adminUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${templateDatabase}`);
  await admin.end();
  const url = new URL(adminUrl);
  url.pathname = `/${templateDatabase}`;
  const opened = await openDatabase({ databaseUrl: url.href, dataDir: '', log: quiet });
  await migrate(opened.db, { log: quiet });
  await opened.queueSql.exclusively((session) => runMigrations(session));
  await opened.close();
}
