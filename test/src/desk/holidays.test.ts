import { beforeEach, expect, it } from 'vitest';
import { describeOnEachStore } from '../../support/stores.ts';
import { errorOf, openDesk } from './desk-harness.ts';
import type { Desk } from './desk-harness.ts';

type Preview = {
  items: {
    line: number;
    day: string;
    kind: string;
    name: string;
    state: string;
    told: number;
    toCall: number;
  }[];
  faults: { line: number; sentence: string }[];
};

describeOnEachStore('next year’s holidays from a file', (store) => {
  let desk: Desk;
  let ana: Awaited<ReturnType<Desk['officer']>>;
  beforeEach(async () => {
    desk = await openDesk(store);
    ana = await desk.officer('Ana', 'admin');
  });

  const preview = (text: string | Buffer) =>
    ana.post('/closures/preview', { file: Buffer.from(text).toString('base64') });
  const look = async (text: string) => (await (await preview(text)).json()) as Preview;

  it('are looked at first: what is new, known, past or wrong, and who will be told', async () => {
    await desk.db.query(
      `INSERT INTO closure (day, name, kind, created_at) VALUES ('2026-12-25', 'Natal', 'libur_nasional', $1)`,
      [desk.clock.now()],
    );
    const maria = await desk.resident();
    await maria.books('2026-12-07', '09:00');
    const walkIn = await desk.resident();
    const { id } = await walkIn.books('2026-12-07', '09:30');
    await desk.db.query(`UPDATE booking SET conversation_id = NULL WHERE id = $1`, [id]);
    const { items, faults } = await look(
      '\uFEFFtanggal;jenis;nama\r\n07/12/2026;libur nasional;Hari Uji\r\n25/12/2026;libur nasional;Natal\r\n01/01/2026;libur nasional;Lewat\r\nbesok;;x\r\n',
    );
    expect(items).toMatchObject([
      { line: 2, day: '2026-12-07', state: 'new', told: 1, toCall: 1 },
      { line: 3, state: 'known', told: 0 },
      { line: 4, state: 'past' },
    ]);
    expect(faults).toMatchObject([{ line: 5 }]);
    expect(await desk.one(`SELECT count(*) AS count FROM closure`)).toEqual({ count: 1 });
  });

  it('close the days, cancel and tell as closing one by one does, and can be sent twice', async () => {
    const maria = await desk.resident();
    const { id } = await maria.books('2026-12-07', '09:00');
    const days = [
      { day: '2026-12-07', kind: 'libur_nasional', name: 'Hari Uji' },
      { day: '2026-12-09', kind: 'cuti_bersama', name: '=1+1 <b>Cuti</b>' },
      { day: '2026-01-01', kind: 'libur_nasional', name: 'Lewat' },
    ];
    const send = async () => (await ana.post('/closures/import', { days })).json();
    expect(await send()).toEqual({ added: 2, known: 0, past: 1, told: 1, withoutPhone: [] });
    expect(await send()).toEqual({ added: 0, known: 2, past: 1, told: 0, withoutPhone: [] });
    expect(await desk.one(`SELECT status FROM booking WHERE id = $1`, [id])).toEqual({ status: 'cancelled' });
    expect(await desk.one(`SELECT count(*) AS count FROM notice WHERE kind = 'booking-closed'`)).toEqual({
      count: 1,
    });
    const { items } = (await (await ana.get('/closures')).json()) as { items: unknown[] };
    expect(items).toEqual([
      { day: '2026-12-07', kind: 'libur_nasional', name: 'Hari Uji' },
      { day: '2026-12-09', kind: 'cuti_bersama', name: '=1+1 <b>Cuti</b>' },
    ]);
  });

  it('give no seat of one closed day to who waits for it, nor offer another that closes with it', async () => {
    const [maria, budi] = [await desk.resident(), await desk.resident()];
    await maria.books('2026-12-07', '09:00');
    await desk.db.query(
      `INSERT INTO waiting (resident_id, conversation_id, session_date, status, created_at) VALUES ($1, $2, '2026-12-07', 'waiting', $3)`,
      [budi.residentId, budi.conversationId, desk.clock.now()],
    );
    await ana.post('/closures/import', { days: [{ day: '2026-12-07', kind: 'admin', name: 'Uji' }] });
    expect(await desk.one(`SELECT count(*) AS count FROM booking WHERE status = 'held'`)).toEqual({
      count: 0,
    });
    expect(
      await desk.one(`SELECT kind FROM notice WHERE conversation_id = $1`, [budi.conversationId]),
    ).toEqual({
      kind: 'waiting-closed',
    });
  });

  it('are refused when the file is none, too large, or a day is forged', async () => {
    expect((await look('\x89PNG\r\n')).faults).not.toEqual([]);
    expect((await preview(Buffer.alloc(400_000, 'a'))).status).toBe(400);
    expect((await ana.post('/closures/preview', { file: 'bukan base64 <script>' })).status).toBe(400);
    const forged = await ana.post('/closures/import', {
      days: [{ day: '2026-02-31', kind: 'admin', name: 'x' }],
    });
    expect(forged.status).toBe(400);
    expect((await errorOf(forged)).sentence).toMatch(/days\.0\.day/);
    expect(
      (await ana.post('/closures/import', { days: [{ day: '2026-12-07', kind: 'pesta', name: 'x' }] }))
        .status,
    ).toBe(400);
  });
});
