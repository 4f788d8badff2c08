import { expect, it } from 'vitest';
import { describeInChromium, laptop, useChromium } from '../support/chromium.ts';
import { openRoom } from '../support/room.ts';
import { agencyWith, mailboxOf, referrerIn } from '../support/referring.ts';
import { createScriptedMailer } from '../support/scripted-mailer.ts';

const sizes = { phone: { width: 360, height: 740 }, laptop };

/** The letter's link in a real browser, with no script and with nothing to log in to. */
describeInChromium("an agency's page in a browser", (store) => {
  const { open, serve, stumbles, complaints } = useChromium();

  /** A letter that has just come, and the address of its page. */
  const arrive = async () => {
    const mailer = createScriptedMailer();
    const room = await openRoom(store, { roles: ['web'], mailer });
    const maria = await referrerIn(room);
    await mailboxOf(room, 'dinsos', 'dinsos@kupang.test');
    const ana = await room.resident('Ana Bano').agrees();
    const code = await ana.poursOut('bantuan beras saya tidak pernah sampai');
    await maria.takes(code);
    await maria.writes(code, 'dinsos', `Beras belum diterima sejak Agustus.\n${'panjangsekali'.repeat(20)}`);
    await maria.steps(code, 'ask');
    await ana.says('ya');
    await maria.steps(code, 'send');
    ana.looksAway();
    const served = await serve((request) => room.app.fetch(request));
    const url = `${served.url}${agencyWith(room, mailer.sent[0]).path}`;
    return { room, maria, ana, code, url };
  };

  it('is acknowledged and answered on a phone without a script', async () => {
    const { room, maria, ana, code, url } = await arrive();
    const page = await open(url, { ...sizes.phone, hasScripts: false });
    await page.getByRole('button', { name: 'Sudah kami terima' }).click();
    await page.getByText('Warganya sudah kami beri tahu').waitFor();
    await room.settles();
    ana.sees(/sudah membaca dan menerimanya/);
    await page.getByLabel('Apa yang sudah atau akan dilakukan?').fill('Beras kami antar besok.');
    await page.getByRole('button', { name: 'Kirim kabar, masih dikerjakan' }).click();
    await page.getByText('kabar Anda sudah kami terima').waitFor();
    await page.getByText('Beras kami antar besok.').waitFor();
    await page.getByLabel('Apa yang sudah atau akan dilakukan?').fill('Beras sudah kami antar.');
    await page.getByRole('button', { name: 'Kirim jawaban' }).click();
    await page.getByText('Jawaban Anda sudah kami terima').waitFor();
    await page.reload();
    expect((await maria.newest(code)).events.filter(({ kind }) => kind === 'answered')).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  it('is given back on a laptop without a script, with where it belongs', async () => {
    const { maria, code, url } = await arrive();
    const page = await open(url, { ...sizes.laptop, hasScripts: false });
    await page.getByText('Ini bukan wewenang kami').click();
    await page.getByLabel('Mengapa?').fill('Beras disalurkan lewat kelurahan.');
    await page.getByLabel('Yang lebih tepat').selectOption('kelurahan');
    await page.getByRole('button', { name: 'Kembalikan ke petugas' }).click();
    await page.getByText('Petugas kami akan mencari tempat yang tepat').waitFor();
    expect(await maria.newest(code)).toMatchObject({ status: 'not_ours' });
  });

  it.each([
    ['phone', false],
    ['laptop', true],
  ] as const)('can be read and used by everybody: %s, dark %s', async (size, isDark) => {
    const { url } = await arrive();
    const page = await open(url, { ...sizes[size], isDark, ignoresCsp: true });
    await page.getByText('Ini bukan wewenang kami').click();
    expect(await stumbles(page)).toEqual([]);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    const small = await page
      .locator('button, summary, textarea, select, input:not([type=hidden])')
      .evaluateAll(
        (all) => all.filter((one) => (one as unknown as Measured).getBoundingClientRect().height < 44).length,
      );
    expect(small).toBe(0);
  });
});

/** The DOM's types are the browser app's alone. */
type Measured = { getBoundingClientRect(): { height: number } };
