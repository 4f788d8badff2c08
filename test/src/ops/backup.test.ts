import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { makeBackup, restore } from '../../../src/backup-command.ts';
import { readEnv } from '../../../src/env.ts';
import { OperatorError } from '../../../src/ops/operator-error.ts';
import { keepKeyMarks } from '../../../src/store/key-marks.ts';
import { parseKeyRing } from '../../../src/store/key-ring.ts';
import { openDatabase } from '../../../src/store/open-database.ts';
import { templateDatabase } from '../../support/template.ts';

const keys = (fill: number) => `k1:${Buffer.alloc(32, fill).toString('base64')}`;
const log = { info: () => {}, warn: () => {}, error: () => {} };

function folderOfTest(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bestie-backup-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe('commands that look for a database', () => {
  it('make none, nor keys, and say where they looked', async () => {
    const folder = folderOfTest();
    const env = readEnv({ DATA_DIR: join(folder, 'data') });
    await expect(makeBackup(env, join(folder, 'to'))).rejects.toThrow(
      new RegExp(`There is no database of Bestie: .*${join(folder, 'data', 'db')} is not there`),
    );
    await expect(restore(env, join(folder, 'to'))).rejects.toThrow(
      new RegExp(`There are no keys: .*${join(folder, 'data', 'keys')} is not there`),
    );
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });
});

const { postgres } = inject('services');
describe.skipIf(!postgres)('a backup of PostgreSQL', () => {
  const adminUrl = postgres?.url ?? '';
  const database = async (template?: string): Promise<string> => {
    const name = `bestie_${randomBytes(5).toString('hex')}`;
    const asAdmin = async (sql: string) => {
      const admin = new pg.Client({ connectionString: adminUrl });
      await admin.connect();
      await admin.query(sql);
      await admin.end();
    };
    await asAdmin(`CREATE DATABASE ${name}${template ? ` TEMPLATE ${template}` : ''}`);
    onTestFinished(() => asAdmin(`DROP DATABASE ${name} WITH (FORCE)`));
    const url = new URL(adminUrl);
    url.pathname = `/${name}`;
    // The server of the tests asks for none; it must not be seen among the arguments, though.
    url.password = 'p:a\\s%20s';
    return url.href;
  };

  it('comes back in an empty one, with the files, under the same keys, and in no other', async () => {
    const folder = folderOfTest();
    const [from, to] = [await database(templateDatabase), await database()];
    const env = (DATABASE_URL: string, dataDir: string, fill = 1) =>
      readEnv({ DATABASE_URL, DATA_DIR: join(folder, dataDir), BESTIE_KEYS: keys(fill) });
    const opened = await openDatabase({ databaseUrl: from, dataDir: '', log });
    await keepKeyMarks(opened.db, parseKeyRing(keys(1), 'it'), new Date('2026-11-24T02:00:00Z'));
    await opened.db.query(
      `INSERT INTO resident (created_at) SELECT '2026-11-24T02:00:00Z' FROM generate_series(1, 3)`,
    );
    await opened.close();
    mkdirSync(join(folder, 'old', 'files', 'ab'), { recursive: true });
    writeFileSync(join(folder, 'old', 'files', 'ab', 'media-ab'), 'sealed');

    const kept = join(folder, 'kept');
    const told = await makeBackup(env(from, 'old'), kept);
    expect(told).toMatch(/the database and 1 files[^]*keep a copy of them too, and keep it apart/);
    expect(readFileSync(join(kept, 'backup.json'), 'utf8')).not.toContain(keys(1).slice(3, 20));
    expect(statSync(kept).mode & 0o077).toBe(0);
    await expect(makeBackup(env(from, 'old'), kept)).rejects.toThrow(/is not empty/);

    await expect(restore(env(to, 'new', 2), kept)).rejects.toThrow(/is not the one/);
    await expect(restore(env(from, 'new'), kept)).rejects.toThrow(/is not empty/);
    const embedded = readEnv({ DATA_DIR: join(folder, 'new'), BESTIE_KEYS: keys(1) });
    await expect(restore(embedded, kept)).rejects.toThrow(/set DATABASE_URL to an empty one/);
    expect(await restore(env(to, 'new'), kept)).toMatch(/3 residents, 0 concerns, 1 files/);
    expect(readFileSync(join(folder, 'new', 'files', 'ab', 'media-ab'), 'utf8')).toBe('sealed');
    await expect(restore(env(to, 'new'), kept)).rejects.toThrow(OperatorError);
  });
});
