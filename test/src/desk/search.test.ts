import { beforeEach, expect, it } from 'vitest';
import { searchReach } from '../../../src/desk/reads/concern-search.ts';
import { describeOnEachStore } from '../../support/stores.ts';
import { openDesk } from './desk-harness.ts';
import type { Desk } from './desk-harness.ts';

type Found = {
  items: { code: string; found: 'code' | 'words' }[];
  looked: number;
  opened: number;
  isAll: boolean;
};

describeOnEachStore('searching the board', (store) => {
  let desk: Desk;
  let ana: Awaited<ReturnType<Desk['officer']>>;
  let yusuf: Awaited<ReturnType<Desk['officer']>>;
  beforeEach(async () => {
    desk = await openDesk(store);
    ana = await desk.officer('Ana Benu');
    yusuf = await desk.officer('Yusuf', 'supervisor');
  });

  const search = async (officer: typeof ana, words: string, filter: object = {}): Promise<Found> =>
    (await (await officer.post('/concerns/search', { search: words, filter })).json()) as Found;
  const codes = ({ items }: Found) => items.map((item) => item.code);

  it('finds words only in what the officer may read, and opens nothing by it', async () => {
    const maria = await desk.resident('Maria Bano');
    const shut = await maria.poursOut('tetangga bakar sampah tiap sore');
    const mine = await (await desk.resident('Opa Markus')).poursOut('sampah sonde diangkut dua minggu');
    await ana.post(`/concerns/${mine.id}/take`);
    expect(await search(ana, 'sampah')).toMatchObject({
      items: [{ code: mine.code, found: 'words' }],
      looked: 2,
      opened: 1,
      isAll: true,
    });
    expect(codes(await search(yusuf, 'sampah')).toSorted()).toEqual([shut.code, mine.code].toSorted());
    const answer = JSON.stringify(await search(yusuf, 'sampah'));
    expect(answer).not.toMatch(/diangkut|tetangga|Markus|Maria/);
    expect(await desk.one(`SELECT count(*)::int AS count FROM audit WHERE action = 'read_concern'`)).toEqual({
      count: 0,
    });
    expect(await desk.one(`SELECT status FROM concern WHERE id = $1`, [shut.id])).toEqual({ status: 'new' });
  });

  it('finds by canonical spelling, beginning, name and note, all words together', async () => {
    const mine = await (await desk.resident('Opa Markus')).poursOut('sampah sonde diangkut dua minggu');
    await ana.post(`/concerns/${mine.id}/take`);
    await ana.post(`/concerns/${mine.id}/notes`, { body: 'sudah telepon DLH' });
    for (const words of ['tidak diangkut', 'SAMPAH minggu', 'diang', 'markus', 'dlh telepon'])
      expect([words, codes(await search(ana, words))]).toEqual([words, [mine.code]]);
    for (const words of ['sampah listrik', 'gkut', '%', '...', "' OR 1=1 --"])
      expect([words, codes(await search(ana, words))]).toEqual([words, []]);
  });

  it('finds a code, of a visit too, whoever has it, and keeps to the filter', async () => {
    const maria = await desk.resident('Maria');
    const booking = await maria.books('2026-12-09', '09:00');
    const shut = await maria.poursOut('rahasia', booking.id);
    for (const typed of [
      shut.code,
      shut.code.slice(4).toLowerCase(),
      shut.code.replace('-', ' '),
      booking.code,
    ])
      expect([typed, (await search(ana, typed)).items]).toMatchObject([
        typed,
        [{ code: shut.code, found: 'code' }],
      ]);
    expect(codes(await search(ana, shut.code, { status: 'settled' }))).toEqual([]);
    expect(codes(await search(ana, shut.code, { category: 'bansos', status: 'open' }))).toEqual([shut.code]);
    expect(codes(await search(ana, 'C'))).toEqual([]);
  });

  it('leaves out what was deleted and finds what was edited', async () => {
    const maria = await desk.resident('Maria');
    const mine = await maria.poursOut('kata lama');
    await ana.post(`/concerns/${mine.id}/take`);
    const { id } = await desk.one<{ id: string }>(`SELECT id FROM message WHERE concern_id = $1`, [mine.id]);
    await maria.says(
      { kind: 'edit', messageRef: 'x', text: 'kata pengganti' },
      { concernId: mine.id, about: id },
    );
    expect(codes(await search(ana, 'pengganti'))).toEqual([mine.code]);
    await desk.db.query(`UPDATE message SET deleted_at = $2 WHERE concern_id = $1`, [
      mine.id,
      desk.clock.now(),
    ]);
    expect(codes(await search(ana, 'pengganti'))).toEqual([]);
  });

  it('looks through the newest only, and says so', async () => {
    const maria = await desk.resident('Maria');
    const oldest = await maria.poursOut('jembatan putus');
    await desk.db.query(
      `INSERT INTO concern (code, resident_id, status, category, created_at, received_at)
       SELECT 'CRH-' || lpad(n::text, 6, '0'), $1, 'new', 'bansos', $2, $2::timestamptz + n * interval '1 minute'
         FROM generate_series(1, $3::int) n`,
      [maria.residentId, desk.clock.now(), searchReach],
    );
    expect(await search(yusuf, 'jembatan')).toEqual({
      items: [],
      looked: searchReach,
      opened: searchReach,
      isAll: false,
    });
    await desk.db.query(`DELETE FROM concern WHERE code = 'CRH-000500'`);
    expect(await search(yusuf, 'jembatan')).toMatchObject({ items: [{ code: oldest.code }], isAll: true });
  });

  it('writes down that somebody searched, never for what', async () => {
    await search(ana, 'suami pukul');
    await search(ana, 'suami pukul beta');
    expect(await desk.one(`SELECT count(*)::int AS count, min(detail::text) AS detail FROM audit`)).toEqual({
      count: 1,
      detail: '{"opened": 0}',
    });
    expect(desk.logged).toEqual([]);
    for (const bad of [{ search: '', filter: {} }, { search: 'x'.repeat(81), filter: {} }, { search: 'x' }])
      expect((await ana.post('/concerns/search', bad)).status).toBe(400);
  });
});
