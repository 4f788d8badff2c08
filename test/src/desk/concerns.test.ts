import { beforeEach, expect, it } from 'vitest';
import { answerConcernCheck } from '../../../src/actions/answer-concern-check.ts';
import { loadRoomFacts } from '../../../src/store/room-facts.ts';
import { describeOnEachStore } from '../../support/stores.ts';
import { errorOf, openDesk } from './desk-harness.ts';
import type { Desk } from './desk-harness.ts';

type Board = { items: { code: string; status: string }[] };

describeOnEachStore('concerns and the day at the desk', (store) => {
  let desk: Desk;
  let ana: Awaited<ReturnType<Desk['officer']>>;
  let budi: Awaited<ReturnType<Desk['officer']>>;
  beforeEach(async () => {
    desk = await openDesk(store);
    ana = await desk.officer('Ana Benu');
    budi = await desk.officer('Budi Lay');
  });

  const statusOf = async (id: string): Promise<string> =>
    (await desk.one<{ status: string }>(`SELECT status FROM concern WHERE id = $1`, [id])).status;

  it('shows the coming session with the concern to read before the visit, and records the reading', async () => {
    const maria = await desk.resident('Maria');
    const booking = await maria.books('2026-12-02', '09:00');
    const concern = await maria.poursOut('nama mama sonde keluar', booking.id);
    const day = await (await ana.get('/day?day=2026-12-02')).json();
    expect(JSON.stringify(day)).not.toContain('mama');
    expect(day).toMatchObject({ today: '2026-11-30', isRoomDay: true, presence: { kind: 'open' } });
    const slot = (day as { slots: { time: string; left: number; bookings: unknown[] }[] }).slots.find(
      (each) => each.time === '09:00',
    );
    expect(slot).toMatchObject({
      left: 1,
      bookings: [{ name: 'Maria', concerns: [{ code: concern.code, parts: 1, isReadByMe: false }] }],
    });
    const read = await ana.get(`/concerns/${concern.id}`);
    expect(await read.json()).toMatchObject({ messages: [{ text: 'nama mama sonde keluar' }] });
    expect(await statusOf(concern.id)).toBe('read');
    expect(await desk.one(`SELECT action, detail FROM audit`)).toEqual({
      action: 'read_concern',
      detail: { code: concern.code },
    });
  });

  it('closes a concern without a visit to all but who handles it and the supervisor', async () => {
    const concern = await (await desk.resident()).poursOut('hanya untuk yang menangani');
    const shut = await ana.get(`/concerns/${concern.id}`);
    expect(shut.status).toBe(403);
    expect(await shut.text()).not.toContain('hanya untuk');
    const admin = await desk.officer('Tia', 'admin');
    expect((await admin.get(`/concerns/${concern.id}`)).status).toBe(403);
    const both = await Promise.all(
      [ana, budi].map((officer) => officer.post(`/concerns/${concern.id}/take`)),
    );
    expect(both.map((response) => response.status).sort()).toEqual([200, 409]);
    const [winner, loser] = both[0]?.status === 200 ? [ana, budi] : [budi, ana];
    expect((await winner.get(`/concerns/${concern.id}`)).status).toBe(200);
    const refused = await loser.get(`/concerns/${concern.id}`);
    expect((await errorOf(refused)).sentence).toContain(winner.name);
    const yusuf = await desk.officer('Yusuf', 'supervisor');
    expect((await yusuf.get(`/concerns/${concern.id}`)).status).toBe(200);
    const notices = await desk.one<{ count: number }>(
      `SELECT count(*) AS count FROM notice WHERE kind = 'concern-taken'`,
    );
    expect(notices.count).toBe(1);
  });

  it('does not show a concern of a later session, nor one that is still being poured out', async () => {
    const maria = await desk.resident();
    const booking = await maria.books('2026-12-09', '09:00');
    const concern = await maria.poursOut('minggu depan', booking.id);
    expect((await ana.get(`/concerns/${concern.id}`)).status).toBe(403);
    await desk.db.query(`UPDATE concern SET status = 'draft' WHERE id = $1`, [concern.id]);
    expect((await ana.get(`/concerns/${concern.id}`)).status).toBe(404);
    expect(((await (await ana.get('/concerns')).json()) as Board).items).toEqual([]);
  });

  it('answers a concern once, and tells the second of two who answer at once', async () => {
    const concern = await (await desk.resident()).poursOut('x');
    await ana.post(`/concerns/${concern.id}/take`);
    const answer = (onceKey: string) =>
      ana.post(`/concerns/${concern.id}/answer`, { from: 'with_officer', word: 'Sudah diurus', onceKey });
    const both = await Promise.all([answer('jawaban-a'), answer('jawaban-b')]);
    expect(both.map((response) => response.status).sort()).toEqual([200, 409]);
    expect(await statusOf(concern.id)).toBe('answered');
    const said = await desk.one<{ count: number }>(
      `SELECT count(*) AS count FROM message WHERE author = 'officer'`,
    );
    expect(said.count).toBe(1);
    expect(
      (
        await budi.post(`/concerns/${concern.id}/answer`, {
          from: 'answered',
          word: 'x',
          onceKey: 'jawaban-c',
        })
      ).status,
    ).toBe(403);
  });

  it('filters the board by state, category, deadline, officer and nobody, and colours by deadline', async () => {
    const maria = await desk.resident();
    const late = await maria.poursOut('a');
    await desk.db.query(`UPDATE concern SET next_word_by = '2026-11-27' WHERE id = $1`, [late.id]);
    const settled = await (await desk.resident()).poursOut('b');
    await desk.db.query(`UPDATE concern SET status = 'settled', category = 'lingkungan' WHERE id = $1`, [
      settled.id,
    ]);
    const board = async (query: string): Promise<string[]> =>
      ((await (await ana.get(`/concerns?${query}`)).json()) as Board).items.map((item) => item.code);
    const later = await maria.poursOut('c');
    await desk.db.query(`UPDATE concern SET next_word_by = '2026-11-20', officer_id = $2 WHERE id = $1`, [
      later.id,
      ana.id,
    ]);
    expect((await board('status=open')).toSorted()).toEqual([late.code, later.code].toSorted());
    expect(await board('status=settled')).toEqual([settled.code]);
    expect(await board('category=lingkungan')).toEqual([settled.code]);
    expect(await board('overdue=1')).toEqual([later.code, late.code]);
    expect(await board('mine=1')).toEqual([later.code]);
    expect(await board('unassigned=1')).toEqual([late.code]);
    const all = (await (await ana.get('/concerns')).json()) as {
      counts: unknown;
      items: { code: string; deadline: string | null }[];
    };
    expect(all.counts).toEqual({ open: 2, mine: 1, unassigned: 1, overdue: 2, referred: 0, reopened: 0 });
    expect(all.items.find((item) => item.code === late.code)?.deadline).toBe('over');
    expect(all.items.find((item) => item.code === settled.code)?.deadline).toBeNull();
    expect((await ana.get('/concerns?status=hilang')).status).toBe(400);
  });

  it('shows the board in pages of a hundred', async () => {
    const { residentId } = await desk.resident();
    await desk.db.query(
      `INSERT INTO concern (code, resident_id, status, category, created_at, received_at)
       SELECT 'CRH-' || lpad(n::text, 6, '0'), $1, 'new', 'bansos', $2, $2::timestamptz - n * interval '1 minute'
         FROM generate_series(1, 101) n`,
      [residentId, desk.clock.now()],
    );
    const page = async (skip: number) =>
      (await (await ana.get(`/concerns?skip=${skip}`)).json()) as Board & { hasOlder: boolean };
    const [first, second] = [await page(0), await page(100)];
    expect([first.items.length, first.hasOlder, first.items[0]?.code]).toEqual([100, true, 'CRH-000001']);
    expect([second.items.length, second.hasOlder, second.items[0]?.code]).toEqual([1, false, 'CRH-000101']);
  });

  it('tells the way of a concern, with each reading once a day and who settled it', async () => {
    const maria = await desk.resident('Maria');
    const concern = await maria.poursOut('nama mama sonde keluar');
    const minutes = (count: number): void =>
      desk.clock.set(new Date(desk.clock.now().getTime() + count * 60_000));
    await ana.post(`/concerns/${concern.id}/take`);
    for (const wait of [20, 20]) {
      minutes(wait);
      await ana.get(`/concerns/${concern.id}`);
    }
    minutes(1);
    await ana.post(`/concerns/${concern.id}/notes`, { body: 'sudah ditelepon' });
    minutes(1);
    await ana.post(`/concerns/${concern.id}/answer`, {
      from: 'with_officer',
      word: 'Sudah',
      onceKey: 'jawaban-1',
    });
    const { calendar } = await loadRoomFacts(desk.db);
    const says = (isSettled: boolean) =>
      desk.transact((tx) =>
        answerConcernCheck(tx, { code: concern.code, residentId: maria.residentId, isSettled, calendar }),
      );
    for (const isSettled of [true, true, false]) {
      minutes(1);
      await says(isSettled);
    }
    const view = (await (await ana.get(`/concerns/${concern.id}`)).json()) as {
      timeline: { what: string; by: string | null; times: number; isPlanned: boolean }[];
    };
    const told = view.timeline.filter((entry) => !entry.isPlanned);
    expect(told.map(({ what, by, times }) => [what, by, times])).toEqual([
      ['received', null, 1],
      ['take_concern', 'Ana Benu', 1],
      ['read_concern', 'Ana Benu', 2],
      ['note', 'Ana Benu', 1],
      ['answer_concern', 'Ana Benu', 1],
      ['settle_concern', null, 1],
      ['reopen_concern', null, 1],
    ]);
    expect(view.timeline.filter((entry) => entry.isPlanned).map((entry) => entry.what)).toContain(
      'concern-taken',
    );
    expect(JSON.stringify(view.timeline)).not.toContain('ditelepon');
  });

  it('points at what may be the same, with the code alone where the officer may not read it', async () => {
    const dark = 'lampu jalan di depan SD Oesapa mati sudah dua minggu, malam gelap sekali';
    const told = async (words: string, kelurahan = '53.71.03.1001', day = desk.clock.now()) => {
      const concern = await (await desk.resident()).poursOut(words);
      await desk.db.query(
        `UPDATE concern SET category = 'infrastruktur', kelurahan_code = $2, received_at = $3 WHERE id = $1`,
        [concern.id, kelurahan, day],
      );
      return concern;
    };
    const mine = await told(dark);
    const like = await told('tolong lampu jalan dekat SD Oesapa su mati lama, gelap tiap malam');
    const mineToo = await told('lampu jalan depan SD Oesapa mati, gelap');
    await told('jalan berlubang besar di pasar');
    await told(dark, '53.71.03.1002');
    await told(dark, '53.71.03.1001', new Date('2026-10-01T09:00:00+08:00'));
    const over = await told(dark);
    await desk.db.query(`UPDATE concern SET status = 'settled' WHERE id = $1`, [over.id]);
    await ana.post(`/concerns/${mine.id}/take`);
    await ana.post(`/concerns/${mineToo.id}/take`);
    const view = async (officer: typeof ana) =>
      (
        (await (await officer.get(`/concerns/${mine.id}`)).json()) as {
          similar: { code: string; open: unknown }[];
        }
      ).similar;
    const seen = await view(ana);
    expect(seen.map((one) => one.code).toSorted()).toEqual([like.code, mineToo.code].toSorted());
    expect(seen.find((one) => one.code === like.code)).toEqual({ code: like.code, open: null });
    expect(seen.find((one) => one.code === mineToo.code)?.open).toMatchObject({ id: mineToo.id });
    const all = await view(await desk.officer('Yusuf', 'supervisor'));
    expect(all.every((one) => one.open !== null)).toBe(true);
    // Looking at what may be alike reads none of it.
    expect(
      await desk.one(
        `SELECT count(*)::int AS count FROM audit WHERE action = 'read_concern' AND subject_id <> $1`,
        [mine.id],
      ),
    ).toEqual({ count: 0 });
  });

  it('gives the board as a table without words or names, to the leads alone', async () => {
    const hostile = await (await desk.resident('=cmd|calc')).poursOut('kata warga yang rahasia');
    const other = await desk.officer('=HYPERLINK("http://jahat.example")');
    await other.post(`/concerns/${hostile.id}/take`);
    const yusuf = await desk.officer('Yusuf', 'supervisor');
    expect((await ana.post('/concerns/export', { filter: {} })).status).toBe(403);
    const { count, csv } = (await (
      await yusuf.post('/concerns/export', { filter: { status: 'open' } })
    ).json()) as {
      count: number;
      csv: string;
    };
    expect(count).toBe(1);
    expect(csv).toContain(`${hostile.code},with_officer,bansos,,2026-11-30`);
    expect(csv).toContain(`"'=HYPERLINK(""http://jahat.example"")"`);
    expect(csv).not.toMatch(/rahasia|cmd/);
    expect(await desk.one(`SELECT officer_id, detail FROM audit WHERE action = 'export_concerns'`)).toEqual({
      officer_id: yusuf.id,
      detail: { count: 1 },
    });
  });

  it('adds a walk-in with hostile words in every field, as words', async () => {
    const name = '=cmd|"/c calc"!A1 <img src=x onerror=alert(1)>\u0000';
    const added = await ana.post('/walk-ins', {
      day: '2026-11-30',
      time: '10:00',
      name,
      onceKey: 'tamu-satu',
      isHere: true,
      concern: { category: 'bansos', kelurahanCode: null, note: "'); DROP TABLE booking; --" },
    });
    expect(added.status).toBe(200);
    const day = JSON.stringify(await (await ana.get('/day')).json());
    expect(day).toContain('onerror=alert(1)>');
    expect(day).not.toContain('\\u0000');
    const sealedRows = await desk.db.query<{ body_sealed: Uint8Array }>(`SELECT body_sealed FROM note`);
    expect(Buffer.from(sealedRows.rows[0]?.body_sealed ?? []).toString('latin1')).not.toContain('DROP');
    expect(
      (
        await ana.post('/walk-ins', {
          day: '2026-12-01',
          time: '10:00',
          name: '',
          onceKey: 'tamu-dua',
          isHere: false,
          concern: null,
        })
      ).status,
    ).toBe(409);
  });
});
