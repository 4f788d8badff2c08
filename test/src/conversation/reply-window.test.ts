import { expect, it } from 'vitest';
import type { MessageTemplate, OutboundReady } from '../../../bots/channel.ts';
import { readUnsent } from '../../../src/desk/reads/unsent.ts';
import { officerIn } from '../../support/officer.ts';
import { openRoom } from '../../support/room.ts';
import { describeOnEachStore } from '../../support/stores.ts';

type Room = Awaited<ReturnType<typeof openRoom>>;

/** Gives the room's channel a reply window of a day, and notes what goes outside it. */
function closeAfterADay(room: Room): { template: MessageTemplate; message: OutboundReady }[] {
  const outside: { template: MessageTemplate; message: OutboundReady }[] = [];
  Object.assign(room.telegram, {
    capabilities: { ...room.telegram.capabilities, replyWindowHours: 24 },
    sendOutsideWindow: async (_to: unknown, message: OutboundReady, template: MessageTemplate) => {
      outside.push({ template, message });
      return { ok: true, messageRef: `template-${outside.length}` };
    },
  });
  return outside;
}

async function name(room: Room, whatsappTemplates: Record<string, MessageTemplate>): Promise<void> {
  await room.db.query(`INSERT INTO setting (key, value, updated_at) VALUES ('room', $1, now())`, [
    JSON.stringify({ whatsappTemplates }),
  ]);
  await room.restarts();
}

describeOnEachStore('the reply window', (store) => {
  const unsent = (room: Room) => readUnsent({ db: room.db, vault: room.vault, clock: room.clock });

  it('sends a notice by the template named for its kind once the resident has been silent for a day', async () => {
    const room = await openRoom(store);
    await name(room, { 'booking-evening': { name: 'pengingat_jadwal', language: 'id' } });
    const outside = closeAfterADay(room);
    const ana = await room.resident().agrees();
    const code = await ana.books(/Senin, 30 November/, '09.00');
    ana.looksAway();
    await room.passes('2026-11-29T18:00:00+08:00');
    ana.seesNothing();
    expect(outside).toMatchObject([
      { template: { name: 'pengingat_jadwal', language: 'id' }, message: { kind: 'text' } },
    ]);
    expect(JSON.stringify(outside)).toContain(code);
    expect(await unsent(room)).toEqual([]);
    // Its answers are taken by their numbers.
    await ana.says('1').sees(/kami tunggu/);
  });

  it('holds up a notice without a template until the next word, and shows it on the desk meanwhile', async () => {
    const room = await openRoom(store);
    const outside = closeAfterADay(room);
    const ana = await room.resident().agrees();
    const maria = await officerIn(room);
    const concern = await ana.poursOut('lampu jalan mati');
    await room.passes('2026-11-27T10:00:00+08:00');
    const calls = room.telegram.triedTo(ana.chat).length;
    ana.looksAway();
    await maria.takesConcern(concern);
    ana.seesNothing();
    await room.passes('2026-11-27T23:00:00+08:00');
    ana.seesNothing();
    // The platform was not even asked.
    expect(room.telegram.triedTo(ana.chat)).toHaveLength(calls);
    expect(outside).toEqual([]);
    const waiting = await unsent(room);
    expect(waiting.map((item) => [item.isOutsideWindow, item.isFailed])).toEqual(
      waiting.map(() => [true, false]),
    );
    expect(waiting.length).toBeGreaterThan(0);
    room.clock.set('2026-11-28T09:00:00+08:00');
    await ana.says('halo').sees(/sekarang ditangani petugas kami, Maria/);
    expect(await unsent(room)).toEqual([]);
  });

  it('believes a platform that took a message and says later that the window was closed', async () => {
    const room = await openRoom(store);
    await name(room, { 'booking-evening': { name: 'pengingat_jadwal', language: 'id' } });
    const outside = closeAfterADay(room);
    const ana = await room.resident().agrees();
    const maria = await officerIn(room);
    await ana.books(/Rabu, 25 November/, '09.00');
    await maria.takes(ana);
    ana.looksAway();
    await maria.tells(ana, 'Bawa KTP, ya.');
    const refused = async () => {
      const messageRef = room.telegram.lastRefTo(ana.chat) ?? '';
      await room.telegram
        .sink()
        .status({ channel: 'telegram', messageRef, status: 'failed', reason: 'window_closed' });
      await room.settles();
    };
    await refused();
    expect(await unsent(room)).toMatchObject([{ author: 'officer', isOutsideWindow: true }]);
    const sent = room.telegram.sentTo(ana.chat).length;
    await room.passes('2026-11-24T18:00:00+08:00');
    // The waiting word of the officer does not hold up the reminder, and is not sent again in vain.
    expect(room.telegram.sentTo(ana.chat)).toHaveLength(sent + 1);
    await refused();
    await room.app.pipeline.look(await room.conversationOf(ana));
    expect(outside).toHaveLength(1);
    expect(room.telegram.sentTo(ana.chat)).toHaveLength(sent + 1);
    room.clock.advance(1000);
    await ana.says('baik').sees(/Bawa KTP/);
    ana.seesNoneOf(/Pengingat/);
    expect(await unsent(room)).toEqual([]);
  });

  it('never sends a reminder after the visit, and nobody has to look after it', async () => {
    const room = await openRoom(store);
    closeAfterADay(room);
    const ana = await room.resident().agrees();
    await ana.books(/Senin, 30 November/, '09.00');
    await room.passes('2026-11-29T18:00:00+08:00');
    await room.passes('2026-11-30T07:00:00+08:00');
    // The one that says "besok" is over already; the one of this morning still waits.
    expect((await unsent(room)).map((item) => item.isOutsideWindow)).toEqual([true]);
    room.clock.set('2026-11-30T13:00:00+08:00');
    await ana.says('/status').sees(/BST-/);
    ana.seesNoneOf(/Pengingat/);
    expect(await unsent(room)).toEqual([]);
  });
});
