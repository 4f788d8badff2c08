import { expect, it } from 'vitest';
import { sendReferral } from '../../../src/actions/send-referral.ts';
import type { MailResult } from '../../../src/mail/mailer.ts';
import { loadRoomFacts } from '../../../src/store/room-facts.ts';
import { openRoom } from '../../support/room.ts';
import { agencyWith, mailboxOf, referrerIn } from '../../support/referring.ts';
import { createScriptedMailer } from '../../support/scripted-mailer.ts';
import { describeOnEachStore } from '../../support/stores.ts';
import type { StoreUnderTest } from '../../support/stores.ts';

const summary = 'Air di RT belum mengalir sejak dua minggu.';

/** A referral to which the resident has said yes. */
async function approved(store: StoreUnderTest) {
  const mailer = createScriptedMailer();
  const room = await openRoom(store, { roles: ['web'], mailer });
  const maria = await referrerIn(room);
  await mailboxOf(room, 'pdam', 'pdam@kupang.test');
  const ana = await room.resident('Ana Bano').agrees();
  const code = await ana.poursOut('air keran kami mati sejak dua minggu');
  await maria.takes(code);
  await maria.writes(code, 'pdam', summary);
  await maria.steps(code, 'ask');
  await ana.says('ya');
  ana.looksAway();
  return { room, mailer, maria, ana, code };
}

