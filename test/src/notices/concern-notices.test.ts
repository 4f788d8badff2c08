import { expect, it } from 'vitest';
import { readConcern } from '../../../src/actions/read-concern.ts';
import { readConcerns } from '../../../src/desk/reads/concerns.ts';
import { dayOf } from '../../../src/domain/wita.ts';
import { officerIn } from '../../support/officer.ts';
import { openRoom } from '../../support/room.ts';
import type { RoomUnderTest } from '../../support/room.ts';
import { describeOnEachStore } from '../../support/stores.ts';

const story = 'bantuan beras saya tidak pernah sampai';

describeOnEachStore('notices about a concern', (store) => {
  it('tells who has it and asks "sudah beres?": a yes settles it, a no opens it again', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    const maria = await officerIn(room);
    const code = await ana.poursOut(story);
    ana.looksAway();
    await maria.takesConcern(code);
    ana.sees(new RegExp(`${code}: sekarang ditangani petugas kami, Maria\\.`));
    ana.looksAway();
    await maria.answers(code, 'Berasnya sudah kami antar ke kelurahan.');
    ana.sees(
      /sudah kami antar/,
      new RegExp(`${code}: petugas sudah memberi jawaban`),
      /\[Sudah beres\]\n\[Belum\]/,
    );
    ana.seesNoneOf(/beras saya/);
    await ana
      .says('belum')
      .sees(new RegExp(`${code} kami buka lagi`), /paling lambat Jumat, 27 November 2026/);
    await ana.says('/status').sees(/Dibuka lagi/, /27 November/);
    await maria.answers(code, 'Hari ini diantar ke rumah.', 'reopened');
    await ana.says('ya').sees(/Syukurlah/);
    await ana.says('/status').sees(/Sudah beres/);
    await ana.pressesToken(`n.settled.${code}`).sees(/Syukurlah/);
    await ana.pressesToken(`n.unsettled.${code}`).sees(/kami buka lagi/);
    await ana.pressesToken('n.settled.CRH-000000').sees(/sudah tidak ada/);
  });

  it('asks again after five working days and settles by silence after ten, reminders or not', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    const maria = await officerIn(room);
    const code = await ana.poursOut(story);
    await ana.says('/data');
    await ana.presses('Jangan kirim pengingat');
    await maria.takesConcern(code);
    await maria.answers(code, 'Sudah kami urus.');
    ana.looksAway();
    await room.passes('2026-11-30T09:00:00+08:00');
    ana.seesNothing();
    // Tuesday 24 November and five working days: Tuesday 1 December.
    await room.passes('2026-12-01T08:00:00+08:00');
    await room.passes('2026-12-01T08:05:00+08:00');
    ana.sees(new RegExp(`memastikan soal ${code}: sudah beres`));
    expect(ana.news()).toHaveLength(1);
    ana.looksAway();
    await room.passes('2026-12-07T23:00:00+08:00');
    ana.seesNothing();
    await room.passes('2026-12-08T08:00:00+08:00');
    ana.sees(new RegExp(`${code} kami catat beres`), /tekan “Belum”/);
    await room.passes('2026-12-08T08:05:00+08:00');
    expect(ana.news()).toHaveLength(1);
    await ana.says('/status').sees(/Sudah beres/);
    await ana.presses('Belum').sees(/kami buka lagi/);
  });

  it('is open again by words that are added to the answer, and no silence settles it then', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    const maria = await officerIn(room);
    const code = await ana.poursOut(story);
    await maria.takesConcern(code);
    await maria.answers(code, 'Sudah kami urus.');
    // Asked again once, and then answered with words instead of a button.
    await room.passes('2026-12-01T08:00:00+08:00');
    await ana.says('/curhat');
    await ana.presses(`Tambah ke ${code}`);
    await ana.says('berasnya masih kurang dua karung');
    await ana
      .says('selesai')
      .sees(
        new RegExp(`tambahan untuk ${code} sudah masuk`),
        /kabar dari kami paling lambat Jumat, 4 Desember 2026/,
      );
    const concern = () =>
      room.rows(`SELECT status, added_at IS NOT NULL AS has_addition, next_word_by FROM concern`);
    expect(await concern()).toEqual([{ status: 'reopened', has_addition: true, next_word_by: '2026-12-04' }]);
    ana.looksAway();
    await room.passes('2026-12-04T23:00:00+08:00');
    ana.seesNothing();
    expect(await room.rows(`SELECT 1 FROM audit WHERE action = 'reopen_concern'`)).toHaveLength(1);
    // A day that has passed is not promised again.
    room.clock.set('2026-12-05T10:00:00+08:00');
    await ana.says('/curhat');
    await ana.presses(`Tambah ke ${code}`);
    await ana.says('dan belum ada yang datang ke rumah');
    await ana.says('selesai').sees(/Petugas akan membacanya\./);
    ana.seesNoneOf(/paling lambat/);
    await maria.answers(code, 'Dua karung lagi dikirim hari ini.', 'reopened');
    expect(await concern()).toMatchObject([{ status: 'answered', has_addition: false }]);
  });

  it('keeps an addition marked until its own officer has read it', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    const [maria, berta] = [await officerIn(room), await officerIn(room, 'Berta')];
    const code = await ana.poursOut(story);
    await maria.takesConcern(code);
    await ana.says('/curhat');
    await ana.presses(`Tambah ke ${code}`);
    await ana.says('ada lagi yang mau saya sampaikan');
    const isMarked = async () => {
      const board = await readConcerns(
        room.db,
        { filter: {}, officerId: maria.id, today: dayOf(room.clock.now()) },
        0,
      );
      return { concernId: board.items[0]?.id ?? '', marked: board.items[0]?.hasAddition };
    };
    const { concernId, marked } = await isMarked();
    expect(marked).toBe(true);
    const reads = (officerId: string) =>
      room.app.transact((tx) => readConcern(tx, { concernId, officerId, code }));
    await reads(berta.id);
    expect((await isMarked()).marked).toBe(true);
    await reads(maria.id);
    expect((await isMarked()).marked).toBe(false);
  });

  it('never settles by silence what was asked only once', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    const maria = await officerIn(room);
    const code = await ana.poursOut(story);
    await maria.takesConcern(code);
    await maria.answers(code, 'Sudah kami urus.');
    ana.looksAway();
    // Nothing ran for three weeks.
    await room.passes('2026-12-16T09:00:00+08:00');
    ana.sees(/memastikan soal/);
    ana.seesNoneOf(/catat beres/);
    expect(await room.rows(`SELECT status FROM concern`)).toEqual([{ status: 'answered' }]);
  });

  it('keeps the quiet hours', async () => {
    const room = await openRoom(store, { now: '2026-11-25T21:30:00+08:00' });
    const ana = await room.resident().agrees();
    const maria = await officerIn(room);
    const code = await ana.poursOut(story);
    ana.looksAway();
    await maria.takesConcern(code);
    ana.seesNothing();
    await room.passes('2026-11-26T07:00:00+08:00');
    ana.sees(/sekarang ditangani/);
  });

  it('is open again by words that are added after it was settled meanwhile', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    const maria = await officerIn(room);
    const code = await ana.poursOut(story);
    await maria.takesConcern(code);
    await maria.answers(code, 'Sudah kami urus.');
    const settled = ana.button('Sudah beres');
    await ana.says('/curhat');
    await ana.presses(`Tambah ke ${code}`);
    await ana.pressesToken(settled).sees(/Syukurlah/);
    await ana.says('eh ternyata berasnya kurang dua karung, tolong dibantu lagi');
    await ana.says('selesai').sees(/Petugas akan membacanya/, /paling lambat Jumat, 27 November 2026/);
    expect(
      await room.rows(`SELECT status, settled_at, added_at IS NOT NULL AS has_addition FROM concern`),
    ).toEqual([{ status: 'reopened', settled_at: null, has_addition: true }]);
  });

  const boardOf = async (room: RoomUnderTest, officerId: string) =>
    (await readConcerns(room.db, { filter: {}, officerId, today: dayOf(room.clock.now()) }, 0)).items[0];

  it('never settles by silence what never reached the resident, and shows that on the board', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    const maria = await officerIn(room);
    const code = await ana.poursOut(story);
    await maria.takesConcern(code);
    const gone = { ok: false, outcome: 'unreachable', reason: 'bot was blocked by the user' } as const;
    room.telegram.willAnswer(gone, gone);
    await maria.answers(code, 'Sudah kami urus.');
    expect((await boardOf(room, maria.id))?.isUnheard).toBe(false);
    for (const day of ['2026-12-01', '2026-12-08', '2026-12-16'])
      for (const minute of ['00', '05']) await room.passes(`${day}T08:${minute}:00+08:00`);
    expect(await room.rows(`SELECT status FROM concern`)).toEqual([{ status: 'answered' }]);
    expect(await room.rows(`SELECT 1 FROM audit WHERE action = 'settle_concern'`)).toEqual([]);
    expect(await boardOf(room, maria.id)).toMatchObject({ code, isUnheard: true });
    // They come back, the officer says it again, and the silence is counted from there.
    await ana.says('halo');
    await maria.answers(code, 'Sudah kami urus, berasnya di kelurahan.', 'answered');
    ana.sees(/berasnya di kelurahan/, /Apakah sudah beres/);
    expect((await boardOf(room, maria.id))?.isUnheard).toBe(false);
    for (const day of ['2026-12-23', '2026-12-30', '2026-12-31', '2027-01-04'])
      await room.passes(`${day}T08:00:00+08:00`);
    expect(await room.rows(`SELECT status FROM concern`)).toEqual([{ status: 'settled' }]);
  });

  it('counts the silence on the web chat from what was read there', async () => {
    const room = await openRoom(store, { residentsOn: 'web' });
    const ana = await room.resident().agrees();
    const maria = await officerIn(room);
    const code = await ana.poursOut(story);
    await maria.takesConcern(code);
    await maria.answers(code, 'Sudah kami urus.');
    for (const day of ['2026-12-01', '2026-12-08', '2026-12-09']) await room.passes(`${day}T08:00:00+08:00`);
    expect(await room.rows(`SELECT 1 FROM notice WHERE kind = 'concern-check'`)).toEqual([]);
    expect(await boardOf(room, maria.id)).toMatchObject({ status: 'answered', isUnheard: true });
    await room.rows(`UPDATE message SET status = 'read' WHERE direction = 'out'`);
    await room.passes('2026-12-10T08:00:00+08:00');
    ana.sees(/memastikan soal/);
    await room.passes('2026-12-21T08:00:00+08:00');
    expect(await room.rows(`SELECT status FROM concern`)).toEqual([{ status: 'answered' }]);
    await room.rows(`UPDATE message SET status = 'read' WHERE direction = 'out'`);
    await room.passes('2026-12-22T08:00:00+08:00');
    expect(await room.rows(`SELECT status FROM concern`)).toEqual([{ status: 'settled' }]);
  });

  it('leaves five working days after the second question, however late it was asked', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    const maria = await officerIn(room);
    const code = await ana.poursOut(story);
    await maria.takesConcern(code);
    await maria.answers(code, 'Sudah kami urus.');
    // Nothing ran for three weeks; the question is of Wednesday 16 December.
    for (const at of ['16T09:00', '16T10:00', '22T10:00']) await room.passes(`2026-12-${at}:00+08:00`);
    expect(await room.rows(`SELECT status FROM concern`)).toEqual([{ status: 'answered' }]);
    await room.passes('2026-12-23T09:00:00+08:00');
    expect(await room.rows(`SELECT status FROM concern`)).toEqual([{ status: 'settled' }]);
  });
});
