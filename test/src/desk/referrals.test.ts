import { beforeEach, expect, it } from 'vitest';
import { seed } from '../../../prisma/seed.ts';
import type { ReferralView } from '../../support/referring.ts';
import { describeOnEachStore } from '../../support/stores.ts';
import { errorOf, mondayMorning, openDesk } from './desk-harness.ts';
import type { Desk } from './desk-harness.ts';

const nobody = '00000000-0000-4000-8000-000000000000';
const packet = { agencyId: 'dinsos', summary: 'Beras belum diterima sejak Agustus.', attachmentIds: [] };

describeOnEachStore('referrals at the desk', (store) => {
  let desk: Desk;
  let ana: Awaited<ReturnType<Desk['officer']>>;
  let budi: Awaited<ReturnType<Desk['officer']>>;
  beforeEach(async () => {
    desk = await openDesk(store);
    await seed(desk.db, new Date(mondayMorning));
    await desk.db.query(`UPDATE agency SET email = 'dinsos@kupang.test' WHERE id = 'dinsos'`);
    ana = await desk.officer('Ana Benu');
    budi = await desk.officer('Budi Lay');
  });

  type Officer = typeof ana;
  const json = async <T = Record<string, unknown>>(response: Promise<Response> | Response) =>
    (await (await response).json()) as T;
  const newest = async (concernId: string, by: Officer = ana): Promise<ReferralView> => {
    const { referrals } = await json<{ referrals: ReferralView[] }>(
      by.get(`/concerns/${concernId}/referral`),
    );
    if (!referrals[0]) throw new Error('no referral');
    return referrals[0];
  };
  /** A concern that Ana handles, with a packet written. */
  const written = async () => {
    const maria = await desk.resident('Maria Bano');
    const concern = await maria.poursOut('beras beta belum datang');
    await ana.post(`/concerns/${concern.id}/take`);
    const begun = await json<{ referralId: string; version: number }>(
      ana.post(`/concerns/${concern.id}/referral`, packet),
    );
    return { maria, concern, id: begun.referralId };
  };
  /** Somebody who came without a phone. */
  const walkIn = async (name: string | null) => {
    const { concern, id, maria } = await written();
    await desk.db.query(`UPDATE concern SET conversation_id = NULL WHERE id = $1`, [concern.id]);
    if (name === null)
      await desk.db.query(`UPDATE resident SET name_sealed = NULL WHERE id = $1`, [maria.residentId]);
    return { concern, id };
  };

  it('are for who handles the concern and the supervisor, and their words are read by nobody else', async () => {
    const { concern, id } = await written();
    const yusuf = await desk.officer('Yusuf', 'supervisor');
    expect((await budi.get(`/concerns/${concern.id}/referral`)).status).toBe(403);
    const shut = await budi.post(`/referrals/${id}/packet`, { ...packet, version: 1 });
    expect([shut.status, (await errorOf(shut)).code]).toEqual([403, 'NOT_YOURS']);
    for (const [step, body] of [
      ['ask', {}],
      ['send', {}],
      ['withdraw', { reason: '' }],
      ['lapor', { laporId: '1' }],
      ['approve-in-room', { isNameShared: false }],
      ['record', { step: 'answer', words: 'x', expectedBy: null, betterAgencyId: null }],
      ['reroute', { agencyId: 'dinkes' }],
    ] as const) {
      expect([step, (await budi.post(`/referrals/${id}/${step}`, { version: 1, ...body })).status]).toEqual([
        step,
        403,
      ]);
      expect([
        step,
        (await ana.post(`/referrals/${nobody}/${step}`, { version: 1, ...body })).status,
      ]).toEqual([step, 404]);
    }
    expect((await yusuf.post(`/referrals/${id}/ask`, { version: 1 })).status).toBe(200);
    expect((await newest(concern.id, yusuf)).status).toBe('asked');
    const reads = await desk.db.query<{ action: string }>(
      `SELECT action FROM audit WHERE subject_id = $1 AND action = 'read_referral'`,
      [concern.id],
    );
    expect(reads.rows).toHaveLength(1);
    const steps = await desk.db.query<{ action: string }>(
      `SELECT action FROM audit WHERE subject_id = $1 AND action LIKE 'referral%' ORDER BY id`,
      [concern.id],
    );
    expect(steps.rows.map(({ action }) => action)).toEqual(['referral_write', 'referral_ask']);
    expect(JSON.stringify(await json(yusuf.get('/audit')))).not.toContain('Beras');
  });

  it('tell the second of two that act at once, and keep one open referral a concern', async () => {
    const { concern, id } = await written();
    const edit = (summary: string) => ana.post(`/referrals/${id}/packet`, { ...packet, summary, version: 1 });
    const both = await Promise.all([edit('Satu.'), edit('Dua.')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const again = await ana.post(`/concerns/${concern.id}/referral`, packet);
    expect((await errorOf(again)).code).toBe('OPEN_ALREADY');
    await expect(
      desk.db.query(
        `INSERT INTO referral (concern_id, agency_id, status, summary_sealed, created_at) VALUES ($1, 'dinkes', 'draft', '', now())`,
        [concern.id],
      ),
    ).rejects.toThrow(/referral_one_open/);
    const asks = await Promise.all([1, 2].map(() => ana.post(`/referrals/${id}/ask`, { version: 2 })));
    expect(asks.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(
      await desk.one(`SELECT count(*) AS count FROM notice WHERE kind = 'referral-ask' AND status = 'due'`),
    ).toEqual({ count: 1 });
  });

  it('cannot be pushed out without the yes, not even past the code', async () => {
    const { id } = await written();
    const refused = await ana.post(`/referrals/${id}/send`, { version: 1 });
    expect((await errorOf(refused)).code).toBe('CHANGED');
    expect((await ana.post(`/referrals/${id}/lapor`, { version: 1, laporId: '12' })).status).toBe(409);
    const inRoom = await ana.post(`/referrals/${id}/approve-in-room`, { version: 1, isNameShared: false });
    expect((await errorOf(inRoom)).code).toBe('HAS_CHAT');
    await expect(
      desk.db.query(`UPDATE referral SET status = 'sent', way = 'mail' WHERE id = $1`, [id]),
    ).rejects.toThrow(/check/);
    await expect(
      desk.db.query(`UPDATE referral SET status = 'by_hand', way = 'mail' WHERE id = $1`, [id]),
    ).rejects.toThrow(/referral_by_hand_is_approved/);
    expect((await desk.db.query(`SELECT 1 FROM agency_letter`)).rows).toEqual([]);
  });

  it('take files of this concern only, and what is not there is told so', async () => {
    const { concern, id, maria } = await written();
    const other = await (await desk.resident()).poursOut('lain');
    const file = async (concernId: string, status = 'stored') => {
      const messageId = await maria.says({ kind: 'text', text: 'foto' }, { concernId });
      const { id: fileId } = await desk.one<{ id: string }>(
        `INSERT INTO attachment (message_id, kind, status, file_key, created_at) VALUES ($1, 'photo', $2, gen_random_uuid()::text, $3) RETURNING id`,
        [messageId, status, desk.clock.now()],
      );
      return fileId;
    };
    const [own, strange, pending] = [
      await file(concern.id),
      await file(other.id),
      await file(concern.id, 'pending'),
    ];
    const save = (attachmentIds: string[], version: number) =>
      ana.post(`/referrals/${id}/packet`, { ...packet, attachmentIds, version });
    for (const wrong of [strange, pending, nobody])
      expect((await errorOf(await save([own, wrong], 1))).code).toBe('UNKNOWN_FILE');
    expect((await save([own, own], 1)).status).toBe(200);
    expect((await newest(concern.id)).packet).toContain('Lampiran: foto\n');
    const { files } = await json<{ files: { id: string }[] }>(ana.get(`/concerns/${concern.id}/referral`));
    expect(files.map(({ id: fileId }) => fileId)).toEqual([own]);
    expect((await save([], 99)).status).toBe(409);
    const gone = await ana.post(`/referrals/${id}/packet`, { ...packet, agencyId: 'tidak-ada', version: 2 });
    expect((await errorOf(gone)).code).toBe('UNKNOWN_AGENCY');
    for (const bad of [
      { summary: '' },
      { summary: 'x'.repeat(4001) },
      { attachmentIds: ['x'] },
      { agencyId: 7 },
    ])
      expect((await ana.post(`/referrals/${id}/packet`, { ...packet, version: 2, ...bad })).status).toBe(400);
  });

  it('of somebody without a chat are agreed to in the room, and handed in at SP4N-LAPOR! by hand', async () => {
    const { concern, id } = await walkIn('Maria Bano');
    expect((await errorOf(await ana.post(`/referrals/${id}/ask`, { version: 1 }))).code).toBe('NO_CHAT');
    const view = await newest(concern.id);
    expect(view.may).toMatchObject({ ask: false, approveInRoom: true, send: false });
    expect(
      (await ana.post(`/referrals/${id}/approve-in-room`, { version: 1, isNameShared: true })).status,
    ).toBe(200);
    expect((await newest(concern.id)).packet).toContain('Nama: Maria Bano');
    const lapor = { version: 2, laporId: ' 8 123 456 ' };
    expect((await ana.post(`/referrals/${id}/lapor`, lapor)).status).toBe(200);
    expect((await ana.post(`/referrals/${id}/lapor`, lapor)).status).toBe(409);
    const sent = await newest(concern.id);
    expect(sent).toMatchObject({ status: 'sent', laporId: '8 123 456' });
    expect(sent.clocks.map(({ dueOn }) => dueOn)).toEqual(['2026-12-03', '2026-12-07', '2026-12-14']);
    expect(sent.may).toMatchObject({ send: false });
    expect((await errorOf(await ana.post(`/referrals/${id}/send`, { version: 3 }))).code).toBe('CHANGED');

    const record = (step: string, words: string, version: number) =>
      ana.post(`/referrals/${id}/record`, { version, step, words, expectedBy: null, betterAgencyId: null });
    expect((await record('answer', '', 3)).status).toBe(400);
    expect((await record('acknowledge', '', 3)).status).toBe(200);
    expect((await record('answer', 'Kata mereka sudah dikirim.', 3)).status).toBe(409);
    expect((await record('answer', 'Kata mereka sudah dikirim.', 4)).status).toBe(200);
    const answered = await newest(concern.id);
    expect(answered.events.at(-1)).toMatchObject({
      kind: 'answered',
      by: 'officer',
      words: 'Kata mereka sudah dikirim.',
    });
  });

  it('of somebody without a name leave without one', async () => {
    const { concern, id } = await walkIn(null);
    const named = await ana.post(`/referrals/${id}/approve-in-room`, { version: 1, isNameShared: true });
    expect((await errorOf(named)).code).toBe('NO_NAME');
    expect(
      (await ana.post(`/referrals/${id}/approve-in-room`, { version: 1, isNameShared: false })).status,
    ).toBe(200);
    expect((await newest(concern.id)).packet).toContain('Nama: dirahasiakan');
  });

  it('show on the board and in the timeline, without a word of anybody', async () => {
    const { concern } = await walkIn('Maria Bano');
    const { id } = await newest(concern.id);
    await ana.post(`/referrals/${id}/approve-in-room`, { version: 1, isNameShared: false });
    await ana.post(`/referrals/${id}/lapor`, { version: 2, laporId: '77' });
    const board = async () =>
      (await json<{ items: { code: string; referral: unknown }[] }>(ana.get('/concerns'))).items.find(
        ({ code }) => code === concern.code,
      );
    expect(await board()).toMatchObject({
      status: 'referred',
      referral: { status: 'sent', agency: 'Dinsos', dueOn: '2026-12-03', isOverdue: false },
    });
    desk.clock.set('2026-12-04T09:00:00+08:00');
    const later = await desk.officer('Rambu', 'supervisor');
    const { items } = await json<{ items: unknown[] }>(later.get('/referrals/overdue'));
    expect(items).toMatchObject([{ code: concern.code, clock: 'acknowledge', dueOn: '2026-12-03' }]);
    expect(JSON.stringify(items)).not.toContain('Beras');
    const { timeline } = await json<{ timeline: { what: string }[] }>(later.get(`/concerns/${concern.id}`));
    expect(timeline.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['referral_written', 'referral_approved', 'referral_handed_in']) as string[],
    );
  });

  it('keep what happened as it happened', async () => {
    const { id } = await written();
    await expect(
      desk.db.query(`UPDATE referral_event SET kind = 'approved' WHERE referral_id = $1`, [id]),
    ).rejects.toThrow(/never changed/);
  });
});

describeOnEachStore('the routing table at the desk', (store) => {
  let desk: Desk;
  let rini: Awaited<ReturnType<Desk['officer']>>;
  beforeEach(async () => {
    desk = await openDesk(store);
    await seed(desk.db, new Date(mondayMorning));
    rini = await desk.officer('Rini', 'supervisor');
  });
  type Route = {
    id: string;
    version: number;
    category: string;
    kelurahanCode: string | null;
    agencyId: string;
  };
  const routes = async () => ((await (await rini.get('/agency-routes')).json()) as { items: Route[] }).items;

  it('begins with the agency of the city that has a category for its own, and is never seeded again', async () => {
    const byCategory = Object.fromEntries(
      (await routes()).map(({ category, agencyId }) => [category, agencyId]),
    );
    expect(byCategory).toEqual({
      pendidikan: 'disdikbud',
      kesehatan: 'dinkes',
      adminduk: 'dukcapil',
      bansos: 'dinsos',
      infrastruktur: 'pupr',
      ketenagakerjaan: 'disnaker',
      perlindungan_perempuan_anak: 'dp3a',
      perizinan: 'dpmptsp',
      lingkungan: 'dlhk',
    });
    const [first] = await routes();
    expect((await rini.post(`/agency-routes/${first?.id}/remove`, { version: 1 })).status).toBe(200);
    await seed(desk.db, new Date(mondayMorning));
    expect(await routes()).toHaveLength(8);
  });

  it('comes to a room that was seeded before there was one', async () => {
    await desk.db.query(`DELETE FROM agency_route`);
    await desk.db.query(`UPDATE setting SET value = '{"version": 1}' WHERE key = 'seed'`);
    await seed(desk.db, new Date(mondayMorning));
    expect(await routes()).toHaveLength(9);
  });

  it('gives way to words that surely name another agency: both are said, and neither is chosen', async () => {
    const concern = await (
      await desk.resident()
    ).poursOut('Air PDAM di Oesapa sudah tiga minggu tidak jalan');
    await desk.db.query(`UPDATE concern SET category = 'infrastruktur' WHERE id = $1`, [concern.id]);
    await rini.post(`/concerns/${concern.id}/take`);
    const proposal = async () =>
      ((await (await rini.get(`/concerns/${concern.id}/referral`)).json()) as { proposal: unknown }).proposal;
    expect(await proposal()).toEqual({ kind: 'differ', byTable: 'pupr', byWords: 'pdam' });
    await desk.db.query(`UPDATE agency SET is_active = false WHERE id = 'pdam'`);
    expect(await proposal()).toEqual({ kind: 'one', agencyId: 'pupr', by: 'table' });
    await desk.db.query(`UPDATE agency SET is_active = true WHERE id = 'pdam'`);
    const correction = { seen: null, category: 'infrastruktur', agencyId: 'pdam', danger: 'not_judged' };
    expect((await rini.post(`/concerns/${concern.id}/correction`, correction)).status).toBe(200);
    expect(await proposal()).toEqual({ kind: 'one', agencyId: 'pdam', by: 'correction' });
  });

  it('is edited by version, one row a category and place, and decides what is suggested', async () => {
    const concern = await (await desk.resident()).poursOut('beras');
    await desk.db.query(`UPDATE concern SET kelurahan_code = '53.71.01.1001' WHERE id = $1`, [concern.id]);
    await rini.post(`/concerns/${concern.id}/take`);
    const proposal = async () =>
      ((await (await rini.get(`/concerns/${concern.id}/referral`)).json()) as { proposal: unknown }).proposal;
    expect(await proposal()).toEqual({ kind: 'one', agencyId: 'dinsos', by: 'table' });
    const row = {
      id: null,
      version: 0,
      category: 'bansos',
      kelurahanCode: '53.71.01.1001',
      agencyId: 'kelurahan',
    };
    const both = await Promise.all([rini.post('/agency-routes', row), rini.post('/agency-routes', row)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await proposal()).toEqual({ kind: 'one', agencyId: 'kelurahan', by: 'kelurahan' });
    const made = (await routes()).find(({ kelurahanCode }) => kelurahanCode !== null);
    const edit = (more: object) => rini.post('/agency-routes', { ...row, id: made?.id, version: 1, ...more });
    expect((await edit({ agencyId: 'bpjs_kes' })).status).toBe(200);
    expect((await edit({ agencyId: 'dinkes' })).status).toBe(409);
    expect((await errorOf(await edit({ version: 2, kelurahanCode: null }))).code).toBe('TAKEN');
    expect((await edit({ kelurahanCode: '53.71.99.9999' })).status).toBe(400);
    expect((await edit({ category: 'tidak_ada' })).status).toBe(400);
    expect((await errorOf(await edit({ agencyId: 'tidak-ada' }))).code).toBe('UNKNOWN_AGENCY');
    expect((await rini.post(`/agency-routes/${made?.id}/remove`, { version: 1 })).status).toBe(409);
    expect((await rini.post(`/agency-routes/${nobody}/remove`, { version: 1 })).status).toBe(404);
    expect((await edit({ id: nobody, kelurahanCode: '53.71.01.1002' })).status).toBe(404);
    const ana = await desk.officer('Ana');
    expect((await ana.post('/agency-routes', row)).status).toBe(403);
    expect((await ana.get('/agency-routes')).status).toBe(200);
  });
});
