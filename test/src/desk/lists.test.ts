import { beforeEach, expect, it } from 'vitest';
import { describeOnEachStore } from '../../support/stores.ts';
import { errorOf, openDesk } from './desk-harness.ts';
import type { Desk } from './desk-harness.ts';

const agency = {
  name: 'Dinas Sosial Kota Kupang',
  short: 'Dinsos',
  level: 'kota',
  categories: ['bansos'],
  handles: 'bantuan sosial, <b>PKH</b>',
  email: 'dinsos@kupangkota.go.id',
  contact: '',
  source: 'kupangkota.go.id',
};
const hotline = {
  name: 'Puskesmas Sikumana',
  call: '0380-123456',
  whatsapp: '',
  web: '',
  hours: '24 jam',
  kinds: ['medis_darurat'],
  isShown: true,
  source: 'ditelepon sendiri',
  verifiedOn: '2026-11-30',
};

describeOnEachStore('agencies and hotlines at the desk', (store) => {
  let desk: Desk;
  let ana: Awaited<ReturnType<Desk['officer']>>;
  beforeEach(async () => {
    desk = await openDesk(store);
    ana = await desk.officer('Ana', 'admin');
  });
  const items = async (path: string) =>
    ((await (await ana.get(path)).json()) as { items: Record<string, unknown>[] }).items;

  it('adds an agency once, and takes it out again while nothing hangs on it', async () => {
    const both = await Promise.all([ana.post('/agencies', agency), ana.post('/agencies', agency)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await items('/agencies')).toMatchObject([
      { id: 'dinsos', handles: 'bantuan sosial, <b>PKH</b>', isActive: true, contact: null },
    ]);
    expect((await ana.post('/agencies/dinsos/remove')).status).toBe(200);
    expect((await ana.post('/agencies/dinsos/remove')).status).toBe(404);
    expect(await items('/agencies')).toEqual([]);
  });

  it('keeps an agency that has had a concern', async () => {
    await ana.post('/agencies', agency);
    const { id } = await (await desk.resident()).poursOut('soal bansos');
    await desk.db.query(`UPDATE concern SET agency_id = 'dinsos' WHERE id = $1`, [id]);
    const refused = await ana.post('/agencies/dinsos/remove');
    expect((await errorOf(refused)).code).toBe('IN_USE');
    expect(await items('/agencies')).toHaveLength(1);
  });

  it('adds a hotline at the end, tells the second of two, and never one without a source', async () => {
    const both = await Promise.all([ana.post('/hotlines', hotline), ana.post('/hotlines', hotline)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const unsourced = await ana.post('/hotlines', { ...hotline, name: 'Lain', source: '  ' });
    expect((await errorOf(unsourced)).code).toBe('NO_SOURCE');
    expect((await ana.post('/hotlines', { ...hotline, name: 'Lain', kinds: ['banjir'] })).status).toBe(400);
    expect(await items('/hotlines')).toMatchObject([{ id: 'puskesmas-sikumana', kinds: ['medis_darurat'] }]);
  });

  it('always leaves one hotline that is shown', async () => {
    await ana.post('/hotlines', hotline);
    await ana.post('/hotlines', { ...hotline, name: 'Kedua' });
    const two = await Promise.all([
      ana.post('/hotlines/kedua/remove'),
      ana.post('/hotlines/puskesmas-sikumana/remove'),
    ]);
    expect(two.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [left] = await items('/hotlines');
    const hide = { ...hotline, ...left, whatsapp: '', web: '', isShown: false };
    expect((await errorOf(await ana.post(`/hotlines/${String(left?.['id'])}`, hide))).code).toBe(
      'LAST_SHOWN',
    );
    expect((await ana.post('/hotlines/tidak-ada/remove')).status).toBe(404);
  });
});
