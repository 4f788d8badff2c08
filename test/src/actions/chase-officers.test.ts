import { expect, it } from 'vitest';
import { readConcerns } from '../../../src/desk/reads/concerns.ts';
import { dayOf } from '../../../src/domain/wita.ts';
import { colleagueIn } from '../../support/duty.ts';
import { officerIn } from '../../support/officer.ts';
import { openRoom } from '../../support/room.ts';
import type { RoomUnderTest } from '../../support/room.ts';
import { describeOnEachStore } from '../../support/stores.ts';

const story = 'bantuan beras saya tidak pernah sampai';

describeOnEachStore('a word that is owed to a resident', (store) => {
  const textsTo = (room: RoomUnderTest, who: string) =>
    room.telegram.sentTo(who).map((page) => (page.kind === 'text' ? page.text : ''));
  const counts = (room: RoomUnderTest) => ['1001', '1003', '1004'].map((who) => textsTo(room, who).length);

  const team = async (room: RoomUnderTest) => {
    const maria = await colleagueIn(room, 'Maria', { isAway: true, contacts: { telegram: '1001' } });
    await colleagueIn(room, 'Lead', { role: 'supervisor', isAway: true, contacts: { telegram: '1003' } });
    await colleagueIn(room, 'Admin', { role: 'admin', isAway: true, contacts: { telegram: '1004' } });
    return maria;
  };
  const takes = (room: RoomUnderTest, officerId: string, code: string) =>
    room.rows(`UPDATE concern SET officer_id = $1, status = 'with_officer' WHERE code = $2`, [
      officerId,
      code,
    ]);

  it('calls the officer once a working day, and tells the resident twice, with a new day; then leads are called too', async () => {
    const room = await openRoom(store);
    const maria = await team(room);
    const ana = await room.resident().agrees();
    const code = await ana.poursOut(story);
    await takes(room, maria.id, code);
    ana.looksAway();
    // Promised until Friday 27 November.
    for (const at of ['26T12:00', '27T07:59']) await room.passes(`2026-11-${at}:00+08:00`);
    expect(counts(room)).toEqual([0, 0, 0]);
    for (const at of ['27T08:00', '27T09:00', '27T17:00']) await room.passes(`2026-11-${at}:00+08:00`);
    expect(counts(room)).toEqual([1, 0, 0]);
    const [concern] = await room.rows<{ id: string }>(`SELECT id FROM concern`);
    expect(textsTo(room, '1001')[0]).toMatch(/hari ini janji kabar/);
    expect(textsTo(room, '1001')[0]).toContain(`/desk/curhat/${concern?.id ?? ''}`);
    // Nobody is called on a weekend, and no resident told.
    for (const at of ['28T10:00', '29T10:00']) await room.passes(`2026-11-${at}:00+08:00`);
    ana.seesNothing();
    expect(counts(room)).toEqual([1, 0, 0]);
    await ana.says('/status');
    ana.seesNoneOf(/paling lambat/);
    ana.looksAway();

    for (const at of ['08:00', '08:05', '13:00']) await room.passes(`2026-11-30T${at}:00+08:00`);
    expect(ana.news()).toHaveLength(1);
    ana.sees(new RegExp(`Maaf, kabar untuk ${code} belum ada`), /paling lambat Kamis, 3 Desember 2026/);
    ana.seesNoneOf(/beras/);
    expect(textsTo(room, '1001').at(-1)).toMatch(/lewat janji kabar/);
    await ana.says('/status').sees(/paling lambat Kamis, 3 Desember 2026/);
    ana.looksAway();
    // The promise stays broken on the board, where it is the first thing to do.
    const board = await readConcerns(
      room.db,
      { filter: { overdue: '1' }, officerId: maria.id, today: dayOf(room.clock.now()) },
      0,
    );
    expect(board.counts?.overdue).toBe(1);
    expect(board.items).toMatchObject([
      { code, deadline: 'over', nextWordBy: '2026-11-27', putOffTo: '2026-12-03' },
    ]);

    for (const at of ['01', '02', '03']) await room.passes(`2026-12-${at}T10:00:00+08:00`);
    ana.seesNothing();
    expect(counts(room)).toEqual([5, 0, 0]);
    await room.passes('2026-12-04T08:00:00+08:00');
    ana.sees(/paling lambat Rabu, 9 Desember 2026/);
    ana.looksAway();
    for (const at of ['07', '08', '09']) await room.passes(`2026-12-${at}T10:00:00+08:00`);
    expect(counts(room)).toEqual([9, 0, 0]);
    // Twice in a row is enough of excuses.
    await room.passes('2026-12-10T08:00:00+08:00');
    await room.passes('2026-12-11T08:00:00+08:00');
    ana.seesNothing();
    expect(counts(room)).toEqual([11, 2, 0]);
    await ana.says('/status');
    ana.seesNoneOf(/paling lambat/);

    const desk = await officerIn(room, 'Meja Depan');
    await desk.answers(code, 'Berasnya sudah kami antar.');
    await ana.says('/status').sees(/Sudah dijawab/);
    ana.seesNoneOf(/paling lambat/);
    await room.passes('2026-12-14T10:00:00+08:00');
    expect(counts(room)).toEqual([11, 2, 0]);
  });

  it('is looked after by those who lead while nobody has the concern, or whoever had it has left', async () => {
    const room = await openRoom(store);
    const maria = await team(room);
    const ana = await room.resident().agrees();
    const code = await ana.poursOut(story);
    await room.passes('2026-11-27T08:00:00+08:00');
    expect(counts(room)).toEqual([0, 1, 0]);
    await takes(room, maria.id, code);
    await room.rows(`UPDATE officer SET is_active = false WHERE name IN ('Maria', 'Lead')`);
    await room.passes('2026-11-30T08:00:00+08:00');
    expect(counts(room)).toEqual([0, 1, 1]);
  });

  it('is promised anew by what happens, and a call that has not left by then falls away', async () => {
    const room = await openRoom(store);
    const maria = await team(room);
    const ana = await room.resident().agrees();
    const desk = await officerIn(room, 'Meja Depan');
    const code = await ana.poursOut(story);
    await takes(room, maria.id, code);
    await room.passes('2026-11-30T08:00:00+08:00');
    ana.sees(/Maaf, kabar untuk/);
    room.telegram.willAnswer({ ok: true, messageRef: 'answer' }, { ok: true, messageRef: 'settled?' });
    await desk.answers(code, 'Sudah kami antar.');
    await ana.says('belum').sees(/paling lambat Kamis, 3 Desember 2026/);
    expect(await room.rows(`SELECT next_word_by, put_off_to FROM concern`)).toEqual([
      { next_word_by: '2026-12-03', put_off_to: null },
    ]);
    // It counts from the beginning: the resident is told again, though it is the third time that a day goes by.
    ana.looksAway();
    room.telegram.willAnswer({ ok: false, outcome: 'retry', reason: 'flood' });
    await room.passes('2026-12-03T08:00:00+08:00');
    expect(await room.rows(`SELECT 1 FROM page WHERE outcome IS NULL`)).toHaveLength(1);
    await desk.answers(code, 'Sekarang benar-benar sampai.', 'reopened');
    await room.passes('2026-12-03T08:05:00+08:00');
    expect(await room.rows(`SELECT outcome FROM page ORDER BY step DESC LIMIT 1`)).toEqual([
      { outcome: 'dropped' },
    ]);
  });

  it('is chased once, however many do it at the same time', async () => {
    const room = await openRoom(store);
    await team(room);
    const ana = await room.resident().agrees();
    await ana.poursOut(story);
    ana.looksAway();
    room.clock.set('2026-11-30T08:00:00+08:00');
    await Promise.all([room.app.hourly(), room.app.hourly(), room.app.hourly()]);
    await room.app.sweep();
    await room.settles();
    expect(counts(room)).toEqual([0, 1, 0]);
    expect(ana.news()).toHaveLength(1);
  });
});
