import { beforeEach, expect, it } from 'vitest';
import { seed } from '../../../prisma/seed.ts';
import { defaultRoom } from '../../../src/domain/room.ts';
import { describeOnEachStore } from '../../support/stores.ts';
import { errorOf, mondayMorning, openDesk, password } from './desk-harness.ts';
import type { Desk } from './desk-harness.ts';

/** One that would run in a page, one that would run in a spreadsheet, one that would run in a template, in one. */
const hostile = `=HYPERLINK("x")<img src=x onerror=alert(1)>{{7*7}}'; DROP TABLE a;--`;
/** What no person types is dropped, what a person may type is kept. */
const typed = `  ${hostile}\u0000\u0007\u001b[31m `;
const kept = `${hostile}[31m`;

type Row = Record<string, unknown> & { id: string; version: number };

describeOnEachStore('whatever is written at the desk', (store) => {
  let desk: Desk;
  let ana: Awaited<ReturnType<Desk['officer']>>;
  beforeEach(async () => {
    desk = await openDesk(store);
    ana = await desk.officer('Ana', 'admin');
  });

  const read = async (path: string): Promise<string> => {
    const response = await ana.get(path);
    expect([path, response.status]).toEqual([path, 200]);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toBe('no-store');
    return response.text();
  };
  const items = async (path: string) => (JSON.parse(await read(path)) as { items: Row[] }).items;
  const write = async (path: string, body: unknown): Promise<void> => {
    const response = await ana.post(path, body);
    expect([path, response.status, await response.text()]).toMatchObject([path, 200, expect.anything()]);
  };
  /** As JSON has it, so that it is found whole and nothing was escaped twice. */
  const asJson = JSON.stringify(kept).slice(1, -1);

  it('is kept as the words that they are, in every list that an admin edits', async () => {
    await seed(desk.db, new Date(mondayMorning));
    await write('/canned', { version: 0, shortcut: 'uji', title: typed, body: typed });
    expect(await items('/canned')).toMatchObject([{ title: kept, body: kept }]);
    await write('/days/2026-12-07/close', { name: typed });
    expect(await read('/closures')).toContain('=HYPERLINK(');
    await write('/room', {
      room: { ...defaultRoom, name: hostile, place: hostile, address: hostile },
      seenAt: null,
    });
    expect(JSON.parse(await read('/room'))).toMatchObject({
      room: { name: hostile, place: hostile, address: hostile },
    });
    const [agency] = await items('/agencies');
    await write(`/agencies/${agency?.id}`, {
      ...agency,
      name: typed,
      short: typed.slice(0, 30),
      handles: typed,
      email: '',
      contact: typed,
    });
    expect((await items('/agencies')).find(({ id }) => id === agency?.id)).toMatchObject({
      name: kept,
      handles: kept,
      contact: kept,
    });
    const [hotline] = await items('/hotlines');
    const fields = { ...hotline, call: '129', whatsapp: '', web: '', hours: '' };
    await write(`/hotlines/${hotline?.id}`, { ...fields, name: typed, hours: typed, source: typed });
    expect((await items('/hotlines')).find(({ id }) => id === hotline?.id)).toMatchObject({
      name: kept,
      hours: kept,
      source: kept,
    });
    // A link that a page will draw is a web address or none.
    for (const web of ['javascript:alert(1)', 'data:text/html,x', hostile])
      expect((await ana.post(`/hotlines/${hotline?.id}`, { ...fields, version: 2, web })).status).toBe(400);
    await write('/officers', { login: 'budi', name: typed, role: 'officer' });
    expect(await read('/officers')).toContain('<img src=x onerror');
    expect((await ana.post('/officers', { login: hostile, name: 'x', role: 'officer' })).status).toBe(400);
    expect(desk.logged).toEqual([]);
  });

  it('reaches a resident, a colleague and the audit as the words that they are', async () => {
    const rambu = await desk.officer('Rambu', 'supervisor');
    const maria = await desk.resident('Maria <b>Bano</b>');
    await maria.says(hostile);
    await maria.waits();
    const { conversationId: id } = maria;
    await write(`/conversations/${id}/claim`, {});
    await write(`/conversations/${id}/messages`, { text: typed, onceKey: 'kunci-uji-1' });
    await write(`/conversations/${id}/notes`, { body: typed });
    expect(await read(`/conversations/${id}/messages`)).toContain(asJson);
    await write(`/conversations/${id}/transfer`, { toOfficerId: rambu.id, note: typed });
    const seen = await (await rambu.get(`/conversations/${id}`)).text();
    expect(seen).toContain(asJson);
    expect(seen).toContain('Maria <b>Bano</b>');
    await rambu.post(`/conversations/${id}/close`, { word: typed });
    expect(await (await rambu.get(`/conversations/${id}/messages`)).text()).not.toMatch(/&lt;|\\u0007/);
    expect(await read('/audit')).not.toContain('HYPERLINK');
    expect(desk.logged.join()).not.toMatch(/HYPERLINK|Maria/);
  });

  it('is told apart from an edit that somebody else has made meanwhile', async () => {
    await seed(desk.db, new Date(mondayMorning));
    const [hotline] = await items('/hotlines');
    const fields = { ...hotline, call: '129', whatsapp: '', web: '', hours: '' };
    const both = await Promise.all(
      ['Satu', 'Dua'].map((name) => ana.post(`/hotlines/${hotline?.id}`, { ...fields, name })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const late = both.find(({ status }) => status === 409);
    expect((await errorOf(late as Response)).sentence).toMatch(/Orang lain sudah mengubahnya/);
  });

  it('opens no door twice: an invitation that was used or is too old says so, and makes no session', async () => {
    const invite = async (login: string): Promise<string> => {
      const made = (await (await ana.post('/officers', { login, name: 'Budi', role: 'officer' })).json()) as {
        link: string;
      };
      return made.link.split('#')[1] ?? '';
    };
    const ask = (path: string, body: unknown) =>
      desk.request(path, { method: 'POST', body: JSON.stringify(body) });
    const token = await invite('budi');
    const used = await Promise.all([
      ask('/set-up', { token, password }),
      ask('/set-up', { token, password }),
    ]);
    expect(used.map(({ status }) => status).sort()).toEqual([200, 410]);
    const old = await invite('citra');
    desk.clock.advance(73 * 3_600_000);
    for (const each of [token, old, 'x'.repeat(43), `${old}'--`])
      for (const path of ['/set-up/look', '/set-up']) {
        const response = await ask(path, { token: each, password });
        expect([path, response.status]).toEqual([path, 410]);
        expect(response.headers.get('set-cookie')).toBeNull();
        expect((await errorOf(response)).sentence).toMatch(/Mintalah tautan baru/);
      }
  });
});
