import { beforeEach, expect, it } from 'vitest';
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

  it('filters the board by state, category, deadline and code', async () => {
    const maria = await desk.resident();
    const late = await maria.poursOut('a');
    await desk.db.query(`UPDATE concern SET next_word_by = '2026-11-27' WHERE id = $1`, [late.id]);
    const settled = await (await desk.resident()).poursOut('b');
    await desk.db.query(`UPDATE concern SET status = 'settled', category = 'lingkungan' WHERE id = $1`, [
      settled.id,
    ]);
    const board = async (query: string): Promise<string[]> =>
      ((await (await ana.get(`/concerns?${query}`)).json()) as Board).items.map((item) => item.code);
    expect(await board('status=open')).toEqual([late.code]);
    expect(await board('status=settled')).toEqual([settled.code]);
    expect(await board('category=lingkungan')).toEqual([settled.code]);
    expect(await board('overdue=1')).toEqual([late.code]);
    expect(await board(`search=${late.code.slice(4)}`)).toEqual([late.code]);
    expect(await board('search=%25')).toHaveLength(2);
  });

  it('adds a walk-in with hostile words in every field, as words', async () => {
    const name = '=cmd|"/c calc"!A1 <img src=x onerror=alert(1)>\u0000';
    const added = await ana.post('/walk-ins', {
      day: '2026-11-30',
      time: '10:00',
      name,
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
          isHere: false,
          concern: null,
        })
      ).status,
    ).toBe(409);
  });
});
