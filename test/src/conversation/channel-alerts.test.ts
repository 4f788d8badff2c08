import { expect, it } from 'vitest';
import type { SendResult } from '../../../bots/channel.ts';
import { noteChannelAlert } from '../../../src/conversation/channel-alerts.ts';
import type { ChannelAlertKind } from '../../../src/conversation/channel-alerts.ts';
import { openRoom } from '../../support/room.ts';
import { describeOnEachStore } from '../../support/stores.ts';

const group = '-100500';

describeOnEachStore('how a channel is', (store) => {
  type Room = Awaited<ReturnType<typeof openRoom>>;
  const note = (room: Room, kind: ChannelAlertKind) =>
    noteChannelAlert({ db: room.db, clock: room.clock }, { channel: 'whatsapp', kind });
  const told = (room: Room) =>
    room.telegram.sentTo(group).map((message) => (message.kind === 'text' ? message.text : ''));

  it("is told to the officers' group, one message a change and in their order", async () => {
    const room = await openRoom(store, { officerChatId: group });
    for (const kind of ['stuck', 'logged_out', 'recovered'] as const) {
      await note(room, kind);
      room.clock.advance(1000);
    }
    await Promise.all([room.app.sweep(), room.app.sweep()]);
    await room.settles();
    await room.app.sweep();
    await room.settles();
    expect(told(room)).toEqual([
      expect.stringMatching(/^WhatsApp macet .*\/desk\/pengaturan\/kanal$/),
      expect.stringMatching(/^WhatsApp terlepas dari telepon ruang/),
      expect.stringMatching(/^WhatsApp sudah terhubung lagi/),
    ]);
  });

  it('is told later when Telegram is away, but not a day later', async () => {
    const room = await openRoom(store, { officerChatId: group });
    await note(room, 'needs_pairing');
    room.telegram.willAnswer({ ok: false, outcome: 'retry', reason: 'away' });
    await room.app.sweep();
    await room.settles();
    await room.passes(new Date(room.clock.now().getTime() + 5_000));
    expect(room.telegram.triedTo(group)).toHaveLength(1);
    await room.passes(new Date(room.clock.now().getTime() + 30_000));
    expect(told(room)).toHaveLength(1);
    await note(room, 'stuck');
    room.telegram.willAnswer({ ok: false, outcome: 'retry', reason: 'away' });
    await room.passes(new Date(room.clock.now().getTime() + 1_000));
    await room.passes('2026-11-26T10:00:00+08:00');
    expect(told(room)).toHaveLength(1);
  });

  it('is told although a process died with it in its hands', async () => {
    const room = await openRoom(store, { officerChatId: group });
    await note(room, 'stuck');
    let letGo = (_result: SendResult): void => undefined;
    room.telegram.willAnswer(new Promise<SendResult>((resolve) => (letGo = resolve)));
    await room.app.sweep();
    await expect.poll(() => room.telegram.triedTo(group).length).toBe(1);
    await room.restarts({ killed: true });
    await room.passes(new Date(room.clock.now().getTime() + 61_000));
    expect(told(room)).toHaveLength(1);
    letGo({ ok: false, outcome: 'unknown', reason: 'it was dead' });
  });

  it('is told to nobody where no group is set', async () => {
    const room = await openRoom(store);
    await note(room, 'stuck');
    await room.app.sweep();
    await room.settles();
    expect(told(room)).toEqual([]);
  });
});
