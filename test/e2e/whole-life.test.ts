import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { projectFolder } from '../../src/ops/project-folder.ts';
import { createDeskClient, type DeskClient } from '../support/desk-client.ts';
import { runBestie, type RunningBestie } from '../support/running-bestie.ts';

const { chromium: found } = inject('services');
const password = 'sembilan ekor kuda sandel';

type Queue = { items: { conversationId: string; status: string; officer: { name: string } | null }[] };
type Board = { items: { id: string; code: string; status: string }[] };

/**
 * The whole life of two concerns in real browsers on the built program: two residents on their phones, two officers at
 * their desks, all at once. One long story, told in order.
 */
describe.skipIf(!found)('a whole life', { timeout: 240_000 }, () => {
  let dataDir: string;
  let bestie: RunningBestie;
  let browser: Browser;
  let axe: string;
  /** The admin, who only sets things up and looks into what the pages do not show. */
  let admin: DeskClient;
  let rambu: Page;
  let yuli: Page;
  let residents: [Page, Page];
  const complaints: string[] = [];
  /** Of the first resident and the second. */
  const codes: string[] = [];
  const chats: string[] = [];

  const person = async (
    path: string,
    look: { width: number; height: number; dark?: boolean },
  ): Promise<Page> => {
    const context = await browser.newContext({
      viewport: { width: look.width, height: look.height },
      colorScheme: look.dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
      bypassCSP: true,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of (401|403|409)/.test(message.text()))
        complaints.push(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(bestie.url) && !/^(data|blob):/.test(request.url()))
        complaints.push(request.url());
    });
    await page.goto(`${bestie.url}${path}`);
    return page;
  };
  const laptop = { width: 1280, height: 800 };
  const phone = { width: 390, height: 844 };

  const officer = async (name: string, login: string, look: typeof laptop): Promise<Page> => {
    const { link } = await admin.post<{ link: string }>('/officers', { login, name, role: 'officer' });
    const page = await person(new URL(link).pathname + new URL(link).hash, look);
    await page.getByRole('textbox', { name: 'Kata sandi' }).fill(password);
    await page.getByRole('button', { name: 'Simpan dan masuk' }).click();
    // What day it is decides what stands above the page; the way to the queue is always there.
    await page.getByRole('link', { name: /^Antrean/ }).waitFor();
    return page;
  };

  const sees = (page: Page, text: string | RegExp) => page.getByRole('log').getByText(text).last().waitFor();
  const presses = (page: Page, name: string) =>
    page.getByRole('button', { name, exact: true }).last().click();
  const says = async (page: Page, text: string): Promise<void> => {
    await page.getByRole('textbox', { name: 'Tulis pesan' }).fill(text);
    await presses(page, 'Kirim');
  };
  const answers = async (page: Page, text: string): Promise<void> => {
    const field = page.getByLabel(/^Balasan untuk/);
    await field.fill(text);
    await field.press('Control+Enter');
    await sees(page, text);
  };
  const grave = async (page: Page): Promise<string[]> => {
    await page.evaluate(axe);
    const { violations } = await page.evaluate<{
      violations: { id: string; impact: string; nodes: { target: unknown }[] }[];
    }>('axe.run()');
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id} ${JSON.stringify(nodes[0]?.target)}`);
  };
  /** Keeps the pictures of the README in step with what is there; only when asked to. */
  const picture = async (page: Page, name: string): Promise<void> => {
    // oxlint-disable-next-line no-restricted-properties -- a switch of this test alone
    if (process.env['UPDATE_SCREENSHOTS'] === undefined) return;
    await page.screenshot({ path: join(projectFolder(), 'docs', `${name}.png`) });
  };
  const statusOf = async (code: string): Promise<string | undefined> => {
    const { items } = await admin.get<Board>('/concerns');
    return items.find((concern) => concern.code === code)?.status;
  };
  const concernPath = async (code: string): Promise<string> => {
    const { items } = await admin.get<Board>('/concerns');
    return `${bestie.url}/desk/curhat/${items.find((concern) => concern.code === code)?.id}`;
  };

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'bestie-life-'));
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    browser = await chromium.launch({
      executablePath: found?.path ?? '',
      args: ['--no-sandbox', '--disable-gpu'],
    });
    bestie = await runBestie({ DATA_DIR: dataDir });
    admin = createDeskClient(bestie.url);
    const token = bestie.setupLink?.split('#')[1];
    await admin.post('/set-up', { token, login: 'ana', name: 'Ana Benu', password });
    // Whatever hour it really is, news goes out at once.
    const { room, seenAt } = await admin.get<{ room: Record<string, unknown>; seenAt: string | null }>(
      '/room',
    );
    await admin.post('/room', { room: { ...room, quietFrom: '00:00', quietTo: '00:00' }, seenAt });
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await bestie.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('brings two officers to their desks, one at a laptop and one on a phone', async () => {
    [rambu, yuli] = await Promise.all([
      officer('Rambu Ata', 'rambu', laptop),
      officer('Yuliana Tode', 'yuli', phone),
    ]);
    await Promise.all([rambu, yuli].map((page) => page.goto(`${bestie.url}/desk/antrean`)));
    await rambu.getByText('Tidak ada yang menunggu.').waitFor();
  });

  it('lets two residents pour out at the same time, and each gets a code', async () => {
    residents = await Promise.all([person('/', phone), person('/', { ...phone, dark: true })]);
    const stories = [
      'Anak saya sudah dua minggu tidak masuk sekolah.',
      'Air di rumah kami mati sudah seminggu.',
    ];
    await Promise.all(
      residents.map(async (page, at) => {
        await presses(page, 'Mulai');
        await presses(page, 'Setuju');
        await presses(page, 'Mulai curhat');
        await sees(page, /saya dengarkan/);
        await says(page, stories[at] ?? '');
        await says(page, 'Saya tidak tahu harus ke mana.');
        await sees(page, /Saya dengarkan/);
        await presses(page, 'Selesai');
        await sees(page, /2 pesan tulisan/);
        await page
          .getByRole('button', { name: at === 0 ? /^Pendidikan/ : /^Jalan, air, listrik/ })
          .last()
          .click();
        await sees(page, /kelurahan/);
        await says(page, 'Oesapa');
        await sees(page, /nama Anda/);
        await presses(page, 'Tidak, rahasiakan');
        await presses(page, 'Tanpa jadwal');
        await sees(page, /CRH-/);
        const text = (await page.getByRole('log').textContent()) ?? '';
        codes[at] = /CRH-[0-9A-Z]{6}/.exec(text)?.[0] ?? '';
        await presses(page, 'Bicara dengan petugas').catch(() => says(page, '/petugas'));
        await sees(page, /urutan [12]/);
      }),
    );
    expect(new Set(codes).size).toBe(2);
    await picture(residents[0], 'hidup-warga-menunggu-hp');
  });

  it('lets two officers race for one chat: one has it, the other is told who', async () => {
    const { items } = await admin.get<Queue>('/queue');
    expect(items.map(({ status }) => status)).toEqual(['waiting', 'waiting']);
    for (const { conversationId } of items) {
      const { concerns } = await admin.get<{ concerns: { code: string }[] }>(
        `/conversations/${conversationId}`,
      );
      chats[codes.indexOf(concerns[0]?.code ?? '')] = conversationId;
    }
    await Promise.all([rambu, yuli].map((page) => page.goto(`${bestie.url}/desk/antrean/${chats[0]}`)));
    const take = (page: Page) => page.getByRole('button', { name: 'Ambil', exact: true });
    await Promise.all([rambu, yuli].map((page) => take(page).waitFor()));
    await picture(rambu, 'hidup-antrean');
    await Promise.all([rambu, yuli].map((page) => take(page).click()));
    await expect
      .poll(async () => (await admin.get<Queue>('/queue')).items.map(({ status }) => status).sort(), {
        timeout: 30_000,
      })
      .toEqual(['held', 'waiting']);
    const held = (await admin.get<Queue>('/queue')).items.find(
      ({ conversationId }) => conversationId === chats[0],
    );
    const [winner, loser] = held?.officer?.name === 'Rambu Ata' ? [rambu, yuli] : [yuli, rambu];
    await winner.getByLabel(/^Balasan untuk/).waitFor();
    await loser
      .getByText(new RegExp(`${held?.officer?.name}`))
      .first()
      .waitFor();
    // From here on Rambu holds the first and Yuli the second, whoever won.
    if (winner === yuli) await pass(yuli, 'Rambu Ata', 'Rambu lebih tahu soal ini.');
    await rambu.goto(`${bestie.url}/desk/antrean/${chats[0]}`);
    await yuli.goto(`${bestie.url}/desk/antrean/${chats[1]}`);
    await take(yuli).click();
    await Promise.all([rambu, yuli].map((page) => page.getByLabel(/^Balasan untuk/).waitFor()));
  });

  const pass = async (from: Page, to: string, note: string): Promise<void> => {
    await from.getByRole('button', { name: 'Lainnya' }).click();
    await from.getByText('Alihkan ke rekan…').click();
    await from.getByRole('combobox', { name: 'Kepada' }).click();
    await from.getByRole('option', { name: new RegExp(to) }).click();
    await from.getByLabel('Catatan untuk yang menerima').fill(note);
    await from.getByRole('button', { name: 'Alihkan', exact: true }).click();
    await from.getByText(`Dialihkan ke ${to}.`).waitFor();
  };

  it('answers both at once, and each resident hears their own officer alone', async () => {
    const [first, second] = residents;
    await Promise.all([
      answers(rambu, 'Selamat pagi, saya sudah membaca cerita Anda.'),
      answers(yuli, 'Selamat pagi, airnya mati sejak kapan?'),
    ]);
    await sees(first, 'Selamat pagi, saya sudah membaca cerita Anda.');
    await sees(second, 'Selamat pagi, airnya mati sejak kapan?');
    await Promise.all([says(first, 'Terima kasih, Ibu.'), says(second, 'Sejak hari Senin.')]);
    await Promise.all([sees(rambu, 'Terima kasih, Ibu.'), sees(yuli, 'Sejak hari Senin.')]);
    expect(await first.getByText('airnya mati sejak kapan').count()).toBe(0);
    await picture(rambu, 'hidup-chat');
    await picture(yuli, 'hidup-chat-hp');
    await picture(first, 'hidup-warga-chat-hp');
    for (const page of [rambu, yuli, first, second]) expect(await grave(page)).toEqual([]);
  });

  it('hands a chat on with a note that the colleague reads and the resident does not', async () => {
    const [first] = residents;
    await pass(rambu, 'Yuliana Tode', 'Sudah ditanya soal sekolah, tinggal dijawab.');
    await yuli.goto(`${bestie.url}/desk/antrean/${chats[0]}`);
    await yuli.locator('.notes summary').click();
    await yuli.getByText('Sudah ditanya soal sekolah, tinggal dijawab.').first().waitFor();
    await answers(yuli, 'Saya Yuliana, saya lanjutkan dari sini.');
    await sees(first, 'Saya Yuliana, saya lanjutkan dari sini.');
    expect(await first.getByText('tinggal dijawab').count()).toBe(0);
    for (const chat of chats) {
      await yuli.goto(`${bestie.url}/desk/antrean/${chat}`);
      await yuli.getByRole('button', { name: 'Tutup…' }).click();
      await yuli.getByLabel('Kata untuk warga').fill('Kami kabari lewat kode Anda.');
      await yuli.getByRole('button', { name: 'Tutup chat' }).click();
      await yuli.getByText('Chat ini sedang dipegang bot').waitFor();
    }
    for (const page of residents) await sees(page, 'Kami kabari lewat kode Anda.');
  });

  // The referral to an agency goes here: the officer asks, the resident agrees, the agency answers by its link.

  it('takes both concerns and answers them: one is settled, the other is opened again', async () => {
    const work = async (page: Page, code: string, word: string): Promise<void> => {
      await page.goto(await concernPath(code));
      await page.getByRole('button', { name: 'Tangani', exact: true }).click();
      const field = page.getByLabel('Jawaban untuk warga');
      await field.fill(word);
      await page.getByRole('button', { name: 'Kirim jawaban' }).click();
      await page.getByText(/ditanya apakah sudah beres/).waitFor();
    };
    await Promise.all([
      work(rambu, codes[0] ?? '', 'Sekolahnya sudah kami hubungi, anak boleh masuk besok.'),
      work(yuli, codes[1] ?? '', 'PDAM mengirim tangki sore ini.'),
    ]);
    await sees(residents[0], 'Sekolahnya sudah kami hubungi, anak boleh masuk besok.');
    await sees(residents[1], 'PDAM mengirim tangki sore ini.');
    await presses(residents[0], 'Sudah beres');
    await presses(residents[1], 'Belum');
    await sees(residents[0], /Syukurlah/);
    await sees(residents[1], /kami buka lagi/);
    await picture(residents[0], 'hidup-warga-beres-hp');
    expect(await Promise.all(codes.map((code) => statusOf(code)))).toEqual(['settled', 'reopened']);
    // By itself in the open pages, and without the notes of what was just done for the pictures.
    await rambu.getByText('Beres', { exact: true }).first().waitFor();
    await yuli.getByText('Dibuka lagi', { exact: true }).first().waitFor();
    await Promise.all([rambu.reload(), yuli.reload()]);
    await Promise.all(
      [rambu, yuli].map((page) => page.getByRole('heading', { name: 'Perjalanan' }).waitFor()),
    );
    await picture(rambu, 'hidup-curhat');
    await picture(yuli, 'hidup-curhat-hp');
    for (const page of [rambu, yuli]) expect(await grave(page)).toEqual([]);
  });

  it('has said nothing wrong in any browser, and nothing of a resident in its log', () => {
    expect(complaints).toEqual([]);
    for (const words of ['sekolah', 'Air di rumah', 'Sejak hari Senin', 'tinggal dijawab'])
      expect(bestie.output()).not.toContain(words);
  });
});
