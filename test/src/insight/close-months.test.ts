import { beforeEach, expect, it } from 'vitest';
import { closeMonths } from '../../../src/insight/close-months.ts';
import { countMonth } from '../../../src/insight/count-month.ts';
import { readTrends } from '../../../src/insight/read-trends.ts';
import { runDaily } from '../../../src/jobs/daily.ts';
import { describeOnEachStore } from '../../support/stores.ts';
import { openDesk } from '../desk/desk-harness.ts';
import type { Desk } from '../desk/desk-harness.ts';
import { seedMonth, seedTrends } from '../desk/seed-trends.ts';

describeOnEachStore('months that are over', (store) => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk(store);
  });
  const close = () => desk.transact(closeMonths);
  const kept = async () => (await desk.db.query(`SELECT * FROM trend_month ORDER BY month`)).rows;

  it('are counted by the room’s own days, each person once', async () => {
    const maria = await desk.resident('Maria', 'whatsapp');
    const agus = await desk.resident('Agus', 'telegram');
    const pours = async (who: typeof maria, when: string, more: Record<string, string | null> = {}) => {
      desk.clock.set(when);
      const { id } = await who.poursOut('soal yang tidak boleh keluar');
      for (const [column, value] of Object.entries(more))
        await desk.db.query(`UPDATE concern SET ${column} = $2 WHERE id = $1`, [id, value]);
      return id;
    };
    // The first and the last minute of October in Kupang, and those beside them.
    await pours(maria, '2026-09-30T23:59:00+08:00');
    const first = await pours(maria, '2026-10-01T00:00:00+08:00', { kelurahan_code: '53.71.04.1001' });
    const second = await pours(maria, '2026-10-31T23:59:00+08:00', { category: null });
    await pours(agus, '2026-10-12T10:00:00+08:00', { kelurahan_code: '53.71.04.1002' });
    await pours(agus, '2026-10-12T10:00:00+08:00', { status: 'draft' });
    await pours(agus, '2026-11-01T00:00:00+08:00');
    const audits = [
      ['answer_concern', first, '2026-10-03T00:00:00+08:00'],
      // A later answer is not the first one, and the second's first came in November.
      ['answer_concern', first, '2026-10-20T00:00:00+08:00'],
      ['reopen_concern', first, '2026-10-21T00:00:00+08:00'],
      ['reopen_concern', first, '2026-10-22T00:00:00+08:00'],
      ['answer_concern', second, '2026-11-02T00:00:00+08:00'],
    ];
    for (const [action, subject, when] of audits)
      await desk.db.query(
        `INSERT INTO audit (at, action, subject_kind, subject_id) VALUES ($1, $2, 'concern', $3)`,
        [when, action, subject],
      );
    await desk.db.query(
      `UPDATE concern SET status = 'settled', settled_at = '2026-10-11T00:00:00+08:00' WHERE id = $1`,
      [first],
    );
    for (const severity of ['sedang', 'darurat'] as const) {
      desk.clock.set('2026-10-15T10:00:00+08:00');
      await maria.alarms(severity);
    }
    const one = await maria.books('2026-10-31', '09:00');
    await desk.db.query(`UPDATE booking SET status = 'arrived' WHERE id = $1`, [one.id]);
    const two = await agus.books('2026-10-05', '09:00');
    await desk.db.query(`UPDATE booking SET status = 'missed' WHERE id = $1`, [two.id]);

    const { tables, events } = await countMonth(desk.db, '2026-10');
    expect(tables.category).toMatchObject({ people: 2 });
    expect(tables.category.rows.sort((a, b) => (a.key < b.key ? -1 : 1))).toEqual([
      { key: 'bansos', count: 2, people: 2 },
      { key: 'none', count: 1, people: 1 },
    ]);
    expect(tables.kecamatan.rows).toContainEqual({ key: '53.71.04', count: 2, people: 2 });
    expect(tables.channel.rows).toContainEqual({ key: 'whatsapp', count: 2, people: 1 });
    expect(tables.danger).toEqual({ people: 1, rows: [{ key: 'kekerasan_kdrt', count: 1, people: 1 }] });
    expect(tables.visit).toEqual({ people: 1, rows: [{ key: 'booked', count: 1, people: 1 }] });
    expect(events).toEqual({
      answered: { people: 1, count: 1, medianDays: 2 },
      settled: { people: 1, count: 1, medianDays: 10 },
      reopened: { people: 1, count: 1, medianDays: 20 },
    });
  });

  it('are written down on the first night after them, once, and stand', async () => {
    await seedMonth(desk, '2026-10', 40);
    desk.clock.set('2026-10-31T23:59:00+08:00');
    expect(await close()).toEqual([]);
    desk.clock.set('2026-11-01T02:30:00+08:00');
    expect(await close()).toEqual(['2026-10']);
    const written = await kept();
    expect(written).toMatchObject([{ month: '2026-10-01', threshold: 5 }]);
    await desk.db.query(`DELETE FROM concern`);
    expect(await close()).toEqual([]);
    expect(await kept()).toEqual(written);
    for (const change of [`UPDATE trend_month SET figures = '{}'`, `DELETE FROM trend_month`])
      await expect(desk.db.query(change)).rejects.toThrow(/never counted again/);
  });

  it('are closed by the upkeep of the night, which forgets what it must also when that fails', async () => {
    const night = () => runDaily(desk);
    await seedMonth(desk, '2026-10', 20);
    await desk.db.query(
      `INSERT INTO setting (key, value, updated_at) VALUES ('room', '{"trendThreshold": 1}', now())`,
    );
    await desk.db.query(`INSERT INTO login_failure (key_hash, at) VALUES ('x', '2026-11-01')`);
    await expect(night()).rejects.toThrow(/trendThreshold/);
    expect((await desk.db.query(`SELECT 1 FROM login_failure`)).rows).toEqual([]);
    expect(await kept()).toEqual([]);
    await desk.db.query(`DELETE FROM setting WHERE key = 'room'`);
    await night();
    await night();
    expect(await kept()).toMatchObject([{ month: '2026-10-01' }]);
  });

  it('are caught up with when nights were missed, also two at once', async () => {
    await seedMonth(desk, '2026-07', 20);
    await seedMonth(desk, '2026-09', 20);
    const closed = await Promise.all([close(), close()]);
    expect(closed.flat().sort()).toEqual(['2026-07', '2026-08', '2026-09', '2026-10']);
    expect(await kept()).toHaveLength(4);
    // Nobody came in August: too few to say so.
    const { report } = await readTrends(desk.db, { from: '2026-08', to: '2026-08' });
    expect(report.highlights.map((line) => line.figure)).toEqual([null, null, null, null, null, null]);
  });

  it('cannot be written down while they run, nor with less cover', async () => {
    const write = (month: string, threshold: number) =>
      desk.db.query(
        `INSERT INTO trend_month (month, closed_at, threshold, figures) VALUES ($1, $2, $3, '{}')`,
        [month, new Date('2026-11-01T00:00:00+08:00'), threshold],
      );
    await expect(write('2026-11-01', 5)).rejects.toThrow();
    await expect(write('2026-10-02', 5)).rejects.toThrow();
    await expect(write('2026-10-01', 4)).rejects.toThrow();
    await write('2026-10-01', 5);
  });

  it('hide by the room’s own threshold from when it is set', async () => {
    await seedMonth(desk, '2026-09', 60);
    desk.clock.set('2026-10-01T02:30:00+08:00');
    await close();
    await desk.db.query(
      `INSERT INTO setting (key, value, updated_at) VALUES ('room', '{"trendThreshold": 50}', now())`,
    );
    await seedMonth(desk, '2026-10', 60);
    desk.clock.set('2026-11-01T02:30:00+08:00');
    await close();
    expect(await kept()).toMatchObject([{ threshold: 5 }, { threshold: 50 }]);
    const { report } = await readTrends(desk.db, { from: '2026-10', to: '2026-10' });
    expect(report.tables.find((table) => table.key === 'visit')?.total).toBeNull();
    expect(report.tables.find((table) => table.key === 'category')?.rows).toEqual([]);
  });

  it('tell nothing of fewer people, and no code, name or word', async () => {
    await seedTrends(desk);
    const told = JSON.stringify(await kept());
    expect(told).not.toMatch(/CRH|BST|[0-9a-f]{8}-[0-9a-f]{4}/);
    for (const { figures } of (await kept()) as unknown as { figures: { tables: object } }[])
      for (const table of Object.values(figures.tables) as ({ rows: { count: number }[] } | null)[])
        for (const row of table?.rows ?? []) expect(row.count).toBeGreaterThanOrEqual(5);
  });
});
