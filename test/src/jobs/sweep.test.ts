import { expect, it } from 'vitest';
import type { SendResult } from '../../../bots/channel.ts';
import { createReceiver } from '../../../src/conversation/receive.ts';
import { colleagueIn } from '../../support/duty.ts';
import type { Resident } from '../../support/resident.ts';
import { openRoom } from '../../support/room.ts';
import type { RoomUnderTest } from '../../support/room.ts';
import { describeOnEachStore } from '../../support/stores.ts';

const group = '-100500';

describeOnEachStore('the sweep, while a platform takes its time', (store) => {
  /** Stored by a process that died right after. */
  const writes = async (room: RoomUnderTest, resident: Resident, text: string) => {
    const { db, vault, clock } = room;
    const never = () => Promise.reject(new Error('no file comes here'));
    const receive = createReceiver({ db, vault, clock, keepFile: never });
    await receive(resident.inbound({ kind: 'text', text }));
  };
  const later = (room: RoomUnderTest, seconds: number) =>
    new Date(room.clock.now().getTime() + seconds * 1000);

  it('ends all the same; danger behind it is heard, answered and paged, and a failed page has its retry', async () => {
    const room = await openRoom(store, { officerChatId: group });
    await colleagueIn(room, 'Yusuf', { role: 'supervisor', contacts: { telegram: '1001' } });
    const slow: Resident[] = [];
    for (let n = 0; n < 6; n += 1) slow.push(await room.resident().agrees());
    const ana = await room.resident().agrees();
    const real = room.telegram.send.bind(room.telegram);
    const hanging: (() => void)[] = [];
    const isSlow = (chat: string) => slow.some((one) => one.chat === chat);
    let isFlooded = true;
    room.telegram.send = (to, message) => {
      if (isSlow(to.value))
        return new Promise<SendResult>((resolve) => hanging.push(() => resolve(real(to, message))));
      if (to.value === '1001' && isFlooded)
        return Promise.resolve({ ok: false, outcome: 'retry', reason: 'flood' });
      return real(to, message);
    };
    for (const one of slow) await writes(room, one, '/status');
    ana.looksAway();
    await writes(room, ana, 'saya mau bunuh diri');
    room.clock.set(later(room, 5));
    await room.app.sweep();
    await expect.poll(() => ana.news().join()).toMatch(/tidak harus menanggungnya sendiri/);
    await expect.poll(() => room.telegram.sentTo(group).length).toBe(1);
    await expect.poll(() => hanging.length).toBe(6);
    // The next ones end as well, though all six still hang, and the page that failed goes out.
    isFlooded = false;
    room.clock.set(later(room, 11));
    await room.app.sweep();
    await expect.poll(() => room.telegram.sentTo('1001').length).toBe(1);
    await room.app.sweep();
    expect(hanging).toHaveLength(6);
    for (const letGo of hanging) letGo();
    await room.settles();
    expect(await room.rows(`SELECT 1 FROM message WHERE status IN ('pending', 'sending')`)).toEqual([]);
  });

  it('begins few unsent replies of a channel at once, help for somebody in danger beside them', async () => {
    const room = await openRoom(store);
    const people: Resident[] = [];
    for (let n = 0; n < 7; n += 1) people.push(await room.resident().agrees());
    const [urgent] = people;
    const real = room.telegram.send.bind(room.telegram);
    room.telegram.send = () => Promise.resolve({ ok: false, outcome: 'retry', reason: 'away' });
    for (const one of people) await one.says(one === urgent ? 'saya mau bunuh diri' : '/status');
    const hanging: (() => void)[] = [];
    const tried: string[] = [];
    room.telegram.send = (to, message) => {
      tried.push(to.value);
      return new Promise<SendResult>((resolve) => hanging.push(() => resolve(real(to, message))));
    };
    room.clock.set(later(room, 60));
    await room.app.sweep();
    await room.app.sweep();
    await expect.poll(() => tried.length).toBe(5);
    expect(tried).toContain(urgent?.chat);
    while (tried.length < 7) {
      for (const letGo of hanging.splice(0)) letGo();
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (const letGo of hanging.splice(0)) letGo();
    await room.settles();
    expect(new Set(tried).size).toBe(7);
  });
});
