import { expect, it } from 'vitest';
import { openRoom } from '../../support/room.ts';
import { agencyWith, mailboxOf, referrerIn } from '../../support/referring.ts';
import { createScriptedMailer } from '../../support/scripted-mailer.ts';
import { describeOnEachStore } from '../../support/stores.ts';
import type { StoreUnderTest } from '../../support/stores.ts';

const mark = 'PENANDA';
const summary = `${mark} Lampu jalan mati. <img src=x onerror=alert(1)> "kutip" & 'petik'`;

/** A referral whose letter the agency has just got, with a photo. */
async function arrived(store: StoreUnderTest) {
  const mailer = createScriptedMailer();
  const room = await openRoom(store, { roles: ['web'], mailer });
  const maria = await referrerIn(room);
  await mailboxOf(room, 'pupr', 'pupr@kupang.test');
  const ana = await room.resident('Ana Bano').agrees();
  await ana.says('/curhat');
  await ana.says('lampu jalan depan rumah saya mati');
  await ana.sendsFile('photo', Buffer.from('foto lampu'));
  await ana.presses('Selesai');
  await ana.presses(/^Jalan, air, listrik/);
  await ana.presses('Lewati');
  await ana.presses('Tidak, rahasiakan');
  await ana.presses(/^Tanpa jadwal$/);
  const code = ana.code('CRH');
  await maria.takes(code);
  const [photo] = await room.rows<{ id: string }>(`SELECT id FROM attachment`);
  await maria.writes(code, 'pupr', summary, [photo?.id ?? '']);
  await maria.steps(code, 'ask');
  ana.sees(/Lampiran: foto/);
  await ana.says('ya');
  await maria.steps(code, 'send');
  ana.looksAway();
  return { room, mailer, maria, ana, code, photoId: photo?.id ?? '', pupr: agencyWith(room, mailer.sent[0]) };
}

