import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { chromium } from 'playwright-core';
import { openPgliteInMemory } from '../../../src/store/open-pglite.ts';
import { fromPglite } from '../../../src/store/open-database.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { seed } from '../../../prisma/seed.ts';
import { openDesk } from './desk-harness.ts';
import { seedDesk } from './seed-desk.ts';
const log = { info() {}, warn() {}, error: console.error };
const opened = fromPglite(await openPgliteInMemory());
await migrate(opened.db, { log, folder: '/work/main/prisma/migrations' } as never);
const desk = await openDesk(
  { db: () => opened.db, opened: () => opened },
  { webRoot: '/tmp/desk-web', publicUrl: 'http://127.0.0.1:4177' },
);
await seed(opened.db, desk.clock.now());
const s = await seedDesk(desk);
desk.channels.current = {
  list: () => [
    {
      name: 'telegram',
      health: { state: 'connected', since: desk.clock.now(), detail: '@bestie_kupang_bot' },
    },
    {
      name: 'whatsapp',
      health: {
        state: 'needs_pairing',
        since: desk.clock.now(),
        detail: 'menunggu telepon',
        pairing: { qr: '2@abcdefg,hijk,lmnop==', code: 'ABCD-1234' },
      },
    },
  ],
};
const server = serve({ fetch: new Hono().route('/desk', desk.app).fetch, port: 4177, hostname: '127.0.0.1' });
if (process.argv[2] === 'serve') {
  console.log(s.ana.cookie);
  await new Promise(() => {});
}
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu'],
});
const out = process.argv[2] ?? '/tmp/shots';
const pages: [string, string][] = [
  ['masuk', '/desk/'],
  ['hari-ini', '/desk/hari-ini'],
  ['antrean', '/desk/antrean'],
  ['chat', `/desk/antrean/${s.maria.conversationId}`],
  ['curhat', '/desk/curhat?status=all'],
  ['curhat-satu', `/desk/curhat/${s.mariaConcern.id}`],
  ['belum-terkirim', '/desk/belum-terkirim'],
  ['petugas', '/desk/pengaturan/petugas'],
  ['ruang', '/desk/pengaturan/ruang'],
  ['kanal', '/desk/pengaturan/kanal'],
  ['jejak', '/desk/pengaturan/jejak'],
  ['balasan', '/desk/pengaturan/balasan'],
  ['darurat', '/desk/pengaturan/darurat'],
  ['libur', '/desk/pengaturan/libur'],
  ['instansi', '/desk/pengaturan/instansi'],
  ['saya', '/desk/pengaturan/saya'],
];
const only = process.argv[3] ? process.argv[3].split(',') : undefined;
const axe = await (
  await import('node:fs/promises')
).readFile('/work/main/node_modules/axe-core/axe.min.js', 'utf8');
for (const [size, w, h, scheme] of [
  ['laptop', 1366, 768, 'light'],
  ['phone', 390, 844, 'light'],
  ['dark', 1366, 768, 'dark'],
  ['darkphone', 390, 844, 'dark'],
] as const) {
  const context = await browser.newContext({
    viewport: { width: w, height: h },
    colorScheme: scheme,
    bypassCSP: true,
    locale: 'id-ID',
  });
  await context.clock.setFixedTime(desk.clock.now());
  for (const [name, path] of pages) {
    if (only && !only.includes(name)) continue;
    if (size === 'darkphone' && !['chat', 'hari-ini', 'antrean'].includes(name)) continue;
    if (name !== 'masuk') {
      const [n, v] = s.ana.cookie.split('=');
      await context.addCookies([{ name: n!, value: v!, domain: '127.0.0.1', path: '/desk' }]);
    } else await context.clearCookies();
    const page = await context.newPage();
    page.on('console', (m) => {
      if (m.type() === 'error' && !m.text().includes('401') && !m.text().includes('eventsource'))
        console.log(size, name, m.text());
    });
    page.on('pageerror', (e) => console.log(size, name, 'PAGEERROR', e.message));
    await page.goto(`http://127.0.0.1:4177${path}`);
    await page.waitForSelector('h1, h2', { state: 'attached', timeout: 8000 });
    await page.waitForFunction(() => !document.querySelector('.mantine-Loader-root'));
    await page.waitForTimeout(350);
    await page.screenshot({ path: `${out}/${size}-${name}.png` });
    await page.evaluate(axe);
    const result = await page.evaluate(() =>
      (window as any).axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'] }),
    );
    for (const v of result.violations)
      if (['serious', 'critical', 'moderate'].includes(v.impact))
        console.log(
          size,
          name,
          'AXE',
          v.impact,
          v.id,
          v.nodes.length,
          v.nodes[0].target,
          v.nodes[0].failureSummary?.split('\n').slice(1, 3).join(' '),
        );
    await page.close();
  }
  await context.close();
}
await browser.close();
server.close();
await desk.db.close();
process.exit(0);
