import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { ensureSetupLink } from '../../src/actions/setup-link.ts';
import type { Desk } from '../src/desk/desk-harness.ts';
import { seedDesk } from '../src/desk/seed-desk.ts';
import { describeInChromium } from '../support/chromium.ts';
import { useDeskInChromium } from '../support/desk-in-chromium.ts';

/** The real desk and the real database, with two officers in two browsers. */
describeInChromium('the desk in a browser', (store) => {
  const at = useDeskInChromium(store);
  const { open, stumbles, complaints } = at;
  let desk: Desk;
  beforeEach(() => void (desk = at.desk));

  it('makes the first admin from the one-time link, logs out and in again', async () => {
    const link = await desk.transact((tx) => ensureSetupLink(tx));
    const page = await open(link?.path.replace('/desk', '') ?? '');
    await page.getByLabel('Nama Anda').fill('Ana Benu');
    await page.getByLabel('Nama masuk').fill('ana');
    await page.getByRole('textbox', { name: 'Kata sandi' }).fill('sembilan ekor kuda');
    expect(await stumbles(page)).toEqual([]);
    await page.getByRole('button', { name: 'Simpan dan masuk' }).click();
    await page.getByRole('heading', { name: 'Hari ini' }).waitFor();
    await page.getByRole('button', { name: 'Keluar' }).click();
    await page.getByLabel('Nama masuk').fill('ana');
    await page.getByRole('textbox', { name: 'Kata sandi' }).fill('salah sekali ini');
    await page.getByRole('button', { name: 'Masuk' }).click();
    await page.getByText('Nama masuk atau kata sandi tidak cocok.').waitFor();
    await page.getByRole('textbox', { name: 'Kata sandi' }).fill('sembilan ekor kuda');
    await page.getByRole('button', { name: 'Masuk' }).click();
    await page.getByRole('heading', { name: 'Hari ini' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('lets two officers work the queue at once: one takes, the other sees it by itself, and a draft survives', async () => {
    const ana = await desk.officer('Ana Benu');
    const rambu = await desk.officer('Rambu Ata');
    const maria = await desk.resident('Maria Bano');
    const [left, right] = [await open('/antrean', ana), await open('/antrean', rambu)];
    await right.getByText('Tidak ada yang menunggu.').waitFor();
    await maria.says('Selamat pagi, apa saya perlu bawa KK?');
    await maria.waits();
    desk.publish({ kind: 'handoff', id: maria.conversationId });
    await right.getByText('Maria Bano').waitFor();
    await left.getByRole('button', { name: 'Ambil chat Maria Bano' }).click();
    await right.getByText('Dipegang rekan').waitFor();
    await left.getByText('Selamat pagi, apa saya perlu bawa KK?').waitFor();
    const field = left.getByLabel('Balasan untuk Maria Bano');
    await field.fill('Ya, bawa KK asli <b>saja</b>.');
    await left.reload();
    expect(await field.inputValue()).toBe('Ya, bawa KK asli <b>saja</b>.');
    await field.press('Control+Enter');
    await left.getByText('Ya, bawa KK asli <b>saja</b>.', { exact: true }).last().waitFor();
    await expect.poll(() => field.inputValue()).toBe('');
    await maria.says('Baik, terima kasih');
    desk.publish({ kind: 'conversation', id: maria.conversationId });
    await left.getByText('Baik, terima kasih').waitFor();
    await right.getByText('Maria Bano').click();
    await right.getByText(/dipegang Ana Benu/).waitFor();
    await left.getByRole('button', { name: 'Tutup…' }).click();
    await left.getByLabel('Kata untuk warga').fill('Sampai jumpa hari Rabu.');
    await left.getByRole('button', { name: 'Tutup chat' }).click();
    await left.getByText('Chat ini sedang dipegang bot').waitFor();
    expect(await desk.one(`SELECT status, outcome FROM handoff`)).toEqual({
      status: 'closed',
      outcome: 'closed',
    });
    expect(complaints).toEqual([]);
  });

  it('erases a resident for them, who reads first what is lost; for a lead alone', async () => {
    const [yusuf, rambu] = [await desk.officer('Yusuf Lay', 'supervisor'), await desk.officer('Rambu Ata')];
    const maria = await desk.resident('Maria Bano');
    const { code } = await maria.books('2026-11-30', '10:00');
    const button = (page: Page) => page.getByRole('button', { name: 'Hapus semua data warga…' });
    const colleague = await open('/', rambu);
    await colleague.getByRole('heading', { name: 'Maria Bano' }).waitFor();
    expect(await button(colleague).count()).toBe(0);
    const page = await open('/', yusuf);
    await button(page).click();
    const form = page.getByRole('dialog', { name: 'Hapus semua data warga' });
    await form.getByText(/Yang hilang: 1 jadwal/).waitFor();
    await form.getByText(`${code}: `, { exact: false }).waitFor();
    expect(await stumbles(page)).toEqual([]);
    const last = form.getByRole('button', { name: 'Hapus semuanya' });
    expect(await last.isDisabled()).toBe(true);
    await form.getByLabel(/Ketik "hapus"/).fill('Hapus');
    await last.click();
    await page.getByText('Semuanya sudah dihapus', { exact: false }).waitFor();
    await page.getByRole('heading', { name: 'Maria Bano' }).waitFor({ state: 'detached' });
    expect(await desk.one(`SELECT count(*) AS n FROM booking`)).toEqual({ n: 0 });
    expect(complaints).toEqual([]);
  });

  it('runs the day: reads a concern before the visit, marks the arrival, adds a walk-in', async () => {
    const { rambu } = await seedDesk(desk);
    const page = await open('/hari-ini', rambu);
    const card = page.getByRole('article').filter({ hasText: 'Maria Bano' });
    await card.getByRole('button', { name: /baca dulu/ }).click();
    await page.getByText('nama mama beta sonde keluar').waitFor();
    expect(await page.locator('audio').getAttribute('src')).toMatch(/^\/desk\/api\/files\//);
    await page.keyboard.press('Escape');
    await card.getByRole('button', { name: 'Datang', exact: true }).click();
    await card.getByText('Sudah datang').waitFor();
    await page.getByRole('button', { name: 'Tambah tamu' }).click();
    await page.getByRole('textbox', { name: 'Nama', exact: true }).fill('Opa Markus');
    await page.getByRole('button', { name: 'Simpan', exact: true }).click();
    await page.getByRole('article').filter({ hasText: 'Opa Markus' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('moves a visit, and takes out a guest who was put down wrongly', async () => {
    const { rambu } = await seedDesk(desk);
    const page = await open('/hari-ini', rambu);
    await page.getByRole('button', { name: 'Tambah tamu' }).click();
    const guest = page.getByRole('dialog', { name: 'Tambah tamu, Senin, 30 November' });
    await guest.getByRole('textbox', { name: 'Nama', exact: true }).fill('Opa Markus');
    await guest.getByRole('button', { name: 'Simpan', exact: true }).click();
    const wrong = page.getByRole('article').filter({ hasText: 'Opa Markus' });
    await wrong.getByRole('button', { name: 'Salah catat…' }).click();
    await page.getByRole('button', { name: 'Ya, batalkan' }).click();
    await wrong.waitFor({ state: 'detached' });
    const coming = page.getByRole('article').filter({ hasText: 'Maria Bano' });
    await coming.getByRole('button', { name: 'Pindah…' }).click();
    const form = page.getByRole('dialog', { name: /^Pindah jadwal BST-/ });
    await form.getByText('Maria Bano, sekarang Senin, 30 November pukul 09.30.').waitFor();
    expect(await stumbles(page)).toEqual([]);
    await form.getByRole('combobox', { name: 'Hari' }).click();
    await page.getByRole('option', { name: /^Rabu, 2 Desember/ }).click();
    await form.getByRole('combobox', { name: 'Jam' }).click();
    await page.getByRole('option', { name: '11.00 (sisa 2)' }).click();
    await form.getByRole('button', { name: 'Pindahkan' }).click();
    await coming.waitFor({ state: 'detached' });
    expect(
      await desk.one(
        `SELECT b.session_date AS day, b.slot_time AS time FROM booking b JOIN notice n ON n.booking_id = b.id
          WHERE n.kind = 'booking-moved'`,
      ),
    ).toEqual({ day: '2026-12-02', time: '11:00' });
    expect(complaints).toEqual([]);
  });

  it('puts danger before everything until somebody says that they see to it', async () => {
    const { ana, rambu } = await seedDesk(desk);
    const [left, right] = [await open('/curhat', ana), await open('/belum-terkirim', rambu)];
    await right.getByText(/Berisiko tinggi: kekerasan di rumah/).waitFor();
    await left.getByRole('button', { name: 'Saya urus' }).click();
    await left.getByText('tolong, beta takut pulang ke rumah').waitFor();
    await right.getByText(/Berisiko tinggi/).waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  it('folds the danger that was seen to one line, opens it for what is new, and takes a false one down', async () => {
    const { ana } = await seedDesk(desk);
    const names = ['Opa Markus', 'Mama Yuli', 'Nona Rini'];
    for (const name of names) {
      const one = await desk.resident(name);
      await one.waits(0);
      await one.alarms('tinggi');
    }
    const page = await open('/antrean', ana, { width: 1280, height: 800 });
    const banner = page.getByRole('alert', { name: 'Tanda bahaya' });
    await banner.getByText('dan bahaya di 1 chat lain').waitFor();
    expect(await banner.locator('.alert').count()).toBe(3);
    await banner.getByRole('button', { name: 'Ringkas tanda bahaya' }).click();
    await banner.getByText('dan bahaya di 3 chat lain').waitFor();
    expect(await banner.locator('.alert').count()).toBe(1);
    expect((await banner.boundingBox())?.height).toBeLessThan(70);
    expect(await stumbles(page)).toEqual([]);
    await page.reload();
    await banner.getByText('dan bahaya di 3 chat lain').waitFor();
    const graver = await desk.resident('Bapa Simon');
    await graver.waits(0);
    const alertId = await graver.alarms('darurat');
    desk.publish({ kind: 'alert', id: alertId });
    await banner.getByText(/Darurat: kekerasan di rumah · Bapa Simon/).waitFor();
    expect(await banner.locator('.alert').count()).toBe(3);
    await page.setViewportSize({ width: 390, height: 844 });
    await banner.getByText('dan bahaya di 4 chat lain').waitFor();
    expect(await banner.locator('.alert').count()).toBe(1);
    expect((await banner.boundingBox())?.height).toBeLessThan(100);
    await page.getByText('Bapa Simon').last().click();
    page.once('dialog', (dialog) => void dialog.accept());
    await page.getByRole('button', { name: 'Bukan bahaya' }).click();
    await page.getByText('bukan bahaya, kata Ana Benu').waitFor();
    await banner.getByText('dan bahaya di 3 chat lain').waitFor();
    expect(await stumbles(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('works the board by keyboard, searches it, keeps a view, and writes a referral that the resident is asked for', async () => {
    await desk.db.query(
      `INSERT INTO agency (id, name, short, level, categories, handles, source)
       VALUES ('dlh', 'Dinas Lingkungan Hidup', 'DLH', 'kota', '{lingkungan}', 'sampah', 'tes')`,
    );
    const ana = await desk.officer('Ana Benu');
    const older = await (await desk.resident('Opa Markus')).poursOut('sampah sonde diangkut di depan pasar');
    desk.clock.set(new Date(desk.clock.now().getTime() + 60_000));
    const newer = await (await desk.resident('Maria Bano')).poursOut('uang komite terlalu mahal');
    const page = await open('/curhat', ana);
    await page.getByText(newer.code).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Papan ketik' }).waitFor();
    expect(await stumbles(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const pointed = () => page.evaluate<string>('document.activeElement?.textContent ?? ""');
    await page.keyboard.press('j');
    expect(await pointed()).toContain(newer.code);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    expect(await pointed()).toContain(older.code);
    await page.keyboard.press('k');
    expect(await pointed()).toContain(newer.code);
    // While one types, letters are letters.
    await page.keyboard.press('/');
    const field = page.getByLabel('Cari curhat');
    await page.keyboard.type('tjk/');
    expect(await field.inputValue()).toBe('tjk/');
    await page.getByText('Tidak ditemukan.').waitFor();
    await field.fill(older.code.slice(4));
    await page.getByText(newer.code).waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.getByText(newer.code).waitFor();
    await page.getByRole('button', { name: /^Belum ditangani 2/ }).click();
    await page.getByRole('combobox', { name: 'Kategori' }).click();
    await page.getByRole('option', { name: 'Bantuan sosial' }).click();
    await page.getByRole('button', { name: 'Simpan tampilan ini…' }).click();
    await page.getByLabel('Nama tampilan').fill('Bansos bebas');
    await page.getByRole('button', { name: 'Simpan', exact: true }).click();
    await page.getByRole('button', { name: 'Bansos bebas', exact: true, pressed: true }).waitFor();
    await page.locator('[data-board-row]').first().focus();
    await page.keyboard.press('j');
    expect(await pointed()).toContain(older.code);
    await page.keyboard.press('t');
    await page.getByRole('heading', { name: 'Opa Markus' }).waitFor();
    await page.getByRole('button', { name: 'Rujuk ke instansi…' }).click();
    await page.getByRole('combobox', { name: 'Instansi', exact: true }).click();
    await page.getByRole('option', { name: /DLH/ }).click();
    const summary = page.getByRole('textbox', { name: 'Ringkasan untuk instansi' });
    await summary.fill('Sampah di depan pasar menumpuk.');
    await page.reload();
    await page.getByRole('button', { name: 'Rujuk ke instansi…' }).click();
    expect(await summary.inputValue()).toBe('Sampah di depan pasar menumpuk.');
    await page.getByRole('combobox', { name: 'Instansi', exact: true }).click();
    await page.getByRole('option', { name: /DLH/ }).click();
    await page.getByRole('button', { name: 'Simpan dan lihat hasilnya' }).click();
    await page.getByText('Persis yang dibaca instansi, tanpa nama warga').waitFor();
    await page.locator('.packet pre', { hasText: 'Nama: dirahasiakan' }).waitFor();
    expect(await stumbles(page)).toEqual([]);
    await page.getByRole('button', { name: 'Minta izin warga' }).click();
    await page.getByText('Menunggu izin warga').waitFor();
    expect(await desk.one(`SELECT status FROM referral`)).toEqual({ status: 'asked' });
    expect(complaints).toEqual([]);
  });

  it('stays smooth with a queue of 500 and a thread of 5,000: only what is in sight is in the page', async () => {
    const ana = await desk.officer('Ana Benu');
    const maria = await desk.resident('Maria Bano');
    const sealedText = desk.vault.sealJson({ kind: 'text', text: 'pesan panjang' }, 'message.content');
    await desk.db.query(
      `INSERT INTO message (conversation_id, direction, author, kind, content_sealed, sent_at, created_at, processed_at)
       SELECT $1, 'in', 'resident', 'text', $2, $3, $3, $3 FROM generate_series(1, 5000)`,
      [maria.conversationId, sealedText, desk.clock.now()],
    );
    await maria.waits();
    await desk.db.query(
      `WITH r AS (INSERT INTO resident (created_at) SELECT $1::timestamptz FROM generate_series(1, 499) RETURNING id),
            a AS (INSERT INTO address (resident_id, channel, kind, value_hash, value_sealed, created_at)
                  SELECT id, 'web', 'visitor', decode(md5(id::text), 'hex'), '\\x00', $1 FROM r RETURNING id),
            c AS (INSERT INTO conversation (address_id, created_at) SELECT id, $1 FROM a RETURNING id)
       INSERT INTO handoff (conversation_id, status, reason, requested_at) SELECT id, 'waiting', 'asked', $1 FROM c`,
      [desk.clock.now()],
    );
    const page = await open(`/antrean/${maria.conversationId}`, ana);
    await page.getByText('pesan panjang').last().waitFor();
    await page.getByRole('link', { name: /Antrean.*500/ }).waitFor();
    expect(await page.locator('.queue-card').count()).toBeLessThan(40);
    expect(await page.locator('.bubble').count()).toBeLessThan(60);
    // Up through the pages: each older one comes in above without throwing the reader about.
    const log = page.getByRole('log');
    for (let pages = 0; pages < 3; pages += 1) {
      const before = await log.evaluate((element: { scrollHeight: number }) => element.scrollHeight);
      await log.evaluate((element: { scrollTop: number }) => (element.scrollTop = 1));
      await expect
        .poll(() => log.evaluate((element: { scrollHeight: number }) => element.scrollHeight), {
          timeout: 60_000,
        })
        .toBeGreaterThan(before);
    }
    expect(await page.locator('.bubble').count()).toBeLessThan(60);
    expect(complaints).toEqual([]);
  });

  it('makes two chats one after comparing them, takes it back, and warns the admin of a channel', async () => {
    const ana = await desk.officer('Ana Benu', 'admin');
    const [maria, other] = [await desk.resident('Maria Bano', 'whatsapp'), await desk.resident('M. Bano')];
    const { code } = await other.poursOut('soal bansos');
    await maria.waits();
    desk.channels.current.list = async () => [
      {
        name: 'whatsapp',
        isPairable: true,
        isHeld: true,
        health: { state: 'stuck', since: desk.clock.now(), detail: 'no answer' },
      },
    ];
    const page = await open(`/antrean/${maria.conversationId}`, ana);
    const banner = page.getByRole('status', { name: 'Kanal bermasalah' });
    await banner.getByText('Macet').waitFor();
    const openForm = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Tindakan lain' }).click();
      await page.getByText('Satukan dengan chat lain…').click();
    };
    await openForm();
    await page.getByLabel('Kode jadwal atau curhat').fill(code.toLowerCase());
    await page.getByRole('button', { name: 'Cari' }).click();
    await page.getByText('M. Bano').waitFor();
    expect(await stumbles(page)).toEqual([]);
    await page.getByRole('button', { name: 'Ya, orang yang sama' }).click();
    await page.getByRole('link', { name: new RegExp(code) }).waitFor();
    await openForm();
    page.on('dialog', (dialog) => void dialog.accept());
    await page.getByRole('button', { name: 'Pisahkan lagi' }).click();
    await page.getByText('Dipisahkan lagi.').waitFor();
    // The admin undoes it from the audit log as well.
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await openForm();
    await page.getByLabel('Kode jadwal atau curhat').fill(code);
    await page.getByRole('button', { name: 'Cari' }).click();
    await page.getByRole('button', { name: 'Ya, orang yang sama' }).click();
    await page.getByRole('link', { name: new RegExp(code) }).waitFor();
    await page.goto(`${at.url}/desk/pengaturan/jejak`);
    const merged = page.getByRole('listitem').filter({ hasText: 'menyatukan dua chat satu warga' });
    await merged.getByRole('button', { name: 'Pisahkan lagi' }).click();
    await merged.getByRole('button', { name: 'Pisahkan lagi' }).waitFor({ state: 'detached' });
    expect(await desk.one(`SELECT count(*) AS n FROM merge WHERE undone_at IS NULL`)).toEqual({
      n: 0,
    });
    desk.channels.current.list = async () => [];
    desk.publish({ kind: 'room', id: 'channels' });
    await banner.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });
});
