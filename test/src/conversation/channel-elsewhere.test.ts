import { expect, it, vi } from 'vitest';
import type { ChannelHealth } from '../../../bots/channel.ts';
import type { ChannelPlan } from '../../../src/conversation/channel-holder.ts';
import { deskIn } from '../../support/desk-in.ts';
import type { DeskIn } from '../../support/desk-in.ts';
import { openRoom } from '../../support/room.ts';
import { createScriptedChannel } from '../../support/scripted-channel.ts';
import { describeOnEachStore } from '../../support/stores.ts';

const qr = '2@a-code-that-pairs,with,this,room';
type Item = {
  name: string;
  state: string;
  words: string;
  qr: string | null;
  canPair: boolean;
  code: string | null;
};

/** A paired phone's channel whose health the test decides, and what was asked of it. */
function pairable() {
  const asked: string[] = [];
  let health: ChannelHealth = { state: 'needs_pairing', since: new Date(0), detail: 'scan', pairing: { qr } };
  let tell = () => {};
  let answer: { ok: true; code: string } | { ok: false } = { ok: true, code: 'ABCD1234' };
  const plan: ChannelPlan = {
    name: 'whatsapp',
    isExclusive: true,
    make: ({ onChange }) => {
      tell = onChange;
      return { ...createScriptedChannel('whatsapp'), health: () => health };
    },
    control: {
      logOut: async () => void asked.push('log out'),
      restart: async () => void asked.push('restart'),
      pairByCode: async (phone) => {
        asked.push(`pair ${phone}`);
        return answer;
      },
    },
  };
  return {
    plan,
    asked,
    willAnswer: (next: typeof answer) => (answer = next),
    is(next: Partial<ChannelHealth>, isTold = true) {
      const { pairing: _old, ...rest } = health;
      health = { ...rest, ...next };
      if (isTold) tell();
    },
  };
}

const itemOf = async (desk: DeskIn) =>
  (await desk.get<{ items: Item[] }>('/channels')).items.find(({ name }) => name === 'whatsapp');

/** Until the desk shows it: another process tells in its own time. */
const shown = (desk: DeskIn, fits: (item: Item) => boolean) =>
  vi.waitUntil(
    async () => {
      const item = await itemOf(desk);
      return item && fits(item) ? item : null;
    },
    { timeout: 15_000 },
  );

