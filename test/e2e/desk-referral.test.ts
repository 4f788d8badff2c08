import { Hono } from 'hono';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { hashToken, makeToken } from '../../src/desk/passwords.ts';
import type { Role } from '../../src/desk/policy.ts';
import { webAppRoutes } from '../../src/desk/web-app.ts';
import { describeInChromium, phone, useChromium } from '../support/chromium.ts';
import type { Look } from '../support/chromium.ts';
import { builtDesk } from '../support/desk-in-chromium.ts';
import { agencyWith, mailboxOf } from '../support/referring.ts';
import { openRoom } from '../support/room.ts';
import { createScriptedMailer } from '../support/scripted-mailer.ts';

const summary = 'Beras bantuan belum diterima sejak Agustus.';
const hostile = '<img src=x onerror=alert(1)> =1+1';

/** A concern on its way to an agency and back, pressed by an officer in a browser; the resident and the mail are scripts. */
describeInChromium('a referral at the desk in a browser', (store) => {
  const { open, serve, expectWell, complaints } = useChromium();

  /** A resident whose concern an officer has taken, and the way to open pages as somebody. */
  const begin = async () => {
    const mailer = createScriptedMailer();
    const room = await openRoom(store, { roles: ['web'], mailer });
    const desk = new Hono()
      .all('/desk/api/*', (c) => room.app.fetch(c.req.raw))
      .route('/desk', webAppRoutes(await builtDesk()));
    const { url } = await serve((request) => desk.fetch(request));
    const officer = async (name: string, role: Role) => {
      const [row] = await room.rows<{ id: string }>(
        `INSERT INTO officer (login, name, role, password_hash, created_at) VALUES ($1, $1, $2, 'none', $3) RETURNING id`,
        [name, role, room.clock.now()],
      );
      return row?.id ?? '';
    };
    /** Logged in at this moment. */
    const opens = async (officerId: string, path: string, look: Look = {}): Promise<Page> => {
      const [token, now] = [makeToken(), room.clock.now()];
      await room.rows(
        `INSERT INTO officer_session (token_hash, officer_id, created_at, last_seen_at, expires_at) VALUES ($1, $2, $3, $3, $4)`,
        [hashToken(token), officerId, now, new Date(now.getTime() + 12 * 3_600_000)],
      );
      return open(`${url}/desk${path}`, { now, ...look, cookie: `bestie_desk=${token}` });
    };
    const ana = await room.resident('Ana Bano').agrees();
    const code = await ana.poursOut('bantuan beras saya tidak pernah sampai');
    const [concern] = await room.rows<{ id: string }>(`SELECT id FROM concern WHERE code = $1`, [code]);
    const maria = await officer('Maria Lay', 'officer');
    const page = await opens(maria, `/curhat/${concern?.id}`);
    await page.getByRole('button', { name: 'Tangani', exact: true }).click();
    await page.getByText('Ditangani Maria Lay').waitFor();
    return { room, mailer, ana, code, page, maria, officer, opens };
  };
  type Begun = Awaited<ReturnType<typeof begin>>;

  const presses = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
  const chooses = async (page: Page, field: string, option: string | RegExp): Promise<void> => {
    await page.getByRole('combobox', { name: field, exact: true }).click();
    await page.getByRole('option', { name: option }).click();
  };
  const stands = (page: Page, state: string) => page.getByText(state, { exact: true }).first().waitFor();

  /** Written, shown to the resident, and allowed by her. */
  const agree = async ({ page, room, ana }: Begun, agency: RegExp): Promise<void> => {
    await presses(page, 'Rujuk ke instansi…');
    await chooses(page, 'Instansi', agency);
    await page.getByRole('textbox', { name: 'Ringkasan untuk instansi' }).fill(summary);
    await presses(page, 'Simpan dan lihat hasilnya');
    await agreeToIt({ page, room, ana });
  };
  const agreeToIt = async ({ page, room, ana }: Pick<Begun, 'page' | 'room' | 'ana'>): Promise<void> => {
    await presses(page, 'Minta izin warga');
    await stands(page, 'Menunggu izin warga');
    await room.settles();
    await ana.presses('Kirim tanpa nama');
    await stands(page, 'Diizinkan warga');
    ana.looksAway();
  };

  it('goes through SP4N-LAPOR! by hand, comes back as not theirs, and is rerouted with a new yes', async () => {
    const begun = await begin();
    const { page, room, ana } = begun;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await agree(begun, /^Dinsos/);
    // No mailbox is known: what is offered first is what can be done.
    expect(await page.getByRole('button', { name: 'Kirim lewat surel' }).count()).toBe(0);
    await presses(page, 'Catat nomor LAPOR!…');
    await presses(page, 'Salin isinya');
    await page.getByRole('button', { name: 'Tersalin' }).waitFor();
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toContain(summary);
    await page.getByLabel('Nomor laporan di SP4N-LAPOR!').fill('7712345');
    await expectWell(page);
    await presses(page, 'Catat nomornya');
    await page.getByText('LAPOR! 7712345').waitFor();
    await room.settles();
    ana.sees(/sudah kami masukkan ke SP4N-LAPOR! untuk Dinas Sosial/);
    ana.looksAway();

    await presses(page, 'Catat kabar instansi…');
    await chooses(page, 'Kabar apa?', 'Bukan wewenangnya');
    await chooses(page, 'Yang berwenang (bila disebut)', /^Lurah/);
    await page.getByLabel('Kata instansi').fill(hostile);
    await expectWell(page);
    await presses(page, 'Catat');
    await stands(page, 'Bukan wewenangnya');
    await page.getByText(hostile, { exact: true }).waitFor();
    await room.settles();
    ana.sees(/ini bukan bagian mereka/);

    await presses(page, 'Rujuk ke instansi lain…');
    const proposed = page.getByRole('combobox', { name: 'Instansi lain' });
    await expect.poll(() => proposed.inputValue()).toMatch(/^Lurah/);
    await presses(page, 'Tulis rujukannya');
    await stands(page, 'Ditulis');
    await page.locator('.packet pre', { hasText: summary }).waitFor();
    await page.getByText('Rujukan sebelumnya (1)').click();
    await page.getByText('Dinsos: Bukan wewenangnya').waitFor();
    await agreeToIt(begun);
    expect(await room.rows(`SELECT agency_id, status FROM referral ORDER BY seq`)).toEqual([
      { agency_id: 'dinsos', status: 'not_ours' },
      { agency_id: 'kelurahan', status: 'approved' },
    ]);
    expect(complaints).toEqual([]);
  });

  it('shows a refused letter in red, sends it again when told, and takes the referral back', async () => {
    const begun = await begin();
    const { page, room, ana, mailer, maria, opens } = begun;
    await mailboxOf(room, 'dinsos', 'salah@kupang.test');
    await agree(begun, /^Dinsos/);
    mailer.willAnswer({ kind: 'refused', reason: '550 no such user' });
    await presses(page, 'Kirim lewat surel');
    await stands(page, 'Gagal terkirim');
    await room.settles();
    ana.seesNothing();
    await expectWell(page);

    const list = await opens(maria, '/rujukan', phone);
    await list.getByRole('link', { name: 'Rujukan 1 perlu dikejar' }).waitFor();
    const card = list.getByRole('listitem').filter({ hasText: 'salah@kupang.test' });
    await card.getByText('gagal', { exact: true }).waitFor();
    await expectWell(list);
    await mailboxOf(room, 'dinsos', 'dinsos@kupang.test');
    room.clock.advance(60_000);
    await card.getByRole('link', { name: `Buka ${begun.code}` }).click();
    await presses(list, 'Kirim ulang suratnya');
    await stands(list, 'Terkirim');
    await room.settles();
    expect(mailer.sent.map(({ to }) => to)).toEqual(['dinsos@kupang.test']);
    ana.sees(/sudah kami kirim ke Dinas Sosial/);
    ana.looksAway();
    await list.getByRole('link', { name: 'Rujukan', exact: true }).click();
    await list.getByText('Semua surat ke instansi sudah terkirim.').waitFor();

    await stands(page, 'Terkirim');
    await presses(page, 'Tarik…');
    await page.getByLabel('Mengapa ditarik?').fill('Warga sudah dibantu tetangga.');
    await expectWell(page);
    await presses(page, 'Ya, tarik rujukan ini');
    await stands(page, 'Ditarik');
    await room.settles();
    ana.sees(/kami menariknya kembali dari Dinas Sosial/);
    expect(mailer.sent.map(({ subject }) => subject).at(-1)).toContain('ditarik');
    expect((await agencyWith(room, mailer.sent[0]).opens()).text).not.toContain(summary);
    expect(complaints).toEqual([]);
  });

  it('lists for the supervisor what agencies owe, oldest first, on a phone and by night', async () => {
    const begun = await begin();
    const { page, room, ana, code, officer, opens, mailer } = begun;
    await mailboxOf(room, 'dinsos', 'dinsos@kupang.test');
    await agree(begun, /^Dinsos/);
    await presses(page, 'Kirim lewat surel');
    await stands(page, 'Terkirim');
    await room.settles();
    ana.looksAway();
    const yusuf = await officer('Yusuf Lay', 'supervisor');
    const before = await opens(yusuf, '/rujukan');
    await before.getByText('Tidak ada instansi yang lewat tenggat.').waitFor();
    await room.passes('2026-12-09T10:00:00+08:00');
    expect(mailer.sent.map(({ subject }) => subject).at(-1)).toContain('Pengingat');
    const after = await opens(yusuf, '/rujukan', { ...phone, isDark: true });
    const card = after.getByRole('listitem').filter({ hasText: code });
    await card.getByText(/lewat \d+ hari/).waitFor();
    await card.getByText(/diingatkan/).waitFor();
    await card.getByText(/Maria Lay/).waitFor();
    await after.getByRole('link', { name: 'Rujukan 1 perlu dikejar' }).waitFor();
    await expectWell(after);
    await card.getByRole('link', { name: code }).click();
    await after.getByText(/^Lewat tenggat:/).waitFor();
    await expectWell(after);
    expect(complaints).toEqual([]);
  });
});
