import { expect, it } from 'vitest';
import { acknowledgeAlert } from '../../../src/actions/acknowledge-alert.ts';
import { closeHandoff } from '../../../src/actions/close-handoff.ts';
import { raiseAlert } from '../../../src/actions/raise-alert.ts';
import { sendOfficerMessage } from '../../../src/actions/send-officer-message.ts';
import { colleagueIn } from '../../support/duty.ts';
import { openRoom } from '../../support/room.ts';
import type { RoomUnderTest } from '../../support/room.ts';
import { describeOnEachStore } from '../../support/stores.ts';

/** A Monday morning: the room is open. */
const morning = '2026-11-30T09:00:00+08:00';
const at = (minutes: number) => new Date(Date.parse(morning) + minutes * 60_000 + 1_000).toISOString();

const open = (room: RoomUnderTest) =>
  room.rows<{ id: string; kind: string; severity: string; signs: number }>(
    `SELECT id, kind, severity, signs FROM danger_alert WHERE acknowledged_at IS NULL`,
  );
const calls = (room: RoomUnderTest, who: string) =>
  room.telegram.sentTo(who).map((page) => (page.kind === 'text' ? page.text : ''));

const heavy = 'saya lelah dengan hidup ini';
const grave = 'saya mau bunuh diri malam ini juga';

describeOnEachStore('a chat of danger', (store) => {
  const team = async (room: RoomUnderTest) => {
    const first = await colleagueIn(room, 'First', { isAway: true, contacts: { telegram: '1001' } });
    await colleagueIn(room, 'Lead', { role: 'supervisor', isAway: true, contacts: { telegram: '1003' } });
    await first.serves(1, 1, false);
    return first;
  };

  it('has one open alarm, counts its signs, and calls anew only for a graver one', async () => {
    const room = await openRoom(store, { now: morning });
    await team(room);
    const ana = await room.resident().agrees();
    await ana.says(heavy);
    expect(await open(room)).toMatchObject([{ severity: 'tinggi', signs: 1 }]);
    expect(calls(room, '1001')).toHaveLength(1);
    room.clock.advance(60_000);
    await ana.says(heavy);
    expect(calls(room, '1001')).toHaveLength(1);
    await room.passes(at(2));
    await ana.says(grave);
    expect(await open(room)).toMatchObject([{ severity: 'darurat', signs: 3 }]);
    expect(calls(room, '1001')).toEqual([
      expect.stringMatching(/\(tinggi\)/),
      expect.stringMatching(/\(darurat\)[^]*Baru saja masuk/),
    ]);
    await room.passes(at(3));
    await ana.says(grave);
    await ana.says('sonde');
    expect(await open(room)).toMatchObject([{ severity: 'darurat', signs: 5 }]);
    expect(calls(room, '1001')).toHaveLength(2);
    // It climbs by the clock of the grave one, however much is written after it.
    await room.passes(at(7));
    expect(calls(room, '1003')).toHaveLength(0);
    await room.passes(at(9));
    expect(calls(room, '1003')).toHaveLength(1);
  });

  it('calls anew once somebody had seen to it, and once everybody had been told as often as it helps', async () => {
    const room = await openRoom(store, { now: morning });
    const first = await team(room);
    const ana = await room.resident().agrees();
    /** Of the severity that may be a false alarm, and so is told but once. */
    const gives = async (text: string) => {
      await ana.says(text);
      const conversationId = await room.conversationOf(ana);
      const [last] = await room.rows<{ id: string }>(
        `SELECT id FROM message WHERE direction = 'in' ORDER BY seq DESC LIMIT 1`,
      );
      await room.app.transact((tx) =>
        raiseAlert(tx, { conversationId, messageId: last?.id ?? '', kind: 'self_harm', severity: 'sedang' }),
      );
      await room.settles();
    };
    await gives('halo');
    expect(calls(room, '1001')).toHaveLength(1);
    await room.passes(at(30));
    await gives('permisi');
    expect(calls(room, '1001')).toHaveLength(1);
    await room.passes(at(61));
    await gives('selamat pagi');
    expect(calls(room, '1001')).toHaveLength(2);
    const [alert] = await open(room);
    expect(alert).toMatchObject({ severity: 'sedang', signs: 3 });
    await room.app.transact((tx) => acknowledgeAlert(tx, { alertId: alert?.id ?? '', officerId: first.id }));
    await gives('halo lagi');
    expect(await open(room)).toMatchObject([{ signs: 1 }]);
    expect(calls(room, '1001')).toHaveLength(3);
  });
});

describeOnEachStore('danger that is told to an officer who holds the chat', (store) => {
  const group = '-100500';
  const held = async () => {
    const room = await openRoom(store, { now: morning, officerChatId: group });
    const maria = await colleagueIn(room, 'Maria', { contacts: { telegram: '1001' } });
    await colleagueIn(room, 'Budi', { contacts: { telegram: '1002' } }).then((each) =>
      each.serves(1, 1, false),
    );
    await colleagueIn(room, 'Lead', { role: 'supervisor', contacts: { telegram: '1003' } });
    const ana = await room.resident().agrees();
    await ana.says('/petugas');
    await maria.claims(ana);
    room.clock.advance(60_000);
    const conversationId = await room.conversationOf(ana);
    const alarms = (who: string) => calls(room, who).filter((text) => text.includes('BAHAYA')).length;
    const all = () => ['1001', '1002', '1003', group].map(alarms);
    await ana.says(grave);
    return { room, ana, maria, conversationId, all };
  };

  it('calls that officer first, the others only when nothing comes', async () => {
    const { room, all } = await held();
    expect(all()).toEqual([1, 0, 0, 0]);
    expect(calls(room, '1001').at(-1)).toMatch(/di chat yang Anda pegang/);
    await room.passes(at(3));
    expect(all()).toEqual([1, 0, 0, 0]);
    await room.passes(at(5));
    expect(all()).toEqual([1, 1, 0, 1]);
    await room.passes(at(11));
    expect(all()).toEqual([1, 1, 1, 1]);
  });

  it('is seen to when they speak or close, and the house is left alone', async () => {
    const { room, ana, maria, conversationId, all } = await held();
    const say = { kind: 'text' as const, text: 'Saya di sini. Kamu di mana?' };
    await room.app.transact((tx) =>
      sendOfficerMessage(tx, { conversationId, officerId: maria.id, content: say, onceKey: 'a' }),
    );
    expect(await open(room)).toEqual([]);
    for (const minute of [5, 12, 30]) await room.passes(at(minute));
    expect(all()).toEqual([1, 0, 0, 0]);
    await ana.says(grave);
    expect(await open(room)).toHaveLength(1);
    await room.app.transact((tx) =>
      closeHandoff(tx, { conversationId, officerId: maria.id, outcome: 'closed', word: '' }),
    );
    expect(await open(room)).toEqual([]);
    expect(await room.rows(`SELECT DISTINCT acknowledged_by AS by FROM danger_alert`)).toEqual([
      { by: maria.id },
    ]);
    for (const minute of [45, 90]) await room.passes(at(minute));
    expect(all()).toEqual([2, 0, 0, 0]);
  });
});
