import { beforeEach, expect, it } from 'vitest';
import { seed } from '../../prisma/seed.ts';
import { useOfficerCode } from '../../src/actions/officer-code.ts';
import type { Desk } from '../src/desk/desk-harness.ts';
import { describeInChromium, phone } from '../support/chromium.ts';
import { useDeskInChromium } from '../support/desk-in-chromium.ts';

/** What an admin sets and what an officer sets for themselves, pressed in a browser. */
describeInChromium('settings at the desk in a browser', (store) => {
  const at = useDeskInChromium(store);
  const { open, expectWell, complaints } = at;
  let desk: Desk;
  beforeEach(async () => {
    desk = at.desk;
    await seed(desk.db, desk.clock.now());
  });

  it('links an officer to a Telegram account by a code, and lets it go again', async () => {
    const rambu = await desk.officer('Rambu Ata');
    const page = await open('/pengaturan/saya', rambu, phone);
    await page.getByRole('button', { name: 'Hubungkan Telegram' }).click();
    const said = await page.getByText(/^\/masuk /).textContent();
    const code = said?.replace('/masuk ', '') ?? '';
    await expectWell(page);
    // The other half, as the bot does it.
    const used = await desk.transact((tx) => useOfficerCode(tx, { code, userRef: '800001' }));
    expect(used).toEqual({ kind: 'linked', officerName: 'Rambu Ata' });
    await page.clock.fastForward(6_000);
    await page.getByText(/^Terhubung sejak Senin, 30 November/).waitFor();
    await page.getByRole('button', { name: 'Lepas', exact: true }).click();
    await page.getByRole('button', { name: 'Hubungkan Telegram' }).waitFor();
    expect(await desk.one(`SELECT count(*) AS n FROM officer_contact`)).toEqual({ n: 0 });
    expect(complaints).toEqual([]);
  });

  it('names who would lose a visit by new hours, before they are saved', async () => {
    const ana = await desk.officer('Ana Benu', 'admin');
    const maria = await desk.resident('Maria Bano');
    const { code } = await maria.books('2026-12-02', '10:00');
    const page = await open('/pengaturan/ruang', ana, phone);
    await page.getByText('Rabu', { exact: true }).click();
    const simpan = page.getByRole('button', { name: 'Simpan', exact: true });
    const dialog = page.getByRole('dialog', { name: 'Ada jadwal yang tidak muat lagi' });
    await simpan.click();
    await dialog.getByText(`Rabu, 2 Desember, 10.00 · ${code}`, { exact: false }).waitFor();
    await expectWell(page);
    await dialog.getByRole('button', { name: 'Jangan' }).click();
    expect(await desk.one(`SELECT status FROM booking`)).toEqual({ status: 'booked' });
    await simpan.click();
    await dialog.getByRole('button', { name: 'Simpan dan batalkan 1 jadwal' }).click();
    await page.getByText('Disimpan. 1 warga diberi tahu', { exact: false }).waitFor();
    expect(await desk.one(`SELECT status FROM booking`)).toEqual({ status: 'cancelled' });
    expect(complaints).toEqual([]);
  });

  it("shows chats in the officers' group only to who reads what that means, and tells the second of two who edit the room", async () => {
    const ana = await desk.officer('Ana Benu', 'admin');
    const [page, late] = [await open('/pengaturan/ruang', ana), await open('/pengaturan/ruang', ana)];
    const shows = page.getByRole('switch', { name: 'Tampilkan chat di grup sesudah diambil' });
    await late.getByLabel('Nama ruang').fill('Ruang Lain');
    expect(await shows.isChecked()).toBe(false);
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.message());
      void (asked.length === 1 ? dialog.dismiss() : dialog.accept());
    });
    await shows.click();
    expect(await shows.isChecked()).toBe(false);
    await shows.click();
    expect(await shows.isChecked()).toBe(true);
    expect(asked).toEqual([1, 2].map(() => expect.stringMatching(/dibaca semua anggota grup/) as string));
    await page.getByRole('button', { name: 'Simpan', exact: true }).click();
    await page.getByText('Disimpan', { exact: false }).first().waitFor();
    await page.reload();
    await expect.poll(() => shows.isChecked()).toBe(true);
    await late.getByRole('button', { name: 'Simpan', exact: true }).click();
    await late.getByText('Belum berhasil').waitFor();
    expect(complaints).toEqual([]);
  });

  it('adds, corrects and removes a hotline, and never leaves residents without one', async () => {
    const ana = await desk.officer('Ana Benu', 'admin');
    const page = await open('/pengaturan/darurat', ana, phone);
    page.on('dialog', (dialog) => void dialog.accept());
    const card = page.getByRole('listitem').filter({ hasText: 'Siaga Kupang' });
    await page.getByRole('button', { name: 'Nomor baru' }).click();
    const form = page.getByRole('dialog', { name: 'Nomor darurat' });
    await form.getByLabel('Nama').fill('Siaga Kupang');
    await form.getByLabel('Telepon').fill('0380 112');
    await form.getByLabel('Tampilkan kepada warga').check();
    await form.getByRole('button', { name: 'Simpan' }).click();
    // Whoever is in danger may not be sent to a number of which nobody knows where it is from.
    await page.getByText(/tanpa sumber tidak boleh ditampilkan/).waitFor();
    await form.getByLabel('Sumber').fill('papan pengumuman MPP');
    await expectWell(page);
    await form.getByRole('button', { name: 'Simpan' }).click();
    await card.getByText('belum diperiksa').waitFor();
    await page.getByRole('button', { name: 'Ubah Siaga Kupang' }).click();
    await form.getByLabel('Terakhir diperiksa').fill('2026-11-29');
    await form.getByRole('button', { name: 'Simpan' }).click();
    await card.getByText('diperiksa 29 Nov 2026').waitFor();
    await card.getByText('Sumber').click();
    await card.getByText('papan pengumuman MPP').waitFor();
    await expectWell(page);

    await desk.db.query(`UPDATE hotline SET is_shown = (name = 'Siaga Kupang')`);
    await page.getByRole('button', { name: 'Ubah Siaga Kupang' }).click();
    await form.getByRole('button', { name: 'Hapus' }).click();
    await page.getByText(/satu-satunya nomor yang ditampilkan/).waitFor();
    await desk.db.query(`UPDATE hotline SET is_shown = true`);
    await form.getByRole('button', { name: 'Hapus' }).click();
    await card.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });
});
