import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Mailer } from '../../../src/mail/mailer.ts';
import { countWaitingLetters } from '../../../src/ops/doctor.ts';
import { wordsOfEml } from '../../support/eml.ts';
import { agencyWith, mailboxOf, referrerIn } from '../../support/referring.ts';
import { openRoom } from '../../support/room.ts';
import type { RoomUnderTest } from '../../support/room.ts';
import { createScriptedMailer } from '../../support/scripted-mailer.ts';
import { describeOnEachStore } from '../../support/stores.ts';
import type { StoreUnderTest } from '../../support/stores.ts';

const summary = 'Air di RT belum mengalir sejak dua minggu.';

type Waiting = {
  id: string;
  kind: string;
  code: string;
  mailbox: string | null;
  concernId: string | null;
  sentence: string;
  isLate: boolean;
  may: boolean;
};
type Referrer = Awaited<ReturnType<typeof referrerIn>>;

const waitingFor = async (officer: Referrer): Promise<Waiting[]> =>
  (await officer.asks<{ waiting: Waiting[] }>('/referrals/unsent')).body.waiting;

const inFolder = async (room: RoomUnderTest): Promise<string[]> =>
  readdir(join(room.dataDir, 'mail')).catch(() => []);

/** A room without a mail server if none is given, and a referral to which the resident has said yes. */
async function approved(store: StoreUnderTest, given: { mailer?: Mailer } = {}) {
  const room = await openRoom(store, { roles: ['web'], ...given });
  const maria = await referrerIn(room);
  await mailboxOf(room, 'pdam', 'pdam@kupang.test');
  const ana = await room.resident('Ana Bano').agrees();
  const code = await ana.poursOut('air keran kami mati sejak dua minggu');
  await maria.takes(code);
  await maria.writes(code, 'pdam', summary);
  await maria.steps(code, 'ask');
  await ana.says('ya');
  ana.looksAway();
  /** The file of a letter, read as the agency would get it. */
  const letterOf = async (id: string) => {
    const response = await maria.fetches(`/letters/${id}/file`);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return { room, maria, ana, code, letterOf };
}

describeOnEachStore('a letter without a mail server', (store) => {
  it('waits for an officer, and only with their word is it sent: then the resident hears and the clocks run', async () => {
    const { room, maria, ana, code, letterOf } = await approved(store);
    expect((await maria.steps(code, 'send')).status).toBe(200);
    ana.seesNothing();
    expect(await maria.newest(code)).toMatchObject({
      status: 'by_hand',
      clocks: [],
      letters: [{ status: 'by_hand', sentence: expect.stringMatching(/Belum dikirim/) as string }],
    });
    await ana.says('/status').sees(/Suratnya untuk .* sudah siap/);
    ana.looksAway();
    const [letter] = await waitingFor(maria);
    expect(letter).toMatchObject({
      kind: 'packet',
      code,
      mailbox: 'pdam@kupang.test',
      isLate: false,
      may: true,
    });
    expect(await countWaitingLetters(room.db)).toBe(1);
    // Days pass: it is late, and nobody has said that it was sent.
    await room.passes('2026-11-26T10:00:00+08:00');
    ana.seesNothing();
    expect((await waitingFor(maria))[0]).toMatchObject({ isLate: true });

    const file = await letterOf(letter?.id ?? '');
    expect(file.headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''${code}.eml`);
    expect(file.text).toContain('To: pdam@kupang.test\r\n');
    expect(file.text).toContain(`Message-ID: <${letter?.id}@127.0.0.1>\r\n`);
    expect(wordsOfEml(file.text)).toContain(summary);
    expect(await inFolder(room)).toEqual([`${letter?.id}@127.0.0.1.eml`]);

    expect((await maria.asks(`/letters/${letter?.id}/carried`, {})).status).toBe(200);
    ana.sees(/sudah kami kirim ke/);
    expect(await maria.newest(code)).toMatchObject({
      status: 'sent',
      // From the day on which it really left.
      clocks: [{ clock: 'acknowledge', dueOn: '2026-12-01' }, {}, {}],
      letters: [{ status: 'sent', sentence: 'Sudah dikirim petugas.' }],
    });
    expect((await maria.newest(code)).events.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['set_aside', 'carried']) as string[],
    );
    expect(await waitingFor(maria)).toEqual([]);
    const audits = await room.rows<{ action: string }>(
      `SELECT action FROM audit WHERE officer_id = $1 AND action IN ('read_letter', 'referral_carry') ORDER BY id`,
      [maria.id],
    );
    expect(audits.map(({ action }) => action)).toEqual(['read_letter', 'referral_carry']);
    // Twice is told, and changes nothing; neither its words nor its file are kept.
    expect(await maria.asks(`/letters/${letter?.id}/carried`, {})).toMatchObject({
      status: 409,
      body: { error: { code: 'NOT_WAITING' } },
    });
    expect((await letterOf(letter?.id ?? '')).status).toBe(409);
    expect(ana.news()).toHaveLength(1);
    await room.passes('2026-11-26T10:01:00+08:00');
    expect(await inFolder(room)).toEqual([]);
    expect(await room.rows(`SELECT 1 FROM agency_letter WHERE content_sealed IS NOT NULL`)).toEqual([]);
  });

  it('is for who handles the concern, and for the supervisor', async () => {
    const { room, maria, code } = await approved(store);
    await maria.steps(code, 'send');
    const [letter] = await waitingFor(maria);
    const budi = await referrerIn(room, 'officer', 'Budi');
    expect((await waitingFor(budi))[0]).toMatchObject({ code, may: false });
    expect((await budi.fetches(`/letters/${letter?.id}/file`)).status).toBe(403);
    expect((await budi.asks(`/letters/${letter?.id}/carried`, {})).status).toBe(403);
    const yusuf = await referrerIn(room, 'supervisor', 'Yusuf');
    expect((await yusuf.asks(`/letters/${letter?.id}/carried`, {})).status).toBe(200);
    for (const id of ['x', '00000000-0000-4000-8000-000000000000'])
      expect((await maria.asks(`/letters/${id}/carried`, {})).status).toBeGreaterThanOrEqual(400);
  });

  it('is taken away by whatever makes it untrue, and the resident may still say no', async () => {
    const { room, maria, ana, code } = await approved(store);
    await maria.steps(code, 'send');
    const [old] = await waitingFor(maria);
    await maria.steps(code, 'packet', {
      agencyId: 'pdam',
      summary: 'Air belum mengalir.',
      attachmentIds: [],
    });
    expect(await maria.newest(code)).toMatchObject({ status: 'draft', isApproved: false });
    expect(await waitingFor(maria)).toEqual([]);
    expect((await maria.asks(`/letters/${old?.id}/carried`, {})).status).toBe(409);
    await room.passes('2026-11-24T10:05:00+08:00');
    expect(await inFolder(room)).toEqual([]);
    await maria.steps(code, 'ask');
    await ana.says('ya');
    await maria.steps(code, 'send');
    expect(await waitingFor(maria)).toHaveLength(1);
    // The yes once more changes nothing; a no while it lies there is heard.
    ana.looksAway();
    await ana.presses('Kirim tanpa nama');
    ana.sees(/kami kabari begitu terkirim/);
    expect(await waitingFor(maria)).toHaveLength(1);
    await ana.presses('Jangan kirim');
    ana.sees(/tidak kami kirim/);
    expect(await maria.newest(code)).toMatchObject({ status: 'refused_by_resident' });
    expect(await waitingFor(maria)).toEqual([]);
  });

  it('a reminder waits as well, is not called sent, and is of no use once the agency answers', async () => {
    const { room, maria, ana, code, letterOf } = await approved(store);
    const yusuf = await referrerIn(room, 'supervisor', 'Yusuf');
    await maria.steps(code, 'send');
    const [packet] = await waitingFor(maria);
    const pdam = agencyWith(room, { text: wordsOfEml((await letterOf(packet?.id ?? '')).text) });
    await maria.asks(`/letters/${packet?.id}/carried`, {});
    await room.passes('2026-11-30T08:30:00+08:00');
    expect(await waitingFor(maria)).toMatchObject([{ kind: 'reminder', code }]);
    const overdue = await yusuf.asks<{ items: { isReminderWaiting: boolean }[] }>('/referrals/overdue');
    expect(overdue.body.items).toMatchObject([{ isReminderWaiting: true }]);
    await pdam.sends('acknowledge');
    ana.sees(/sudah membaca dan menerimanya/);
    expect(await waitingFor(maria)).toEqual([]);
  });

  it('does not leave any more once the resident says that it is settled', async () => {
    const { room, maria, ana, code } = await approved(store);
    await maria.steps(code, 'send');
    const [letter] = await waitingFor(maria);
    await maria.answers(code, 'Airnya sudah mengalir lagi.', 'with_officer');
    await ana.says('sudah beres');
    ana.sees(/Syukurlah/);
    expect(await waitingFor(maria)).toEqual([]);
    expect((await maria.asks(`/letters/${letter?.id}/carried`, {})).status).toBe(409);
    expect((await maria.newest(code)).status).toBe('withdrawn');
    await room.passes('2026-11-24T10:05:00+08:00');
    expect(await inFolder(room)).toEqual([]);
  });

  it('counts as arrived when the agency opens its link and answers, though nobody pressed', async () => {
    const { room, maria, ana, code, letterOf } = await approved(store);
    await maria.steps(code, 'send');
    const [packet] = await waitingFor(maria);
    const pdam = agencyWith(room, { text: wordsOfEml((await letterOf(packet?.id ?? '')).text) });
    await pdam.sends('acknowledge');
    expect(await maria.newest(code)).toMatchObject({ status: 'acknowledged' });
    ana.sees(/sudah membaca dan menerimanya/);
    expect(await waitingFor(maria)).toEqual([]);
  });
});

describeOnEachStore('an agency that has a packet of a resident who erases everything', (store) => {
  const erases = async (ana: Awaited<ReturnType<typeof approved>>['ana']) => {
    await ana.says('/data');
    await ana.presses('Hapus semua');
    await ana.presses('Lanjut');
    await ana.presses('Ya, hapus semua');
    ana.sees(
      /Semuanya sudah dihapus[\s\S]*Rujukan Anda yang sudah ada di .+ kami minta dihapus di sana juga/,
    );
  };

  it('is asked by mail to erase its copy, once, with the code alone', async () => {
    const mailer = createScriptedMailer();
    const room = await openRoom(store, { roles: ['web'], mailer });
    const maria = await referrerIn(room);
    await mailboxOf(room, 'pdam', 'pdam@kupang.test');
    const ana = await room.resident('Ana Bano').agrees();
    const [sent, unsent] = [
      await ana.poursOut('air keran kami mati sejak dua minggu'),
      await ana.poursOut('jalan depan rumah kami berlubang besar'),
    ];
    for (const code of [sent, unsent]) {
      await maria.takes(code);
      await maria.writes(code, 'pdam', summary);
      await maria.steps(code, 'ask');
      await ana.says('ya');
    }
    await maria.steps(sent, 'send');
    const pdam = agencyWith(room, mailer.sent[0]);
    // The agency has moved since: who got the packet is asked.
    await mailboxOf(room, 'pdam', 'baru@pdam.test');
    await erases(ana);
    expect(mailer.sent.slice(1)).toMatchObject([
      { to: 'pdam@kupang.test', subject: `Mohon hapus data rujukan ${sent}` },
    ]);
    const { text = '' } = mailer.sent[1] ?? {};
    expect(text).toContain(sent);
    for (const word of [summary, unsent, 'Ana', 'air', '/rujukan/']) expect(text).not.toContain(word);
    expect((await pdam.opens()).status).toBe(404);
    // Erasing once more, and every look of the sweep, sends nothing more.
    await ana.says('/start');
    await room.passes('2026-11-25T10:00:00+08:00');
    expect(mailer.tried).toHaveLength(2);
    await room.app.daily();
    await room.passes('2026-11-26T10:00:00+08:00');
    await room.app.daily();
    expect(await room.rows(`SELECT 1 FROM agency_letter`)).toEqual([]);
  });

  it('waits for a hand when the mail server refuses it: nobody else would notice', async () => {
    const mailer = createScriptedMailer();
    const { room, maria, ana, code } = await approved(store, { mailer });
    await maria.steps(code, 'send');
    mailer.willAnswer({ kind: 'refused', reason: '550 no such mailbox' });
    await erases(ana);
    const budi = await referrerIn(room, 'officer', 'Budi');
    const [letter] = await waitingFor(budi);
    expect(letter).toMatchObject({ kind: 'erasure', code, concernId: null, may: true });
    expect((await budi.asks(`/letters/${letter?.id}/carried`, {})).status).toBe(200);
    expect(await waitingFor(budi)).toEqual([]);
  });

  it('is told by hand where it has no mailbox and got the packet through SP4N-LAPOR!', async () => {
    const { room, maria, ana, code, letterOf } = await approved(store);
    await mailboxOf(room, 'pdam', null);
    await maria.steps(code, 'lapor', { laporId: '8123456' });
    ana.looksAway();
    await erases(ana);
    const [letter] = await waitingFor(maria);
    expect(letter).toMatchObject({
      kind: 'erasure',
      code,
      mailbox: null,
      concernId: null,
      sentence: expect.stringMatching(/tidak punya alamat surel/) as string,
    });
    const file = wordsOfEml((await letterOf(letter?.id ?? '')).text);
    expect(file).toContain('8123456');
    expect(file).not.toMatch(/^To:/m);
    expect((await maria.asks(`/letters/${letter?.id}/carried`, {})).status).toBe(200);
    const [audit] = await room.rows(
      `SELECT subject_kind, detail->>'code' AS code FROM audit WHERE action = 'referral_carry'`,
    );
    expect(audit).toEqual({ subject_kind: 'room', code });
  });
});
