import { expect, it } from 'vitest';
import { mailboxOf, referrerIn } from '../support/referring.ts';
import { openRoom } from '../support/room.ts';
import { createScriptedMailer } from '../support/scripted-mailer.ts';
import { describeOnEachStore } from '../support/stores.ts';
import type { StoreUnderTest } from '../support/stores.ts';

/** A resident whose concern an officer has taken. */
async function begin(store: StoreUnderTest) {
  const mailer = createScriptedMailer();
  const room = await openRoom(store, { roles: ['web'], mailer });
  const maria = await referrerIn(room);
  await mailboxOf(room, 'dinsos', 'dinsos@kupang.test');
  const ana = await room.resident('Ana Bano').agrees();
  const code = await ana.poursOut('bantuan beras saya tidak pernah sampai sejak Agustus');
  await maria.takes(code);
  const concerns = () => room.rows<{ status: string }>(`SELECT status FROM concern ORDER BY created_at`);
  return { room, maria, ana, code, concerns };
}

describeOnEachStore('a notice that asks, answered in a sentence', (store) => {
  it('opens the answered concern again, and keeps why with it', async () => {
    const { room, maria, ana, code, concerns } = await begin(store);
    await maria.answers(code, 'Sudah kami urus.', 'with_officer');
    await ana
      .says('belum beres kaka, berasnya belum ada sampai sekarang')
      .sees(new RegExp(`${code} kami buka lagi`), /tambahkan ke cerita Anda/);
    expect(await concerns()).toEqual([{ status: 'reopened' }]);
    expect(
      await room.rows(`SELECT 1 FROM message WHERE concern_id IS NOT NULL AND direction = 'in'`),
    ).toHaveLength(2);
    // Answered once, it waits no more.
    await ana.says('/bantuan');
    await ana.says('masih belum beres').sees(/belum menangkap|Mau saya catat/);
    ana.seesNoneOf(new RegExp(code));
  });

  it('a yes settles it, and what speaks of something else does not', async () => {
    const { maria, ana, code, concerns } = await begin(store);
    await maria.answers(code, 'Sudah kami urus.', 'with_officer');
    await ana
      .says('bayar ko?')
      .sees(
        /gratis|biaya/i,
        new RegExp(`${code} masih kami tunggu jawaban Anda`),
        /\[Sudah beres\]\n\[Belum\]/,
      );
    expect(await concerns()).toEqual([{ status: 'answered' }]);
    await ana.says('su beres kaka, makasih').sees(/Syukurlah/);
    expect(await concerns()).toEqual([{ status: 'settled' }]);
  });

  it('lets the packet leave by plain words, after whatever came between, and asks back what is not plain', async () => {
    const { maria, ana, code } = await begin(store);
    await maria.writes(code, 'dinsos', 'Warga belum menerima beras sejak Agustus.');
    await maria.steps(code, 'ask');
    await ana
      .says('boleh, tapi tolong cepat sedikit')
      .sees(new RegExp(`${code}, boleh saya pastikan`), /\[Kirim tanpa nama\]/);
    expect(await maria.newest(code)).toMatchObject({ status: 'asked' });
    await ana
      .says('anu apa itu')
      .sees(/\[Kirim tanpa nama\]\n\[Kirim dengan nama\]\n\[Minta diubah\]\n\[Jangan kirim\]/);
    await ana.says('/bantuan');
    // The menu of /bantuan is the last thing shown: a bare yes is not meant for the packet any more.
    await ana.says('iya');
    expect(await maria.newest(code)).toMatchObject({ status: 'asked' });
    await ana.says('iya boleh kirim sa, tapi tanpa nama').sees(/kami kirim ke Dinas Sosial/);
    expect(await maria.newest(code)).toMatchObject({ status: 'approved', isNameShared: false });
  });

  it('its own label counts after a menu came between', async () => {
    const { maria, ana, code } = await begin(store);
    await maria.writes(code, 'dinsos', 'Warga belum menerima beras sejak Agustus.');
    await maria.steps(code, 'ask');
    await ana.says('/bantuan');
    await ana.says('minta diubah').sees(/Bagian mana yang perlu diubah/);
  });
});
