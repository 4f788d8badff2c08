import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadWords } from '../../../flows/words/load-words.ts';
import { converse } from '../../../src/conversation/converse.ts';
import { createReceiver } from '../../../src/conversation/receive.ts';
import { projectFolder } from '../../../src/ops/project-folder.ts';
import { loadRoomFacts } from '../../../src/store/room-facts.ts';
import type { SendResult } from '../../../bots/channel.ts';
import type { Resident } from '../../support/resident.ts';
import { openRoom } from '../../support/room.ts';
import type { RoomUnderTest } from '../../support/room.ts';
import { describeOnEachStore } from '../../support/stores.ts';

/** Stores a message and goes no further, as a process that dies right after the commit. */
async function receiveAndDie(room: RoomUnderTest, resident: Resident, text: string): Promise<void> {
  resident.looksAway();
  const { db, vault, clock } = room;
  const never = () => Promise.reject(new Error('no file comes here'));
  await createReceiver({ db, vault, clock, keepFile: never })(resident.inbound({ kind: 'text', text }));
}

/** Takes the oldest message in and goes no further: the replies are claimed, and nobody sends them. */
async function converseAndDie(room: RoomUnderTest, resident: Resident): Promise<void> {
  const conversationId = await room.conversationOf(resident);
  const facts = await loadRoomFacts(room.db);
  const words = loadWords(join(projectFolder(), 'flows', 'words'));
  await room.app.transact((tx) =>
    converse(tx, { facts, words, holds: () => true, callWays: [] }, conversationId),
  );
}

/** A promise and the way to settle it. */
function pending<T>(): { promise: Promise<T>; settle: (value: T) => void } {
  let settle: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => (settle = resolve));
  return { promise, settle };
}

