import { expect, it } from 'vitest';
import { transferHandoff } from '../../../src/actions/transfer-handoff.ts';
import { walkQueue } from '../../../src/actions/walk-queue.ts';
import { openDatabase } from '../../../src/store/open-database.ts';
import { loadRoomFacts } from '../../../src/store/room-facts.ts';
import { colleagueIn, offeredTo } from '../../support/duty.ts';
import { officerIn } from '../../support/officer.ts';
import type { Resident } from '../../support/resident.ts';
import { openRoom } from '../../support/room.ts';
import type { RoomUnderTest } from '../../support/room.ts';
import { describeOnEachStore } from '../../support/stores.ts';

/** A Wednesday of the room. */
const morning = '2026-11-25T09:00:00+08:00';

describeOnEachStore('chats that wait for an officer', (store) => {
  const levelOf = async (room: RoomUnderTest) =>
    (
      await room.rows<{ level: number }>(`SELECT climb_level AS level FROM handoff ORDER BY requested_at`)
    ).map(({ level }) => level);
  const calledFor = (room: RoomUnderTest) =>
    room.rows<{ name: string; step: number }>(
      `SELECT o.name, p.step FROM page p JOIN officer o ON o.id = p.officer_id WHERE p.handoff_id IS NOT NULL
        ORDER BY p.due_at, p.step, o.name`,
    );

  it('are in the order of the rule, and rise when a later fact lifts them', async () => {
    const room = await openRoom(store, { now: morning });
    const people: Resident[] = [];
    for (let n = 0; n < 4; n += 1) {
      const resident = await room.resident().agrees();
      await resident.says('/petugas');
      people.push(resident);
      room.clock.advance(60_000);
    }
    const [first, second, third, fourth] = people;
    const order = async () => {
      const rows = await room.rows<{ id: string }>(
        `SELECT conversation_id AS id FROM handoff ORDER BY priority, requested_at, id`,
      );
      const ids = await Promise.all(people.map((one) => room.conversationOf(one)));
      return rows.map(({ id }) => ids.indexOf(id));
    };
    expect(await order()).toEqual([0, 1, 2, 3]);
    await fourth?.says('saya mau bunuh diri');
    expect(await order()).toEqual([3, 0, 1, 2]);
    await third?.books(/Rabu, 25 November/, '10.30');
    await room.passes('2026-11-25T09:05:00+08:00');
    expect(await order()).toEqual([3, 2, 0, 1]);
    await room.rows(
      `INSERT INTO concern (code, resident_id, status, category, created_at)
       SELECT 'CRH-AAAAAA', a.resident_id, 'new', 'perlindungan_perempuan_anak', now()
         FROM conversation c JOIN address a ON a.id = c.address_id WHERE c.id = $1`,
      [second ? await room.conversationOf(second) : ''],
    );
    await room.passes('2026-11-25T09:06:00+08:00');
    expect(await order()).toEqual([3, 1, 2, 0]);
    expect(first?.name).toBeDefined();
  });

  it('rise on the morning of the visit', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.books(/Rabu, 25 November/, '10.30');
    await ana.says('/petugas');
    await room.passes('2026-11-24T23:59:00+08:00');
    expect(await room.rows(`SELECT priority FROM handoff`)).toEqual([{ priority: 10 }]);
    await room.passes('2026-11-25T00:00:10+08:00');
    expect(await room.rows(`SELECT priority FROM handoff`)).toEqual([{ priority: 5 }]);
  });

  it('are offered round and round, one officer at a time, within what each can hold', async () => {
    const room = await openRoom(store, { now: morning });
    const maria = await colleagueIn(room, 'Maria', { capacity: 2 });
    await colleagueIn(room, 'Yusuf', { capacity: 1 });
    await colleagueIn(room, 'Gone', { isAway: true });
    await colleagueIn(room, 'Boss', { role: 'supervisor' });
    await colleagueIn(room, 'Health', { skills: ['kesehatan'], capacity: 0 });
    const residents = [];
    for (let n = 0; n < 4; n += 1) {
      const resident = await room.resident().agrees();
      await resident.says('/petugas');
      residents.push(resident);
      room.clock.advance(1_000);
    }
    const offers = await Promise.all(residents.map((one) => offeredTo(room, one)));
    expect(offers.slice(0, 3).toSorted()).toEqual(['Maria', 'Maria', 'Yusuf']);
    expect(offers[3]).toBeNull();
    // Who closes a chat is asked for the next at once.
    const mine = residents[offers.indexOf('Maria')];
    if (mine) expect(await maria.claims(mine)).toBe('claimed');
    expect(await maria.passes(residents[offers.lastIndexOf('Maria')] ?? room.resident())).toBe('passed');
    expect(residents[3] && (await offeredTo(room, residents[3]))).toBe('Maria');
  });

  it('go to the next when an offer runs out, is passed or its officer leaves; nobody left, to the supervisors', async () => {
    const room = await openRoom(store, { now: morning });
    const [maria, yusuf, rambu] = [
      await colleagueIn(room, 'Maria'),
      await colleagueIn(room, 'Yusuf'),
      await colleagueIn(room, 'Rambu'),
    ];
    await colleagueIn(room, 'Lead', { role: 'supervisor', contacts: { telegram: 'lead' } });
    const ana = await room.resident().agrees();
    await ana.says('/petugas');
    const asked: (string | null)[] = [];
    const everybody = [maria, yusuf, rambu];
    const now = async () => {
      const name = await offeredTo(room, ana);
      asked.push(name);
      return everybody.find((one) => one.name === name);
    };
    expect(await (await now())?.passes(ana)).toBe('passed');
    await now();
    await room.passes('2026-11-25T09:01:59+08:00');
    expect(await offeredTo(room, ana)).toBe(asked[1]);
    await room.passes('2026-11-25T09:02:01+08:00');
    const last = await now();
    expect(asked.toSorted()).toEqual(['Maria', 'Rambu', 'Yusuf']);
    expect(await levelOf(room)).toEqual([0]);
    await last?.passes(ana);
    expect(await offeredTo(room, ana)).toBeNull();
    expect(await levelOf(room)).toEqual([1]);
    expect(await calledFor(room)).toEqual([{ name: 'Lead', step: 1 }]);
    expect(room.telegram.sentTo('lead')).toHaveLength(1);
    expect(JSON.stringify(room.telegram.sentTo('lead'))).toMatch(/belum ada petugas[\s\S]*\/desk\/antrean/);
    // Passing what is over changes nothing.
    expect(await last?.passes(ana)).toBe('over');
  });

  it('are not offered to somebody whose desk has given no sign for five minutes', async () => {
    const room = await openRoom(store, { now: morning });
    const maria = await colleagueIn(room, 'Maria');
    await maria.leaves();
    const ana = await room.resident().agrees();
    await ana.says('/petugas');
    expect(await offeredTo(room, ana)).toBe('Maria');
    await room.passes('2026-11-25T09:06:00+08:00');
    expect(await offeredTo(room, ana)).toBeNull();
    await maria.returns();
    const budi = await room.resident().agrees();
    await budi.says('/petugas');
    expect(await offeredTo(room, budi)).toBe('Maria');
  });

  it('are only on the list where the room pulls', async () => {
    const room = await openRoom(store, { now: morning });
    await room.rows(
      `INSERT INTO setting (key, value, updated_at) VALUES ('handoff', '{"assignment":"pull"}', now())`,
    );
    await colleagueIn(room, 'Maria');
    const ana = await room.resident().agrees();
    await ana.says('/petugas');
    expect(await offeredTo(room, ana)).toBeNull();
  });

  it('are taken by one of two processes, and nobody is offered what is taken', async () => {
    const room = await openRoom(store, { now: morning });
    const [maria, yusuf] = [await colleagueIn(room, 'Maria'), await colleagueIn(room, 'Yusuf')];
    const ana = await room.resident().agrees();
    await ana.says('/petugas');
    const taken = await Promise.all([maria.claims(ana), yusuf.claims(ana), maria.claims(ana)]);
    expect(taken.filter((kind) => kind === 'claimed')).toHaveLength(1);
    expect(await room.rows(`SELECT 1 FROM handoff_offer WHERE outcome IS NULL`)).toEqual([]);
    expect(await room.rows(`SELECT 1 FROM handoff WHERE status = 'held'`)).toHaveLength(1);
  });

  it('get one offer however many processes walk at once', async () => {
    const room = await openRoom(store, { now: morning });
    const ana = await room.resident().agrees();
    await ana.says('/petugas');
    await colleagueIn(room, 'Maria');
    await colleagueIn(room, 'Yusuf');
    const { calendar } = await loadRoomFacts(room.db);
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const url = store.databaseUrl();
    const other = url ? await openDatabase({ databaseUrl: url, dataDir: '', log }) : null;
    const walk = () => room.app.transact((tx) => walkQueue(tx, { calendar }));
    const elsewhere = () =>
      other?.db.transaction((queryable) =>
        walkQueue(
          {
            ...queryable,
            query: queryable.query.bind(queryable),
            now: room.clock.now(),
            vault: room.vault,
            ring: () => {},
            changed: () => {},
          },
          { calendar },
        ),
      );
    await Promise.all([walk(), elsewhere(), walk(), elsewhere(), walk()]);
    await other?.close();
    expect(await room.rows(`SELECT outcome FROM handoff_offer`)).toEqual([{ outcome: null }]);
  });

  it('climb in service time, over a weekend and a closed day, each level told once', async () => {
    // Wednesday at half past three: ten minutes are left of the day when Ana asks.
    const room = await openRoom(store, { now: '2026-11-25T15:50:00+08:00' });
    await colleagueIn(room, 'Lead', { role: 'supervisor', contacts: { telegram: 'lead' } });
    await colleagueIn(room, 'Admin', { role: 'admin', contacts: { telegram: 'admin' } });
    const officer = await officerIn(room);
    await officer.closes('2026-11-30', 'Perbaikan listrik');
    const ana = await room.resident().agrees();
    await ana.says('/petugas');
    for (const at of [
      '2026-11-25T16:10:00',
      '2026-11-28T12:00:00',
      '2026-11-30T10:00:00',
      '2026-12-02T08:04:00',
    ]) {
      await room.passes(`${at}+08:00`);
      expect(await levelOf(room)).toEqual([0]);
    }
    await room.passes('2026-12-02T08:05:01+08:00');
    expect(await levelOf(room)).toEqual([1]);
    await room.passes('2026-12-02T08:20:00+08:00');
    expect(await levelOf(room)).toEqual([1]);
    await room.passes('2026-12-02T08:20:02+08:00');
    expect(await levelOf(room)).toEqual([2]);
    await room.passes('2026-12-02T11:00:00+08:00');
    expect(await calledFor(room)).toEqual([
      { name: 'Lead', step: 1 },
      { name: 'Admin', step: 2 },
    ]);
    expect(room.telegram.sentTo('lead')).toHaveLength(1);
    expect(room.telegram.sentTo('admin')).toHaveLength(1);
  });

  it('climb although the process was killed meanwhile, and go to the admins where there is no supervisor', async () => {
    const room = await openRoom(store, { now: morning });
    await colleagueIn(room, 'Admin', { role: 'admin', contacts: { telegram: 'admin' } });
    const ana = await room.resident().agrees();
    await ana.says('/petugas');
    room.clock.advance(14 * 60_000);
    await room.restarts({ killed: true });
    await room.passes('2026-11-25T09:14:30+08:00');
    expect(await levelOf(room)).toEqual([0]);
    await room.restarts({ killed: true });
    await room.passes('2026-11-25T09:15:01+08:00');
    expect(await levelOf(room)).toEqual([2]);
    expect(room.telegram.sentTo('admin')).toHaveLength(1);
  });

  it('change nothing by a second walk', async () => {
    const room = await openRoom(store, { now: morning });
    await colleagueIn(room, 'Maria', { capacity: 1 });
    await colleagueIn(room, 'Lead', { role: 'supervisor', contacts: { telegram: 'lead' } });
    for (let n = 0; n < 3; n += 1) await (await room.resident().agrees()).says('/petugas');
    const everything = () =>
      Promise.all(
        ['handoff', 'handoff_offer', 'page', 'notice'].map((table) =>
          room.rows(`SELECT * FROM ${table} ORDER BY id`),
        ),
      );
    for (const at of ['09:01', '09:02', '09:03', '09:16', '09:40']) {
      await room.passes(`2026-11-25T${at}:00+08:00`);
      const before = await everything();
      await room.app.sweep();
      await Promise.all([room.app.sweep(), room.app.sweep()]);
      await room.settles();
      expect(await everything()).toEqual(before);
    }
  });

  it('begin anew when an officer gives one back', async () => {
    const room = await openRoom(store, { now: morning });
    const maria = await officerIn(room);
    await colleagueIn(room, 'Lead', { role: 'supervisor', contacts: { telegram: 'lead' } });
    const ana = await room.resident().agrees();
    await ana.says('/petugas');
    await room.passes('2026-11-25T09:16:00+08:00');
    expect(await levelOf(room)).toEqual([1]);
    await maria.takes(ana);
    await room.passes('2026-11-25T11:00:00+08:00');
    const conversationId = await room.conversationOf(ana);
    await room.app.transact((tx) =>
      transferHandoff(tx, { conversationId, officerId: maria.id, toOfficerId: null, note: '' }),
    );
    await room.settles();
    expect(await levelOf(room)).toEqual([0]);
    await room.passes('2026-11-25T11:14:00+08:00');
    expect(await levelOf(room)).toEqual([0]);
    await room.passes('2026-11-25T11:15:01+08:00');
    expect(await levelOf(room)).toEqual([1]);
  });
});
