import { expect, it } from 'vitest';
import { openRoom } from '../support/room.ts';
import { describeOnEachStore } from '../support/stores.ts';

describeOnEachStore('the app', (store) => {
  it('is healthy, names its channels, and starts and stops as often as one likes', async () => {
    const room = await openRoom(store, { roles: ['web', 'worker'] });
    const health = async () => (await room.app.fetch(new Request('http://x/healthz'))).json();
    expect(await health()).toMatchObject({ status: 'ok', channels: [{ name: 'telegram' }, { name: 'web' }] });
    const ana = await room.resident().agrees();
    await room.restarts();
    await ana.says('/pesan').sees(/Hari apa/);
    expect(await health()).toMatchObject({ status: 'ok' });
  });

  it('answers a webhook of a channel that it does not hold, and an unknown page, with "not here"', async () => {
    const room = await openRoom(store);
    for (const path of ['/telegram/webhook', '/nothing-here'])
      expect((await room.app.fetch(new Request(`http://x${path}`, { method: 'POST' }))).status).toBe(404);
  });

  it('a worker does by its queue what has come due', async () => {
    const room = await openRoom(store, { roles: ['worker'] });
    const ana = await room.resident().agrees();
    room.telegram.willAnswer({ ok: false, outcome: 'retry', reason: 'status 500' });
    await ana.says('/status').seesNothing();
    room.clock.advance(10_000);
    while (ana.news().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    ana.sees(/Belum ada jadwal/);
  });
});
