import { expect, it } from 'vitest';
import { createReceiver } from '../../../src/conversation/receive.ts';
import { officerIn } from '../../support/officer.ts';
import type { Resident } from '../../support/resident.ts';
import { openRoom } from '../../support/room.ts';
import type { RoomUnderTest } from '../../support/room.ts';
import { describeOnEachStore } from '../../support/stores.ts';

const group = '-100500';

describeOnEachStore('a message whose step fails again and again', (store) => {
  /** From here on no step of theirs can be taken: where the dialog stood cannot be opened. */
  const breakDialog = async (room: RoomUnderTest, resident: Resident) =>
    room.rows(`UPDATE conversation SET dialog_sealed = '\\x00' WHERE id = $1`, [
      await room.conversationOf(resident),
    ]);
  const secondsLater = (room: RoomUnderTest, seconds: number) =>
    room.passes(new Date(room.clock.now().getTime() + seconds * 1000));
  /** The second and the third try. */
  const triesOn = async (room: RoomUnderTest) => {
    await secondsLater(room, 5);
    await secondsLater(room, 5);
  };
  const handoffs = (room: RoomUnderTest) => room.rows(`SELECT status, reason FROM handoff`);
  const unprocessed = (room: RoomUnderTest) =>
    room.rows(`SELECT 1 FROM message WHERE direction = 'in' AND processed_at IS NULL`);

  it('and that speaks of danger is an alarm all the same, with its help', async () => {
    const room = await openRoom(store, { officerChatId: group });
    room.mayLogErrors();
    const ana = await room.resident().agrees();
    await breakDialog(room, ana);
    await ana.says('saya mau bunuh diri malam ini').seesNothing();
    expect(await room.rows(`SELECT 1 FROM danger_alert`)).toEqual([]);
    await triesOn(room);
    ana.sees(/tidak harus menanggungnya sendiri/, /Apakah Anda aman sekarang/);
    ana.seesNoneOf(/gangguan/);
    expect(await room.rows(`SELECT kind, severity FROM danger_alert`)).toEqual([
      { kind: 'self_harm', severity: 'darurat' },
    ]);
    expect(await handoffs(room)).toEqual([{ status: 'waiting', reason: 'danger' }]);
    expect(room.telegram.sentTo(group)).toHaveLength(1);
    // "Are you safe now?" was asked, and its answer is heard: the dialog goes on.
    await ana.says('sudah aman').sees(/Syukurlah Anda aman/);
  });

  it('waits for an officer, once, and the resident hears of it; what follows is answered', async () => {
    const room = await openRoom(store);
    room.mayLogErrors();
    const ana = await room.resident().agrees();
    await breakDialog(room, ana);
    await ana.says('jalan depan rumah rusak').seesNothing();
    await secondsLater(room, 5);
    expect([await handoffs(room), ana.news()]).toEqual([[], []]);
    await secondsLater(room, 5);
    ana.sees(/ada gangguan di pihak kami/, /diteruskan|teruskan ke petugas/, /Petugas ada lagi/);
    expect(await handoffs(room)).toEqual([{ status: 'waiting', reason: 'not_understood' }]);
    expect(await unprocessed(room)).toEqual([]);
    await triesOn(room);
    expect(ana.news()).toHaveLength(1);
    await ana.says('/status').sees(/Chat Anda menunggu petugas/);
  });

  it('because of an action of ours leaves the question as it stood: when it is mended, the answer is taken', async () => {
    const room = await openRoom(store);
    room.mayLogErrors();
    const ana = await room.resident().agrees();
    await ana.says('/pesan senin jam 9');
    await room.db.query(
      `CREATE FUNCTION no_booking() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''a bug''; END'`,
    );
    await room.db.query(
      `CREATE TRIGGER no_booking BEFORE INSERT ON booking FOR EACH ROW EXECUTE FUNCTION no_booking()`,
    );
    try {
      await ana.says('ya').seesNothing();
      await triesOn(room);
    } finally {
      await room.db.query(`DROP FUNCTION no_booking CASCADE`);
    }
    ana.sees(/ada gangguan di pihak kami/);
    expect(await handoffs(room)).toEqual([{ status: 'waiting', reason: 'not_understood' }]);
    await ana.says('ya').sees(/Jadwal Anda tercatat/);
  });

  it('and whose words cannot be opened is for a person to look at', async () => {
    const room = await openRoom(store);
    room.mayLogErrors();
    const ana = await room.resident().agrees();
    await storeOnly(room, ana, 'tolong saya');
    await room.rows(
      `UPDATE message SET content_sealed = '\\x00' WHERE processed_at IS NULL AND direction = 'in'`,
    );
    await secondsLater(room, 5);
    await triesOn(room);
    ana.sees(/teruskan ke petugas/);
    expect(await handoffs(room)).toEqual([{ status: 'waiting', reason: 'not_understood' }]);
    await ana.says('/status').sees(/menunggu petugas/);
  });

  it('while an officer holds the chat: danger is an alarm, the rest stands there for them and the bot is silent', async () => {
    const room = await openRoom(store);
    room.mayLogErrors();
    const ana = await room.resident().agrees();
    await ana.says('/petugas');
    await (await officerIn(room)).takes(ana);
    await breakDialog(room, ana);
    await ana.says('halo pak petugas').seesNothing();
    await triesOn(room);
    ana.seesNothing();
    expect(await unprocessed(room)).toEqual([]);
    expect(await room.rows(`SELECT status FROM handoff`)).toEqual([{ status: 'held' }]);
    await breakDialog(room, ana);
    await ana.says('saya mau bunuh diri').seesNothing();
    await triesOn(room);
    ana.sees(/tidak harus menanggungnya sendiri/);
    expect(await room.rows(`SELECT 1 FROM danger_alert WHERE acknowledged_at IS NULL`)).toHaveLength(1);
  });

  it("typed on the room's phone is let go without a word to the resident", async () => {
    const room = await openRoom(store);
    room.mayLogErrors();
    const ana = await room.resident().agrees();
    await breakDialog(room, ana);
    await ana.deliver({ kind: 'text', text: 'kalau mau bunuh diri hubungi 119' }, { author: 'phone' });
    await triesOn(room);
    expect(await unprocessed(room)).toEqual([]);
    expect([await handoffs(room), await room.rows(`SELECT 1 FROM danger_alert`)]).toEqual([[], []]);
    ana.seesNothing();
  });

  it('is charged with its own failures only, not with a reply that could not be noted', async () => {
    const room = await openRoom(store);
    room.mayLogErrors();
    const ana = await room.resident().agrees();
    const real = room.telegram.send.bind(room.telegram);
    room.telegram.send = async (to, message) => {
      room.telegram.send = real;
      // While a reply leaves, the next message comes, and then the reply cannot be noted.
      await storeOnly(room, ana, '/bantuan');
      await room.rows(`ALTER TABLE delivery_attempt RENAME TO away`);
      return real(to, message);
    };
    try {
      await ana.says('/status');
      expect(
        await room.rows(`SELECT failed_steps FROM message WHERE processed_at IS NULL AND direction = 'in'`),
      ).toEqual([{ failed_steps: 0 }]);
    } finally {
      await room.rows(`ALTER TABLE away RENAME TO delivery_attempt`);
    }
    await secondsLater(room, 61);
    ana.sees(/Perintah|\/pesan|jadwal/);
    expect(await unprocessed(room)).toEqual([]);
    expect(await handoffs(room)).toEqual([]);
  });
});

/** As a process that dies right after the commit. */
async function storeOnly(room: RoomUnderTest, resident: Resident, text: string): Promise<void> {
  const { db, vault, clock } = room;
  const never = () => Promise.reject(new Error('no file comes here'));
  const receive = createReceiver({ db, vault, clock, keepFile: never });
  await receive(resident.inbound({ kind: 'text', text }));
}
