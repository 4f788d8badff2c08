import { it } from 'vitest';
import { createTelegramChannel } from '../../../bots/telegram/telegram-channel.ts';
import { startBotApi } from '../../support/bot-api/start-bot-api.ts';
import { systemClock } from '../../../src/ops/clock.ts';
import { createServer } from 'node:http';
const off = { perSecond: Infinity, bulkPerSecond: Infinity, perChatPerSecond: Infinity, perChatBurst: 1 };
for (const mode of ['polling', 'webhook'] as const)
  it(mode, async () => {
    const tg = await startBotApi({ remember: 'none' });
    const log = { info() {}, warn() {}, error(f: unknown) { process.stderr.write(JSON.stringify(f)); } };
    const server = createServer(async (req, res) => {
      const chunks: Buffer[] = [];
      for await (const c of req) chunks.push(c as Buffer);
      const r = await channel.webhook!.handle(new Request('http://x/telegram/webhook', { method: 'POST', headers: req.headers as Record<string, string>, body: Buffer.concat(chunks) }));
      res.writeHead(r.status).end(await r.text());
    });
    await new Promise<void>((r) => server.listen(0, '127.0.0.1', () => r()));
    const channel = createTelegramChannel({ token: tg.token, apiRoot: tg.url, mode, webhookSecret: 's', publicUrl: `http://127.0.0.1:${(server.address() as { port: number }).port}`, log, clock: systemClock, pace: off });
    const residents = Array.from({ length: 50 }, () => tg.resident());
    const byId = new Map(residents.map((r) => [r.id, r]));
    let left = 6000; let got = 0; let done = (): void => {};
    const all = new Promise<void>((r) => (done = r));
    tg.onSent((id) => { got += 1; if (got === 6000) done(); else if (left > 0) { left -= 1; void byId.get(id)!.says('x'); } });
    await channel.start({
      async receive(i) { void channel.send(i.address, { kind: 'text', text: 'ok', choices: [], replyToRef: null }).then((r) => { if (!r.ok) process.stderr.write(JSON.stringify(r)); }); return 'stored'; },
      async status() {},
    });
    const t = performance.now(); const cpu = process.cpuUsage();
    for (const r of residents) { left -= 1; void r.says('x'); }
    await all;
    const c = process.cpuUsage(cpu);
    process.stderr.write(`${mode}: ${Math.round(6000 / ((performance.now() - t) / 1000))}/s cpu per update ${Math.round((c.user + c.system) / 6000)}us\n`);
    await channel.stop(); await tg.close(); server.closeAllConnections(); server.close();
  }, 60000);
