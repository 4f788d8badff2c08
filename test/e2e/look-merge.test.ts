import { mkdtemp, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { expect, inject, it } from 'vitest';
import { projectFolder } from '../../src/ops/project-folder.ts';
import { openDesk } from '../src/desk/desk-harness.ts';
import { describeOnEachStore } from '../support/stores.ts';

describeOnEachStore('look', (store) => {
  it.runIf(store.name === 'embedded')('looks', async () => {
    const webRoot = await mkdtemp(join(tmpdir(), 'desk-web-'));
    await build({ configFile: join(projectFolder(), 'src/desk/web/vite.config.ts'), logLevel: 'error', build: { outDir: webRoot } });
    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    const desk = await openDesk(store, { webRoot, channels: { pairByCode: async () => ({ ok: true, code: 'ABCD1234' }) } });
    const ana = await desk.officer('Ana Benu', 'admin');
    const maria = await desk.resident('Maria Bano', 'whatsapp');
    await maria.says('Halo, saya mau tanya');
    await maria.waits();
    const other = await desk.resident('M. Bano', 'telegram');
    const { code } = await other.poursOut('x');
    await other.books('2026-12-02', '09:00');
    desk.channels.current = { list: () => [{ name: 'whatsapp', health: { state: 'needs_pairing', since: new Date('2026-11-30T09:00:00+08:00'), detail: 'waiting for the phone', pairing: { qr: '2@abc' } } }] };
    const app = new Hono().route('/desk', desk.app);
    let server: any;
    const url = await new Promise<string>((resolve) => { server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => resolve(`http://127.0.0.1:${port}`)); });
    const browser = await chromium.launch({ executablePath: inject('services').chromium?.path ?? '', args: ['--no-sandbox', '--disable-gpu'] });
    const problems: string[] = [];
    for (const mode of ['light', 'dark'] as const) {
      const context = await browser.newContext({ viewport: mode === 'dark' ? { width: 390, height: 844 } : { width: 1366, height: 900 }, colorScheme: mode });
      await context.clock.install({ time: desk.clock.now() });
      const [name = '', value = ''] = ana.cookie.split('=');
      await context.addCookies([{ name, value, url }]);
      const page = await context.newPage();
      page.on('console', (m) => m.type() === 'error' && problems.push(m.text()));
      const check = async (what: string) => {
        await page.evaluate(axe);
        const found = await page.evaluate(async () => (await (globalThis as any).axe.run()).violations.map((v: any) => `${v.id} ${JSON.stringify(v.nodes.map((n: any) => n.target))}`));
        for (const one of found) problems.push(`${what} ${mode}: ${one}`);
      };
      await page.goto(`${url}/desk/antrean/${maria.conversationId}`);
      await page.getByRole('button', { name: 'Lainnya' }).click();
      await page.getByText('Satukan dengan chat lain…').click();
      await page.getByLabel('Kode jadwal atau curhat').fill(code);
      await page.getByRole('button', { name: 'Cari' }).click();
      await page.getByRole('button', { name: 'Ya, orang yang sama' }).waitFor();
      await page.waitForTimeout(500);
      await page.screenshot({ path: `/tmp/look-merge-${mode}.png` });
      await check('merge');
      if (mode === 'light') {
        await page.getByRole('button', { name: 'Ya, orang yang sama' }).click();
        await page.getByText('Disatukan.').waitFor();
        await page.getByRole('button', { name: 'Lainnya' }).click();
        await page.getByText('Satukan dengan chat lain…').click();
        await page.getByRole('button', { name: 'Pisahkan lagi' }).waitFor();
        await page.waitForTimeout(300);
        await page.screenshot({ path: `/tmp/look-merged.png` });
        page.on('dialog', (d) => void d.accept());
        await page.getByRole('button', { name: 'Pisahkan lagi' }).click();
        await page.getByText('Dipisahkan lagi.').waitFor();
      }
      await page.goto(`${url}/desk/pengaturan/ruang`);
      await page.getByText('Templat WhatsApp resmi').scrollIntoViewIfNeeded();
      await page.getByLabel('Curhat dijawab').fill('kabar_curhat');
      await page.screenshot({ path: `/tmp/look-room-${mode}.png`, fullPage: true });
      await check('room');
      await page.goto(`${url}/desk/pengaturan/kanal`);
      await page.getByLabel('Tidak bisa memindai?').fill('0812 3456 7890');
      await page.getByRole('button', { name: 'Minta kode' }).click();
      await page.getByText('ABCD1234').waitFor();
      await page.screenshot({ path: `/tmp/look-kanal-${mode}.png` });
      await check('kanal');
      await context.close();
    }
    await browser.close();
    server.close();
    expect(problems).toEqual([]);
  }, 120_000);
});
