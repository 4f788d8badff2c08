import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { keepPicture, phone, useChromium } from '../support/chromium.ts';
import { createDeskClient, type DeskClient } from '../support/desk-client.ts';
import { wordsOfEml } from '../support/eml.ts';
import { runBestie, type RunningBestie } from '../support/running-bestie.ts';

const { chromium: found } = inject('services');
const password = 'sembilan ekor kuda sandel';
const laptop = { width: 1280, height: 800 };

type Queue = { items: { conversationId: string; status: string; officer: { name: string } | null }[] };
type Board = { items: { id: string; code: string; status: string }[] };

/**
 * The whole life of two concerns in real browsers on the built program: two residents on their phones, two officers at
 * their desks, all at once, and an agency with a letter in hand. One long story, told in order.
 */
describe.skipIf(!found)('a whole life', { timeout: 240_000 }, () => {
  let dataDir: string;
  let bestie: RunningBestie;
  /** The admin, who only sets things up and looks into what the pages do not show. */
  let admin: DeskClient;
  let rambu: Page;
  let yuli: Page;
  let residents: [Page, Page];
  /** Of the first resident and the second. */
  const codes: string[] = [];
  const chats: string[] = [];

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'bestie-life-'));
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
    await bestie.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  // After the hooks above: what comes last is closed first.
  const { open, stumbles, complaints } = useChromium({ closes: 'at the end' });
  const person = (path: string, look: Parameters<typeof open>[1]): Promise<Page> =>
    open(`${bestie.url}${path}`, { ...look, ignoresCsp: true });

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
  const statusOf = async (code: string): Promise<string | undefined> => {
    const { items } = await admin.get<Board>('/concerns');
    return items.find((concern) => concern.code === code)?.status;
  };
  const concernPath = async (code: string): Promise<string> => {
    const { items } = await admin.get<Board>('/concerns');
    return `${bestie.url}/desk/curhat/${items.find((concern) => concern.code === code)?.id}`;
  };

  it('brings two officers to their desks, one at a laptop and one on a phone', async () => {
    [rambu, yuli] = await Promise.all([
      officer('Rambu Ata', 'rambu', laptop),
      officer('Yuliana Tode', 'yuli', phone),
    ]);
    await Promise.all([rambu, yuli].map((page) => page.goto(`${bestie.url}/desk/antrean`)));
    await rambu.getByText('Tidak ada yang menunggu.').waitFor();
  });

  it('lets two residents pour out at the same time, and each gets a code', async () => {
    residents = await Promise.all([person('/', phone), person('/', { ...phone, isDark: true })]);
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
    await keepPicture(residents[0], 'hidup-warga-menunggu-hp');
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
    await keepPicture(rambu, 'hidup-antrean');
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
    await from.getByRole('button', { name: 'Tindakan lain' }).click();
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
    await keepPicture(rambu, 'hidup-chat');
    await keepPicture(yuli, 'hidup-chat-hp');
    await keepPicture(first, 'hidup-warga-chat-hp');
    for (const page of [rambu, yuli, first, second]) expect(await stumbles(page)).toEqual([]);
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

  it('refers the first: the resident reads it and agrees, the agency answers by its link, and each step is told', async () => {
    const [first] = residents;
    const { items } = await admin.get<{ items: { id: string; short: string }[] }>('/agencies');
    const dikbud = items.find(({ short }) => short === 'Dikbud');
    const mailbox = { email: 'dikbud@kupang.test', contact: '' };
    await admin.post(`/agencies/${dikbud?.id}`, { ...dikbud, ...mailbox });

    await rambu.goto(await concernPath(codes[0] ?? ''));
    await rambu.getByRole('button', { name: 'Tangani', exact: true }).click();
    await sees(first, /sekarang ditangani/);
    await rambu.getByRole('button', { name: 'Rujuk ke instansi…' }).click();
    // The routing table proposes who is asked for schools.
    await rambu.getByText(/^Usulan tabel rujukan/).waitFor();
    await rambu
      .getByRole('textbox', { name: 'Ringkasan untuk instansi' })
      .fill('Seorang anak dua minggu tidak masuk sekolah; orang tuanya minta jalan keluar.');
    await rambu.getByRole('button', { name: 'Simpan dan lihat hasilnya' }).click();
    await rambu.getByText('Nama: dirahasiakan').waitFor();
    await rambu.getByRole('button', { name: 'Minta izin warga' }).click();
    await sees(first, /Seorang anak dua minggu tidak masuk sekolah/);
    await sees(first, /tidak ada yang keluar dari ruang ini/);
    await keepPicture(first, 'hidup-warga-izin-hp');
    await presses(first, 'Kirim tanpa nama');
    await sees(first, /kami kirim ke Dinas Pendidikan/);

    // By itself in the open page. There is no mail server here: the officer sends the letter.
    await rambu.getByText('Diizinkan warga', { exact: true }).waitFor();
    await rambu.getByRole('button', { name: 'Siapkan suratnya' }).click();
    const [download] = await Promise.all([
      rambu.waitForEvent('download'),
      rambu.getByRole('link', { name: 'Unduh suratnya' }).click(),
    ]);
    const letter = wordsOfEml(await readFile(await download.path(), 'latin1'));
    expect(letter).toContain('To: dikbud@kupang.test');
    expect(letter).not.toContain('Saya tidak tahu harus ke mana');
    await rambu.getByRole('button', { name: 'Sudah saya kirim' }).click();
    await sees(first, /sudah kami kirim ke Dinas Pendidikan/);
    await rambu.getByText('Terkirim', { exact: true }).waitFor();

    const link = new URL(/https?:\/\/\S+\/rujukan\/\S+/.exec(letter)?.[0] ?? '');
    const agency = await person(link.pathname, laptop);
    await agency.getByText('Seorang anak dua minggu tidak masuk sekolah').waitFor();
    expect(await stumbles(agency)).toEqual([]);
    await keepPicture(agency, 'hidup-instansi');
    await agency.getByRole('button', { name: 'Sudah kami terima' }).click();
    await sees(first, /sudah membaca dan menerimanya/);
    await rambu.getByText('Diterima instansi', { exact: true }).waitFor();
    await agency
      .getByLabel('Apa yang sudah atau akan dilakukan?')
      .fill('Sekolahnya kami hubungi, anak boleh masuk lagi besok.');
    await agency.getByRole('button', { name: 'Kirim jawaban' }).click();
    await agency.getByText('Jawaban Anda sudah kami terima').waitFor();
    await sees(first, /ada jawaban dari Dinas Pendidikan/);
    await rambu.getByText('Dijawab instansi', { exact: true }).waitFor();
    await rambu.getByText('Sekolahnya kami hubungi, anak boleh masuk lagi besok.').waitFor();
    // What the agency wrote is the officer's to tell.
    expect(await first.getByText('anak boleh masuk lagi besok').count()).toBe(0);
    await rambu.getByRole('heading', { name: 'Rujukan ke instansi' }).scrollIntoViewIfNeeded();
    await keepPicture(rambu, 'hidup-rujukan');
    expect(await stumbles(rambu)).toEqual([]);
  });

  it('takes both concerns and answers them: one is settled, the other is opened again', async () => {
    const work = async (page: Page, code: string, word: string): Promise<void> => {
      await page.goto(await concernPath(code));
      const field = page.getByLabel('Jawaban untuk warga');
      // Rambu has taken the first already, to refer it.
      if (page === yuli) await page.getByRole('button', { name: 'Tangani', exact: true }).click();
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
    await keepPicture(residents[0], 'hidup-warga-beres-hp');
    expect(await Promise.all(codes.map((code) => statusOf(code)))).toEqual(['settled', 'reopened']);
    // By itself in the open pages, and without the notes of what was just done for the pictures.
    await rambu.getByText('Beres', { exact: true }).first().waitFor();
    await yuli.getByText('Dibuka lagi', { exact: true }).first().waitFor();
    await Promise.all([rambu.reload(), yuli.reload()]);
    await Promise.all(
      [rambu, yuli].map((page) => page.getByRole('heading', { name: 'Perjalanan' }).waitFor()),
    );
    await keepPicture(rambu, 'hidup-curhat');
    await keepPicture(yuli, 'hidup-curhat-hp');
    for (const page of [rambu, yuli]) expect(await stumbles(page)).toEqual([]);
  });

  it('has said nothing wrong in any browser, and nothing of a resident in its log', () => {
    expect(complaints).toEqual([]);
    for (const words of ['sekolah', 'Air di rumah', 'Sejak hari Senin', 'tinggal dijawab'])
      expect(bestie.output()).not.toContain(words);
  });
});
