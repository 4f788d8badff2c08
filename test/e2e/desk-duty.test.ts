import { beforeEach, expect, it } from 'vitest';
import { walkQueue } from '../../src/actions/walk-queue.ts';
import { loadRoomFacts } from '../../src/store/room-facts.ts';
import type { Desk } from '../src/desk/desk-harness.ts';
import { describeInChromium, phone } from '../support/chromium.ts';
import { useDeskInChromium } from '../support/desk-in-chromium.ts';

/** Who serves and who is called, and the chat that is somebody's turn, as officers see them. */
describeInChromium('duty at the desk in a browser', (store) => {
  const at = useDeskInChromium(store);
  const { open, expectWell, complaints } = at;
  let desk: Desk;
  beforeEach(() => void (desk = at.desk));

  const walk = async (): Promise<void> => {
    const { calendar } = await loadRoomFacts(desk.db);
    await desk.transact((tx) => walkQueue(tx, { calendar }));
  };

  it('puts down who serves and who is called, and says loudly when nobody would hear', async () => {
    const yusuf = await desk.officer('Yusuf Lay', 'supervisor');
    await desk.officer('Rambu Ata');
    await desk.officer('Maria Bano');
    const page = await open('/pengaturan/piket', yusuf, phone);
    await page.getByText('Tanda bahaya tidak akan sampai ke siapa pun di luar meja').waitFor();
    await page.getByRole('button', { name: 'Ubah piket Senin', exact: true }).click();
    await page.getByLabel('Rambu Ata di ruang').check();
    await page.getByLabel('Maria Bano di ruang').check();
    await page.getByRole('combobox', { name: 'Urutan siaga Rambu Ata' }).click();
    await page.getByRole('option', { name: 'Siaga 1' }).click();
    await expectWell(page);
    await page.getByRole('button', { name: 'Simpan', exact: true }).click();
    await page.getByText('Siaga: 1. Rambu Ata').first().waitFor();
    await page.getByText('Belum punya kontak: Rambu Ata').waitFor();
    await page.getByRole('button', { name: 'Ubah piket Senin, 30 November' }).click();
    expect(await page.getByLabel('Maria Bano di ruang').isChecked()).toBe(true);
    await page.getByLabel('Maria Bano di ruang').uncheck();
    await page.getByRole('button', { name: 'Simpan', exact: true }).click();
    await page.getByText('Seperti biasa').waitFor();
    await expectWell(page);
    expect(await desk.one(`SELECT count(*) AS n FROM duty WHERE session_date = '2026-11-30'`)).toEqual({
      n: 1,
    });
    expect(complaints).toEqual([]);
  });

  it('says on every page of a lead that nobody would be called, until somebody would', async () => {
    const [yusuf, rambu] = [await desk.officer('Yusuf Lay', 'supervisor'), await desk.officer('Rambu Ata')];
    const page = await open('/hari-ini', yusuf, phone);
    const banner = page.getByRole('alert', { name: 'Panggilan bahaya' });
    await banner.getByText(/di luar meja.*hanya mendapat nomor darurat/).waitFor();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expectWell(page);
    await banner.getByRole('button', { name: 'Isi kontak' }).click();
    await page.getByLabel('Nomor WhatsApp').fill('0812-3456-7890');
    await page.getByRole('button', { name: 'Tambah' }).click();
    await banner.waitFor({ state: 'detached' });
    const other = await open('/hari-ini', rambu, phone);
    await other.getByRole('heading', { level: 1 }).waitFor();
    expect(await other.getByRole('alert', { name: 'Panggilan bahaya' }).count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('enters and removes one`s own contacts', async () => {
    const rambu = await desk.officer('Rambu Ata');
    const page = await open('/pengaturan/saya', rambu, phone);
    await page.getByText('panggilan darurat tidak akan sampai').waitFor();
    await page.getByLabel('Nomor WhatsApp').fill('0812-3456-7890');
    await page.getByRole('button', { name: 'Tambah' }).click();
    await page.getByText('+6281234567890').waitFor();
    await expectWell(page);
    await page.getByRole('button', { name: 'Hapus WhatsApp +6281234567890' }).click();
    await page.getByText('panggilan darurat tidak akan sampai').waitFor();
    expect(complaints).toEqual([]);
  });

  it('offers a chat for two minutes, and lets a colleague read along', async () => {
    const [rambu, maria] = [await desk.officer('Rambu Ata'), await desk.officer('Maria Bano')];
    await desk.db.query(`UPDATE officer SET presence = 'on_duty'`);
    await desk.db.query(`UPDATE officer SET last_assigned_at = now() WHERE id = $1`, [maria.id]);
    const lena = await desk.resident('Lena Adu');
    await lena.says('Halo, saya mau tanya soal surat pindah.');
    await lena.waits();
    await walk();
    const page = await open('/antrean', rambu, phone);
    const offer = page.getByRole('status', { name: 'Chat untuk Anda' });
    await offer.getByText(/Chat Lena Adu ditawarkan ke Anda.*sisa 2 menit/).waitFor();
    await expectWell(page);
    await offer.getByRole('button', { name: 'Lewati' }).click();
    await offer.waitFor({ state: 'detached' });
    await walk();
    const other = await open('/antrean', maria, phone);
    await other.getByRole('button', { name: 'Ambil', exact: true }).click();
    await other.getByLabel('Balasan untuk Lena Adu').waitFor();
    await other.getByRole('button', { name: 'Tindakan lain' }).click();
    await other.getByText('Ajak rekan membaca…').click();
    await other.getByRole('combobox', { name: 'Rekan' }).click();
    await other.getByRole('option', { name: /Rambu Ata/ }).click();
    await other.getByRole('button', { name: 'Ajak', exact: true }).click();
    await other.getByRole('button', { name: 'Akhiri untuk Rambu Ata' }).waitFor();
    await page.goto(`${at.url}/desk/antrean/${lena.conversationId}`);
    await page.getByText('Maria Bano sedang menangani. Anda ikut membaca.').waitFor();
    await page.getByLabel('Catatan baru').fill('Suratnya sudah jadi di kelurahan.');
    await page.getByRole('button', { name: 'Simpan catatan' }).click();
    await page.getByText('1 catatan rekan').waitFor();
    await expectWell(page);
    expect(complaints).toEqual([]);
  });
});
