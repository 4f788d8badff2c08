import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { ServerType } from '@hono/node-server';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { openRoom } from '../support/room.ts';
import { agencyWith, mailboxOf, referrerIn } from '../support/referring.ts';
import { createScriptedMailer } from '../support/scripted-mailer.ts';
import { describeOnEachStore } from '../support/stores.ts';

const { chromium: found } = inject('services');
const sizes = { phone: { width: 360, height: 740 }, laptop: { width: 1366, height: 768 } };

/** The letter's link in a real browser, with no script and with nothing to log in to. */
const define = (store: Parameters<Parameters<typeof describeOnEachStore>[1]>[0]): void => {
  let browser: Browser;
  let axe: string;
  beforeAll(async () => {
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    browser = await chromium.launch({
      executablePath: found?.path ?? '',
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    });
  });
  afterAll(() => browser.close());

  /** A letter that has just come, and the address of its page. */
  const arrive = async () => {
    const mailer = createScriptedMailer();
    const room = await openRoom(store, { roles: ['web'], mailer });
    const maria = await referrerIn(room);
    await mailboxOf(room, 'dinsos', 'dinsos@kupang.test');
    const ana = await room.resident('Ana Bano').agrees();
    const code = await ana.poursOut('bantuan beras saya tidak pernah sampai');
    await maria.takes(code);
    await maria.writes(code, 'dinsos', `Beras belum diterima sejak Agustus.\n${'panjangsekali'.repeat(20)}`);
    await maria.steps(code, 'ask');
    await ana.says('ya');
    await maria.steps(code, 'send');
    ana.looksAway();
    const server = await new Promise<ServerType>((done) => {
      const opening = serve({ fetch: room.app.fetch, hostname: '127.0.0.1', port: 0 }, () => done(opening));
    });
    onTestFinished(() => new Promise<void>((done) => void server.close(() => done())));
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}${agencyWith(room, mailer.sent[0]).path}`;
    return { room, maria, ana, code, url };
  };

  const open = async (
    url: string,
    how: { size: keyof typeof sizes; hasScripts: boolean; isDark?: boolean },
  ) => {
    const context = await browser.newContext({
      viewport: sizes[how.size],
      javaScriptEnabled: how.hasScripts,
      bypassCSP: how.hasScripts,
      colorScheme: how.isDark ? 'dark' : 'light',
    });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    // A picture left behind by a click that came before it is no complaint; whatever is refused or missing is.
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText;
      if (why !== 'net::ERR_ABORTED') complaints.push(`${request.url()} ${why}`);
    });
    await page.goto(url);
    return { page, complaints };
  };

  it('is acknowledged and answered on a phone without a script', async () => {
    const { room, maria, ana, code, url } = await arrive();
    const { page, complaints } = await open(url, { size: 'phone', hasScripts: false });
    await page.getByRole('button', { name: 'Sudah kami terima' }).click();
    await page.getByText('Warganya sudah kami beri tahu').waitFor();
    await room.settles();
    ana.sees(/sudah membaca dan menerimanya/);
    await page.getByLabel('Apa yang sudah atau akan dilakukan?').fill('Beras kami antar besok.');
    await page.getByRole('button', { name: 'Kirim kabar, masih dikerjakan' }).click();
    await page.getByText('kabar Anda sudah kami terima').waitFor();
    await page.getByText('Beras kami antar besok.').waitFor();
    await page.getByLabel('Apa yang sudah atau akan dilakukan?').fill('Beras sudah kami antar.');
    await page.getByRole('button', { name: 'Kirim jawaban' }).click();
    await page.getByText('Jawaban Anda sudah kami terima').waitFor();
    await page.reload();
    expect((await maria.newest(code)).events.filter(({ kind }) => kind === 'answered')).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  it('is given back on a laptop without a script, with where it belongs', async () => {
    const { maria, code, url } = await arrive();
    const { page } = await open(url, { size: 'laptop', hasScripts: false });
    await page.getByText('Ini bukan wewenang kami').click();
    await page.getByLabel('Mengapa?').fill('Beras disalurkan lewat kelurahan.');
    await page.getByLabel('Yang lebih tepat').selectOption('kelurahan');
    await page.getByRole('button', { name: 'Kembalikan ke petugas' }).click();
    await page.getByText('Petugas kami akan mencari tempat yang tepat').waitFor();
    expect(await maria.newest(code)).toMatchObject({ status: 'not_ours' });
  });

  it.each([
    ['phone', false],
    ['laptop', true],
  ] as const)('can be read and used by everybody: %s, dark %s', async (size, isDark) => {
    const { url } = await arrive();
    const { page } = await open(url, { size, hasScripts: true, isDark });
    await page.getByText('Ini bukan wewenang kami').click();
    expect(await violations(page, axe)).toEqual([]);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    const small = await page
      .locator('button, summary, textarea, select, input:not([type=hidden])')
      .evaluateAll(
        (all) => all.filter((one) => (one as unknown as Measured).getBoundingClientRect().height < 44).length,
      );
    expect(small).toBe(0);
  });
};

/** The DOM's types are the browser app's alone. */
type Measured = { getBoundingClientRect(): { height: number } };

async function violations(page: Page, axe: string): Promise<unknown[]> {
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate<{
    violations: { id: string; nodes: { target: unknown }[] }[];
  }>('axe.run()');
  return found.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)]);
}

// A browser on a busy machine is slow without being wrong: only a hanging test runs into this.
describe("an agency's page in a browser", { timeout: 180_000 }, () => {
  if (found) describeOnEachStore('on', define);
  else it.skip('no chromium found', () => {});
});
