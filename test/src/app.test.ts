import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { expect, it, onTestFinished } from 'vitest';
import { tryLimit } from '../../src/actions/count-try.ts';
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

  it('counts wrong log-ins against the network address behind the connection, not against everybody', async () => {
    const room = await openRoom(store, { roles: ['web'] });
    const server = serve({ fetch: room.app.fetch, hostname: '127.0.0.1', port: 0 });
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const logsIn = async (from: string) => {
      const response = await fetch(`http://127.0.0.1:${port}/desk/api/log-in`, {
        method: 'POST',
        // As the reverse proxy on this machine says who asks.
        headers: { 'content-type': 'application/json', 'x-forwarded-for': from },
        body: JSON.stringify({ login: 'maria', password: 'kata-sandi-tebakan' }),
      });
      return response.status;
    };
    for (let tries = 0; tries < tryLimit.failures; tries += 1) expect(await logsIn('203.0.113.7')).toBe(401);
    expect(await logsIn('203.0.113.7')).toBe(429);
    expect(await logsIn('198.51.100.20')).toBe(401);
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
