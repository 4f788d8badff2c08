import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createCli } from '../../src/cli.ts';
import { describeOnEachStore } from '../support/stores.ts';
import { openDesk } from './desk/desk-harness.ts';
import { seedTrends } from './desk/seed-trends.ts';

/** Runs it as a shell would, with nothing but this environment; resolves with what it printed. */
async function reportWith(env: { DATABASE_URL?: string | undefined }) {
  const dataDir = await mkdtemp(join(tmpdir(), 'bestie-report-'));
  vi.stubEnv('DATABASE_URL', env.DATABASE_URL);
  vi.stubEnv('DATA_DIR', dataDir);
  vi.stubEnv('BESTIE_KEYS', `test:${randomBytes(32).toString('base64')}`);
  const said: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    await rm(dataDir, { recursive: true, force: true });
  });
  return async (...args: string[]): Promise<string> => {
    said.length = 0;
    await createCli({ start: async () => {} }).parseAsync(['node', 'bestie', 'report', ...args]);
    return said.join('');
  };
}

describeOnEachStore('the report in a shell', (store) => {
  // The embedded database has one process at a time, which here is the test's.
  if (store.name === 'embedded') {
    it('makes no database where there is none', async () => {
      const report = await reportWith({});
      await expect(report()).rejects.toThrow(/no database/i);
    });
    return;
  }

  it('is of the last closed month, or of what is asked for, as text or as a table', async () => {
    const desk = await openDesk(store);
    const report = await reportWith({ DATABASE_URL: store.databaseUrl() });
    await expect(report()).rejects.toThrow(/No month is closed yet/);
    await seedTrends(desk);
    expect(await report()).toMatch(/^Tren Ruang Curhat Bestie: Oktober 2026\n[^]*Curhat masuk +131 +\+14\n/);
    expect(await report('--month', '2026-05')).toContain('Tren Ruang Curhat Bestie: Mei 2026');
    expect(await report('--quarter', '2026-3')).toContain(': Juli 2026 sampai September 2026');
    expect(await report('--year', '2026', '--csv')).toMatch(
      /^\uFEFFbulan,tabel,baris,jumlah,keterangan\r\n2026-05,/,
    );
    for (const [option, bad] of [
      ['--month', '2026-13'],
      ['--quarter', '2026-5'],
      ['--year', '26'],
    ] as const)
      await expect(report(option, bad)).rejects.toThrow(/is not a/);
  });
});
