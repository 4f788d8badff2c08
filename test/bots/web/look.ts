import { mkdirSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';
import { startFakeRoom } from './fake-room.ts';

/**
 * Takes pictures of the built page, to be looked at: build the page, bundle this file with vite for Node (see
 * test/support/run-typescript.ts) and run it with a folder. No test; nothing is judged here.
 */
const folder = process.argv[2] ?? '/tmp/web-chat';
mkdirSync(folder, { recursive: true });
const room = await startFakeRoom('dist/web-chat');
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});

async function talk(page: Page, shot: (name: string) => Promise<void>): Promise<void> {
  await page.goto(room.url);
  await page.getByRole('button', { name: 'Mulai' }).waitFor();
  await shot('welcome');
  await page.getByRole('button', { name: 'Mulai' }).click();
  await page.getByRole('button', { name: 'Pesan jadwal', exact: true }).click();
  await page.getByText('Hari apa').waitFor();
  await shot('choices');
  await page.getByRole('button', { name: 'Rabu, 2 Desember' }).click();
  await page.getByRole('button', { name: '09.00 (sisa 2)' }).click();
  await page.getByText('Ada lagi').waitFor();
  await shot('booked');
  await page.getByRole('textbox').fill('Air di RT kami sudah dua minggu tidak mengalir.');
  await page.getByRole('button', { name: 'Kirim', exact: true }).click();
  await page.getByText('Saya dengar').waitFor();
  const address = room.received.at(-1)?.address;
  if (address) {
    room.rows.addOut(
      address,
      {
        kind: 'text',
        text: 'Selamat siang, saya Ibu Ance dari ruang Bestie. Saya sudah baca ceritanya.',
        choices: [],
        replyToRef: null,
      },
      { author: 'officer' },
    );
  }
  await page.getByText('Ibu Ance').waitFor();
  await page
    .locator('#file')
    .setInputFiles({ name: 'surat.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(48_000, 'a') });
  await page.getByText('Berkasnya').waitFor();
  await shot('talk');
  room.refuse(1000);
  await page.getByRole('textbox').fill('Pesan ini menunggu sambungan.');
  await page.getByRole('button', { name: 'Kirim', exact: true }).click();
  await page.getByText('Belum terkirim').waitFor();
  await shot('waiting');
  room.refuse(0);
  await page.getByRole('button', { name: 'Menu' }).click();
  await shot('menu');
}

for (const [size, width, height] of [
  ['phone', 390, 844],
  ['desk', 1366, 768],
] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme,
      deviceScaleFactor: size === 'phone' ? 2 : 1,
      hasTouch: size === 'phone',
      isMobile: size === 'phone',
    });
    await talk(await context.newPage(), async function (this: void, name) {
      const [page] = context.pages();
      await page?.screenshot({
        path: `${folder}/${size}-${colorScheme}-${name}.png`,
        animations: 'disabled',
      });
    });
    await context.close();
  }
}
await browser.close();
await room.close();
