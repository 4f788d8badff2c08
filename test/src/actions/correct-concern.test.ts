import { beforeEach, expect, it } from 'vitest';
import { seed } from '../../../prisma/seed.ts';
import { correctConcern } from '../../../src/actions/correct-concern.ts';
import type { CorrectConcernResult } from '../../../src/actions/correct-concern.ts';
import { asJsonLines, exportCorrections } from '../../../src/actions/export-corrections.ts';
import { report } from '../../../src/understanding/report.ts';
import { describeOnEachStore } from '../../support/stores.ts';
import { mondayMorning, openDesk } from '../desk/desk-harness.ts';
import type { Desk } from '../desk/desk-harness.ts';

type Correction = Parameters<typeof correctConcern>[1];

describeOnEachStore('corrections of a concern', (store) => {
  let desk: Desk;
  let ana: Awaited<ReturnType<Desk['officer']>>;
  let maria: Awaited<ReturnType<Desk['resident']>>;
  let concern: { id: string; code: string };
  beforeEach(async () => {
    desk = await openDesk(store);
    await seed(desk.db, new Date(mondayMorning));
    ana = await desk.officer('Ana Benu');
    maria = await desk.resident('Maria Bano');
    concern = await maria.poursOut('nama saya Maria Bano, NIK 5371010101800001, guru di SD minta uang');
  });

  const correct = (more: Partial<Correction> = {}): Promise<CorrectConcernResult> =>
    desk.transact((tx) =>
      correctConcern(tx, {
        concernId: concern.id,
        officerId: ana.id,
        seen: null,
        category: 'pendidikan',
        agencyId: 'disdikbud',
        danger: 'no_danger',
        understood: { categories: [], agencies: [], urgency: 'sedang', danger: null },
        ...more,
      }),
    );
  const agree = (residentId: string): Promise<unknown> =>
    desk.db.query(
      `INSERT INTO consent (resident_id, text_version, text_hash, channel, given_at) VALUES ($1, '1', 'x', 'telegram', $2)`,
      [residentId, desk.clock.now()],
    );
  const exported = () => desk.transact((tx) => exportCorrections(tx, { officerId: null }));

  it('changes the concern, keeps a row and leaves a trace without words', async () => {
    const result = await correct({ danger: 'kekerasan_anak' });
    expect(result.kind).toBe('corrected');
    expect(await desk.one(`SELECT category, agency_id FROM concern`)).toEqual({
      category: 'pendidikan',
      agency_id: 'disdikbud',
    });
    expect(
      await desk.one(
        `SELECT concern_id, officer_id, category, agency_id, danger_kind, is_danger, understood FROM correction`,
      ),
    ).toEqual({
      concern_id: concern.id,
      officer_id: ana.id,
      category: 'pendidikan',
      agency_id: 'disdikbud',
      danger_kind: 'kekerasan_anak',
      is_danger: true,
      understood: { categories: [], agencies: [], urgency: 'sedang', danger: null },
    });
    expect(await desk.one(`SELECT action, detail FROM audit`)).toEqual({
      action: 'correct_concern',
      detail: {
        code: concern.code,
        from: 'bansos',
        category: 'pendidikan',
        agency: 'disdikbud',
        danger: 'kekerasan_anak',
      },
    });
  });

  it('tells the second of two who correct at once, and lets them correct what they then see', async () => {
    const both = await Promise.all([correct(), correct({ category: 'kesehatan' })]);
    expect(both.map((result) => result.kind).sort()).toEqual(['changed', 'corrected']);
    expect(both.find((result) => result.kind === 'changed')).toEqual({ kind: 'changed', by: 'Ana Benu' });
    const first = both.find((result) => result.kind === 'corrected');
    const again = await correct({ category: 'lainnya', seen: first?.correctionId ?? null });
    expect(again.kind).toBe('corrected');
    expect(await desk.one(`SELECT count(*) AS count FROM correction`)).toEqual({ count: 2 });
  });

  it('refuses an agency that there is not, a draft, and a kind of danger beside "no danger"', async () => {
    expect(await correct({ agencyId: 'dinas_awan' })).toEqual({ kind: 'unknown_agency' });
    await expect(
      desk.db.query(
        `INSERT INTO correction (concern_id, created_at, category, danger_kind, is_danger, understood)
         VALUES ($1, $2, 'lainnya', 'tppo', false, '{}')`,
        [concern.id, desk.clock.now()],
      ),
    ).rejects.toThrow();
    await desk.db.query(`UPDATE concern SET status = 'draft'`);
    expect(await correct()).toEqual({ kind: 'not_found' });
    expect(await desk.one(`SELECT count(*) AS count FROM correction`)).toEqual({ count: 0 });
  });

  it('exports the newest word on each concern without identities, and says how many went out', async () => {
    await agree(maria.residentId);
    const first = await correct({ agencyId: null, danger: 'not_judged' });
    expect(await exported()).toEqual([
      { text: 'nama saya [-], NIK [-], guru di SD minta uang', category: 'pendidikan' },
    ]);
    await correct({ seen: first.kind === 'corrected' ? first.correctionId : null });
    const lines = await exported();
    expect(lines).toMatchObject([{ category: 'pendidikan', agency: 'disdikbud', danger: null }]);
    const readBack = asJsonLines(lines).trim().split('\n');
    expect(report(readBack.map((line) => JSON.parse(line) as never))).toMatch(
      /1 lines[\s\S]*agency[\s\S]*false alarms/,
    );
    const audits = await desk.db.query(
      `SELECT officer_id, detail FROM audit WHERE action = 'export_corrections' ORDER BY id`,
    );
    expect(audits.rows).toEqual([
      { officer_id: null, detail: { count: 1 } },
      { officer_id: null, detail: { count: 1 } },
    ]);
  });

  it('exports nothing of who never agreed, withdrew, was erased, or wrote nothing', async () => {
    await correct();
    expect(await exported()).toEqual([]);
    await agree(maria.residentId);
    expect(await exported()).toHaveLength(1);
    await desk.db.query(`UPDATE resident SET erased_at = $1`, [desk.clock.now()]);
    expect(await exported()).toEqual([]);
    await desk.db.query(`UPDATE resident SET erased_at = NULL`);
    await desk.db.query(`UPDATE consent SET withdrawn_at = $1`, [desk.clock.now()]);
    expect(await exported()).toEqual([]);
    await agree(maria.residentId);
    await desk.db.query(`UPDATE message SET deleted_at = $1`, [desk.clock.now()]);
    expect(await exported()).toEqual([]);
  });
});
