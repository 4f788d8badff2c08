import { beforeEach, expect, it } from 'vitest';
import type { MessageView } from '../../../src/desk/reads/message-view.ts';
import { describeOnEachStore } from '../../support/stores.ts';
import { errorOf, openDesk } from './desk-harness.ts';
import type { Desk } from './desk-harness.ts';

const forged = 'a3bb189e-8bf9-4888-9912-ace4e6543002';

describeOnEachStore('chats at the desk', (store) => {
  let desk: Desk;
  let ana: Awaited<ReturnType<Desk['officer']>>;
  let budi: Awaited<ReturnType<Desk['officer']>>;
  beforeEach(async () => {
    desk = await openDesk(store);
    ana = await desk.officer('Ana Benu');
    budi = await desk.officer('Budi Lay');
  });

  const queueNames = async (): Promise<string[]> => {
    const { items } = (await (await ana.get('/queue')).json()) as { items: { name: string }[] };
    return items.map((item) => item.name);
  };
  const threadOf = async (id: string, query = ''): Promise<{ messages: MessageView[]; hasOlder: boolean }> =>
    (await (await ana.get(`/conversations/${id}/messages${query}`)).json()) as never;

  it('queues danger above all, then who waits longest, and tells no word of what they wrote', async () => {
    for (const [name, priority] of [
      ['Lena', 10],
      ['Maria', 10],
      ['Rini', 0],
    ] as const) {
      const resident = await desk.resident(name);
      await resident.says('rahasia sekali');
      await resident.waits(priority);
      desk.clock.advance(60_000);
    }
    expect(await queueNames()).toEqual(['Rini', 'Lena', 'Maria']);
    expect(await (await ana.get('/queue')).text()).not.toContain('rahasia');
  });

  it('gives a chat to one of two who press at once and tells the other who has it', async () => {
    const maria = await desk.resident();
    await maria.waits();
    const both = await Promise.all(
      [ana, budi].map((officer) => officer.post(`/conversations/${maria.conversationId}/claim`)),
    );
    expect(both.map((response) => response.status).sort()).toEqual([200, 409]);
    const loser = both.find((response) => response.status === 409);
    expect(loser && (await errorOf(loser)).sentence).toMatch(/^Sudah diambil (Ana Benu|Budi Lay)\.$/);
  });

  it('walks a chat from the queue to its end', async () => {
    const maria = await desk.resident();
    const path = `/conversations/${maria.conversationId}`;
    const asked = await maria.says('Apa saya perlu bawa KK?');
    await maria.waits();
    expect((await ana.post(`${path}/messages`, { text: 'Ya', onceKey: 'terlalu-cepat' })).status).toBe(409);
    expect((await ana.post(`${path}/claim`)).status).toBe(200);
    const text = '<b>Ya</b> =HYPERLINK("http://x") \u202E';
    for (let times = 0; times < 2; times += 1) {
      const sent = await ana.post(`${path}/messages`, {
        text,
        onceKey: 'jawaban-satu',
        replyToMessageId: asked,
      });
      expect(sent.status).toBe(200);
    }
    expect((await ana.post(`${path}/notes`, { body: 'Perlu dicek ke Dukcapil' })).status).toBe(200);
    const { messages } = await threadOf(maria.conversationId);
    const said = messages.filter((message) => message.author === 'officer');
    expect(said.map((message) => message.text)).toEqual([
      expect.stringMatching(/^Halo, saya Ana dari/),
      text,
    ]);
    expect(said[1]).toMatchObject({ quotes: asked, status: 'pending', officer: 'Ana Benu' });
    const view = await (await ana.get(path)).json();
    expect(view).toMatchObject({
      owner: 'human',
      notes: [{ body: 'Perlu dicek ke Dukcapil' }],
      may: { write: true },
    });
    expect((await ana.post(`${path}/close`, { word: 'Terima kasih' })).status).toBe(200);
    expect(await queueNames()).toEqual([]);
    // It is the bot's again, so it is nobody's to read.
    expect((await ana.get(path)).status).toBe(403);
  });

  it('hands back to the bot with a line that says so', async () => {
    const maria = await desk.resident();
    await maria.waits();
    await ana.post(`/conversations/${maria.conversationId}/claim`);
    expect((await ana.post(`/conversations/${maria.conversationId}/return`, { word: '' })).status).toBe(200);
    await ana.post(`/conversations/${maria.conversationId}/take`);
    const { messages } = await threadOf(maria.conversationId);
    expect(messages.map((message) => message.text).join('\n')).toMatch(/asisten otomatis/);
  });

  it('keeps a chat from every officer but its holder, and lets the supervisor read but not talk', async () => {
    const maria = await desk.resident();
    await maria.says('hanya untuk Ana');
    await maria.waits();
    const path = `/conversations/${maria.conversationId}`;
    await ana.post(`${path}/claim`);
    for (const [method, tail, body] of [
      ['get', '', null],
      ['get', '/messages', null],
      ['post', '/messages', { text: 'x', onceKey: 'tidak-boleh' }],
      ['post', '/notes', { body: 'x' }],
      ['post', '/close', { word: '' }],
      ['post', '/return', { word: '' }],
      ['post', '/transfer', { toOfficerId: null, note: '' }],
      ['post', '/reveal', {}],
      ['post', '/typing', {}],
    ] as const) {
      const response = method === 'get' ? await budi.get(path + tail) : await budi.post(path + tail, body);
      expect([tail, response.status]).toEqual([tail, 403]);
    }
    const yusuf = await desk.officer('Yusuf', 'supervisor');
    expect((await yusuf.get(`${path}/messages`)).status).toBe(200);
    expect((await yusuf.post(`${path}/messages`, { text: 'x', onceKey: 'tidak-boleh' })).status).toBe(403);
    expect((await yusuf.post(`${path}/close`, { word: '' })).status).toBe(200);
  });

  it('answers forged ids with 404 everywhere', async () => {
    for (const tail of ['/claim', '/take', '/close', '/return', '/reveal', '/typing'])
      expect((await ana.post(`/conversations/${forged}${tail}`, { word: '' })).status).toBe(404);
    for (const path of [`/conversations/${forged}`, `/concerns/${forged}`, `/files/${forged}`])
      expect((await ana.get(path)).status).toBe(404);
    for (const path of [
      `/messages/${forged}/retry`,
      `/alerts/${forged}/acknowledge`,
      `/concerns/${forged}/take`,
    ])
      expect((await ana.post(path)).status).toBe(404);
    expect((await ana.post(`/bookings/${forged}/mark`, { from: 'booked', to: 'arrived' })).status).toBe(404);
  });

  it('quotes only a message of the same chat', async () => {
    const [maria, lena] = [await desk.resident('Maria'), await desk.resident('Lena')];
    const foreign = await lena.says('rahasia Lena');
    await maria.waits();
    await ana.post(`/conversations/${maria.conversationId}/claim`);
    await ana.post(`/conversations/${maria.conversationId}/messages`, {
      text: 'Halo',
      onceKey: 'kutipan-asing',
      replyToMessageId: foreign,
    });
    const { messages } = await threadOf(maria.conversationId);
    expect(messages.at(-1)?.quotes).toBeNull();
  });

  it('records each reading and each look at a number, once a quarter of an hour', async () => {
    const maria = await desk.resident();
    await maria.waits();
    const path = `/conversations/${maria.conversationId}`;
    for (let times = 0; times < 3; times += 1) await ana.get(`${path}/messages`);
    await budi.get(path);
    desk.clock.advance(16 * 60_000);
    await ana.get(path);
    const revealed = await ana.post(`${path}/reveal`);
    expect(await revealed.json()).toEqual({ channel: 'telegram', kind: 'chat', value: maria.addressValue });
    const { rows } = await desk.db.query<{ action: string; name: string }>(
      `SELECT x.action, o.name FROM audit x JOIN officer o ON o.id = x.officer_id ORDER BY x.id`,
    );
    expect(rows.map((row) => `${row.name} ${row.action}`)).toEqual([
      'Ana Benu read_conversation',
      'Budi Lay read_conversation',
      'Ana Benu read_conversation',
      'Ana Benu reveal_address',
    ]);
  });

  it('shows an edit with what stood there before, and a deletion as one', async () => {
    const maria = await desk.resident();
    const first = await maria.says('jam 9');
    await maria.says({ kind: 'edit', messageRef: 'x', text: 'jam 10' }, { about: first });
    await maria.says({ kind: 'edit', messageRef: 'x', text: 'jam 11' }, { about: first });
    const second = await maria.says('salah kirim');
    await maria.says({ kind: 'delete', messageRef: 'y' }, { about: second });
    await desk.db.query(`UPDATE message SET deleted_at = $2 WHERE id = $1`, [second, desk.clock.now()]);
    await maria.waits();
    const { messages } = await threadOf(maria.conversationId);
    expect(messages).toHaveLength(2);
    expect(messages[0]).toMatchObject({ text: 'jam 11', earlier: ['jam 9', 'jam 10'], isEdited: true });
    expect(messages[1]).toMatchObject({ text: 'salah kirim', isDeleted: true });
  });

  it('pages a long thread without a gap', async () => {
    const maria = await desk.resident();
    await maria.waits();
    for (let n = 0; n < 170; n += 1) await maria.says(`pesan ${n}`);
    const seen: string[] = [];
    let query = '';
    for (;;) {
      const page = await threadOf(maria.conversationId, query);
      seen.unshift(...page.messages.map((message) => message.text ?? ''));
      if (!page.hasOlder) break;
      query = `?before=${page.messages[0]?.seq}`;
    }
    expect(seen).toEqual(Array.from({ length: 170 }, (_, n) => `pesan ${n}`));
  });

  it('really sends a failed message again, and takes it off the red list', async () => {
    const maria = await desk.resident();
    await maria.waits();
    await ana.post(`/conversations/${maria.conversationId}/claim`);
    const failed = await desk.one<{ id: string }>(
      `UPDATE message SET status = 'undeliverable', failure = 'diblokir', attempts = 3 WHERE author = 'officer' RETURNING id`,
    );
    await desk.db.query(`UPDATE address SET unreachable_at = $1`, [desk.clock.now()]);
    const listed = (await (await ana.get('/unsent')).json()) as { items: { id: string; sentence: string }[] };
    expect(listed.items).toMatchObject([
      { id: failed.id, sentence: expect.stringMatching(/Hubungi orang ini/) },
    ]);
    desk.bells.length = 0;
    expect((await ana.post(`/messages/${failed.id}/retry`)).status).toBe(200);
    expect(desk.bells).toEqual([{ kind: 'deliver', conversationId: maria.conversationId }]);
    expect(await desk.one(`SELECT status, failure FROM message WHERE id = $1`, [failed.id])).toEqual({
      status: 'pending',
      failure: null,
    });
    await desk.db.query(`UPDATE message SET status = 'read' WHERE id = $1`, [failed.id]);
    const again = await ana.post(`/messages/${failed.id}/retry`);
    expect(again.status).toBe(409);
  });

  it('acknowledges danger once and tells the second who did', async () => {
    const rini = await desk.resident('Rini');
    const alertId = await rini.alarms();
    await rini.alarms();
    // One call for help is one line, however often it was said.
    expect(await (await ana.get('/alerts')).json()).toMatchObject({ items: [{ id: alertId, signs: 2 }] });
    const both = await Promise.all(
      [ana, budi].map((officer) => officer.post(`/alerts/${alertId}/acknowledge`)),
    );
    const bodies = (await Promise.all(both.map((response) => response.json()))) as {
      acknowledgedBy: string | null;
    }[];
    expect(bodies.filter((body) => body.acknowledgedBy === null)).toHaveLength(1);
    expect(bodies.find((body) => body.acknowledgedBy !== null)?.acknowledgedBy).toMatch(/Ana Benu|Budi Lay/);
    expect(await (await ana.get('/alerts')).json()).toEqual({ items: [] });
  });

  it('takes an alarm down as false: for who may read the chat, with an audit, out of the head of the queue', async () => {
    const rini = await desk.resident('Rini');
    await rini.waits(0);
    const alertId = await rini.alarms();
    await desk.db.query(`UPDATE danger_alert SET next_page_at = $1`, [desk.clock.now()]);
    const path = `/alerts/${alertId}/dismiss`;
    expect((await ana.post('/alerts/00000000-0000-0000-0000-000000000000/dismiss')).status).toBe(404);
    expect((await ana.post(path)).status).toBe(200);
    expect((await ana.post(path)).status).toBe(200);
    expect(await (await ana.get('/alerts')).json()).toEqual({ items: [] });
    const { items } = (await (await ana.get('/queue')).json()) as { items: unknown[] };
    expect(items).toMatchObject([
      { isDanger: false, danger: null, reason: 'not_understood', status: 'waiting' },
    ]);
    const view = (await (await ana.get(`/conversations/${rini.conversationId}`)).json()) as {
      alerts: unknown[];
    };
    expect(view.alerts).toMatchObject([{ isFalse: true, acknowledgedBy: 'Ana Benu' }]);
    expect(
      await desk.one(
        `SELECT count(*)::int AS count, max(subject_id) AS of FROM audit WHERE action = 'dismiss_alert'`,
      ),
    ).toEqual({ count: 1, of: alertId });
    expect(await desk.one(`SELECT next_page_at FROM danger_alert`)).toEqual({ next_page_at: null });
    // Whoever may not read the words cannot say what is in them.
    await ana.post(`/conversations/${rini.conversationId}/claim`);
    const again = await rini.alarms('tinggi');
    expect((await budi.post(`/alerts/${again}/dismiss`)).status).toBe(403);
    expect((await ana.post(`/alerts/${again}/dismiss`)).status).toBe(200);
  });
});