describeOnEachStore('a letter to an agency', (store) => {
  it('is tried again later, says so to the officer, and is `sent` only once the mail server took it', async () => {
    const { room, mailer, maria, ana, code } = await approved(store);
    mailer.willAnswer({ kind: 'retry', reason: '421 busy' }, { kind: 'retry', reason: 'ECONNECTION' });
    await maria.steps(code, 'send');
    ana.seesNothing();
    expect(await maria.newest(code)).toMatchObject({
      status: 'sending',
      letters: [{ status: 'due', attempts: 1 }],
    });
    const unsent = async () =>
      (await maria.asks<{ items: { letter: { sentence: string } }[] }>('/referrals/unsent')).body.items;
    expect(await unsent()).toHaveLength(1);
    await room.passes('2026-11-24T10:00:30+08:00');
    expect(mailer.tried).toHaveLength(1);
    await room.passes('2026-11-24T10:01:10+08:00');
    expect(mailer.tried).toHaveLength(2);
    expect((await unsent())[0]?.letter.sentence).toMatch(/sudah 2 kali dicoba/);
    await ana.says('/status').sees(/Sedang dikirim ke/);
    ana.looksAway();
    await room.passes('2026-11-24T10:06:30+08:00');
    expect(mailer.sent).toHaveLength(1);
    expect(new Set(mailer.tried.map(({ messageId }) => messageId)).size).toBe(1);
    expect(await maria.newest(code)).toMatchObject({ status: 'sent' });
    expect(await unsent()).toEqual([]);
    ana.sees(/sudah kami kirim ke/);
    // Nothing of its words is kept once it has gone.
    expect(await room.rows(`SELECT 1 FROM agency_letter WHERE content_sealed IS NOT NULL`)).toEqual([]);
    for (const at of ['10:07', '11:00']) await room.passes(`2026-11-24T${at}:00+08:00`);
    expect(mailer.tried).toHaveLength(3);
  });

  it('goes once more under the same Message-ID when the process died between the sending and our commit', async () => {
    const { room, mailer, maria, ana, code } = await approved(store);
    let letGo: (result: MailResult) => void = () => undefined;
    mailer.willAnswer(new Promise<MailResult>((resolve) => (letGo = resolve)));
    // The mail server has it and never says so: the process hangs there, and is killed.
    const { id, version } = await maria.newest(code);
    const { calendar } = await loadRoomFacts(room.db);
    await room.app.transact((tx) =>
      sendReferral(tx, {
        referralId: id,
        version,
        officerId: maria.id,
        publicUrl: 'http://127.0.0.1:3000',
        calendar,
      }),
    );
    await expect.poll(() => mailer.tried.length).toBe(1);
    await room.restarts({ killed: true });
    await room.passes('2026-11-24T10:01:00+08:00');
    expect(mailer.tried).toHaveLength(1);
    await room.passes('2026-11-24T10:02:10+08:00');
    expect(mailer.tried).toHaveLength(2);
    const [first, second] = mailer.tried;
    expect(second).toEqual(first);
    expect(first?.messageId).toMatch(/^<[0-9a-f-]{36}@127\.0\.0\.1>$/);
    expect(await maria.newest(code)).toMatchObject({ status: 'sent' });
    ana.sees(/sudah kami kirim ke/);
    expect(ana.news()).toHaveLength(1);
    // The dead process comes back to life and hears the yes: it has been said already.
    letGo({ kind: 'sent' });
    await room.settles();
    await room.passes('2026-11-24T10:10:00+08:00');
    expect(mailer.tried).toHaveLength(2);
    expect(ana.news()).toHaveLength(1);
    expect((await maria.newest(code)).events.filter(({ kind }) => kind === 'sent')).toHaveLength(1);
  });

  it('tells the officer of a mailbox that does not exist, and goes to the right one when that is known', async () => {
    const { room, mailer, maria, ana, code } = await approved(store);
    mailer.willAnswer({ kind: 'refused', reason: '550 no such mailbox' });
    await maria.steps(code, 'send');
    ana.seesNothing();
    expect(await maria.newest(code)).toMatchObject({
      status: 'failed',
      letters: [
        { status: 'refused', sentence: expect.stringMatching(/kotak surat itu tidak ada/) as string },
      ],
    });
    const [concern] = await room.rows<{ status: string }>(`SELECT status FROM concern WHERE code = $1`, [
      code,
    ]);
    expect(concern?.status).toBe('with_officer');
    await room.passes('2026-11-25T10:00:00+08:00');
    expect(mailer.tried).toHaveLength(1);
    await mailboxOf(room, 'pdam', null);
    expect(await maria.steps(code, 'send')).toMatchObject({
      status: 409,
      body: { error: { code: 'NO_MAILBOX' } },
    });
    await mailboxOf(room, 'pdam', 'humas@pdam.test');
    await maria.steps(code, 'send');
    expect(mailer.sent).toMatchObject([{ to: 'humas@pdam.test' }]);
    expect(mailer.sent[0]?.messageId).not.toBe(mailer.tried[0]?.messageId);
    ana.sees(/sudah kami kirim ke/);
    // The link of the letter that came back does not open any more.
    expect((await agencyWith(room, mailer.tried[0]).opens()).status).toBe(404);
    expect((await agencyWith(room, mailer.sent[0]).opens()).status).toBe(200);
  });

  it('is given up after a day of trying, and can still go through SP4N-LAPOR!', async () => {
    const { room, mailer, maria, ana, code } = await approved(store);
    mailer.willAnswer(...Array.from({ length: 20 }, () => ({ kind: 'retry', reason: '451' }) as const));
    await maria.steps(code, 'send');
    for (let hour = 11; hour < 60; hour += 1)
      await room.passes(new Date(Date.parse('2026-11-24T00:00:00+08:00') + hour * 3_600_000));
    expect(mailer.tried).toHaveLength(8);
    expect(await maria.newest(code)).toMatchObject({ status: 'failed', letters: [{ status: 'failed' }] });
    ana.seesNothing();
    await maria.steps(code, 'lapor', { laporId: '8123456' });
    expect(await maria.newest(code)).toMatchObject({ status: 'sent', laporId: '8123456' });
    ana.sees(/SP4N-LAPOR!/);
  });

  it('is sent once when two look at it at the same time', async () => {
    const { room, mailer, maria, code } = await approved(store);
    mailer.willAnswer({ kind: 'retry', reason: '421' });
    await maria.steps(code, 'send');
    room.clock.set('2026-11-24T10:02:00+08:00');
    await Promise.all([room.app.sweep(), room.app.sweep(), room.app.sweep()]);
    await room.settles();
    expect(mailer.tried).toHaveLength(2);
    expect(mailer.sent).toHaveLength(1);
  });

  it('is followed by one that takes it back, when the officer does', async () => {
    const { room, mailer, maria, ana, code } = await approved(store);
    await maria.steps(code, 'send');
    const pdam = agencyWith(room, mailer.sent[0]);
    ana.looksAway();
    expect((await maria.steps(code, 'withdraw', { reason: 'warga sudah selesaikan sendiri' })).status).toBe(
      200,
    );
    expect(mailer.sent[1]).toMatchObject({ to: 'pdam@kupang.test', subject: `Rujukan ${code} ditarik` });
    expect(mailer.sent[1]?.text).not.toContain(summary);
    ana.sees(/menariknya kembali/);
    expect((await pdam.opens()).status).toBe(404);
    expect((await pdam.sends('answer', { words: 'Sudah.', version: '5' })).status).toBe(404);
    expect((await maria.newest(code)).status).toBe('withdrawn');
    await ana.says('/status').sees(/Sedang ditangani petugas/);
  });

  it('is not tried any more once the resident says that it is settled', async () => {
    const { room, mailer, maria, ana, code } = await approved(store);
    mailer.willAnswer({ kind: 'retry', reason: '421 busy' });
    await maria.steps(code, 'send');
    await maria.answers(code, 'Airnya sudah mengalir lagi.', 'with_officer');
    await ana.says('sudah beres');
    await room.passes('2026-11-24T11:00:00+08:00');
    expect(mailer.tried).toHaveLength(1);
    expect(await maria.newest(code)).toMatchObject({ status: 'withdrawn', letters: [{ status: 'dropped' }] });
  });

  it('counts as arrived when the agency answers it, whatever the mail server said', async () => {
    const { room, mailer, maria, ana, code } = await approved(store);
    mailer.willAnswer({ kind: 'refused', reason: '554 after all' });
    await maria.steps(code, 'send');
    expect((await maria.newest(code)).status).toBe('failed');
    const pdam = agencyWith(room, mailer.tried[0]);
    const page = await pdam.sends('acknowledge');
    expect(page.text).toContain('Terima kasih');
    expect(await maria.newest(code)).toMatchObject({ status: 'acknowledged' });
    ana.sees(/sudah membaca dan menerimanya/);
  });

  it('stays here when the resident takes the yes back while it is being tried', async () => {
    const { room, mailer, maria, ana, code } = await approved(store);
    mailer.willAnswer({ kind: 'retry', reason: 'ECONNREFUSED' });
    await maria.steps(code, 'send');
    await ana.presses('Jangan kirim').sees(/tidak kami kirim ke/);
    const view = await maria.newest(code);
    expect(view).toMatchObject({ status: 'refused_by_resident', letters: [{ status: 'dropped' }] });
    expect(view.events.at(-1)).toMatchObject({ kind: 'refused', by: 'resident' });
    for (const at of ['24T10:02', '24T12:00', '25T12:00']) await room.passes(`2026-11-${at}:00+08:00`);
    expect(mailer.tried).toHaveLength(1);
  });

  it('stays here when the resident says no to one that came back, and waits for a new one when it should read otherwise', async () => {
    const { mailer, maria, ana, code } = await approved(store);
    mailer.willAnswer({ kind: 'refused', reason: '550 no such mailbox' });
    await maria.steps(code, 'send');
    await ana.presses('Minta diubah');
    await ana.says('tanpa nama RT, tolong').sees(/Belum ada yang dikirim/);
    expect(await maria.newest(code)).toMatchObject({ status: 'draft', isApproved: false });
    expect((await maria.steps(code, 'send')).status).toBe(409);
    await maria.steps(code, 'ask');
    await ana.says('ya');
    mailer.willAnswer({ kind: 'refused', reason: '550 no such mailbox' });
    await maria.steps(code, 'send');
    await ana.presses('Jangan kirim').sees(/tidak kami kirim ke/);
    expect(await maria.newest(code)).toMatchObject({ status: 'refused_by_resident' });
    expect(mailer.sent).toEqual([]);
  });

  it('leaves without the name when the resident takes that back while it is being tried', async () => {
    const { room, mailer, maria, ana, code } = await approved(store);
    await ana.presses('Kirim dengan nama');
    mailer.willAnswer({ kind: 'retry', reason: 'ECONNREFUSED' });
    await maria.steps(code, 'send');
    expect(mailer.tried[0]?.text).toContain('Ana Bano');
    await ana.presses('Kirim dengan nama').sees(/kami kirim ke/);
    expect((await maria.newest(code)).status).toBe('sending');
    await ana.presses('Kirim tanpa nama').sees(/kami kirim ke/);
    await room.passes('2026-11-24T12:00:00+08:00');
    expect(mailer.sent).toEqual([]);
    await maria.steps(code, 'send');
    expect(mailer.sent).toHaveLength(1);
    expect(mailer.sent[0]?.text).not.toContain('Ana Bano');
  });

  it.each([
    ['took it', { kind: 'sent' }],
    ['did not', { kind: 'retry', reason: '421 busy' }],
  ] as const)(
    'goes no further when the resident says no while the mail server has it in hand: it %s',
    async (_what, result) => {
      const { room, mailer, maria, ana, code } = await approved(store);
      let letGo: (answer: MailResult) => void = () => undefined;
      mailer.willAnswer(new Promise<MailResult>((resolve) => (letGo = resolve)));
      const { id, version } = await maria.newest(code);
      const { calendar } = await loadRoomFacts(room.db);
      await room.app.transact((tx) =>
        sendReferral(tx, {
          referralId: id,
          version,
          officerId: maria.id,
          publicUrl: 'http://127.0.0.1:3000',
          calendar,
        }),
      );
      await expect.poll(() => mailer.tried.length).toBe(1);
      await room.telegram.receive(ana.inbound({ kind: 'choice', token: ana.button('Jangan kirim') }));
      await expect.poll(() => ana.news().length).toBe(1);
      ana.sees(/persis saat Anda menjawab, jadi bisa saja sudah sampai/);
      letGo(result);
      await room.settles();
      await room.passes('2026-11-24T11:00:00+08:00');
      expect((await maria.newest(code)).status).toBe('refused_by_resident');
      if (result.kind === 'sent') {
        expect(mailer.sent.map(({ subject }) => subject).slice(1)).toEqual([`Rujukan ${code} ditarik`]);
        expect((await agencyWith(room, mailer.sent[0]).opens()).status).toBe(404);
      } else {
        expect(mailer.tried).toHaveLength(1);
      }
    },
  );

  it('is asked back by the resident where it has left, and the officer sees that', async () => {
    const { room, mailer, maria, ana, code } = await approved(store);
    await maria.steps(code, 'send');
    for (let times = 0; times < 2; times += 1)
      await ana.presses('Jangan kirim').sees(/telanjur dikirim.*Petugas kami melihat/);
    const view = await maria.newest(code);
    expect(view.status).toBe('sent');
    expect(view.events.filter(({ kind }) => kind === 'recalled')).toMatchObject([{ by: 'resident' }]);
    const [concern] = await room.rows<{ added_at: Date | null }>(
      `SELECT added_at FROM concern WHERE code = $1`,
      [code],
    );
    expect(concern?.added_at).toEqual(room.clock.now());
    expect(mailer.sent).toHaveLength(1);
  });
});