describeOnEachStore('a process that dies', (store) => {
  it('after the message was stored: the next one takes it in, once', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await receiveAndDie(room, ana, '/pesan senin jam 9');
    await receiveAndDie(room, ana, 'ya');
    await room.restarts();
    await room.passes('2026-11-24T10:00:05+08:00');
    ana.sees(/Jadwal Anda tercatat/);
    await room.passes('2026-11-24T10:00:10+08:00');
    expect(ana.received().filter((message) => message.kind === 'venue')).toHaveLength(1);
    expect(await room.rows(`SELECT 1 FROM booking`)).toHaveLength(1);
  });

  it('after the step was committed: its replies are sent, and it is not taken twice', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('/pesan senin jam 9');
    await receiveAndDie(room, ana, 'ya');
    await converseAndDie(room, ana);
    await room.restarts();
    await room.passes('2026-11-24T10:01:05+08:00');
    ana.sees(/Jadwal Anda tercatat/, /\(venue\)/, /\(file\)/);
    await room.passes('2026-11-24T10:03:00+08:00');
    expect(ana.news()).toHaveLength(3);
    await ana.says('/status').sees(/BST-/);
  });

  it('while sending: the rest goes out in order, and only the one in flight may come twice', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('/pesan senin jam 9');
    ana.looksAway();
    // The first reply reached the platform, but not our record of it; the venue never left.
    const hanging = pending<SendResult>();
    room.telegram.willAnswer({ ok: true, messageRef: 'first' }, hanging.promise);
    await room.telegram.receive(ana.inbound({ kind: 'text', text: 'ya' }));
    await until(() => room.telegram.triedTo(ana.chat).at(-1)?.kind === 'venue');
    await room.db.query(
      `UPDATE message SET status = 'sending', claimed_until = $1
        WHERE id = (SELECT id FROM message WHERE direction = 'out' AND status = 'sent' ORDER BY seq DESC LIMIT 1)`,
      [new Date(room.clock.now().getTime() + 60_000)],
    );
    await room.restarts({ killed: true });
    await room.passes('2026-11-24T10:01:05+08:00');
    await room.passes('2026-11-24T10:01:10+08:00');
    const kinds = ana
      .received()
      .slice(-4)
      .map((message) => message.kind);
    expect(kinds).toEqual(['text', 'text', 'venue', 'file']);
    expect(await room.rows(`SELECT 1 FROM message WHERE status IN ('pending', 'sending')`)).toEqual([]);
    expect(await room.rows(`SELECT 1 FROM booking`)).toHaveLength(1);
    // The dead process lets go only now, so that the test can end; it changes nothing any more.
    hanging.settle({ ok: false, outcome: 'unknown', reason: 'it was dead' });
    await room.settles();
    expect(await room.rows(`SELECT 1 FROM message WHERE status <> 'sent'`)).toEqual([]);
  });

  it('while a slow platform takes a reply: danger is heard at once, and its help goes next', async () => {
    const room = await openRoom(store, { officerChatId: '-100500' });
    const ana = await room.resident().agrees();
    ana.looksAway();
    const hanging = pending<SendResult>();
    room.telegram.willAnswer(hanging.promise);
    await room.telegram.receive(ana.inbound({ kind: 'text', text: '/pesan senin jam 9' }));
    await until(() => room.telegram.triedTo(ana.chat).at(-1)?.kind === 'text');
    await room.telegram.receive(ana.inbound({ kind: 'text', text: '/status' }));
    await room.telegram.receive(ana.inbound({ kind: 'text', text: 'saya mau bunuh diri' }));
    await until(async () => (await room.rows(`SELECT 1 FROM danger_alert`)).length === 1);
    await until(() => room.telegram.sentTo('-100500').length > 0);
    ana.seesNothing();
    hanging.settle({ ok: true, messageRef: 'slow' });
    await room.settles();
    const texts = ana.news();
    expect(texts[0]).toMatch(/Saya pesankan/);
    expect(texts[1]).toMatch(/tidak harus menanggungnya sendiri/);
    expect(texts[2]).toMatch(/tercatat|Belum ada jadwal/);
    expect(await room.rows(`SELECT 1 FROM message WHERE status IN ('pending', 'sending')`)).toEqual([]);
  });

  it('with every job in the queue lost: the sweep finds notices, silences, files, alerts and retries', async () => {
    const room = await openRoom(store, { officerChatId: '-100500' });
    const [ana, budi, citra] = [room.resident(), room.resident(), room.resident()];
    for (const one of [ana, budi, citra]) await one.agrees();
    await ana.books(/Rabu, 25 November/, '10.00');
    await budi.says('/curhat');
    await budi.says('cerita yang belum selesai');
    room.telegram.willAnswer({ ok: false, outcome: 'retry', reason: 'status 500' });
    await citra.says('/status').seesNothing();
    await receiveAndDie(room, citra, 'saya mau bunuh diri');
    // No worker runs in this room, so whatever was rung for waits in the queue; here it is gone.
    await room.restarts();
    for (const one of [ana, budi]) one.looksAway();
    await room.passes('2026-11-24T10:00:10+08:00');
    citra.sees(/Belum ada jadwal/, /tidak harus menanggungnya sendiri/);
    expect(room.telegram.sentTo('-100500')).toHaveLength(1);
    await room.passes('2026-11-24T18:00:00+08:00');
    ana.sees(/besok Anda punya jadwal/);
    budi.sees(/Ini soal apa/);
  });

  it('takes a message in under a fresh look after it waited for the lock', async () => {
    const room = await openRoom(store);
    if (store.name === 'embedded') return; // One connection: nothing there waits for a lock.
    const ana = room.resident();
    await ana.says('/start');
    const conversationId = await room.conversationOf(ana);
    const held = pending<void>();
    const go = pending<void>();
    const other = room.app.transact(async (tx) => {
      await tx.query(`SELECT 1 FROM conversation WHERE id = $1 FOR NO KEY UPDATE`, [conversationId]);
      await tx.query(
        `INSERT INTO consent (resident_id, text_version, text_hash, channel, given_at)
         SELECT resident_id, '1.id', 'x', 'telegram', $1 FROM address`,
        [tx.now],
      );
      held.settle();
      await go.promise;
    });
    await held.promise;
    // Comes in while another process holds the lock, and is stored without waiting for it.
    await room.telegram.receive(ana.inbound({ kind: 'text', text: '/status' }));
    await until(async () => (await waiters(room)) > 0);
    go.settle();
    await other;
    await room.settles();
    ana.sees(/Belum ada jadwal/);
  });
});

async function waiters(room: RoomUnderTest): Promise<number> {
  const [row] = await room.rows<{ count: number }>(
    `SELECT count(*) AS count FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
  );
  return row?.count ?? 0;
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve));
}
