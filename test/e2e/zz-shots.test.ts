import { beforeEach, it } from 'vitest';
import { seed } from '../../prisma/seed.ts';
import { addContact } from '../../src/actions/officer-contact.ts';
import type { Desk } from '../src/desk/desk-harness.ts';
import { seedDesk } from '../src/desk/seed-desk.ts';
import { describeInChromium } from '../support/chromium.ts';
import { useDeskInChromium } from '../support/desk-in-chromium.ts';
describeInChromium('shots', (store) => {
  const at = useDeskInChromium(store);
  let desk: Desk;
  beforeEach(() => void (desk = at.desk));
  if (store.name !== 'embedded') return;
  it.each([[390, 844], [1280, 800]])('at %i', async (width, height) => {
    await seed(desk.db, desk.clock.now());
    const { rambu } = await seedDesk(desk);
    const look = { width, height };
    const shot = (page: { screenshot(o: { path: string; fullPage?: boolean }): Promise<unknown> }, name: string, fullPage = false) =>
      page.screenshot({ path: `/tmp/s5/shots17/${name}-${width}.png`, fullPage });
    const page = await at.open('/hari-ini', rambu, look);
    await page.getByRole('article').first().waitFor();
    await shot(page, 'day', true);
    await page.getByRole('button', { name: 'Tambah tamu' }).click();
    await page.getByRole('dialog').waitFor();
    await shot(page, 'guest');
    await page.getByRole('textbox', { name: 'Nama', exact: true }).fill('Opa Markus');
    await page.getByRole('button', { name: 'Simpan', exact: true }).click();
    const wrong = page.getByRole('article').filter({ hasText: 'Opa Markus' });
    await wrong.getByRole('button', { name: 'Salah catat…' }).click();
    await page.getByRole('button', { name: 'Ya, batalkan' }).waitFor();
    await shot(page, 'cancel');
    await page.getByRole('button', { name: 'Tidak jadi' }).click();
    const coming = page.getByRole('article').filter({ hasText: 'Maria Bano' });
    await coming.getByRole('button', { name: 'Pindah…' }).click();
    await page.getByRole('combobox', { name: 'Jam' }).waitFor();
    await shot(page, 'move');
    await page.getByRole('button', { name: 'Tidak jadi' }).click();
    if (width > 500) await page.getByText('Rab, 2 Des').click(); else await page.getByText('Rab, 2 Des').click();
    await page.getByRole('heading', { name: 'Sesi' }).waitFor();
    await page.getByRole('button', { name: 'Tambah tamu' }).click();
    await page.getByText('Bukan hari ini', { exact: false }).waitFor();
    await shot(page, 'guest-other');
    // 10
    const concern = await (await desk.resident('Yanti Kase')).poursOut('Air PDAM di Oesapa sudah tiga minggu tidak jalan');
    await desk.db.query(`UPDATE concern SET category = 'infrastruktur' WHERE id = $1`, [concern.id]);
    await rambu.post(`/concerns/${concern.id}/take`);
    const c = await at.open(`/curhat/${concern.id}`, rambu, look);
    await c.getByRole('button', { name: 'Rujuk ke instansi…' }).click();
    await c.getByText('Dua usulan').scrollIntoViewIfNeeded();
    await c.getByText('Perumda Air Minum').first().waitFor();
    await shot(c, 'agency');
    // 19
    for (const [kind, value] of [['telegram', '1001'], ['whatsapp', '6281234567890'], ['email', 'rambu.ata.yang.panjang@kupangkota.go.id']] as const)
      await desk.transact((tx) => addContact(tx, { officerId: rambu.id, kind, value, byOfficerId: rambu.id }));
    await desk.db.query(`UPDATE officer_contact SET reached_at = $1 WHERE kind = 'telegram'`, [desk.clock.now()]);
    const { id } = await desk.one<{ id: string }>(`SELECT id FROM officer_contact WHERE kind = 'whatsapp'`);
    await rambu.post(`/me/contacts/${id}/try`);
    await desk.db.query(`UPDATE page SET outcome = 'failed', failure = 'chat not found' WHERE is_try`);
    await desk.db.query(`UPDATE officer_contact SET gone_since = $1 WHERE kind = 'whatsapp'`, [desk.clock.now()]);
    const s = await at.open('/pengaturan/saya', rambu, look);
    await s.getByText('Kontak saat darurat').scrollIntoViewIfNeeded();
    await s.getByRole('button', { name: /^Coba Email/ }).waitFor();
    await shot(s, 'contacts', true);
  }, 120_000);
});
