import { expect, it } from 'vitest';
import { officerIn } from '../../support/officer.ts';
import { openRoom } from '../../support/room.ts';
import { describeOnEachStore } from '../../support/stores.ts';

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
});
