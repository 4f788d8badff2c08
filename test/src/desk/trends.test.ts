import { beforeEach, expect, it } from 'vitest';
import { describeOnEachStore } from '../../support/stores.ts';
import { openDesk } from './desk-harness.ts';
import type { Desk } from './desk-harness.ts';
import { seedTrends } from './seed-trends.ts';

type Told = {
  lastClosed: string | null;
  report: {
    months: string[];
    missing: string[];
    highlights: { key: string; figure: { count: number } | null }[];
    tables: { key: string; rows: { name: string; figure: { count: number } }[] }[];
  };
};

describeOnEachStore('the trends at the desk', (store) => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk(store);
  });

  it('are of closed months alone, for those who answer for the room and for who makes policy', async () => {
    await seedTrends(desk);
    const analyst = await desk.officer('Nona Analis', 'analyst');
    const of = async (from: string, to: string) =>
      (await (await analyst.get(`/trends?from=${from}&to=${to}`)).json()) as Told;
    const october = await of('2026-10', '2026-11');
    expect(october).toMatchObject({
      lastClosed: '2026-10',
      report: { months: ['2026-10'], missing: ['2026-11'] },
    });
    expect(october.report.highlights[0]).toMatchObject({ key: 'received', figure: { count: 131 } });
    expect(october.report.tables.find((table) => table.key === 'kecamatan')?.rows[0]?.name).toBe('Oebobo');
    expect((await of('2026-05', '2026-10')).report.highlights[0]?.figure?.count).toBe(583);
    // What comes today is not there, so two looks at it cannot be compared.
    const maria = await desk.resident('Maria');
    await maria.poursOut('soal yang tidak boleh keluar');
    expect((await of('2026-11', '2026-11')).report).toMatchObject({ months: [] });
    for (const bad of [
      'from=2026-11',
      'from=2026-10-01&to=2026-10-15',
      'from=2026-12&to=2026-11',
      'from=x&to=y',
    ])
      expect((await analyst.get(`/trends?${bad}`)).status).toBe(400);
    const officer = await desk.officer('Ana Benu');
    expect((await officer.get('/trends?from=2026-10&to=2026-10')).status).toBe(403);
    expect((await officer.post('/trends/export', { from: '2026-10', to: '2026-10' })).status).toBe(403);
  });

  it('say so while no month is closed', async () => {
    const analyst = await desk.officer('Nona Analis', 'analyst');
    const told = (await (await analyst.get('/trends?from=2026-10&to=2026-10')).json()) as Told;
    expect(told).toMatchObject({ lastClosed: null, report: { months: [], missing: ['2026-10'] } });
  });

  it('go out as a table, by the agencies’ names, and the going out is recorded', async () => {
    await seedTrends(desk);
    await desk.db.query(`UPDATE agency SET short = '@Dinsos' WHERE id = 'dinsos'`);
    const analyst = await desk.officer('Nona Analis', 'analyst');
    const asked = { from: '2026-09', to: '2026-10' };
    const { csv } = (await (await analyst.post('/trends/export', asked)).json()) as { csv: string };
    expect(csv).toMatch(/^\uFEFFbulan,tabel,baris,jumlah,keterangan\r\n2026-09,Peristiwa,/);
    expect(csv).toContain(`2026-10,Rujukan menurut instansi,'@Dinsos,20,\r\n`);
    expect(csv).not.toMatch(/2026-0[1-8]|2026-11/);
    expect(
      await desk.one(`SELECT officer_id, action, detail FROM audit WHERE officer_id IS NOT NULL`),
    ).toEqual({
      officer_id: analyst.id,
      action: 'export_trends',
      detail: asked,
    });
  });
});
