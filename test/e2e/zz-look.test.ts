import { mkdtemp, mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { expect, inject, it } from 'vitest';
import { seed } from '../../prisma/seed.ts';
import { surveyElements } from '../../src/domain/survey.ts';
import { projectFolder } from '../../src/ops/project-folder.ts';
import { openDesk } from '../src/desk/desk-harness.ts';
import { seedDesk } from '../src/desk/seed-desk.ts';
import { describeOnEachStore } from '../support/stores.ts';

const { chromium: found } = inject('services');
describeOnEachStore('look', (store) => {
  it.skipIf(store.name === 'servers')('looks', async () => {
    const webRoot = await mkdtemp(join(tmpdir(), 'desk-web-'));
    await build({ configFile: join(projectFolder(), 'src/desk/web/vite.config.ts'), logLevel: 'error', build: { outDir: webRoot } });
    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    const browser = await chromium.launch({ executablePath: found?.path ?? '', args: ['--no-sandbox', '--disable-gpu'] });
    const desk = await openDesk(store, { webRoot });
    await seed(desk.db, desk.clock.now());
    const seeded = await seedDesk(desk);
    const yusuf = seeded.yusuf ?? (await desk.officer('Yusuf Dua', 'supervisor'));
    // more
    const start = desk.clock.now();
    const lamp = async (words: string) => {
      const c = await (await desk.resident('Warga')).poursOut(words);
      await desk.db.query(`UPDATE concern SET category='infrastruktur', kelurahan_code='53.71.03.1001', next_word_by='2026-12-01' WHERE id=$1`, [c.id]);
      return c;
    };
    const one = await lamp('Lampu jalan di depan SD Oesapa mati sudah dua minggu, malam gelap sekali, anak-anak takut lewat.');
    const two = await lamp('Pak tolong lampu jalan dekat SD Oesapa su mati lama, gelap, beta pung ana takut pulang ngaji malam');
    await desk.db.query(`UPDATE concern SET next_word_by='2026-11-30' WHERE id=$1`, [two.id]);
    await yusuf.post(`/concerns/${one.id}/take`);
    const begun = await yusuf.post(`/concerns/${one.id}/referral`, { agencyId: 'pupr', summary: 'Lampu jalan di depan SD Oesapa padam sejak dua minggu. Jalan gelap dan anak-anak takut lewat. Mohon diperiksa dan diperbaiki.', attachmentIds: [] });
    console.log('begun', begun.status, await begun.clone().text());
    const agencies = await desk.db.query<{id:string}>(`SELECT id FROM agency LIMIT 60`);
    console.log(agencies.rows.map((r) => r.id).join(' '));
    let refId = '';
    if (begun.status === 200) refId = ((await begun.json()) as { referralId: string }).referralId;
    const three = await lamp('Air PDAM mati di RT 5');
    await yusuf.post(`/concerns/${three.id}/take`);
    const second = await yusuf.post(`/concerns/${three.id}/referral`, { agencyId: 'pdam', summary: 'Air tidak mengalir di RT 5 sejak Senin.', attachmentIds: [] });
    console.log('second', second.status, await second.clone().text());
    if (second.status === 200) {
      const { referralId } = (await second.json()) as { referralId: string };
      await desk.db.query(`UPDATE referral SET status='sent', sent_at='2026-11-20T02:00:00Z', way='lapor', lapor_id='8123456', approved_hash='\\x00', approved_at='2026-11-20T01:00:00Z', link_expires_at=NULL WHERE id=$1`, [referralId]);
      await desk.db.query(`INSERT INTO referral_clock (referral_id, clock, due_on) VALUES ($1,'acknowledge','2026-11-25'),($1,'follow_up','2026-11-27'),($1,'answer','2026-12-04')`, [referralId]);
      await desk.db.query(`UPDATE concern SET status='referred' WHERE id=$1`, [three.id]);
    }
    for (let i = 0; i < 24; i++)
      await desk.db.query(`INSERT INTO survey (month, channel, comment_sealed, ${surveyElements.join(', ')}) VALUES ('2026-11-01', $1, $2, ${surveyElements.map((_, at) => `$${at + 3}`).join(', ')})`,
        [i % 3 ? 'telegram' : 'whatsapp', i % 8 === 0 ? desk.vault.seal('Petugasnya sabar mendengar. Ruang tunggunya panas.', 'survey.comment') : null, ...surveyElements.map((_, at) => ((i * 7 + at * 3) % 5 === 0 ? null : ((i + at) % 3) + 2))]);
    await yusuf.post('/views', { name: 'Bansos lewat waktu', filter: { status: 'open', category: 'bansos', overdue: '1' } });
    await yusuf.post('/agency-routes', { id: null, version: 0, category: 'infrastruktur', kelurahanCode: null, agencyId: 'pupr' });
    await yusuf.post('/agency-routes', { id: null, version: 0, category: 'infrastruktur', kelurahanCode: '53.71.03.1001', agencyId: 'pdam' });
    const app = new Hono().route('/desk', desk.app);
    let server: ReturnType<typeof serve> | undefined;
    const url: string = await new Promise((resolve) => { server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => resolve(`http://127.0.0.1:${port}`)); });
    await mkdir('/tmp/look', { recursive: true });
    const problems: string[] = [];
    const looks = { wide: { width: 1280, height: 860, dark: false }, 'wide-dark': { width: 1280, height: 860, dark: true }, phone: { width: 390, height: 844, dark: false }, 'phone-dark': { width: 390, height: 844, dark: true } };
    const only = process.env['LOOK']?.split(',');
    for (const [name, look] of Object.entries(looks)) {
      if (only && !only.includes(name)) continue;
      const context = await browser.newContext({ viewport: { width: look.width, height: look.height }, colorScheme: look.dark ? 'dark' : 'light' });
      await context.clock.install({ time: start });
      const [cn = '', cv = ''] = yusuf.cookie.split('=');
      await context.addCookies([{ name: cn, value: cv, domain: '127.0.0.1', path: '/desk' }]);
      const page = await context.newPage();
      page.setDefaultTimeout(20000);
      page.on('pageerror', (e) => problems.push(`${name} ${e.message}`));
      page.on('console', (m) => m.type() === 'error' && problems.push(`${name} ${m.text()}`));
      const shot = async (label: string) => {
        await page.waitForTimeout(400);
        await page.screenshot({ path: `/tmp/look/${label}-${name}.png` });
        await page.evaluate(axe);
        const { violations } = (await page.evaluate('axe.run()')) as { violations: { id: string; impact: string; nodes: { target: unknown }[] }[] };
        for (const v of violations) if (['serious', 'critical'].includes(v.impact)) problems.push(`${name} ${label} ${v.id} ${JSON.stringify(v.nodes.slice(0, 3).map((n) => n.target))}`);
        const wide = await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth || (document.querySelector(".main")?.scrollWidth ?? 0) > (document.querySelector(".main")?.clientWidth ?? 0)');
        if (wide) problems.push(`${name} ${label} scrolls sideways`);
      };
      const go = async (path: string) => { await page.goto(`${url}/desk${path}`); await page.getByRole('heading').first().waitFor(); await expect.poll(() => page.locator('.mantine-Loader-root').count(), { timeout: 60000 }).toBe(0); };
      await go('/curhat'); await shot('board');
      await page.getByLabel('Cari curhat').fill('lampu'); await page.getByText(/ditemukan/).first().waitFor(); await page.waitForTimeout(300); await shot('search');
      if (!name.startsWith('phone')) { await page.keyboard.press('Escape'); await page.keyboard.press('j'); await page.keyboard.press('j'); await page.waitForTimeout(300); await page.keyboard.press('Shift+?'); await page.getByRole('dialog').waitFor(); await shot('keys'); await page.keyboard.press('Escape'); }
      await go(`/curhat/${one.id}`); await shot('concern-top');
      await page.locator('.referral').scrollIntoViewIfNeeded(); await page.evaluate('document.querySelector(".referral").scrollIntoView()'); await shot('referral-draft');
      await page.getByRole('button', { name: 'Ubah isinya' }).click(); await page.evaluate('document.querySelector(".referral").scrollIntoView()'); await shot('referral-form');
      await page.evaluate('document.querySelector(".timeline").scrollIntoView()'); await shot('timeline');
      await go(`/curhat/${three.id}`); await page.evaluate('document.querySelector(".referral").scrollIntoView()'); 
      await page.getByRole('button', { name: 'Catat kabar instansi…' }).click(); await page.evaluate('document.querySelector(".referral").scrollIntoView()'); await shot('referral-late');
      await go('/rujukan'); await shot('referrals');
      await go('/pengaturan/rujukan'); await shot('routing');
      await go('/survei'); await shot('survey');
      await page.getByRole('button', { name: 'Buka kalimat warga' }).click(); await page.getByText('Petugasnya sabar').first().waitFor(); await page.evaluate('document.querySelector(".comments").scrollIntoView()'); await shot('comments');
      await go('/antrean'); await shot('queue');
      await context.close();
    }
    console.log(JSON.stringify(problems, null, 1));
    await browser.close();
    await new Promise((resolve) => server?.close(resolve));
  }, 600_000);
});
