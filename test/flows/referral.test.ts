import { expect, it } from 'vitest';
import { openRoom } from '../support/room.ts';
import type { RoomUnderTest } from '../support/room.ts';
import { agencyWith, mailboxOf, referrerIn } from '../support/referring.ts';
import { createScriptedMailer } from '../support/scripted-mailer.ts';
import { describeOnEachStore } from '../support/stores.ts';
import type { StoreUnderTest } from '../support/stores.ts';

const story = 'bantuan beras saya tidak pernah sampai, Pak Ketua RT tahu itu';
const summary = 'Warga terdaftar sebagai penerima beras, tetapi sejak Agustus belum menerima.';

/** A room with a mail server on a script, an officer, and a resident whose concern she has taken. */
async function begin(store: StoreUnderTest) {
  const mailer = createScriptedMailer();
  const room = await openRoom(store, { roles: ['web'], mailer });
  const maria = await referrerIn(room);
  await mailboxOf(room, 'dinsos', 'dinsos@kupang.test');
  const ana = await room.resident('Ana Bano').agrees();
  const code = await ana.poursOut(story);
  await maria.takes(code);
  return { room, mailer, maria, ana, code };
}

const statusOf = async (room: RoomUnderTest, code: string) =>
  (await room.rows<{ status: string }>(`SELECT status FROM concern WHERE code = $1`, [code]))[0]?.status;

