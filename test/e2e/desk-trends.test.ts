import { readFile } from 'node:fs/promises';
import { beforeEach, expect, it } from 'vitest';
import type { Desk } from '../src/desk/desk-harness.ts';
import { seedTrends } from '../src/desk/seed-trends.ts';
import { describeInChromium, phone } from '../support/chromium.ts';
import { useDeskInChromium } from '../support/desk-in-chromium.ts';

const looks = [
  ['by day', {}],
  ['by night', { isDark: true }],
  ['on a phone', phone],
  ['on a phone by night', { ...phone, isDark: true }],
] as const;

describeInChromium('the trends of the city', (store) => {
  const at = useDeskInChromium(store);
  const { open, expectWell, complaints } = at;
  let desk: Desk;
  beforeEach(() => void (desk = at.desk));

  // What a page looks like does not depend on the database's engine.
  if (store.name === 'embedded') {
    it.each(looks)('can be read by everybody, %s', async (_how, look) => {
      const analyst = await desk.officer('Nona Analis', 'analyst');
      const empty = await open('/tren', analyst, look);
      await empty.getByText('Belum ada bulan yang terhitung').waitFor();
      await expectWell(empty);
      await seedTrends(desk);
      const page = await open('/tren', analyst, look);
      for (const period of ['Oktober 2026', 'Triwulan 3 2026', '6 bulan terakhir', 'Tahun 2026']) {
        await page.getByRole('button', { name: period }).click();
        await page.getByRole('heading', { name: /^Curhat menurut kategori/ }).waitFor();
        await expect.poll(() => page.getByRole('button', { name: period, pressed: true }).count()).toBe(1);
        await expectWell(page);
      }
      expect(complaints).toEqual([]);
    });
  }

  it('is where a policy maker arrives, looks, and takes a table along; the officers do not', async () => {
    await seedTrends(desk);
    const page = await open('/', await desk.officer('Nona Analis', 'analyst'));
    await page.getByRole('heading', { name: 'Tren' }).waitFor();
    const nav = page.getByRole('navigation', { name: 'Utama' });
    expect(await nav.getByRole('link').allInnerTexts()).toEqual(['Tren', 'Survei', 'Pengaturan']);
    const table = page.getByRole('table', { name: /^Curhat menurut kategori 131/ });
    await table.getByRole('row', { name: /^Bantuan sosial/ }).waitFor();
    await table.getByRole('row', { name: /^Digabung: .*Lainnya/ }).waitFor();
    await page.getByLabel('Dari bulan').fill('2026-08');
    await page
      .getByRole('table', { name: 'Bulan demi bulan' })
      .getByRole('row', { name: /^September 2026/ })
      .waitFor();
    expect(page.url()).toContain('dari=2026-08&sampai=2026-10');
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Unduh CSV' }).click();
    const file = await coming;
    expect(file.suggestedFilename()).toBe('tren-2026-08-2026-10.csv');
    expect(await readFile(await file.path(), 'utf8')).toMatch(
      /^\uFEFFbulan,tabel,baris,jumlah,keterangan\r\n2026-08,/,
    );
    const officer = await open('/tren', await desk.officer('Ana Benu'));
    await officer.getByRole('heading', { name: 'Hari ini' }).waitFor();
    expect(await officer.getByRole('link', { name: 'Tren' }).count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});
