import { expect, it, vi } from 'vitest';
import type { OutboundReady, SendResult } from '../../../bots/channel.ts';
import { readUnsent } from '../../../src/desk/reads/unsent.ts';
import type { Room } from '../../../src/domain/room.ts';
import { deskIn } from '../../support/desk-in.ts';
import { officerIn } from '../../support/officer.ts';
import { openRoom } from '../../support/room.ts';
import { describeOnEachStore } from '../../support/stores.ts';

const textOf = (message: OutboundReady | undefined) => (message?.kind === 'text' ? message.text : '');
const refused = { ok: false, outcome: 'refused', reason: 'bad request' } as const;
const unknown = { ok: false, outcome: 'unknown', reason: 'timeout' } as const;
const blocked = { ok: false, outcome: 'unreachable', reason: 'blocked' } as const;
const tooMany = { ok: false, outcome: 'retry', reason: 'too many', retryAfterMs: 30_000 } as const;
const broken = { ok: false, outcome: 'retry', reason: 'status 500' } as const;

describeOnEachStore('deliver', (store) => {
  it('waits as long as the platform says, and keeps the order', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    room.telegram.willAnswer(tooMany);
    await ana.says('/pesan senin jam 9').seesNothing();
    await ana.says('ya').seesNothing();
    ana.looksAway();
    await room.passes('2026-11-24T10:00:29+08:00');
    ana.seesNothing();
    room.telegram.willAnswer(broken, broken);
    await room.passes('2026-11-24T10:00:34+08:00');
    await room.passes('2026-11-24T10:00:40+08:00');
    ana.seesNothing();
    await room.passes('2026-11-24T10:01:10+08:00');
    const texts = ana.news();
    expect(texts[0]).toMatch(/Saya pesankan/);
    expect(texts[1]).toMatch(/Jadwal Anda tercatat/);
    expect(texts.slice(2)).toEqual(['(venue)', '(file)']);
    expect(room.telegram.mostInFlight()).toBe(1);
    expect(await room.rows(`SELECT outcome FROM delivery_attempt WHERE outcome = 'retry'`)).toHaveLength(3);
  });

  it('gives up what is stored and cannot be opened, says so at the desk, and sends what waits behind it', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    room.telegram.willAnswer(broken);
    await ana.says('/status').seesNothing();
    await ana.says('/bahasa').seesNothing();
    ana.looksAway();
    await room.rows(
      `UPDATE message SET content_sealed = '\\x00'
        WHERE id = (SELECT id FROM message WHERE status = 'pending' ORDER BY seq LIMIT 1)`,
    );
    await room.passes('2026-11-24T10:00:10+08:00');
    ana.sees(/Which language/);
    expect(ana.news()).toHaveLength(1);
    expect(await room.rows(`SELECT failure FROM message WHERE status = 'failed'`)).toEqual([
      { failure: 'refused: it cannot be opened' },
    ]);
    expect(await room.rows(`SELECT 1 FROM message WHERE status IN ('pending', 'sending')`)).toEqual([]);
  });

  it('never sends again what may have been sent, nor what is refused; what follows goes on at once', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('/pesan senin jam 9');
    room.telegram.willAnswer(unknown);
    await ana.says('ya').sees(/\(venue\)/, /\(file\)/);
    ana.seesNoneOf(/Jadwal Anda tercatat/);
    room.telegram.willAnswer(refused);
    await ana.says('/status').seesNothing();
    room.telegram.willAnswer(new TypeError('a bug of the channel'));
    await ana.says('/status').seesNothing();
    await room.passes('2026-11-24T10:30:00+08:00');
    await room.passes('2026-11-25T10:30:00+08:00');
    ana.seesNothing();
    await ana.says('/status').sees(/BST-/);
    const failed = await room.rows<{ failure: string }>(
      `SELECT failure FROM message WHERE status = 'failed' ORDER BY seq`,
    );
    expect(failed.map(({ failure }) => failure.split(':')[0])).toEqual(['unknown', 'refused', 'unknown']);
  });

  it('sends help for somebody in danger again where its fate is unknown, thrice at most', async () => {
    const room = await openRoom(store, { now: '2026-11-27T23:00:00+08:00' });
    const ana = room.resident();
    room.telegram.willAnswer(unknown, new TypeError('a bug of the channel'));
    await ana.says('suami saya pukul saya sampai berdarah, tolong').seesNothing();
    await room.passes('2026-11-27T23:00:09+08:00');
    ana.seesNothing();
    await room.passes('2026-11-27T23:00:43+08:00');
    ana.sees(/SAPA 129/);
    await room.passes('2026-11-27T23:30:00+08:00');
    expect(room.telegram.triedTo(ana.chat)).toHaveLength(3);
    expect(ana.received()).toHaveLength(1);

    const budi = room.resident();
    room.telegram.willAnswer(unknown, unknown, unknown);
    await budi.says('saya mau bunuh diri malam ini').seesNothing();
    for (const at of ['23:30:09', '23:30:43', '23:40:00', '23:59:00'])
      await room.passes(`2026-11-27T${at}+08:00`);
    expect(room.telegram.triedTo(budi.chat)).toHaveLength(3);
    expect(await room.rows(`SELECT attempts, is_urgent FROM message WHERE status = 'failed'`)).toEqual([
      { attempts: 3, is_urgent: true },
    ]);
    // A new cry has its own answer, at once.
    await budi.says('suami saya pukul saya sampai berdarah').sees(/SAPA 129/);
  });

  it('leaves help alone of which the platform will still tell', async () => {
    const room = await openRoom(store);
    const ana = room.resident();
    room.telegram.willAnswer({ ...unknown, messageRef: 'in the outbox' });
    await ana.says('suami saya pukul saya sampai berdarah, tolong').seesNothing();
    await room.passes('2026-11-24T10:10:00+08:00');
    expect(room.telegram.triedTo(ana.chat)).toHaveLength(1);
  });

  it('gives up on who blocked the bot, and reaches them again once they write', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('/pesan senin jam 9');
    room.telegram.willAnswer(blocked);
    await ana.says('ya').seesNothing();
    const statuses = () =>
      room.rows(
        `SELECT status, count(*) AS count FROM message WHERE status IN ('undeliverable', 'pending', 'sending') GROUP BY status`,
      );
    expect(await statuses()).toEqual([{ status: 'undeliverable', count: 3 }]);
    const unreachable = () =>
      room.rows(`SELECT unreachable_at FROM address WHERE unreachable_at IS NOT NULL`);
    expect(await unreachable()).toHaveLength(1);
    await room.passes('2026-11-24T11:00:00+08:00');
    expect(room.telegram.triedTo(ana.chat).length).toBe(ana.received().length + 1);
    await ana.says('/status').sees(/BST-/);
    expect(await unreachable()).toEqual([]);
    await ana.sends({ kind: 'reachability', reachable: false }).seesNothing();
    expect(await unreachable()).toHaveLength(1);
    await ana.sends({ kind: 'reachability', reachable: true }).seesNothing();
    expect(await unreachable()).toEqual([]);
  });

  it('waits outside the reply window for the next word, and then sends all in order', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    const maria = await officerIn(room);
    await maria.takes(ana);
    room.telegram.willAnswer({ ok: false, outcome: 'window_closed', reason: '24 hours' });
    await maria.tells(ana, 'Berkasnya sudah jadi.');
    ana.seesNothing();
    await room.passes('2026-11-24T13:00:00+08:00');
    ana.seesNothing();
    await ana.says('halo bu').sees(/Berkasnya sudah jadi/);
  });

  it('splits what an officer writes at length, with nothing cut off', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    const maria = await officerIn(room);
    const concern = await ana.poursOut('soal akta kelahiran anak saya');
    await maria.takesConcern(concern);
    const word = Array.from({ length: 900 }, (_, at) => `Langkah ${at + 1} harus diurus.`).join(' ');
    ana.looksAway();
    await maria.answers(concern, word);
    const parts = ana.news().filter((text) => text.includes('Langkah'));
    expect(parts.length).toBeGreaterThan(4);
    for (const part of parts) expect(part.length).toBeLessThanOrEqual(4096);
    expect(parts.join(' ')).toBe(word);
  });

  it('moves a status only forward', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('/bantuan');
    const messageRef = room.telegram.lastRefTo(ana.chat) ?? '';
    const [{ id } = { id: '' }] = await room.rows<{ id: string }>(
      `SELECT id FROM message WHERE direction = 'out' ORDER BY seq DESC LIMIT 1`,
    );
    const seen: unknown[] = [];
    for (const status of ['delivered', 'read', 'delivered', 'sent', 'failed'] as const) {
      await room.telegram.sink().status({ channel: 'telegram', messageRef, status });
      seen.push(
        (await room.rows<{ status: string }>(`SELECT status FROM message WHERE id = $1`, [id]))[0]?.status,
      );
    }
    expect(seen).toEqual(['delivered', 'read', 'read', 'read', 'read']);
    await room.telegram.sink().status({ channel: 'telegram', messageRef: 'unheard-of', status: 'read' });
  });

  it('learns from a later tick what became of a message whose fate was unknown', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    room.telegram.willAnswer({ ...unknown, messageRef: 'maybe-1' });
    await ana.says('/bantuan').seesNothing();
    const last = async () =>
      (
        await room.rows<{ status: string; failure: string | null }>(
          `SELECT status, failure FROM message WHERE direction = 'out' ORDER BY seq DESC LIMIT 1`,
        )
      )[0];
    expect(await last()).toEqual({ status: 'failed', failure: 'unknown: timeout' });
    const tick = (status: 'sent' | 'read') =>
      room.telegram.sink().status({ channel: 'telegram', messageRef: 'maybe-1', status });
    await tick('sent');
    expect(await last()).toEqual({ status: 'sent', failure: null });
    await tick('read');
    expect(await last()).toEqual({ status: 'read', failure: null });
  });

  it('waits for tomorrow under the ceiling of a day, and goes at once when the ceiling is raised', async () => {
    const room = await openRoom(store, { roles: ['web'] });
    const ana = await room.resident().agrees();
    let desk = await deskIn(room);
    const ceiling = (until: string) =>
      ({ ok: false, outcome: 'ceiling', reason: 'enough for a day', until: new Date(until) }) as const;
    room.telegram.willAnswer(ceiling('2026-11-25T07:00:00+08:00'));
    await ana.says('/bantuan').seesNothing();
    await ana.says('/status').seesNothing();
    await room.passes('2026-11-24T10:30:00+08:00');
    ana.seesNothing();
    const heldBack = async () => {
      type Channels = { items: { name: string; heldBack: string | null }[] };
      const { items } = await desk.get<Channels>('/channels');
      return items.find(({ name }) => name === 'telegram')?.heldBack;
    };
    expect(await heldBack()).toMatch(/2 pesan menunggu sampai Rabu, 25 November 2026, 07\.00 WITA/);
    expect(await readUnsent({ db: room.db, vault: room.vault, clock: room.clock })).toMatchObject([
      { attempts: 0, sentence: expect.stringMatching(/Terkirim sendiri besok/) },
      {},
    ]);
    await room.passes('2026-11-25T06:59:59+08:00');
    ana.seesNothing();
    await room.passes('2026-11-25T07:00:05+08:00');
    expect(ana.news()).toHaveLength(2);
    desk = await deskIn(room, 'admin', 'Yanti Lay');
    expect(await heldBack()).toBeNull();

    room.telegram.willAnswer(ceiling('2026-11-26T07:00:00+08:00'));
    await ana.says('/bantuan').seesNothing();
    const { room: settings, seenAt } = await desk.get<{ room: Room; seenAt: string | null }>('/room');
    await desk.post('/room', {
      room: { ...settings, whatsappPace: { ...settings.whatsappPace, dailyCeiling: 2000 } },
      seenAt,
    });
    await room.passes('2026-11-25T07:00:10+08:00');
    ana.sees(/./);
    expect(await heldBack()).toBeNull();
  });

  it('sends help in danger before all that waits', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    const until = new Date('2026-11-24T12:00:00+08:00');
    room.telegram.willAnswer({ ok: false, outcome: 'ceiling', reason: 'enough for a day', until });
    await ana.says('/bantuan').seesNothing();
    await ana.says('saya mau bunuh diri').sees(/aman/);
    const last = room.telegram.sentTo(ana.chat).at(-1);
    expect(last).toMatchObject({ kind: 'text', isUrgent: true });
    // It overtook; what waited still waits, and comes in its order.
    ana.looksAway();
    await room.passes('2026-11-24T12:00:05+08:00');
    ana.sees(/\/pesan/);
    expect(await room.rows(`SELECT 1 FROM message WHERE is_urgent AND status = 'sent'`)).toHaveLength(1);
  });

  it('does not overtake a message that is on its way', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    const maria = await officerIn(room);
    await maria.takes(ana);
    let arrive = (_result: SendResult) => {};
    room.telegram.willAnswer(new Promise((resolve) => (arrive = resolve)));
    const telling = maria.tells(ana, 'Selamat pagi.');
    await vi.waitUntil(() => textOf(room.telegram.triedTo(ana.chat).at(-1)) === 'Selamat pagi.');
    const crying = ana.deliver({ kind: 'text', text: 'saya mau bunuh diri' });
    await vi.waitUntil(
      async () =>
        (await room.rows(`SELECT 1 FROM message WHERE direction = 'in' AND processed_at IS NULL`)).length > 0,
    );
    arrive({ ok: true, messageRef: 'slow' });
    await Promise.all([telling, crying]);
    await room.settles();
    expect(room.telegram.mostInFlight()).toBe(1);
    const texts = room.telegram.sentTo(ana.chat).map(textOf);
    expect(texts.at(-2)).toBe('Selamat pagi.');
    expect(texts.at(-1)).toMatch(/aman/);
  });

  it('does not send a second time what its own channel is still at, however long that takes', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.books(/Senin, 30 November/, '09.00');
    const before = room.telegram.triedTo(ana.chat).length;
    let arrive = (_result: SendResult) => {};
    room.telegram.willAnswer(new Promise((resolve) => (arrive = resolve)));
    room.clock.set('2026-11-29T18:00:00+08:00');
    const sweeping = room.app.sweep();
    await vi.waitUntil(() => room.telegram.triedTo(ana.chat).length > before);
    // The claim has long run out.
    room.clock.advance(10 * 60_000);
    await room.app.pipeline.look(await room.conversationOf(ana));
    arrive({ ok: true, messageRef: 'slow' });
    await sweeping;
    await room.settles();
    expect(room.telegram.triedTo(ana.chat)).toHaveLength(before + 1);
    expect(await room.rows(`SELECT 1 FROM message WHERE status IN ('pending', 'sending')`)).toEqual([]);
  });
});
