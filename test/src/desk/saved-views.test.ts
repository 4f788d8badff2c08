import { beforeEach, expect, it } from 'vitest';
import { describeOnEachStore } from '../../support/stores.ts';
import { errorOf, openDesk } from './desk-harness.ts';
import type { Desk } from './desk-harness.ts';

type Views = { items: { id: string; name: string; filter: object }[] };

describeOnEachStore('saved views of the board', (store) => {
  let desk: Desk;
  let ana: Awaited<ReturnType<Desk['officer']>>;
  let budi: Awaited<ReturnType<Desk['officer']>>;
  beforeEach(async () => {
    desk = await openDesk(store);
    ana = await desk.officer('Ana Benu');
    budi = await desk.officer('Budi Lay');
  });
  const views = async (officer: typeof ana): Promise<Views['items']> =>
    ((await (await officer.get('/views')).json()) as Views).items;
  const filter = { status: 'open', category: 'bansos', overdue: '1' };

  it('are each officer’s own', async () => {
    expect((await ana.post('/views', { name: '  Bansos   lewat ', filter })).status).toBe(200);
    const [view] = await views(ana);
    expect(view).toMatchObject({ name: 'Bansos lewat', filter });
    expect(await views(budi)).toEqual([]);
    expect((await budi.post('/views', { name: 'bansos lewat', filter: {} })).status).toBe(200);
    expect((await budi.post(`/views/${view?.id}/remove`)).status).toBe(404);
    expect(await views(ana)).toHaveLength(1);
    expect((await ana.post(`/views/${view?.id}/remove`)).status).toBe(200);
    expect((await ana.post(`/views/${view?.id}/remove`)).status).toBe(404);
    expect(await views(ana)).toEqual([]);
    expect(await views(budi)).toHaveLength(1);
  });

  it('have one name each, also when two tabs save at once', async () => {
    const both = await Promise.all(
      ['Punya saya', 'PUNYA SAYA'].map((name) => ana.post('/views', { name, filter: {} })),
    );
    expect(both.map((response) => response.status).sort()).toEqual([200, 409]);
    const refused = both.find((response) => response.status === 409);
    expect(refused && (await errorOf(refused)).sentence).toMatch(/sudah punya tampilan/);
  });

  it('are at most twenty', async () => {
    for (let at = 0; at < 20; at += 1) await ana.post('/views', { name: `Tampilan ${at}`, filter: {} });
    const refused = await ana.post('/views', { name: 'satu lagi', filter: {} });
    expect([refused.status, (await errorOf(refused)).code]).toEqual([409, 'TOO_MANY']);
  });

  it('hold filters of the board and nothing else', async () => {
    for (const bad of [{ status: 'hilang' }, { mine: '2' }, { officer: budi.id }, [], null])
      expect((await ana.post('/views', { name: 'x', filter: bad })).status).toBe(400);
    expect((await ana.post('/views', { name: ' \n ', filter: {} })).status).toBe(400);
    await desk.db.query(
      `INSERT INTO saved_view (officer_id, name, filter, created_at) VALUES ($1, 'lama', '{"tag":"x"}', $2)`,
      [ana.id, desk.clock.now()],
    );
    expect(await views(ana)).toEqual([]);
  });

  it('go with their officer', async () => {
    await ana.post('/views', { name: 'x', filter: {} });
    await desk.db.query(`DELETE FROM officer WHERE id = $1`, [ana.id]);
    expect(await desk.one(`SELECT count(*)::int AS count FROM saved_view`)).toEqual({ count: 0 });
  });
});
