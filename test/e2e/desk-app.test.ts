import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { notes } from '../../src/conversation/nudge-officers.ts';
import type { PushNote, WebPush } from '../../src/push/web-push.ts';
import { openDesk, type Desk } from '../src/desk/desk-harness.ts';
import { describeInChromium, phone, useChromium } from '../support/chromium.ts';
import { builtDesk } from '../support/desk-in-chromium.ts';

/** The desk as an app of its own: installed, offline, updated, told of what waits. */
describeInChromium('the desk as an app', (store) => {
  const chromium = useChromium();
  let webRoot: string;
  let context: BrowserContext;
  let desk: Desk;
  let url: string;
  let close: () => Promise<void>;
  let tried: PushNote[];

  beforeEach(async () => {
    // Each its own: one of them is updated.
    webRoot = await mkdtemp(join(tmpdir(), 'desk-web-'));
    await cp(await builtDesk(), webRoot, { recursive: true });
    tried = [];
    const webPush: WebPush = {
      publicKey: 'B'.repeat(87),
      accepts: (endpoint) => endpoint.startsWith('https://push.example/'),
      send: async (_, note) => {
        tried.push(note);
        return { kind: 'sent' };
      },
    };
    desk = await openDesk(store, { webRoot, webPush });
    const app = new Hono().route('/desk', desk.app);
    ({ url, close } = await chromium.serve((request) => app.fetch(request)));
    context = await chromium.context({ ...phone, hasWorker: true });
    await context.grantPermissions(['notifications'], { origin: url });
  }, 120_000);
  afterEach(() => rm(webRoot, { recursive: true }));

  /** Logged in, with the worker at work. */
  const open = async (path: string): Promise<{ page: Page; cdp: CDPSession; registrationId: string }> => {
    const ana = await desk.officer('Ana Benu', 'admin');
    const [name = '', value = ''] = ana.cookie.split('=');
    await context.addCookies([{ name, value, domain: '127.0.0.1', path: '/desk' }]);
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const cdp = await context.newCDPSession(page);
    const registered = new Promise<string>((resolve) => {
      cdp.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
        const active = versions.find(({ status }) => status === 'activated');
        if (active) resolve(active.registrationId);
      });
    });
    await cdp.send('ServiceWorker.enable');
    await page.goto(`${url}${path}`);
    return { page, cdp, registrationId: await registered };
  };

  it('can be installed, from its address with and without the slash', async () => {
    const { page, cdp } = await open('/desk');
    await page.getByRole('heading', { name: 'Hari ini' }).waitFor();
    const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors');
    // A private window installs nothing; every other complaint would be ours.
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
    const { errors, data = '' } = await cdp.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    expect(JSON.parse(data)).toMatchObject({ start_url: '/desk', scope: '/desk', display: 'standalone' });
    for (const { src } of (JSON.parse(data) as { icons: { src: string }[] }).icons)
      expect((await page.request.get(`${url}${src}`)).headers()['content-type']).toMatch(/^image\//);
  });

  it('keeps the program and nothing of residents, and says plainly that it needs a connection', async () => {
    const maria = await desk.resident('Maria Bano');
    await maria.says('rahasia sekali');
    await maria.waits();
    const { page } = await open('/desk/antrean');
    await page.getByText('Maria Bano').first().waitFor();
    await page.reload();
    await page.getByText('Maria Bano').first().waitFor();
    const kept = await page.evaluate<{ names: string[]; urls: string[] }>(`(async () => {
      const names = await caches.keys();
      const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return { names, urls: requests.flat().map((request) => new URL(request.url).pathname) };
    })()`);
    expect(kept.names).toHaveLength(1);
    expect(kept.urls).toContain('/desk/offline.html');
    expect(kept.urls.filter((path) => path.endsWith('.js')).length).toBeGreaterThan(10);
    expect(kept.urls.filter((path) => path.includes('/api/') || path === '/desk/antrean')).toEqual([]);
    await close();
    await page.reload();
    await page.getByRole('heading', { name: 'Meja petugas perlu sambungan' }).waitFor();
    expect(await page.content()).not.toMatch(/Maria|rahasia/);
  });

  it('offers the new version when there is one, and loads it when told', async () => {
    const { page } = await open('/desk/antrean');
    await page.getByRole('heading', { name: 'Antrean' }).waitFor();
    expect(await page.getByText('Meja petugas diperbarui').count()).toBe(0);
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    for (const end of ['.br', '.gz']) await rm(join(webRoot, `sw.js${end}`));
    await appendFile(join(webRoot, 'sw.js'), '\n// another version');
    await page.evaluate(
      'navigator.serviceWorker.ready.then((registration) => registration.update()).then(() => true)',
    );
    const loaded = page.waitForEvent('load');
    await page.getByRole('button', { name: 'Muat ulang' }).click();
    await loaded;
    await page.getByRole('heading', { name: 'Antrean' }).waitFor();
    expect(await page.getByText('Meja petugas diperbarui').count()).toBe(0);
  });

  it('rings for danger always, for other news only when nobody looks, and never says a word of a resident', async () => {
    const { page, cdp, registrationId } = await open('/desk/hari-ini');
    await page.getByRole('heading', { name: 'Hari ini' }).waitFor();
    const rings = (note: PushNote) =>
      cdp.send('ServiceWorker.deliverPushMessage', {
        origin: url,
        registrationId,
        data: JSON.stringify(note),
      });
    const shown = () =>
      page.evaluate(`navigator.serviceWorker.ready
        .then((registration) => registration.getNotifications())
        .then((all) => all.map(({ title, body, tag }) => ({ title, body, tag })))`);
    await rings(notes.waiting('abc'));
    await rings(notes.danger);
    await expect
      .poll(shown)
      .toEqual([{ title: notes.danger.title, body: notes.danger.body, tag: notes.danger.tag }]);
  });

  it('turns notes on in this browser, tries them, and turns them off', async () => {
    // No push service answers here; the browser's part is what it would give.
    await context.addInitScript(`
      const endpoint = 'https://push.example/abc';
      let is = null;
      Object.assign(PushManager.prototype, {
        getSubscription: async () => is,
        subscribe: async () => (is = {
          endpoint,
          options: {},
          toJSON: () => ({ endpoint, keys: { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) } }),
          unsubscribe: async () => ((is = null), true),
        }),
      });
    `);
    const { page } = await open('/desk/pengaturan/saya');
    await page.getByRole('button', { name: 'Nyalakan di perangkat ini' }).click();
    await page.getByText('perangkat ini', { exact: true }).waitFor();
    await page.getByRole('button', { name: /Coba bunyikan/ }).click();
    await page.getByText(/Terkirim/).waitFor();
    expect(tried.map(({ title }) => title)).toEqual(['Pemberitahuan menyala']);
    await page.getByRole('button', { name: /Matikan/ }).click();
    await page.getByRole('button', { name: 'Nyalakan di perangkat ini' }).waitFor();
    expect(await desk.one(`SELECT count(*) AS count FROM officer_contact`)).toEqual({ count: 0 });
  });
});
