import { expect, it } from 'vitest';
import type { SendResult } from '../../../bots/channel.ts';
import { acknowledgeAlert } from '../../../src/actions/acknowledge-alert.ts';
import { colleagueIn } from '../../support/duty.ts';
import { openRoom } from '../../support/room.ts';
import type { RoomUnderTest } from '../../support/room.ts';
import { describeOnEachStore } from '../../support/stores.ts';

/** A Sunday, in the night: the room is closed, quiet hours hold, and danger does not wait for either. */
const night = '2026-11-29T02:00:00+08:00';
const at = (minutes: number, seconds = 1) =>
  new Date(Date.parse(night) + minutes * 60_000 + seconds * 1_000).toISOString();
const words = 'saya mau bunuh diri malam ini juga';

describeOnEachStore('those on call', (store) => {
  const textsTo = (room: RoomUnderTest, who: string) =>
    room.telegram.sentTo(who).map((page) => (page.kind === 'text' ? page.text : ''));
  const alertOf = async (room: RoomUnderTest) =>
    (await room.rows<{ id: string }>(`SELECT id FROM danger_alert ORDER BY created_at`))[0]?.id ?? '';

  const team = async (room: RoomUnderTest) => {
    const first = await colleagueIn(room, 'First', { isAway: true, contacts: { telegram: '1001' } });
    const second = await colleagueIn(room, 'Second', { isAway: true, contacts: { telegram: '1002' } });
    await colleagueIn(room, 'Lead', { role: 'supervisor', isAway: true, contacts: { telegram: '1003' } });
    await colleagueIn(room, 'Admin', { role: 'admin', isAway: true, contacts: { telegram: '1004' } });
    await first.serves(0, 1, false);
    await second.serves(0, 2, false);
    return { first, second };
  };
  const counts = (room: RoomUnderTest) =>
    ['1001', '1002', '1003', '1004'].map((who) => room.telegram.sentTo(who).length);

  it('are called at once, rank after rank, then leads, then all again; without a word of the resident', async () => {
    const room = await openRoom(store, { now: night });
    await team(room);
    const ana = await room.resident('Ana Sangat Rahasia').agrees();
    await ana.says(words);
    expect(counts(room)).toEqual([1, 0, 0, 0]);
    const [page] = textsTo(room, '1001');
    expect(page).toMatch(/menyakiti diri \(darurat\)/);
    expect(page).toContain(`/desk/antrean/${await room.conversationOf(ana)}`);
    expect(page).not.toMatch(/bunuh|Rahasia/);
    for (const [minute, expected] of [
      [2, [1, 0, 0, 0]],
      [3, [1, 1, 0, 0]],
      [5, [1, 1, 0, 0]],
      [6, [1, 1, 1, 0]],
      [10, [1, 1, 1, 1]],
      [25, [2, 2, 2, 2]],
    ] as const) {
      await room.passes(at(minute));
      expect([minute, counts(room)]).toEqual([minute, expected]);
    }
    expect(textsTo(room, '1001').at(-1)).toMatch(/Sudah 25 menit/);
  });

  it('are promised only where there is somebody to call, or somebody sees it', async () => {
    const cry = 'suami saya pukul saya sampai berdarah, tolong';
    const none = /belum ada petugas yang bisa kami panggil/;
    const hears = async (room: RoomUnderTest) => {
      const one = room.resident();
      await one.says(cry).sees(/SAPA 129/);
      return one.news().join('\n');
    };
    const room = await openRoom(store, { now: night });
    expect(await hears(room)).toMatch(none);
    // Whom nobody would call: not on call and no lead; a way that is not there; a lead without a contact.
    await colleagueIn(room, 'Plain', { isAway: true, contacts: { telegram: '1001' } });
    await colleagueIn(room, 'Analyst', { role: 'analyst' });
    const admin = await colleagueIn(room, 'Admin', {
      role: 'admin',
      isAway: true,
      contacts: { email: 'a@b.id' },
    });
    expect(await hears(room)).toMatch(none);
    await admin.returns();
    expect(await hears(room)).toMatch(/Petugas piket sedang kami panggil/);
    await admin.leaves();
    room.clock.advance(10 * 60_000);
    const stranger = room.resident();
    await stranger.says(cry).sees(none);
    await stranger.says('belum aman').sees(none, /keluar dulu ke tetangga/);
    await room.rows(`UPDATE officer_contact SET kind = 'telegram' WHERE officer_id = $1`, [admin.id]);
    await stranger.says('dia masih di sini').sees(/Petugas piket sedang kami panggil/);
    await room.rows(`UPDATE officer_contact SET failed_at = $1`, [room.clock.now()]);
    expect(await hears(room)).toMatch(none);
  });

  it('are called once a step however often the job runs, and not for ever', async () => {
    const room = await openRoom(store, { now: night });
    await team(room);
    const ana = await room.resident().agrees();
    await ana.says(words);
    await room.passes(at(10));
    const twice = async (expected: number[]) => {
      await Promise.all([room.app.sweep(), room.app.sweep()]);
      await room.settles();
      expect(counts(room)).toEqual(expected);
    };
    await twice([1, 1, 1, 1]);
    await room.passes(at(25));
    await twice([2, 2, 2, 2]);
    // All was down for a day: each who is on call by then (on Monday nobody was put down, so supervisors and admins) is
    // called once for what was missed, then no more. It is still open at the desk.
    await room.restarts({ killed: true });
    await room.passes(at(24 * 60 + 20));
    await twice([2, 2, 3, 3]);
    await room.passes(at(26 * 60));
    await twice([2, 2, 3, 3]);
    expect(await room.rows(`SELECT 1 FROM danger_alert WHERE acknowledged_at IS NULL`)).toHaveLength(1);
  });

  it('are called no more once one says so in their own chat, and only who was called can say so', async () => {
    const room = await openRoom(store, { now: night });
    const { first } = await team(room);
    const ana = await room.resident().agrees();
    await ana.says(words);
    const token = `d.${await alertOf(room)}`;
    const stranger = room.resident('Orang Asing');
    await stranger.pressesToken(token);
    expect(await room.rows(`SELECT 1 FROM danger_alert WHERE acknowledged_at IS NOT NULL`)).toEqual([]);
    const officer = room.resident('First Sendiri', '1001');
    await officer.presses('Saya tangani').sees(/Anda yang menangani/);
    expect(await room.rows(`SELECT acknowledged_by AS by FROM danger_alert`)).toEqual([{ by: first.id }]);
    const [, second] = ['1001', '1002'];
    await room
      .resident('Second Sendiri', second)
      .pressesToken(token)
      .sees(/Sudah ditangani First/);
    room.telegram.sentTo('1001').splice(0);
    for (const minute of [3, 6, 10, 25]) await room.passes(at(minute));
    expect(counts(room).slice(2)).toEqual([0, 0]);
    // Somebody who speaks of danger again is a new call.
    await ana.says('saya tetap mau bunuh diri');
    expect(textsTo(room, '1001').filter((text) => text.includes('BAHAYA'))).toHaveLength(1);
  });

  it('stop being called by an acknowledgement at the desk, though a call is waiting to be tried again', async () => {
    const room = await openRoom(store, { now: night });
    const { first } = await team(room);
    const ana = await room.resident().agrees();
    room.telegram.willAnswer(
      { ok: true, messageRef: 'answer to ana' },
      { ok: false, outcome: 'retry', reason: 'flood' },
    );
    await ana.says(words);
    const [page] = await room.rows<{ attempts: number; outcome: string | null }>(
      `SELECT attempts, outcome FROM page`,
    );
    expect(page?.outcome).toBeNull();
    const alertId = await alertOf(room);
    await room.app.transact((tx) => acknowledgeAlert(tx, { alertId, officerId: first.id }));
    for (const minute of [1, 3, 6, 10]) await room.passes(at(minute));
    expect(counts(room).slice(1)).toEqual([0, 0, 0]);
    expect(await room.rows(`SELECT 1 FROM page WHERE outcome IS NULL`)).toEqual([]);
  });

  it('are tried again after a passing failure, and marked where they cannot be reached', async () => {
    const room = await openRoom(store, { now: night });
    const { first } = await team(room);
    await colleagueIn(room, 'Nobody', { role: 'supervisor', isAway: true });
    const ana = await room.resident().agrees();
    await room.passes(at(0, 30));
    const real = room.telegram.send.bind(room.telegram);
    let tries = 0;
    room.telegram.send = async (to, message) => {
      if (to.value !== '1001') return real(to, message);
      tries += 1;
      return tries < 3
        ? { ok: false, outcome: 'retry', reason: 'flood' }
        : { ok: false, outcome: 'unreachable', reason: 'blocked' };
    };
    await ana.says(words);
    expect(tries).toBe(1);
    await room.passes(at(0, 35));
    expect(tries).toBe(1);
    await room.passes(at(0, 41));
    expect(tries).toBe(2);
    await room.passes(at(1, 2));
    expect(tries).toBe(3);
    const isGone = async () =>
      (
        await room.rows<{ gone: boolean }>(
          `SELECT failed_at IS NOT NULL AS gone FROM officer_contact WHERE officer_id = $1`,
          [first.id],
        )
      )[0]?.gone;
    // One no may be a mistake of the platform: the next steps call again, and another day's no is the last.
    await first.serves(1, 1, false);
    expect(await isGone()).toBe(false);
    for (const [minute, expected] of [
      [7, 3],
      [30, 4],
      [45, 5],
      [22 * 60 + 1, 6],
    ] as const) {
      await room.passes(at(minute));
      expect([minute, tries, await isGone()]).toEqual([minute, expected, minute > 60]);
    }
    await room.passes(at(22 * 60 + 31));
    expect(tries).toBe(6);
    // Who has no way at all is a row as well, for the desk.
    const failed = await room.rows(
      `SELECT o.name, p.kind, p.failure FROM page p JOIN officer o ON o.id = p.officer_id
        WHERE p.outcome = 'failed' AND p.step < 12 ORDER BY o.name`,
    );
    expect(failed).toEqual([
      { name: 'First', kind: 'telegram', failure: 'blocked' },
      { name: 'Nobody', kind: 'none', failure: 'no_contact' },
    ]);
  });

  it('are supervisors and admins where nobody was put down, on each way they gave that there is', async () => {
    const room = await openRoom(store, { now: night });
    await colleagueIn(room, 'Lead', {
      role: 'supervisor',
      isAway: true,
      contacts: { telegram: '1003', email: 'lead@example.org', whatsapp: '628123456789' },
    });
    await colleagueIn(room, 'Admin', { role: 'admin', isAway: true, contacts: { telegram: '1004' } });
    const ana = await room.resident().agrees();
    await ana.says(words);
    expect(counts(room)).toEqual([0, 0, 1, 1]);
    // Nobody has WhatsApp or mail here: said so after a while, not tried for ever.
    await room.passes(at(11));
    expect(
      await room.rows(`SELECT kind, failure FROM page WHERE outcome = 'failed' AND step = 1 ORDER BY kind`),
    ).toEqual([
      { kind: 'email', failure: 'channel_off' },
      { kind: 'whatsapp', failure: 'channel_off' },
    ]);
  });

  it('are called although the process was killed before it could, once', async () => {
    const room = await openRoom(store, { now: night });
    await team(room);
    const ana = await room.resident().agrees();
    const real = room.telegram.send.bind(room.telegram);
    // The first process dies with the call in its hands.
    let letGo = (_result: SendResult): void => undefined;
    let calls = 0;
    room.telegram.send = (to, message) => {
      if (to.value !== '1001') return real(to, message);
      calls += 1;
      return new Promise((resolve) => (letGo = resolve));
    };
    void ana.says(words);
    await expect.poll(() => calls).toBe(1);
    room.telegram.send = real;
    await room.restarts({ killed: true });
    await room.passes(at(0, 30));
    expect(counts(room)[0]).toBe(0);
    await room.passes(at(1, 2));
    expect(counts(room)[0]).toBe(1);
    await room.passes(at(2));
    expect(counts(room)[0]).toBe(1);
    letGo({ ok: true, messageRef: null });
  });

  it('hear once of a chat in which danger is told again and again', async () => {
    const room = await openRoom(store, { now: night });
    await team(room);
    const ana = await room.resident().agrees();
    await ana.says(words);
    room.clock.advance(20_000);
    await ana.says('saya sungguh mau bunuh diri');
    room.clock.advance(20_000);
    await ana.says('saya mau mati saja, mau gantung diri');
    expect(counts(room)).toEqual([1, 0, 0, 0]);
    await room.passes(at(3));
    expect(counts(room)).toEqual([1, 1, 0, 0]);
  });

  const group = '-100500';

  it('include the group, which is told although the process was killed with the call in its hands, once', async () => {
    const room = await openRoom(store, { now: night, officerChatId: group });
    const ana = await room.resident().agrees();
    const real = room.telegram.send.bind(room.telegram);
    let letGo = (_result: SendResult): void => undefined;
    let calls = 0;
    room.telegram.send = (to, message) => {
      if (to.value !== group) return real(to, message);
      calls += 1;
      return new Promise((resolve) => (letGo = resolve));
    };
    void ana.says(words);
    await expect.poll(() => calls).toBe(1);
    room.telegram.send = real;
    await room.restarts({ killed: true });
    await room.passes(at(0, 30));
    expect(textsTo(room, group)).toEqual([]);
    await room.passes(at(1, 2));
    expect(textsTo(room, group)).toEqual([expect.stringMatching(/BAHAYA: menyakiti diri \(darurat\)/)]);
    for (const minute of [2, 3, 6, 10, 25]) await room.passes(at(minute));
    expect(textsTo(room, group)).toHaveLength(1);
    letGo({ ok: true, messageRef: null });
  });

  it('include the group, with growing waits between tries; one that failed for good is called at the next step', async () => {
    const room = await openRoom(store, { now: night, officerChatId: group });
    await team(room);
    const ana = await room.resident().agrees();
    const real = room.telegram.send.bind(room.telegram);
    let answer: SendResult = { ok: false, outcome: 'unknown', reason: 'timeout' };
    let tries = 0;
    room.telegram.send = async (to, message) => {
      if (to.value !== group) return real(to, message);
      tries += 1;
      return answer;
    };
    await ana.says(words);
    expect(tries).toBe(1);
    await room.passes(at(0, 5));
    expect(tries).toBe(1);
    await room.passes(at(0, 12));
    expect(tries).toBe(2);
    await room.passes(at(0, 20));
    expect(tries).toBe(2);
    // The bot was put out of the group: given up, and shown to the desk.
    answer = { ok: false, outcome: 'unreachable', reason: 'chat not found' };
    await room.passes(at(0, 40));
    expect(tries).toBe(3);
    expect(await room.rows(`SELECT outcome, failure FROM page WHERE kind = 'group'`)).toEqual([
      { outcome: 'failed', failure: 'chat not found' },
    ]);
    await room.passes(at(2));
    expect(tries).toBe(3);
    answer = { ok: true, messageRef: null };
    for (const minute of [3, 6, 10]) await room.passes(at(minute));
    expect(tries).toBe(4);
  });

  it('leave the group alone once somebody has come', async () => {
    const room = await openRoom(store, { now: night, officerChatId: group });
    const { first } = await team(room);
    const ana = await room.resident().agrees();
    const real = room.telegram.send.bind(room.telegram);
    room.telegram.send = async (to, message) =>
      to.value === group ? { ok: false, outcome: 'retry', reason: 'flood' } : real(to, message);
    await ana.says(words);
    await first.claims(ana);
    room.telegram.send = real;
    for (const minute of [1, 3, 6]) await room.passes(at(minute));
    expect(textsTo(room, group)).toEqual([]);
  });
});