describeOnEachStore('a concern that is handed to an agency', (store) => {
  it('stays here when the resident says no, and can be offered to another agency', async () => {
    const { room, mailer, maria, ana, code } = await begin(store);
    await maria.writes(code, 'dinsos', summary);
    await maria.steps(code, 'ask');
    await ana.says('jangan kirim').sees(/tidak kami kirim ke Dinas Sosial/);
    expect(await maria.newest(code)).toMatchObject({ status: 'refused_by_resident', isApproved: false });
    expect(await statusOf(room, code)).toBe('with_officer');
    expect((await maria.steps(code, 'send')).status).toBe(409);
    await ana.presses('Kirim tanpa nama').sees(/sudah tidak berlaku/);
    expect((await maria.steps(code, 'reroute', { agencyId: 'kelurahan' })).status).toBe(200);
    expect(await maria.newest(code)).toMatchObject({ status: 'draft', summary });
    expect(mailer.tried).toEqual([]);
  });

  it('leaves only after the yes, is acknowledged, answered, passed on and settled, and the resident hears each step', async () => {
    const { room, mailer, maria, ana, code } = await begin(store);
    ana.looksAway();
    await maria.writes(code, 'dinsos', summary);
    ana.seesNothing();
    expect((await maria.steps(code, 'send')).status).toBe(409);
    await maria.steps(code, 'ask');
    ana.sees(
      new RegExp(code),
      /Dinas Sosial/,
      new RegExp(summary),
      /Nama: dirahasiakan/,
      /dinas juga tahu nama Anda: Ana Bano/,
      /\[Kirim tanpa nama\]\n\[Kirim dengan nama\]\n\[Minta diubah\]\n\[Jangan kirim\]/,
    );
    ana.seesNoneOf(/Ketua RT/);
    expect((await maria.steps(code, 'send')).status).toBe(409);
    expect(mailer.tried).toEqual([]);
    await ana.says('/status').sees(/menunggu jawaban Anda/);

    await ana.presses('Kirim tanpa nama').sees(/kami kirim ke Dinas Sosial/);
    expect(mailer.tried).toEqual([]);
    ana.looksAway();
    await maria.steps(code, 'send');
    ana.sees(/sudah kami kirim ke Dinas Sosial.*Kami tagih/);
    expect(await statusOf(room, code)).toBe('referred');
    const [letter] = mailer.sent;
    expect(letter).toMatchObject({
      to: 'dinsos@kupang.test',
      subject: expect.stringContaining(code) as string,
    });
    expect(letter?.text).toContain(summary);
    expect(letter?.text).not.toMatch(/Ana Bano|Ketua RT|90001/);
    await ana.says('/status').sees(/Sudah dikirim ke Dinas Sosial/, /paling lambat Senin, 30 November 2026/);

    const dinsos = agencyWith(room, letter);
    const page = await dinsos.opens();
    expect(page.text).toContain(summary);
    ana.looksAway();
    await dinsos.opens();
    ana.seesNothing();
    await dinsos.sends('acknowledge');
    ana.sees(/sudah membaca dan menerimanya/);
    ana.looksAway();
    await dinsos.sends('follow_up', { words: 'Petugas kami turun besok.', expectedBy: '2026-12-03' });
    ana.sees(/sedang mengerjakannya, perkiraan selesai Kamis, 3 Desember 2026/);
    ana.seesNoneOf(/turun besok/);
    await ana.says('/status').sees(/perkiraan selesai Kamis, 3 Desember 2026/);
    ana.looksAway();
    await dinsos.sends('answer', { words: 'Beras dua bulan sudah kami serahkan lewat kelurahan.' });
    ana.sees(/ada jawaban dari Dinas Sosial.*Petugas kami sedang membacanya/);
    ana.seesNoneOf(/serahkan lewat/);
    await ana.says('/status').sees(/Ada jawaban dari Dinas Sosial/);

    const view = await maria.newest(code);
    expect(view.status).toBe('answered');
    expect(view.events.find(({ kind }) => kind === 'answered')?.words).toMatch(/serahkan lewat kelurahan/);
    expect(view.clocks.every(({ isMet }) => isMet)).toBe(true);
    ana.looksAway();
    await maria.answers(code, 'Dinas Sosial menyerahkan berasnya lewat kelurahan.');
    ana.sees(/lewat kelurahan/, /Apakah sudah beres/);
    await ana.presses('Sudah beres').sees(/Syukurlah/);
    await ana.says('/status').sees(/Sudah beres/);
    expect(mailer.sent).toHaveLength(1);
    const over = await dinsos.opens();
    expect(over.status).toBe(200);
    expect(over.text).not.toContain(summary);
  });

  it('gives the name only where the resident says so, and says what exactly is given', async () => {
    const { mailer, maria, ana, code } = await begin(store);
    await maria.writes(code, 'dinsos', summary);
    await maria.steps(code, 'ask');
    await ana.says('dengan nama').sees(/kami kirim ke Dinas Sosial/);
    // A second thought, before it leaves.
    await ana.presses('Kirim tanpa nama');
    expect((await maria.newest(code)).isNameShared).toBe(false);
    await ana.presses('Kirim dengan nama');
    await maria.steps(code, 'send');
    expect(mailer.sent[0]?.text).toMatch(/Nama: Ana Bano\n\s+Kontak: lewat petugas/);
    await ana.presses('Jangan kirim').sees(/telanjur dikirim ke Dinas Sosial/);
  });

  it('goes back to the officer with the words of who wants it changed, and old buttons say nothing about the new text', async () => {
    const { mailer, maria, ana, code } = await begin(store);
    await maria.writes(code, 'dinsos', summary);
    await maria.steps(code, 'ask');
    const oldYes = ana.button('Kirim tanpa nama');
    await ana.presses('Minta diubah').sees(/Bagian mana yang perlu diubah/);
    await ana.says('bulannya salah, itu sejak Juni').sees(/akan mengubah tulisan/, /Belum ada yang dikirim/);
    const view = await maria.newest(code);
    expect(view.status).toBe('draft');
    expect(view.events.at(-1)).toMatchObject({
      kind: 'amended',
      by: 'resident',
      words: 'bulannya salah, itu sejak Juni',
    });
    await ana.pressesToken(oldYes).sees(/sedang atau sudah diubah/);
    expect((await maria.newest(code)).status).toBe('draft');

    await maria.steps(code, 'packet', {
      agencyId: 'dinsos',
      summary: summary.replace('Agustus', 'Juni'),
      attachmentIds: [],
    });
    await maria.steps(code, 'ask');
    await ana.pressesToken(oldYes).sees(/sedang atau sudah diubah/);
    expect((await maria.newest(code)).status).toBe('asked');
    // In words of one's own, without any button.
    await ana.says('jangan sebut nama kelurahan saya').sees(/akan mengubah tulisan/);
    await maria.steps(code, 'ask');
    await ana.says('setuju').sees(/kami kirim ke/);

    // What is changed after the yes needs another yes.
    await maria.steps(code, 'packet', {
      agencyId: 'dinsos',
      summary: 'Lain sama sekali.',
      attachmentIds: [],
    });
    expect((await maria.steps(code, 'send')).status).toBe(409);
    await maria.steps(code, 'ask');
    await ana.says('1').sees(/kami kirim ke/);
    await maria.steps(code, 'send');
    expect(mailer.sent[0]?.text).toContain('Lain sama sekali.');
  });

  it('needs another yes when the room has since filed the concern otherwise', async () => {
    const { room, maria, ana, code } = await begin(store);
    await maria.writes(code, 'dinsos', summary);
    await maria.steps(code, 'ask');
    await ana.says('ya');
    await room.rows(`UPDATE concern SET category = 'perlindungan_perempuan_anak' WHERE code = $1`, [code]);
    const refused = await maria.steps(code, 'send');
    expect(refused).toMatchObject({ status: 409, body: { error: { code: 'NOT_APPROVED' } } });
    expect((await maria.newest(code)).isApproved).toBe(false);
    ana.looksAway();
    await maria.steps(code, 'ask');
    ana.sees(/Perlindungan perempuan dan anak/);
  });

  it('comes back when it is not theirs, is offered to the right one, and needs a yes for that one too', async () => {
    const { room, mailer, maria, ana, code } = await begin(store);
    await mailboxOf(room, 'kelurahan', 'lurah@kupang.test');
    await maria.writes(code, 'dinsos', summary);
    await maria.steps(code, 'ask');
    await ana.says('ya');
    await maria.steps(code, 'send');
    const dinsos = agencyWith(room, mailer.sent[0]);
    ana.looksAway();
    const sent = await dinsos.sends('disown', {
      words: 'Penyaluran ada di kelurahan.',
      betterAgencyId: 'kelurahan',
    });
    expect(sent.text).toContain('bukan wewenang');
    expect(sent.text).not.toContain(summary);
    ana.sees(/ini bukan bagian mereka.*Anda kami tanya dulu/);
    await ana.says('/status').sees(/mencari dinas yang tepat/);
    expect(await statusOf(room, code)).toBe('with_officer');
    const view = await maria.newest(code);
    expect(view).toMatchObject({ status: 'not_ours' });
    expect(view.events.at(-1)).toMatchObject({ kind: 'disowned', betterAgencyId: 'kelurahan' });

    await maria.steps(code, 'reroute', { agencyId: 'kelurahan' });
    expect((await maria.steps(code, 'send')).status).toBe(409);
    await maria.steps(code, 'ask');
    ana.looksAway();
    await ana.presses('Kirim tanpa nama');
    await maria.steps(code, 'send');
    expect(mailer.sent.map(({ to }) => to)).toEqual(['dinsos@kupang.test', 'lurah@kupang.test']);
    expect(await statusOf(room, code)).toBe('referred');
    expect(await maria.reads(code)).toHaveLength(2);
    expect((await dinsos.sends('answer', { words: 'Ternyata bisa.', version: '9' })).text).not.toContain(
      summary,
    );
    expect((await maria.newest(code)).status).toBe('sent');
  });

  it('is chased once a clock, however often the sweep runs, until somebody answers', async () => {
    const { room, mailer, maria, ana, code } = await begin(store);
    const yusuf = await referrerIn(room, 'supervisor', 'Yusuf Lay');
    const budi = await room.resident('Budi Tefa').agrees();
    const other = await budi.poursOut('lampu jalan depan rumah mati sudah lama');
    await maria.takes(other);
    for (const [resident, of] of [
      [ana, code],
      [budi, other],
    ] as const) {
      await maria.writes(of, 'dinsos', summary);
      await maria.steps(of, 'ask');
      await resident.says('ya');
      await maria.steps(of, 'send');
    }
    // Budi's is answered for in time; Ana's is not.
    await agencyWith(room, mailer.sent[1]).sends('answer', { words: 'Sudah menyala.' });
    await maria.answers(other, 'Lampunya sudah menyala.');
    ana.looksAway();
    budi.looksAway();
    const overdue = async () =>
      (await yusuf.asks<{ items: { code: string; clock: string }[] }>('/referrals/overdue')).body.items;
    // Tuesday and three working days: Friday is still in time, and nobody is chased on a weekend.
    await room.passes('2026-11-27T17:00:00+08:00');
    expect(await overdue()).toEqual([]);
    await room.passes('2026-11-28T09:00:00+08:00');
    expect(mailer.sent).toHaveLength(2);
    expect(await overdue()).toMatchObject([{ code, clock: 'acknowledge' }]);
    for (const at of ['08:00', '08:00', '08:05', '15:00']) await room.passes(`2026-11-30T${at}:00+08:00`);
    expect(mailer.sent).toHaveLength(3);
    const reminder = mailer.sent[2];
    expect(reminder?.subject).toBe(`Pengingat rujukan ${code}: menunggu tanda terima`);
    expect(reminder?.text).not.toContain(summary);
    expect(ana.news()).toHaveLength(1);
    ana.sees(/belum memberi kabar pada waktunya.*Masih kami tagih/);
    budi.seesNothing();
    expect((await maria.newest(code)).overdue).toBe('acknowledge');
    await ana.says('/status').sees(/belum menjawab pada waktunya; masih kami tagih/);
    expect((await maria.asks('/referrals/overdue')).status).toBe(403);

    // The first follow-up (Tuesday 1 December) and the answer (the 8th) run out while nothing runs: one letter, the last.
    ana.looksAway();
    await Promise.all([room.passes('2026-12-09T08:00:00+08:00'), room.app.sweep()]);
    await room.settles();
    expect(mailer.sent).toHaveLength(4);
    expect(mailer.sent[3]?.subject).toContain('menunggu jawaban');
    expect(ana.news()).toHaveLength(1);
    // Old and new links open the same page; whoever answers late has answered.
    expect((await agencyWith(room, mailer.sent[0]).opens()).text).toContain(summary);
    await agencyWith(room, mailer.sent[3]).sends('answer', { words: 'Maaf terlambat, sudah kami antar.' });
    expect(await overdue()).toEqual([]);
    await room.passes('2026-12-21T08:00:00+08:00');
    expect(mailer.sent).toHaveLength(4);
  });

  it('is passed on also when the agency answers after the room has', async () => {
    const { room, mailer, maria, ana, code } = await begin(store);
    await maria.writes(code, 'dinsos', summary);
    await maria.steps(code, 'ask');
    await ana.says('ya');
    await maria.steps(code, 'send');
    await maria.answers(code, 'Kami sudah menelepon; berasnya menyusul.');
    const yes = ana.button('Sudah beres');
    ana.looksAway();
    await agencyWith(room, mailer.sent[0]).sends('answer', { words: 'Beras sudah diserahkan.' });
    ana.sees(/ada jawaban dari Dinas Sosial/);
    expect(await statusOf(room, code)).toBe('referred');
    // The question that stands is still heard.
    await ana.pressesToken(yes).sees(/Syukurlah/);
    expect(await statusOf(room, code)).toBe('settled');
  });

  it('waits for the end of the quiet hours to ask, and asks only what is still meant', async () => {
    const { room, maria, ana, code } = await begin(store);
    room.clock.set('2026-11-24T21:30:00+08:00');
    await maria.writes(code, 'dinsos', summary);
    await maria.steps(code, 'ask');
    ana.looksAway();
    await maria.steps(code, 'packet', { agencyId: 'dinsos', summary: 'Yang baru.', attachmentIds: [] });
    await maria.steps(code, 'ask');
    ana.seesNothing();
    await room.passes('2026-11-25T07:00:00+08:00');
    expect(ana.news()).toHaveLength(1);
    ana.sees(/Yang baru\./);
  });

  it('dies with the story it was made of', async () => {
    const { room, mailer, maria, ana, code } = await begin(store);
    await maria.writes(code, 'dinsos', summary);
    await maria.steps(code, 'ask');
    await ana.says('ya');
    await maria.steps(code, 'send');
    await ana.says('/data');
    await ana.presses('Unduh salinannya');
    expect(ana.file()).toContain(summary);
    await ana.says('/data');
    await ana.presses('Hapus semua');
    await ana.presses('Lanjut');
    await ana.presses('Ya, hapus semua');
    expect(await room.rows(`SELECT 1 FROM referral`)).toEqual([]);
    const page = await agencyWith(room, mailer.sent[0]).opens();
    expect(page.status).toBe(404);
    expect(page.text).not.toContain(code);
  });
});
