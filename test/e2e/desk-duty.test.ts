import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve, type ServerType } from '@hono/node-server';
import { Hono } from 'hono';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { walkQueue } from '../../src/actions/walk-queue.ts';
import { projectFolder } from '../../src/ops/project-folder.ts';
import { loadRoomFacts } from '../../src/store/room-facts.ts';
import { openDesk, type Desk } from '../src/desk/desk-harness.ts';
import { describeOnEachStore } from '../support/stores.ts';

const { chromium: found } = inject('services');

/** Who serves and who is called, and the chat that is somebody's turn, as officers see them. */
const define = (store: Parameters<Parameters<typeof describeOnEachStore>[1]>[0]): void => {
  let webRoot: string;
  let browser: Browser;
  let desk: Desk;
  let server: ServerType;
  let url: string;
  let contexts: BrowserContext[];
  let complaints: string[];
  let axe: string;

  beforeAll(async () => {
    webRoot = await mkdtemp(join(tmpdir(), 'desk-web-'));
    await build({
      configFile: join(projectFolder(), 'src/desk/web/vite.config.ts'),
      logLevel: 'error',
      build: { outDir: webRoot },
    });
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    browser = await chromium.launch({
      executablePath: found?.path ?? '',
      args: ['--no-sandbox', '--disable-gpu'],
    });
  });
  afterAll(async () => {
    await browser.close();
    await rm(webRoot, { recursive: true });
  });
  beforeEach(async () => {
    contexts = [];
    complaints = [];
    desk = await openDesk(store, { webRoot });
    const app = new Hono().route('/desk', desk.app);
    url = await new Promise((resolve) => {
      server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
        resolve(`http://127.0.0.1:${port}`),
      );
    });
  });
  afterEach(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    await new Promise((resolve) => server.close(resolve));
  });

  const open = async (path: string, officer: { cookie: string }, width = 390): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width, height: 844 }, serviceWorkers: 'block' });
    contexts.push(context);
    await context.clock.install({ time: desk.clock.now() });
    const [name = '', value = ''] = officer.cookie.split('=');
    await context.addCookies([{ name, value, domain: '127.0.0.1', path: '/desk' }]);
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${url}/desk${path}`);
    return page;
  };

  /** What a screen reader or weak eyes would stumble over, and whether anything reaches beyond the screen. */
  const looksWell = async (page: Page): Promise<void> => {
    await page.evaluate(axe);
    const { violations } = await page.evaluate<{ violations: { id: string; impact: string | null }[] }>(
      'axe.run()',
    );
    expect(
      violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id),
    ).toEqual([]);
    expect(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  };
  const walk = async (): Promise<void> => {
    const { calendar } = await loadRoomFacts(desk.db);
    await desk.transact((tx) => walkQueue(tx, { calendar }));
  };
  /** Pictures to look at: `LOOK=/tmp/somewhere npx vitest run test/e2e/desk-duty.test.ts`. */
  const keep = async (page: Page, name: string): Promise<void> => {
    const folder = process.env['LOOK'];
    if (folder && store.name === 'embedded') await page.screenshot({ path: join(folder, `${name}.png`) });
  };

  it('puts down who serves and who is called, and says loudly when nobody would hear', async () => {
    const yusuf = await desk.officer('Yusuf Lay', 'supervisor');
    await desk.officer('Rambu Ata');
    await desk.officer('Maria Bano');
    const page = await open('/pengaturan/piket', yusuf);
    await page.getByText('Tanda bahaya tidak akan sampai ke siapa pun di luar meja').waitFor();
    await keep(page, 'piket-kosong');
    await page.getByRole('button', { name: 'Ubah piket Senin', exact: true }).click();
    await page.getByLabel('Rambu Ata di ruang').check();
    await page.getByLabel('Maria Bano di ruang').check();
    await page.getByRole('combobox', { name: 'Urutan siaga Rambu Ata' }).click();
    await page.getByRole('option', { name: 'Siaga 1' }).click();
    await keep(page, 'piket-ubah');
    await looksWell(page);
    await page.getByRole('button', { name: 'Simpan', exact: true }).click();
    await page.getByText('Siaga: 1. Rambu Ata').first().waitFor();
    await page.getByText('Belum punya kontak: Rambu Ata').waitFor();
    await page.getByRole('button', { name: 'Ubah piket Senin, 30 November' }).click();
    expect(await page.getByLabel('Maria Bano di ruang').isChecked()).toBe(true);
    await page.getByLabel('Maria Bano di ruang').uncheck();
    await page.getByRole('button', { name: 'Simpan', exact: true }).click();
    await page.getByText('Seperti biasa').waitFor();
    await looksWell(page);
    await keep(page, 'piket');
    expect(await desk.one(`SELECT count(*) AS n FROM duty WHERE session_date = '2026-11-30'`)).toEqual({
      n: 1,
    });
    expect(complaints).toEqual([]);
  });

  it('enters and removes one`s own contacts', async () => {
    const rambu = await desk.officer('Rambu Ata');
    const page = await open('/pengaturan/saya', rambu);
    await page.getByText('panggilan darurat tidak akan sampai').waitFor();
    await page.getByLabel('Nomor WhatsApp').fill('0812-3456-7890');
    await page.getByRole('button', { name: 'Tambah' }).click();
    await page.getByText('+6281234567890').waitFor();
    await looksWell(page);
    await page.getByRole('button', { name: 'Hapus WhatsApp +6281234567890' }).click();
    await page.getByText('panggilan darurat tidak akan sampai').waitFor();
    expect(complaints).toEqual([]);
  });

  it('offers a chat for two minutes, and lets a colleague read along', async () => {
    const [rambu, maria] = [await desk.officer('Rambu Ata'), await desk.officer('Maria Bano')];
    await desk.db.query(`UPDATE officer SET presence = 'on_duty'`);
    await desk.db.query(`UPDATE officer SET last_assigned_at = now() WHERE id = $1`, [maria.id]);
    const lena = await desk.resident('Lena Adu');
    await lena.says('Halo, saya mau tanya soal surat pindah.');
    await lena.waits();
    await walk();
    const page = await open('/antrean', rambu);
    const offer = page.getByRole('status', { name: 'Chat untuk Anda' });
    await offer.getByText(/Chat Lena Adu ditawarkan ke Anda.*sisa 2 menit/).waitFor();
    await keep(page, 'tawaran');
    await looksWell(page);
    await offer.getByRole('button', { name: 'Lewati' }).click();
    await offer.waitFor({ state: 'detached' });
    await walk();
    const other = await open('/antrean', maria);
    await other.getByRole('button', { name: 'Ambil', exact: true }).click();
    await other.getByLabel('Balasan untuk Lena Adu').waitFor();
    await other.getByRole('button', { name: 'Lainnya' }).click();
    await other.getByText('Ajak rekan membaca…').click();
    await other.getByRole('combobox', { name: 'Rekan' }).click();
    await other.getByRole('option', { name: /Rambu Ata/ }).click();
    await other.getByRole('button', { name: 'Ajak', exact: true }).click();
    await other.getByRole('button', { name: 'Akhiri untuk Rambu Ata' }).waitFor();
    await page.goto(`${url}/desk/antrean/${lena.conversationId}`);
    await page.getByText('Maria Bano sedang menangani. Anda ikut membaca.').waitFor();
    await page.getByLabel('Catatan baru').fill('Suratnya sudah jadi di kelurahan.');
    await page.getByRole('button', { name: 'Simpan catatan' }).click();
    await page.getByText('1 catatan rekan').waitFor();
    await looksWell(page);
    await keep(page, 'ikut-membaca');
    expect(complaints).toEqual([]);
  });
};

// A browser on a busy machine is slow without being wrong: only a hanging test runs into this.
describe('duty at the desk in a browser', { timeout: 180_000 }, () => {
  if (found) describeOnEachStore('on', define);
  else it.skip('no chromium found', () => {});
});