describeOnEachStore('a channel that another process holds', (store) => {
  // PGlite has one process.
  const itOnServers = store.name === 'embedded' ? () => undefined : it;
  const open = () => openRoom(store, { roles: ['web'], configured: ['telegram', 'whatsapp', 'web'] });

  itOnServers('shows on the desk how it is, with the code to scan, as that process says it', async () => {
    const room = await open();
    const desk = await deskIn(room);
    expect(await itemOf(desk)).toMatchObject({
      state: 'stopped',
      canPair: false,
      words: expect.stringMatching(/Tidak ada proses yang menjalankan kanal ini/),
    });
    const phone = pairable();
    const holder = await room.joins({ channels: [phone.plan] });
    const pairing = await shown(desk, ({ state }) => state === 'needs_pairing');
    expect(pairing).toMatchObject({ canPair: true, qr: expect.stringContaining('<svg') });
    // Whoever has the code can pair: it stands sealed.
    expect(JSON.stringify(await room.rows(`SELECT h::text FROM channel_health h`))).not.toContain('pairs');
    phone.is({ state: 'connected', detail: 'connected' });
    expect(await shown(desk, ({ state }) => state === 'connected')).toMatchObject({ qr: null });
    // Untold, it is found all the same.
    phone.is({ state: 'stuck', detail: 'stuck' }, false);
    room.clock.advance(5_000);
    await shown(desk, ({ state }) => state === 'stuck');
    await holder.stop();
    const gone = await itemOf(desk);
    expect(gone).toMatchObject({ state: 'stopped', canPair: false });
    expect(gone?.words).toMatch(/Tidak ada proses/);
  });

  itOnServers('logs out, restarts and pairs by code at a word of the desk', async () => {
    const room = await open();
    const desk = await deskIn(room);
    const phone = pairable();
    await room.joins({ channels: [phone.plan] });
    await shown(desk, ({ canPair }) => canPair);
    await desk.post('/channels/whatsapp/restart');
    await desk.post('/channels/whatsapp/log-out');
    const pair = (number: string) => desk.asks('/channels/whatsapp/pair-by-code', { phone: number });
    expect(await pair('0812 3456 7890')).toEqual({ status: 200, body: { code: 'ABCD1234' } });
    phone.willAnswer({ ok: false });
    expect(await pair('0812 3456 7890')).toMatchObject({ status: 409, body: { error: { code: 'NO_CODE' } } });
    expect(phone.asked).toEqual(['restart', 'log out', 'pair 6281234567890', 'pair 6281234567890']);
    expect(JSON.stringify(await room.rows(`SELECT r::text FROM channel_request r`))).not.toMatch(
      /ABCD1234|6281234567890/,
    );
  });

  itOnServers(
    'says that nobody holds it, or that the holder does not answer, and does nothing late',
    async () => {
      const room = await open();
      const desk = await deskIn(room);
      const restart = () => desk.asks('/channels/whatsapp/restart', {});
      expect(await restart()).toMatchObject({ status: 409, body: { error: { code: 'NOT_POSSIBLE' } } });
      const phone = pairable();
      const holder = await room.joins({ channels: [phone.plan] });
      await shown(desk, ({ canPair }) => canPair);
      await holder.stop();
      expect(await restart()).toMatchObject({ status: 409, body: { error: { code: 'NOT_HELD' } } });

      // A holder that hangs: its lease stands, and nobody takes what is asked.
      await room.rows(
        `INSERT INTO lease (name, holder, expires_at) VALUES ('whatsapp', 'hanging', now() + interval '1 hour')`,
      );
      await room.rows(`UPDATE channel_health SET holder = 'hanging', state = 'connected'`);
      const asking = restart();
      await vi.waitUntil(async () => (await room.rows(`SELECT 1 FROM channel_request`)).length === 1);
      const passing = setInterval(() => room.clock.advance(1_000), 20);
      expect(await asking).toMatchObject({ status: 409, body: { error: { code: 'NO_ANSWER' } } });
      clearInterval(passing);
      await room.rows(`DELETE FROM lease`);
      await room.joins({ channels: [phone.plan] });
      await shown(desk, ({ canPair }) => canPair);
      await desk.post('/channels/whatsapp/log-out');
      expect(phone.asked).toEqual(['log out']);
    },
  );

  itOnServers('leaves the row of a living holder alone', async () => {
    const room = await open();
    const desk = await deskIn(room);
    const [old, next] = [pairable(), pairable()];
    await room.joins({ channels: [old.plan] });
    await shown(desk, ({ state }) => state === 'needs_pairing');
    // Its lease has run out and another has it; the old process has not noticed.
    await room.rows(`UPDATE lease SET expires_at = now() - interval '1 second'`);
    next.is({ state: 'connected', detail: 'connected' }, false);
    await room.joins({ channels: [next.plan] });
    await shown(desk, ({ state }) => state === 'connected');
    old.is({ state: 'stuck', detail: 'stuck' });
    next.is({ state: 'reconnecting', detail: 'reconnecting' });
    await shown(desk, ({ state }) => state === 'reconnecting');
    expect(await itemOf(desk)).toMatchObject({ state: 'reconnecting' });
  });

  it('asks a channel of its own process without a detour', async () => {
    const phone = pairable();
    const room = await openRoom(store, { roles: ['web'], plans: () => [phone.plan] });
    const desk = await deskIn(room);
    await shown(desk, ({ canPair }) => canPair);
    await desk.post('/channels/whatsapp/restart');
    expect(phone.asked).toEqual(['restart']);
    expect(await room.rows(`SELECT 1 FROM channel_request`)).toEqual([]);
    expect(await desk.asks('/channels/telegram/restart', {})).toMatchObject({ status: 409 });
  });
});