describeOnEachStore("an agency's page", (store) => {
  it('shows what was agreed to and nothing else, to nobody but who has the link, and keeps it out of caches and referrers', async () => {
    const { code, pupr, room } = await arrived(store);
    const { status, headers, text } = await pupr.opens();
    expect(status).toBe(200);
    expect(text).toContain(`Rujukan ${code}`);
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt; &quot;kutip&quot; &amp; &#39;petik&#39;');
    expect(text).not.toMatch(/<img|<script|Ana Bano|lampu jalan depan rumah/);
    expect(text).toMatch(/paling lambat Jumat, 27 November 2026/);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; style-src 'self';/);
    expect(policy).not.toMatch(/unsafe|script-src/);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-robots-tag')).toMatch(/noindex/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('set-cookie')).toBeNull();
    const style = await pupr.request(undefined, '/rujukan/-/style.css');
    expect([style.status, style.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8']);
    // The token stands in no table, and neither does what anybody wrote.
    const token = pupr.path.split('/').at(-1) ?? '';
    await pupr.sends('follow_up', { words: `${mark} tim kami turun` });
    const tables = await room.rows<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
    );
    for (const { name } of tables)
      for (const { row } of await room.rows<{ row: string }>(`SELECT t::text AS row FROM ${name} t`))
        for (const secret of [mark, Buffer.from(mark).toString('hex'), token])
          expect(row).not.toContain(secret);
    expect(room.logged.join('')).not.toContain(token);
    expect(room.logged.join('')).not.toContain(mark);
  });

  it('changes nothing when it is only looked at, as mail scanners do, and writes each look down', async () => {
    const { room, maria, ana, code, pupr } = await arrived(store);
    for (let look = 0; look < 3; look += 1) await pupr.opens();
    await pupr.request({ method: 'HEAD' });
    room.clock.advance(16 * 60_000);
    await pupr.opens();
    ana.seesNothing();
    const view = await maria.newest(code);
    expect(view.status).toBe('sent');
    expect(view.events.filter(({ kind }) => kind === 'viewed')).toHaveLength(2);
  });

  it('gives the files that were agreed to, and only while something is owed', async () => {
    const { room, maria, code, photoId, pupr } = await arrived(store);
    expect((await pupr.opens()).text).toContain(`/berkas/${photoId}`);
    const file = await pupr.request(undefined, `${pupr.path}/berkas/${photoId}`);
    expect(Buffer.from(await file.arrayBuffer()).toString()).toBe('foto lampu');
    expect(file.headers.get('content-security-policy')).toMatch(/sandbox/);
    expect(file.headers.get('content-disposition')).toContain('foto');
    expect(file.headers.get('referrer-policy')).toBe('no-referrer');
    expect((await maria.newest(code)).events.at(-1)?.kind).toBe('file_opened');
    // Another file of the same concern was not agreed to.
    const [other] = await room.rows<{ id: string }>(
      `INSERT INTO attachment (message_id, kind, status, file_key, created_at)
       SELECT message_id, kind, status, 'another', created_at FROM attachment RETURNING id`,
    );
    for (const id of [other?.id, '00000000-0000-4000-8000-000000000000', 'x', '..%2f..'])
      expect((await pupr.request(undefined, `${pupr.path}/berkas/${id}`)).status).toBe(404);
    await pupr.sends('answer', { words: 'Sudah menyala.' });
    expect((await pupr.request(undefined, `${pupr.path}/berkas/${photoId}`)).status).toBe(404);
  });

  it('tells whoever presses twice, or works in a second tab, and keeps what they wrote', async () => {
    const { maria, ana, code, pupr } = await arrived(store);
    const version = pupr.versionShown((await pupr.opens()).text);
    const both = await Promise.all([1, 2].map(() => pupr.sends('acknowledge', { version })));
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect(ana.news()).toHaveLength(1);
    const late = await pupr.sends('answer', { version, words: 'Tulisan <b>panjang</b> dari tab lama.' });
    expect(late.status).toBe(409);
    expect(late.text).toMatch(/sudah ada langkah lain/);
    expect(late.text).toContain('Tulisan &lt;b&gt;panjang&lt;/b&gt; dari tab lama.');
    expect((await maria.newest(code)).status).toBe('acknowledged');
    expect((await pupr.sends('answer', { words: 'Lampu sudah menyala.' })).text).toMatch(
      /Jawaban Anda sudah kami terima/,
    );
    // Once answered, a form that was still open somewhere says so and changes nothing.
    const after = await pupr.sends('disown', { version, words: 'bukan kami' });
    expect(after.text).toMatch(/Jawaban Anda sudah kami terima/);
    expect((await maria.newest(code)).status).toBe('answered');
  });

  it('asks for what is missing in plain words', async () => {
    const { maria, code, pupr } = await arrived(store);
    for (const [step, fields, sentence] of [
      ['answer', { words: '  ' }, /Tulis dulu satu dua kalimat/],
      ['disown', {}, /Tulis dulu satu dua kalimat/],
      ['follow_up', { words: 'x'.repeat(8001) }, /terlalu panjang/],
      ['follow_up', { words: 'besok', expectedBy: '2026-11-23' }, /Perkiraan selesai belum benar/],
      ['follow_up', { words: 'besok', expectedBy: 'besok' }, /Perkiraan selesai belum benar/],
    ] as const) {
      const said = await pupr.sends(step, fields);
      expect(said.status).toBe(400);
      expect(said.text).toMatch(sentence);
    }
    for (const step of ['', 'hapus', 'withdraw', '__proto__'])
      expect((await pupr.sends(step, { words: 'x' })).status).toBe(200);
    for (const version of ['', 'x', '-1', '1e3', '999'])
      expect((await pupr.sends('answer', { words: 'x', version })).status).toBe(409);
    const json = await pupr.request({
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"step":"answer","words":"x","version":"4"}',
    });
    expect(json.status).toBeLessThan(500);
    expect((await pupr.request({ method: 'POST', body: new Uint8Array(200_000) })).status).toBe(413);
    expect(await maria.newest(code)).toMatchObject({ status: 'sent' });
    expect(
      (await pupr.sends('disown', { words: 'bukan kami', betterAgencyId: "'; DROP TABLE agency; --" }))
        .status,
    ).toBe(303);
    expect((await maria.newest(code)).events.at(-1)).toMatchObject({
      kind: 'disowned',
      betterAgencyId: null,
    });
  });

  it('looks the same for a link that ran out, was withdrawn, or never was', async () => {
    const { room, maria, code, pupr } = await arrived(store);
    const never = agencyWith(room, { text: `http://x.test/rujukan/${'a'.repeat(43)}` });
    const unknown = await never.opens();
    expect(unknown.status).toBe(404);
    expect(unknown.text).toMatch(/Tautan ini sudah tidak berlaku/);
    // Every step keeps it open for thirty days more.
    room.clock.set('2026-12-20T10:00:00+08:00');
    await pupr.sends('acknowledge');
    room.clock.set('2027-01-18T10:00:00+08:00');
    expect((await pupr.opens()).status).toBe(200);
    room.clock.set('2027-01-20T10:00:01+08:00');
    const expired = await pupr.opens();
    expect([expired.status, expired.text]).toEqual([404, unknown.text]);
    expect((await pupr.sends('answer', { words: 'terlambat', version: '5' })).status).toBe(404);
    room.clock.set('2027-01-18T10:00:00+08:00');
    await maria.steps(code, 'withdraw', { reason: '' });
    expect((await pupr.opens()).text).toBe(unknown.text);
    for (const path of ['/rujukan/pendek', '/rujukan', '/rujukan/-/lain', `/rujukan/${'a'.repeat(200)}`])
      expect((await pupr.request(undefined, path)).status).toBe(404);
  });

  it('shows nothing more once the resident says that it is settled', async () => {
    const { room, maria, ana, code, pupr } = await arrived(store);
    await maria.answers(code, 'Sudah menyala, kata Ketua RT.');
    await ana.presses('Sudah beres');
    const page = await pupr.opens();
    expect(page.status).toBe(200);
    expect(page.text).toMatch(/Menurut warganya, hal ini sudah beres/);
    expect(page.text).not.toContain(mark);
    await room.passes('2026-12-20T10:00:00+08:00');
    expect(await room.rows(`SELECT 1 FROM agency_letter WHERE kind = 'reminder'`)).toEqual([]);
  });

  it('lets nobody try links without end', async () => {
    const { room, pupr } = await arrived(store);
    const tries = await Promise.all(
      Array.from({ length: 80 }, (_, at) =>
        pupr.request(undefined, `/rujukan/${String(at).padStart(43, 'x')}`),
      ),
    );
    const slowed = tries.filter(({ status }) => status === 429);
    expect(slowed.length).toBeGreaterThanOrEqual(19);
    expect(slowed[0]?.headers.get('retry-after')).toBe('1');
    room.clock.advance(60_000);
    expect((await pupr.opens()).status).toBe(200);
  });
});
