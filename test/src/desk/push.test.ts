import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { claimHandoff } from '../../../src/actions/claim-handoff.ts';
import { createNudger, type Nudger } from '../../../src/conversation/nudge-officers.ts';
import { loadPushKeys } from '../../../src/push/push-keys.ts';
import { createWebPush } from '../../../src/push/web-push.ts';
import { startPushService, type PushServiceStub } from '../../support/push-service.ts';
import { describeOnEachStore } from '../../support/stores.ts';
import { errorOf, openDesk } from './desk-harness.ts';
import type { Desk } from './desk-harness.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'bestie-push-'));
const keys = loadPushKeys({ dataDir, log: { info: () => {}, warn: () => {}, error: () => {} } });
rmSync(dataDir, { recursive: true });

describeOnEachStore('notes to the browsers of officers', (store) => {
  let desk: Desk;
  let service: PushServiceStub;
  let nudger: Nudger;
  let errors: unknown[];
  beforeEach(async () => {
    service = await startPushService(() => keys.publicKey);
    const webPush = createWebPush({ keys, subject: 'mailto:it@kupangkota.go.id', alsoAccept: service.url });
    desk = await openDesk(store, { webPush });
    errors = [];
    nudger = createNudger({ ...desk, webPush, onError: (error) => void errors.push(error) });
    desk.listeners.add((change) => nudger.hear(change, false));
  });
  afterEach(async () => {
    nudger.stop();
    await nudger.idle();
    await service.close();
    expect(errors).toEqual([]);
  });

  const onDuty = async (name: string) => {
    const officer = await desk.officer(name);
    await officer.post('/me/presence', { presence: 'on_duty' });
    return officer;
  };
  const withBrowser = async (officer: Awaited<ReturnType<typeof onDuty>>) => {
    const browser = service.browser();
    const response = await officer.post('/me/push', browser.subscription);
    expect(response.status).toBe(200);
    return { ...browser, id: ((await response.json()) as { id: string }).id };
  };
  const titles = ({ received }: { received: { note: unknown }[] }) =>
    received.map(({ note }) => (note as { title: string }).title);
  /** Time for what was heard to be gathered and sent. */
  const passes = async (ms: number) => {
    await nudger.idle();
    desk.clock.advance(ms);
    // The sleeper wakes in this turn of the loop and begins its work in the next.
    await new Promise((done) => void setImmediate(done));
    await nudger.idle();
  };

  it('are turned on, listed, tried and turned off', async () => {
    const ana = await onDuty('Ana');
    const browser = await withBrowser(ana);
    const list = async () =>
      (await (await ana.get('/me/push')).json()) as { items: unknown[]; publicKey: string };
    expect(await list()).toMatchObject({
      publicKey: keys.publicKey,
      items: [{ id: browser.id, device: 'Chrome di Android' }],
    });
    expect(JSON.stringify(await list())).not.toContain(browser.subscription.keys.auth);
    expect((await ana.post(`/me/push/${browser.id}/test`)).status).toBe(200);
    expect(titles(browser)).toEqual(['Pemberitahuan menyala']);
    const { value_sealed: sealed } = await desk.one<{ value_sealed: Uint8Array }>(
      `SELECT value_sealed FROM officer_contact`,
    );
    expect(Buffer.from(sealed).toString('latin1')).not.toContain(browser.subscription.endpoint);
    const budi = await onDuty('Budi');
    expect((await budi.post(`/me/push/${browser.id}/remove`)).status).toBe(404);
    expect((await budi.post(`/me/push/${browser.id}/test`)).status).toBe(404);
    expect((await ana.post(`/me/push/${browser.id}/remove`)).status).toBe(200);
    expect((await list()).items).toEqual([]);
  });

  it('turned on twice are one, and go to whoever turned them on last', async () => {
    const [ana, budi] = [await onDuty('Ana'), await onDuty('Budi')];
    const browser = await withBrowser(ana);
    const again = (officer: typeof ana) => officer.post('/me/push', browser.subscription);
    expect((await Promise.all([again(ana), again(ana)])).map(({ status }) => status)).toEqual([200, 200]);
    expect((await again(budi)).status).toBe(200);
    expect(
      await desk.one(`SELECT count(*) AS count, min(officer_id::text) AS id FROM officer_contact`),
    ).toEqual({
      count: 1,
      id: budi.id,
    });
  });

  it('are refused for an address that is no browser’s, and after ten', async () => {
    const ana = await onDuty('Ana');
    const { subscription } = service.browser();
    for (const endpoint of [
      'http://127.0.0.1:1/internal',
      'https://jahat.example/x',
      'javascript:alert(1)',
      '',
    ])
      expect((await ana.post('/me/push', { ...subscription, endpoint })).status).toBe(400);
    expect((await ana.post('/me/push', { ...subscription, keys: { p256dh: 'x', auth: 'y' } })).status).toBe(
      400,
    );
    for (let n = 0; n < 10; n += 1) await withBrowser(ana);
    const eleventh = await ana.post('/me/push', service.browser().subscription);
    expect((await errorOf(eleventh)).code).toBe('TOO_MANY');
  });

  it('forget a browser that is gone, and keep one whose service only stumbled', async () => {
    const ana = await onDuty('Ana');
    const browser = await withBrowser(ana);
    service.answers(503);
    expect((await ana.post(`/me/push/${browser.id}/test`)).status).toBe(503);
    service.answers(410);
    expect((await errorOf(await ana.post(`/me/push/${browser.id}/test`))).code).toBe('GONE');
    expect(await desk.one(`SELECT count(*) AS count FROM officer_contact`)).toEqual({ count: 0 });
  });

  it('tell those on duty once that a chat waits, and nobody else', async () => {
    const [ana, budi] = [await onDuty('Ana'), await onDuty('Budi')];
    const away = await desk.officer('Citra');
    const browsers = [await withBrowser(ana), await withBrowser(budi), await withBrowser(away)];
    const maria = await desk.resident('Maria Bano');
    await maria.says('suami saya memukul saya');
    await maria.waits();
    const { id } = await desk.one<{ id: string }>(`SELECT id FROM handoff`);
    for (let n = 0; n < 3; n += 1) desk.publish({ kind: 'handoff', id });
    desk.publish({ kind: 'conversation', id: maria.conversationId });
    await passes(4_000);
    expect(browsers.map(titles)).toEqual([['Ada chat baru menunggu'], ['Ada chat baru menunggu'], []]);
    expect(JSON.stringify(browsers)).not.toMatch(/Maria|memukul/);
    desk.publish({ kind: 'handoff', id });
    await passes(120_000);
    expect(browsers.map(titles)).toEqual([['Ada chat baru menunggu'], ['Ada chat baru menunggu'], []]);
  });

  it('tell the holder of new words, gathered, and at most once a minute', async () => {
    const [ana, budi] = [await onDuty('Ana'), await onDuty('Budi')];
    const [mine, others] = [await withBrowser(ana), await withBrowser(budi)];
    const maria = await desk.resident();
    await maria.waits();
    await desk.transact((tx) =>
      claimHandoff(tx, { conversationId: maria.conversationId, officerId: ana.id, greeting: () => 'Halo' }),
    );
    await passes(4_000);
    const says = async (text: string) => {
      desk.clock.advance(100);
      await maria.says(text);
      desk.publish({ kind: 'conversation', id: maria.conversationId });
    };
    await says('satu');
    await says('dua');
    await passes(4_000);
    expect(titles(mine)).toEqual(['Ada pesan baru di chat Anda']);
    await says('tiga');
    await passes(4_000);
    expect(titles(mine)).toHaveLength(1);
    await passes(60_000);
    expect(titles(mine)).toHaveLength(2);
    // An answer of the officer's own is no news.
    desk.publish({ kind: 'conversation', id: maria.conversationId });
    await passes(120_000);
    expect(titles(mine)).toHaveLength(2);
    expect(titles(others)).toEqual([]);
  });

  it('of another process are that process’s to send', async () => {
    const browser = await withBrowser(await onDuty('Ana'));
    const maria = await desk.resident();
    await maria.waits();
    const { id } = await desk.one<{ id: string }>(`SELECT id FROM handoff`);
    nudger.hear({ kind: 'handoff', id }, true);
    await passes(4_000);
    expect(titles(browser)).toEqual([]);
  });
});
