import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { projectFolder } from '../../src/ops/project-folder.ts';
import { startFakeRoom, type FakeRoom } from '../bots/web/fake-room.ts';

const { chromium: found } = inject('services');

describe.skipIf(!found)(`the web chat in a browser${found ? '' : ' (no chromium found)'}`, () => {
  let pageRoot: string;
  let browser: Browser;
  let room: FakeRoom;
  let context: BrowserContext;
  let page: Page;
  /** Everything the page asked of another host, and every word of the browser's about a broken rule. */
  let foreign: string[];
  let complaints: string[];

  beforeAll(async () => {
    pageRoot = await mkdtemp(join(tmpdir(), 'web-chat-'));
    await build({
      configFile: join(projectFolder(), 'bots/web/page/vite.config.ts'),
      logLevel: 'error',
      build: { outDir: pageRoot },
    });
    browser = await chromium.launch({
      executablePath: found?.path ?? '',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
      ],
    });
  });
  afterAll(async () => {
    await browser.close();
    await rm(pageRoot, { recursive: true });
  });

  const open = async (options: Parameters<Browser['newContext']>[0]): Promise<void> => {
    context = await browser.newContext(options);
    foreign = [];
    complaints = [];
    await context.route(/^https?:\/\/(?!127\.0\.0\.1)/, (route) => {
      foreign.push(route.request().url());
      return route.fulfill({ contentType: 'text/html', body: '<title>Cuaca</title><p>Cerah berawan</p>' });
    });
    page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of (503|429)/.test(message.text()))
        complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(room.url);
  };

  beforeEach(async () => {
    room = await startFakeRoom(pageRoot);
    await open({ viewport: { width: 390, height: 844 } });
  });
  afterEach(async () => {
    await context.close();
    await room.close();
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const says = async (text: string): Promise<void> => {
    await page.getByRole('textbox', { name: 'Tulis pesan' }).fill(text);
    await button('Kirim').click();
  };
  const sees = (text: string | RegExp) => page.getByRole('log').getByText(text).last().waitFor();
  const seesNo = (text: string | RegExp) => page.getByText(text).first().waitFor({ state: 'detached' });

  it('books by pressing, and still shows everything after a reload', async () => {
    await button('Mulai').click();
    await button('Pesan jadwal').click();
    await button('Rabu, 2 Desember (sisa 14)').click();
    await button('09.00 (sisa 2)').click();
    await sees(/Ada lagi yang bisa/);
    await page.reload();
    await sees(/Kode Anda/);
    await sees('BST-7K2M9Q');
    expect(await page.getByRole('link', { name: 'Buka peta' }).getAttribute('href')).toMatch(
      /^geo:-10\.1494,/,
    );
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByText('Simpan ke kalender').click(),
    ]);
    expect(file.suggestedFilename()).toBe('BST-7K2M9Q.ics');
    expect(room.received.map(({ content }) => content.kind)).toEqual(['text', 'choice', 'choice', 'choice']);
    expect([foreign, complaints]).toEqual([[], []]);
  });

  it('quietens an answered question, whose buttons can still be pressed', async () => {
    await button('Mulai').click();
    await button('Curhat').click();
    await sees('Baik.');
    expect(
      await page
        .locator('.message.past')
        .filter({ has: button('Curhat') })
        .count(),
    ).toBe(1);
    await button('Bicara dengan petugas').click();
    await page.locator('.mine:not(.draft)').nth(2).waitFor();
  });

  it('shows as arrived what the room does not keep, with its words as long as the page is open', async () => {
    await button('Mulai').click();
    await sees(/Mau mulai dari mana/);
    await says('rahasia beta');
    await sees('Saya dengar. Lanjutkan saja.');
    const row = room.rows
      .all()
      .find(({ content }) => content && 'text' in content && content.text === 'rahasia beta');
    room.rows.change(row?.seq ?? 0, { content: null });
    await says('sudah?');
    await page.getByText('Saya dengar. Lanjutkan saja.').nth(1).waitFor();
    await page.locator('.draft').first().waitFor({ state: 'detached' });
    await sees('rahasia beta');
    await page.reload();
    await sees('Isi pesan ini tidak disimpan');
    expect(await page.getByText('rahasia beta').count()).toBe(0);
  });

  it('draws what looks like HTML as text', async () => {
    await says('<img src=x onerror=alert(1)> <b>tebal</b>');
    await sees('<img src=x onerror=alert(1)> <b>tebal</b>');
    expect(await page.getByRole('log').locator('img, b').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('keeps what could not be stored, over a reload too, and sends it once', async () => {
    await says('halo');
    await sees('Saya dengar. Lanjutkan saja.');
    room.refuse(1_000_000);
    await says('air tidak mengalir');
    await sees(/Belum terkirim/);
    await page.reload();
    await sees('air tidak mengalir');
    room.refuse(0);
    await button('Coba sekarang').click();
    await page.locator('.draft').first().waitFor({ state: 'detached' });
    await page.getByText('air tidak mengalir').waitFor();
    expect(
      room.received.filter(({ content }) => 'text' in content && content.text.startsWith('air')),
    ).toHaveLength(1);
    expect(await page.evaluate('JSON.stringify({ ...localStorage, ...sessionStorage })')).not.toContain(
      'air',
    );
  });

  it('sends a photo small, and shows it again when asked', async () => {
    const photo = await page.screenshot({ type: 'png' });
    await page.locator('#file').setInputFiles({ name: 'jalan.png', mimeType: 'image/png', buffer: photo });
    await sees('Berkasnya sudah saya terima.');
    const content = room.received[0]?.content;
    expect(content?.kind === 'media' && content.media).toMatchObject({ kind: 'photo' });
    await page.reload();
    await page.getByRole('button', { name: /Foto.*Lihat/ }).click();
    await page.locator('.media img').waitFor();
    const isDrawn = await page.evaluate(
      `document.querySelector('.media img').decode().then(() => true, () => false)`,
    );
    expect(isDrawn).toBe(true);
  });

  it('records a voice note', async () => {
    await button('Rekam pesan suara').click();
    await page.getByText('Merekam').waitFor();
    await button('Kirim rekaman').click();
    await sees('Berkasnya sudah saya terima.');
    const content = room.received[0]?.content;
    expect(content?.kind === 'media' && content.media).toMatchObject({ kind: 'voice' });
    expect(content?.kind === 'media' && (content.media.bytes?.byteLength ?? 0)).toBeGreaterThan(0);
  });

  it('shows what an officer writes without being asked, and says that it was read', async () => {
    await says('halo');
    await sees('Saya dengar. Lanjutkan saja.');
    const address = room.received[0]!.address;
    const content = { kind: 'text', text: 'Saya Ibu Ance.', choices: [], replyToRef: null } as const;
    const row = room.rows.addOut(
      address,
      { ...content, choices: [] },
      { author: 'officer', ref: 'officer-1' },
    );
    await sees('Saya Ibu Ance.');
    await expect.poll(() => row.status).toBe('read');
  });

  it('shows a message that was committed after a later one', async () => {
    await says('halo');
    await sees('Saya dengar. Lanjutkan saja.');
    const address = room.received[0]!.address;
    const write = (text: string) =>
      room.rows.addOut(address, { kind: 'text', text, choices: [], replyToRef: null }, { author: 'officer' });
    room.rows.hide(room.rows.all().length + 1);
    const late = write('ditulis dulu');
    write('tampak dulu');
    await sees('tampak dulu');
    room.rows.show(late.seq);
    await sees('ditulis dulu');
    expect(await page.locator('.officer .text').allTextContents()).toEqual(['ditulis dulu', 'tampak dulu']);
  });

  it('leaves at once and leaves nothing behind', async () => {
    await says('suami saya memukul saya');
    await sees('Saya dengar. Lanjutkan saja.');
    await button('Keluar cepat').click();
    await page.getByText('Cerah berawan').waitFor();
    await page.goto(room.url);
    await button('Mulai').waitFor();
    await seesNo('suami saya memukul saya');
    expect((await context.cookies(room.url)).map(({ name }) => name)).toEqual([]);
    expect(await page.evaluate('JSON.stringify({ ...localStorage, ...sessionStorage })')).not.toMatch(
      /suami/,
    );
  });

  it('leaves without a connection too: the next visit shows nothing before the cookie is gone', async () => {
    await says('suami saya memukul saya');
    await sees('Saya dengar. Lanjutkan saja.');
    await context.route('**/chat/api/leave', (route) => route.abort());
    await button('Keluar cepat').click();
    await page.getByText('Cerah berawan').waitFor();
    await page.goto(room.url);
    await page.getByText(/Sambungan terputus/).waitFor();
    await seesNo('suami saya memukul saya');
    await context.unroute('**/chat/api/leave');
    await page.reload();
    await button('Mulai').waitFor();
    await seesNo('suami saya memukul saya');
  });

  it('speaks English when asked, and remembers it', async () => {
    await button('Menu').click();
    await button('English').click();
    await button('Start').waitFor();
    await page.reload();
    await button('Start').waitFor();
    await page.getByText('Monday & Wednesday, 08.00–16.00 WITA').first().waitFor();
  });

  it('names a language to the room only once it has been pressed: until then the words tell', async () => {
    await says('my husband beats me');
    await sees('Saya dengar. Lanjutkan saja.');
    await button('Menu').click();
    await button('English').click();
    await page.getByRole('textbox').fill('hello');
    await button('Send').click();
    await sees('hello');
    await expect.poll(() => room.received.map(({ languageHint }) => languageHint)).toEqual([null, 'en']);
  });

  it.each([
    ['a phone by day', { viewport: { width: 390, height: 844 }, colorScheme: 'light' }],
    ['a phone by night', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }],
    ['a desk by day', { viewport: { width: 1366, height: 768 }, colorScheme: 'light' }],
    ['a desk by night', { viewport: { width: 1366, height: 768 }, colorScheme: 'dark' }],
  ] as const)('is accessible on %s', async (_, options) => {
    await context.close();
    await open({ ...options, bypassCSP: true, reducedMotion: 'reduce' });
    await button('Mulai').waitFor();
    expect(await violations(page)).toEqual([]);
    await button('Mulai').click();
    await button('Pesan jadwal').click();
    await button('Rabu, 2 Desember (sisa 14)').click();
    await button('09.00 (sisa 2)').click();
    await sees(/Ada lagi yang bisa/);
    await button('Menu').click();
    expect(await violations(page)).toEqual([]);
    const small = await page.evaluate(`[...document.querySelectorAll('button, label.round')]
      .filter((node) => node.checkVisibility())
      .map((node) => [node.textContent.trim(), node.getBoundingClientRect()])
      .filter(([, box]) => box.width < 44 || box.height < 44)
      .map(([name]) => name)`);
    expect(small).toEqual([]);
  });
});

async function violations(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') });
  return page.evaluate(`axe.run().then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ': ' + target.join(' '))))`);
}
