import { beforeEach, expect, it } from 'vitest';
import { describeOnEachStore } from '../../support/stores.ts';
import { errorOf, openDesk } from './desk-harness.ts';
import type { Desk } from './desk-harness.ts';

describeOnEachStore('two chats of one person', (store) => {
  let desk: Desk;
  let yusuf: Awaited<ReturnType<Desk['officer']>>;
  beforeEach(async () => {
    desk = await openDesk(store);
    yusuf = await desk.officer('Yusuf Lay', 'supervisor');
  });

  const consents = (residentId: string) =>
    desk.db.query(
      `INSERT INTO consent (resident_id, text_version, text_hash, channel, given_at) VALUES ($1, '1.id', 'x', 'web', $2)`,
      [residentId, desk.clock.now()],
    );
  const ownerOf = async (table: string, id: string) =>
    (await desk.one<{ owner: string }>(`SELECT resident_id AS owner FROM ${table} WHERE id = $1`, [id]))
      .owner;
  /** Every row that belongs to a resident, to compare before and after. */
  const everything = async () => {
    const of = async (sql: string) => (await desk.db.query(sql)).rows;
    return {
      residents: await of(`SELECT id, name_sealed IS NULL AS nameless FROM resident ORDER BY id`),
      rows: await of(
        `SELECT 'address' AS kind, id, resident_id, NULL AS status FROM address
         UNION ALL SELECT 'booking', id, resident_id, status FROM booking
         UNION ALL SELECT 'concern', id, resident_id, status FROM concern
         UNION ALL SELECT 'waiting', id, resident_id, status FROM waiting
         UNION ALL SELECT 'consent', id, resident_id, NULL FROM consent ORDER BY 1, 2`,
      ),
    };
  };
  const merge = async (conversationId: string, code: string) => {
    const response = await yusuf.post(`/conversations/${conversationId}/merge`, { code });
    expect(response.status).toBe(200);
    return ((await response.json()) as { mergeId: string }).mergeId;
  };

  it('shows both before, makes one of them, and gives back exactly what moved', async () => {
    const maria = await desk.resident('Maria Bano', 'whatsapp');
    desk.clock.advance(1000);
    const other = await desk.resident('M. Bano', 'telegram');
    for (const { residentId } of [maria, other]) await consents(residentId);
    const booking = await other.books('2026-12-02', '09:00');
    const concern = await other.poursOut('soal bansos');
    const { id: wait } = await desk.one<{ id: string }>(
      `INSERT INTO waiting (resident_id, conversation_id, session_date, status, created_at)
       VALUES ($1, $2, '2026-12-07', 'waiting', $3) RETURNING id`,
      [maria.residentId, maria.conversationId, desk.clock.now()],
    );
    const before = await everything();
    const path = `/conversations/${maria.conversationId}`;

    const preview = await yusuf.get(`${path}/merge-preview?code=${booking.code.toLowerCase()}`);
    expect(await preview.json()).toMatchObject({
      here: { name: 'Maria Bano', channels: ['whatsapp'], bookings: [] },
      there: {
        name: 'M. Bano',
        channels: ['telegram'],
        bookings: [{ code: booking.code }],
        concerns: [{ code: concern.code }],
      },
      isSame: false,
    });
    const mergeId = await merge(maria.conversationId, booking.code);
    for (const [table, id] of [
      ['booking', booking.id],
      ['concern', concern.id],
    ] as const)
      expect(await ownerOf(table, id)).toBe(maria.residentId);
    expect(await desk.one(`SELECT status FROM waiting WHERE id = $1`, [wait])).toEqual({ status: 'left' });
    expect(await (await yusuf.get(path)).json()).toMatchObject({
      bookings: [{ code: booking.code }],
      concerns: [{ code: concern.code }],
    });
    expect(await (await yusuf.get(`${path}/merges`)).json()).toMatchObject({
      items: [{ id: mergeId, how: 'desk', by: 'Yusuf Lay' }],
    });
    expect((await yusuf.post(`${path}/merge`, { code: booking.code })).status).toBe(409);

    expect((await yusuf.post(`/merges/${mergeId}/undo`)).status).toBe(200);
    expect(await everything()).toEqual(before);
    expect((await errorOf(await yusuf.post(`/merges/${mergeId}/undo`))).code).toBe('ALREADY_UNDONE');
    const audit = await desk.db.query(
      `SELECT action, officer_id, subject_id FROM audit WHERE action IN ('merge_residents', 'undo_merge') ORDER BY id`,
    );
    expect(audit.rows).toEqual(
      ['merge_residents', 'undo_merge'].map((action) => ({
        action,
        officer_id: yusuf.id,
        subject_id: maria.residentId,
      })),
    );
  });

  it('gives back what was written since in the chat that returns, and leaves what was written in the other', async () => {
    const maria = await desk.resident('Maria');
    await consents(maria.residentId);
    const other = await desk.resident(null, 'web');
    const code = await other.poursOut('lampu jalan mati');
    const mergeId = await merge(maria.conversationId, code.code);
    const since = async (conversationId: string) =>
      (
        await desk.one<{ id: string }>(
          `INSERT INTO concern (code, resident_id, conversation_id, status, created_at)
           VALUES ($1, $2, $3, 'new', $4) RETURNING id`,
          [`CRH-${conversationId.slice(0, 6)}`, maria.residentId, conversationId, desk.clock.now()],
        )
      ).id;
    const [here, there] = [await since(maria.conversationId), await since(other.conversationId)];
    expect((await yusuf.post(`/merges/${mergeId}/undo`)).status).toBe(200);
    expect(await ownerOf('concern', here)).toBe(maria.residentId);
    expect(await ownerOf('concern', there)).toBe(other.residentId);
  });

  it('refuses two bookings, naming both, and two who are one already', async () => {
    const [maria, other] = [await desk.resident('Maria'), await desk.resident('Maria')];
    const mine = await maria.books('2026-12-02', '09:00');
    const theirs = await other.books('2026-12-02', '09:00', 2);
    const refused = await yusuf.post(`/conversations/${maria.conversationId}/merge`, { code: theirs.code });
    expect(refused.status).toBe(409);
    const { sentence } = await errorOf(refused);
    expect(sentence).toContain(mine.code);
    expect(sentence).toContain(theirs.code);
    const own = await yusuf.post(`/conversations/${maria.conversationId}/merge`, { code: mine.code });
    expect((await errorOf(own)).code).toBe('SAME');
    const unknown = await yusuf.post(`/conversations/${maria.conversationId}/merge`, { code: 'BST-ZZZZZZ' });
    expect((await errorOf(unknown)).code).toBe('NO_SUCH_CODE');
  });

  it('makes one merge of two officers who press at once, and undoes the newest of a chain first', async () => {
    const people = [await desk.resident('A'), await desk.resident('B'), await desk.resident('C')] as const;
    const codes: string[] = [];
    for (const [at, one] of people.entries()) {
      codes.push((await one.poursOut('cerita')).code);
      await desk.db.query(`UPDATE resident SET created_at = $2 WHERE id = $1`, [
        one.residentId,
        new Date(desk.clock.now().getTime() - at * 60_000),
      ]);
    }
    const [a, b, c] = people;
    const both = await Promise.all(
      [a, b].map((one, at) =>
        yusuf.post(`/conversations/${one.conversationId}/merge`, { code: codes[at === 0 ? 1 : 0] }),
      ),
    );
    expect(both.map((response) => response.status).toSorted()[0]).toBe(200);
    const standing = await desk.db.query<{ id: string }>(`SELECT id FROM merge`);
    expect(standing.rows).toHaveLength(1);
    const last = await merge(c.conversationId, codes[0] ?? '');
    expect(await ownerOf('address', (await addressOf(a.conversationId)).id)).toBe(c.residentId);
    const first = await yusuf.post(`/merges/${standing.rows[0]?.id}/undo`);
    expect((await errorOf(first)).code).toBe('MERGED_AGAIN');
    for (const id of [last, standing.rows[0]?.id])
      expect((await yusuf.post(`/merges/${id}/undo`)).status).toBe(200);
    for (const one of people)
      expect(await ownerOf('address', (await addressOf(one.conversationId)).id)).toBe(one.residentId);
  });

  it('is for leads, and for chats that they may open', async () => {
    const [maria, other] = [await desk.resident('Maria'), await desk.resident('Maria')];
    const { code } = await other.poursOut('x');
    const rambu = await desk.officer('Rambu Ata');
    const ana = await desk.officer('Ana Benu', 'admin');
    const path = `/conversations/${maria.conversationId}`;
    expect((await errorOf(await rambu.post(`${path}/merge`, { code }))).code).toBe('FORBIDDEN');
    expect((await errorOf(await ana.post(`${path}/merge`, { code }))).code).toBe('NOT_YOURS');
    await maria.waits();
    expect((await ana.post(`${path}/merge`, { code })).status).toBe(200);
  });

  const addressOf = (conversationId: string) =>
    desk.one<{ id: string }>(`SELECT address_id AS id FROM conversation WHERE id = $1`, [conversationId]);

  it('offers to take a merge back where the audit tells of it, as long as it stands', async () => {
    const [maria, other] = [await desk.resident('Maria Bano', 'whatsapp'), await desk.resident('M. Bano')];
    const { code } = await other.poursOut('soal bansos');
    const mergeId = await merge(maria.conversationId, code);
    const offered = async () => {
      const { items } = (await (await yusuf.get('/audit')).json()) as {
        items: { action: string; undoableMerge: string | null }[];
      };
      return items.map(({ action, undoableMerge }) => [action, undoableMerge]);
    };
    expect(await offered()).toContainEqual(['merge_residents', mergeId]);
    expect((await yusuf.post(`/merges/${mergeId}/undo`)).status).toBe(200);
    expect(await offered()).toContainEqual(['undo_merge', null]);
    expect(await offered()).toContainEqual(['merge_residents', null]);
  });
});
