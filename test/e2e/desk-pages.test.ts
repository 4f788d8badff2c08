import { beforeEach, expect, it } from 'vitest';
import type { Desk } from '../src/desk/desk-harness.ts';
import { seedDesk } from '../src/desk/seed-desk.ts';
import { describeInChromium, keepPicture, phone, type Look } from '../support/chromium.ts';
import { useDeskInChromium } from '../support/desk-in-chromium.ts';

const work = [
  '/hari-ini',
  '/antrean',
  '/antrean/chat',
  '/curhat?status=all',
  '/curhat/one',
  '/rujukan',
  '/belum-terkirim',
  '/survei',
];
const settings = [
  'saya',
  'balasan',
  'petugas',
  'ruang',
  'piket',
  'libur',
  'darurat',
  'instansi',
  'rujukan',
  'kalimat',
  'kanal',
  'latihan',
  'jejak',
].map((part) => `/pengaturan/${part}`);

/** Those of them that the README shows. */
const pictures: Record<string, string> = {
  '/hari-ini by day': 'desk-hari-ini',
  '/hari-ini on a phone': 'desk-hari-ini-hp',
  '/antrean/chat by night': 'desk-chat-gelap',
};

const looks = [
  ['by day', {}],
  ['by night', { isDark: true }],
  ['on a phone', phone],
  ['on a phone by night', { ...phone, isDark: true }],
] as const;

/** The DOM's types are the browser app's alone. */
type Drawn = { getBoundingClientRect(): { left: number; right: number; height: number } };

/** Every page of the desk as each person may meet it: nothing to stumble over, nothing beyond the screen. */
describeInChromium('the pages of the desk', (store) => {
  const at = useDeskInChromium(store);
  const { open, stumbles, complaints } = at;
  let desk: Desk;
  beforeEach(() => void (desk = at.desk));

  const expectAllWell = async (paths: readonly string[], how: string, look: Look): Promise<void> => {
    const { ana, maria, mariaConcern } = await seedDesk(desk);
    const ids: Record<string, string> = { chat: maria.conversationId, one: mariaConcern.id };
    const page = await open('/hari-ini', ana, look);
    for (const path of paths) {
      await page.goto(`${at.url}/desk${path.replace(/chat$|one$/, (name) => ids[name] ?? name)}`);
      await page.getByRole('heading').first().waitFor();
      await expect.poll(() => page.locator('.mantine-Loader-root').count(), { timeout: 60_000 }).toBe(0);
      expect([path, await stumbles(page)]).toEqual([path, []]);
      const beyond = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      expect([path, Math.max(beyond, 0)]).toEqual([path, 0]);
      const picture = pictures[`${path} ${how}`];
      if (picture) await keepPicture(page, picture);
    }
    expect(complaints).toEqual([]);
  };
  // What a page looks like does not depend on the database's engine.
  if (store.name === 'embedded') {
    it.each(looks)('can be used by everybody: those of the work, %s', (how, look) =>
      expectAllWell(work, how, look),
    );
    it.each(looks)('can be used by everybody: those of the settings, %s', (how, look) =>
      expectAllWell(settings, how, look),
    );
  }

  it('has every way and every number in reach on a phone, by thumb and by keyboard', async () => {
    const { ana } = await seedDesk(desk);
    const page = await open('/hari-ini', ana, phone);
    const nav = page.getByRole('navigation', { name: 'Utama' });
    await nav.getByRole('link', { name: 'Antrean 4 perlu dilihat' }).waitFor();
    const more = nav.getByRole('button', { name: 'Lainnya 1 gagal' });
    await more.waitFor();
    const beyond = await nav
      .locator('a:visible, button:visible')
      .evaluateAll((all) =>
        (all as unknown as Drawn[])
          .map((one) => one.getBoundingClientRect())
          .filter(({ left, right, height }) => left < 0 || right > 390 || height < 40),
      );
    expect(beyond).toEqual([]);
    await more.focus();
    await page.keyboard.press('Enter');
    const settings = page.getByRole('menuitem', { name: 'Pengaturan' });
    await settings.waitFor();
    await page.getByRole('menuitem', { name: 'Belum terkirim 1 gagal' }).waitFor();
    expect(await stumbles(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await settings.waitFor({ state: 'hidden' });
    await page.keyboard.press('Enter');
    await settings.waitFor();
    // A slow machine draws the menu before it moves the focus into it.
    await page.locator('[role="menu"]:focus-within').waitFor();
    await page.keyboard.press('ArrowUp');
    await page.locator('[role="menuitem"]:focus', { hasText: 'Pengaturan' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Pengaturan' }).waitFor();
    await page.getByRole('combobox', { name: 'Bagian pengaturan' }).click();
    await page.getByRole('option', { name: 'Jejak' }).click();
    await page.getByRole('combobox', { name: 'Tindakan' }).waitFor();
    expect(complaints).toEqual([]);
  });
});
