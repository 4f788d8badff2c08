import { expect, it } from 'vitest';
import { closeHandoff } from '../../../src/actions/close-handoff.ts';
import { sendOfficerMessage } from '../../../src/actions/send-officer-message.ts';
import { transferHandoff } from '../../../src/actions/transfer-handoff.ts';
import { colleagueIn } from '../../support/duty.ts';
import type { Resident } from '../../support/resident.ts';
import { openRoom } from '../../support/room.ts';
import type { RoomUnderTest } from '../../support/room.ts';
import { describeOnEachStore } from '../../support/stores.ts';

/** A Wednesday of the room, open until 16.00 with a break at noon. */
const morning = '2026-11-25T09:00:00+08:00';
const at = (time: string) => `2026-11-25T${time}:00+08:00`;

describeOnEachStore('a chat that somebody holds', (store) => {
  const says = async (room: RoomUnderTest, officerId: string, resident: Resident, text: string) => {
    const conversationId = await room.conversationOf(resident);
    await room.app.transact((tx) =>
      sendOfficerMessage(tx, {
        conversationId,
        officerId,
        content: { kind: 'text', text },
        onceKey: `${text} ${room.clock.now().toISOString()}`,
      }),
    );
    await room.settles();
  };
  const handoff = async (room: RoomUnderTest) =>
    (
      await room.rows<{ status: string; owner: string; level: number; held: boolean }>(
        `SELECT h.status, c.owner, h.climb_level AS level, h.officer_id IS NOT NULL AS held
           FROM handoff h JOIN conversation c ON c.id = h.conversation_id ORDER BY h.requested_at DESC LIMIT 1`,
      )
    )[0];
  const calls = (room: RoomUnderTest, who: string) =>
    room.telegram.sentTo(who).map((page) => (page.kind === 'text' ? page.text : ''));
  const heldBy = async (room: RoomUnderTest) => {
    const maria = await colleagueIn(room, 'Maria', { contacts: { telegram: '1001' } });
    await colleagueIn(room, 'Lead', { role: 'supervisor', isAway: true, contacts: { telegram: '1003' } });
    const ana = await room.resident().agrees();
    await ana.says('/petugas');
    expect(await maria.claims(ana)).toBe('claimed');
    room.clock.advance(60_000);
    await says(room, maria.id, ana, 'Ada yang bisa dibantu?');
    return { maria, ana };
  };

  it('is called for when words stand unanswered, once; an answer ends it, and the next silence is another call', async () => {
    const room = await openRoom(store, { now: morning });
    const { maria, ana } = await heldBy(room);
    await room.passes(at('09:05'));
    await ana.says('KTP saya hilang').seesNothing();
    await room.passes(at('09:19'));
    expect(calls(room, '1001')).toEqual([]);
    await room.passes(at('09:20'));
    await room.passes(at('09:21'));
    expect(calls(room, '1001')).toEqual([
      expect.stringMatching(/warga menunggu jawaban Anda[\s\S]*\/desk\/antrean\//),
    ]);
    expect(calls(room, '1001').join()).not.toMatch(/KTP/);
    await says(room, maria.id, ana, 'Bisa diurus di loket 3.');
    await room.passes(at('10:30'));
    expect(calls(room, '1001')).toHaveLength(1);
    await ana.says('loketnya tutup');
    await room.passes(at('10:46'));
    expect(calls(room, '1001')).toHaveLength(2);
    expect(await handoff(room)).toMatchObject({ status: 'held', owner: 'human' });
  });

  it('goes back to the queue when calling does not help: told to the resident, answered by the bot, climbing', async () => {
    const room = await openRoom(store, { now: morning });
    const { ana } = await heldBy(room);
    await ana.says('loketnya di mana ya?');
    await room.passes(at('09:20'));
    expect(calls(room, '1001')).toHaveLength(1);
    ana.seesNothing();
    await room.passes(at('09:34'));
    expect(await handoff(room)).toMatchObject({ status: 'held' });
    await Promise.all([room.app.sweep(), room.passes(at('09:36'))]);
    expect(await handoff(room)).toMatchObject({ status: 'waiting', owner: 'bot', held: false, level: 0 });
    ana.sees(/lebih lama dari yang kami kira/, /urutan 1/);
    expect(ana.news()).toHaveLength(1);
    await ana.says('/status').sees(/menunggu petugas/);
    await room.passes(at('09:53'));
    expect(calls(room, '1003')).toEqual([expect.stringMatching(/belum diambil/)]);
  });

  it('does not count a greeting as an answer, nor hours in which the room is closed', async () => {
    const room = await openRoom(store, { now: at('15:50') });
    const maria = await colleagueIn(room, 'Maria', { contacts: { telegram: '1001' } });
    const ana = await room.resident().agrees();
    await ana.says('/petugas');
    await room.passes(at('15:55'));
    await maria.claims(ana);
    await room.passes(at('18:00'));
    await room.passes('2026-11-29T10:00:00+08:00');
    expect(calls(room, '1001')).toEqual([]);
    await room.passes('2026-11-30T08:09:00+08:00');
    expect(calls(room, '1001')).toEqual([]);
    await room.passes('2026-11-30T08:10:30+08:00');
    expect(calls(room, '1001')).toHaveLength(1);
  });

  it('calls a colleague to whom it was passed before it takes it from them, and nobody once it is closed', async () => {
    const room = await openRoom(store, { now: morning });
    const { maria, ana } = await heldBy(room);
    const yusuf = await colleagueIn(room, 'Yusuf', { contacts: { telegram: '1002' } });
    const conversationId = await room.conversationOf(ana);
    await ana.says('halo?');
    await room.passes(at('09:17'));
    expect(calls(room, '1001')).toHaveLength(1);
    await room.app.transact((tx) =>
      transferHandoff(tx, { conversationId, officerId: maria.id, toOfficerId: yusuf.id, note: '' }),
    );
    room.telegram.willAnswer({ ok: false, outcome: 'retry', reason: 'flood' });
    await room.passes(at('09:35'));
    expect(calls(room, '1002')).toEqual([]);
    await room.app.transact((tx) =>
      closeHandoff(tx, { conversationId, officerId: yusuf.id, outcome: 'closed', word: '' }),
    );
    await room.passes(at('09:40'));
    await room.passes(at('10:40'));
    expect([calls(room, '1002'), calls(room, '1001').length]).toEqual([[], 1]);
    expect(await room.rows(`SELECT 1 FROM page WHERE outcome IS NULL`)).toEqual([]);
  });

  it('after hours: the resident hears once that nobody is there, unless an officer is still writing', async () => {
    const room = await openRoom(store, { now: at('15:40') });
    const { maria, ana } = await heldBy(room);
    await room.passes(at('16:05'));
    await ana.says('terima kasih, satu lagi').seesNothing();
    await room.passes(at('16:10'));
    await says(room, maria.id, ana, 'Silakan.');
    await room.passes(at('17:30'));
    await ana.says('baik bu, terima kasih').seesNothing();
    await ana
      .says('apakah harus bawa KK?')
      .sees(/Pesan Anda sudah masuk/, /Petugas ada lagi Senin, 30 November/);
    await room.passes(at('18:30'));
    await ana.says('halo').seesNothing();
    await ana.says('saya mau bunuh diri').sees(/tidak harus menanggungnya sendiri/);
  });

  it('is not called for thanks, a nod, a sticker or a sign in answer to its words, and the chat stays', async () => {
    const room = await openRoom(store, { now: morning });
    const { ana } = await heldBy(room);
    await ana.says('oke terima kasih banyak ibu Maria').seesNothing();
    await ana.says('🙏').seesNothing();
    await ana.sendsFile('sticker').seesNothing();
    await ana.says('selamat siang bu').seesNothing();
    for (const time of ['09:20', '09:36', '10:10', '15:00']) await room.passes(at(time));
    expect([...calls(room, '1001'), ...calls(room, '1003')]).toEqual([]);
    expect(await handoff(room)).toMatchObject({ status: 'held', owner: 'human' });
    // Nor does it count for the words that follow: those wait from when they came.
    await ana.says('tapi loketnya tutup').seesNothing();
    await room.passes(at('15:14'));
    expect(calls(room, '1001')).toEqual([]);
    await room.passes(at('15:15'));
    expect(calls(room, '1001')).toHaveLength(1);
  });

  it('is called for thanks that were changed into more, and for a greeting long after the last word', async () => {
    const room = await openRoom(store, { now: morning });
    const [{ ana }, budi] = [await heldBy(room), await room.resident().agrees()];
    await ana.says('terima kasih');
    const messageRef = ana.lastRef();
    const text = 'terima kasih, tapi beras kami belum sampai';
    await ana.sends({ kind: 'edit', messageRef, text }).seesNothing();
    await budi.deliver({ kind: 'text', text: 'Sudah kami urus, Pak.' }, { author: 'phone' });
    await room.passes(at('09:17'));
    expect(calls(room, '1001')).toHaveLength(1);
    await room.passes(at('09:50'));
    await budi.says('selamat pagi').seesNothing();
    await room.passes(at('10:06'));
    budi.sees(/Anda tetap di antrean/);
  });

  it('is called for thanks while it has not said a word itself, and wherever danger was told', async () => {
    const room = await openRoom(store, { now: morning });
    const maria = await colleagueIn(room, 'Maria', { contacts: { telegram: '1001' } });
    const [ana, budi] = [await room.resident().agrees(), await room.resident().agrees()];
    await ana.says('/petugas');
    await budi.says('suami saya pukul saya');
    room.clock.advance(60_000);
    for (const one of [ana, budi]) expect(await maria.claims(one)).toBe('claimed');
    room.clock.advance(60_000);
    await says(room, maria.id, budi, 'Ibu aman sekarang?');
    await room.db.query(`UPDATE danger_alert SET acknowledged_at = created_at`);
    const before = calls(room, '1001').length;
    room.clock.advance(60_000);
    for (const one of [ana, budi]) await one.says('baik bu, terima kasih').seesNothing();
    await room.passes(at('09:20'));
    expect(calls(room, '1001')).toHaveLength(before + 2);
    expect(await room.rows(`SELECT 1 FROM message WHERE is_courtesy`)).toEqual([]);
  });

  it("taken over on the room's phone: a greeting or thanks in return is nobody's turn in the queue", async () => {
    const room = await openRoom(store, { now: morning });
    await colleagueIn(room, 'Lead', { role: 'supervisor', isAway: true, contacts: { telegram: '1003' } });
    const ana = await room.resident().agrees();
    await ana.deliver({ kind: 'text', text: 'Selamat pagi dari Ruang Curhat' }, { author: 'phone' });
    await ana.says('selamat pagi').seesNothing();
    await ana.says('terima kasih').seesNothing();
    for (const time of ['09:16', '09:33', '15:00']) await room.passes(at(time));
    ana.seesNothing();
    expect(await handoff(room)).toMatchObject({ status: 'held', owner: 'human' });
    expect(calls(room, '1003')).toEqual([]);
  });

  it("taken over on the room's phone: words without an answer wait in the queue", async () => {
    const room = await openRoom(store, { now: morning });
    await colleagueIn(room, 'Lead', { role: 'supervisor', isAway: true, contacts: { telegram: '1003' } });
    const ana = await room.resident().agrees();
    await ana.deliver({ kind: 'text', text: 'Selamat pagi dari Ruang Curhat' }, { author: 'phone' });
    await room.passes(at('10:00'));
    expect(await handoff(room)).toMatchObject({ status: 'held', owner: 'human' });
    await ana.says('pagi, saya mau tanya').seesNothing();
    await room.passes(at('10:14'));
    ana.seesNothing();
    await room.passes(at('10:16'));
    expect(await handoff(room)).toMatchObject({ status: 'waiting', owner: 'bot' });
    ana.sees(/Anda tetap di antrean/);
    await room.passes(at('10:32'));
    expect(calls(room, '1003')).toHaveLength(1);
  });

  it("taken over on the room's phone, where nobody has typed for long: the bot answers again", async () => {
    const room = await openRoom(store);
    const [ana, budi] = [await room.resident().agrees(), await room.resident().agrees()];
    for (const one of [ana, budi])
      await one.deliver({ kind: 'text', text: 'Selamat Lebaran dari kami' }, { author: 'phone' });
    await room.passes('2026-11-24T21:59:00+08:00');
    // Nobody is there, which is said; the chat is the phone's still.
    await ana.says('/status').sees(/Petugas ada lagi/);
    await budi.says('saya mau bunuh diri').sees(/tidak harus menanggungnya sendiri/);
    await room.passes('2026-11-24T22:01:00+08:00');
    await ana.says('/status').sees(/Belum ada jadwal/);
    expect(await room.rows(`SELECT outcome FROM handoff WHERE status = 'closed'`)).toEqual([
      { outcome: 'returned' },
    ]);
    // A danger that nobody has seen to keeps its chat open.
    await budi.says('/status');
    budi.seesNoneOf(/Belum ada jadwal/);
    expect(
      await room.rows(`SELECT status FROM handoff WHERE conversation_id = $1`, [
        await room.conversationOf(budi),
      ]),
    ).toEqual([{ status: 'held' }]);
  });
});
