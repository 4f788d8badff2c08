import { spawn } from 'node:child_process';
import { access, readlink } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OutboundReady } from '../../../bots/channel.ts';
import {
  createRig,
  executablePath,
  keyOf,
  noBrowser,
  pageMessage,
  type Rig,
} from '../../support/whatsapp-page/channel.ts';
import { chromiumPids } from '../../support/whatsapp-page/processes.ts';

const heartbeat = 15_000;
const toResident = { channel: 'whatsapp', kind: 'phone', value: '6281234567890' } as const;
const say = (text: string): OutboundReady => ({ kind: 'text', text, choices: [], replyToRef: null });

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(async () => {
  await rig.end();
  // Whatever happened in the test, no browser of ours outlives its channel.
  expect(await chromiumPids(rig.dataDir)).toEqual([]);
});

describe.skipIf(noBrowser)(`the life of a session (${noBrowser ?? 'Chromium'})`, { timeout: 90_000 }, () => {
  it('shows a code, connects when it is scanned, and needs none after a restart', async () => {
    rig.start();
    const pairing = await rig.state('needs_pairing');
    expect(pairing.pairing?.qr).toMatch(/^ref-1-/);
    expect(await rig.channel.send(toResident, say('terlalu dini'))).toMatchObject({
      ok: false,
      outcome: 'retry',
    });
    await rig.page.order('scan');
    await rig.state('connected');
    expect(rig.channel.health().pairing).toBeUndefined();

    await rig.replace();
    rig.start();
    const next = await rig.health(({ state }) => state === 'needs_pairing' || state === 'connected');
    expect(next.state).toBe('connected');
    await rig.page.arrive(pageMessage({ body: 'masih ada?' }));
    await rig.sink.inbound((one) => one.content.kind === 'text' && one.content.text === 'masih ada?');
  });

  it('refreshes an expired code, and gives one to type', async () => {
    rig.start();
    const first = await rig.state('needs_pairing');
    const fresh = rig.health(({ pairing }) => pairing?.qr !== undefined && pairing.qr !== first.pairing?.qr);
    await rig.page.order('state', { state: 'UNPAIRED_IDLE' });
    await rig.clock.advanceUntil(fresh, heartbeat);

    expect(await rig.channel.pairByCode('not a number')).toMatchObject({ ok: false });
    expect(await rig.channel.pairByCode('6281100000000')).toEqual({ ok: true, code: 'BEST1E22' });
    expect(rig.channel.health().pairing?.code).toBe('BEST1E22');
  });

  it('survives being unlinked on the phone, and keeps the new pairing over a restart', async () => {
    await rig.connect();
    await rig.page.order('unlink');
    const out = await rig.state('needs_pairing');
    expect(out.detail).toContain('unlinked on the phone');
    expect(rig.alerts.at(-1)?.kind).toBe('logged_out');

    await rig.page.order('scan');
    await rig.state('connected');
    expect(rig.alerts.at(-1)?.kind).toBe('recovered');
    await rig.replace();
    rig.start();
    const next = await rig.health(({ state }) => state === 'needs_pairing' || state === 'connected');
    expect(next.state).toBe('connected');
  });

  it('logs out from the desk: the pairing is gone and a new code is shown', async () => {
    await rig.connect();
    await rig.channel.logout();
    const pairing = await rig.state('needs_pairing');
    expect(pairing.detail).toContain('logged out from the desk');
    expect(rig.page.reports.some(({ what }) => what === 'loggedOutByUs')).toBe(true);
  });

  it('restarts on the wish of the desk, with one browser at a time', async () => {
    await rig.connect();
    const [before] = await chromiumPids(rig.dataDir);
    rig.channel.restart();
    await rig.state('reconnecting');
    await rig.state('connected');
    const after = await chromiumPids(rig.dataDir);
    expect(after).toHaveLength(1);
    expect(after).not.toContain(before);
  });

  it('comes back when the browser is killed, and takes in what arrived meanwhile', async () => {
    await rig.connect();
    // Chromium writes a fresh pairing to the disk a few seconds late, or when it is closed in order.
    await rig.replace();
    await rig.connect();
    await rig.page.arrive(pageMessage({ body: 'sebelum' }));
    await rig.sink.inbound((one) => one.content.kind === 'text' && one.content.text === 'sebelum');
    const [pid] = await chromiumPids(rig.dataDir);
    const lost = rig.state('reconnecting');
    process.kill(pid ?? 0, 'SIGKILL');
    await lost;
    expect(await rig.channel.send(toResident, say('saat mati'))).toMatchObject({
      ok: false,
      outcome: 'retry',
    });
    const missed = pageMessage({ body: 'saat mati' });
    rig.page.history.push(missed);
    await rig.reconnected();
    const late = await rig.sink.inbound((one) => one.messageRef === keyOf(missed));
    expect(late.late).toBe(true);
    expect(rig.sink.received).toHaveLength(2);
  });

  it('notices a hung page and replaces its browser', async () => {
    await rig.connect();
    await rig.replace({ timing: { heartbeatTimeoutMs: 10_000 } });
    await rig.connect();
    await rig.page.order('hang');
    const lost = rig.health(({ detail }) => detail.includes('does not answer'));
    await rig.clock.advanceUntil(lost, heartbeat);
    await rig.reconnected();
  });

  it('takes in what arrived while the process was down, oldest first, and nothing from before its time', async () => {
    const before = new Date().getTime();
    rig.page.history.push(
      pageMessage({ body: 'percakapan lama', t: Math.floor(before / 1000) - 40 * 86_400 }),
    );
    await rig.connect();
    await rig.page.arrive(pageMessage({ body: 'satu' }));
    await rig.sink.inbound((one) => one.content.kind === 'text' && one.content.text === 'satu');
    const stored = rig.sink.received[0]?.sentAt ?? null;
    await rig.replace({ lastStored: async () => stored });

    const t = Math.floor(before / 1000) + 60;
    rig.page.history.push(pageMessage({ body: 'tiga', t: t + 2, from: '6285555555555@c.us' }));
    rig.page.history.push(pageMessage({ body: 'dua', t: t + 1 }));
    // An officer answered on the phone; our own earlier answer stands there too.
    rig.page.history.push(pageMessage({ body: 'saya bantu', t: t + 3, fromMe: true }));
    const own = pageMessage({ body: 'jawaban bot', t: t + 3, fromMe: true });
    own.id.id = '3EB0AAAAAAAAAAAAAAAAAA';
    rig.page.history.push(own);
    rig.start();
    await rig.sink.inbound((one) => one.author === 'phone');
    const late = rig.sink.received.filter((one) => one.late);
    expect(late.map((one) => one.content.kind === 'text' && one.content.text).sort()).toEqual([
      'dua',
      'saya bantu',
      'tiga',
    ]);
    expect(
      rig.sink.received.filter((one) => one.content.kind === 'text' && one.content.text === 'satu'),
    ).toHaveLength(1);
  });

  it('says how to get a Chromium when there is none, and keeps trying', async () => {
    const path = join(rig.dataDir, 'no-such-browser');
    await rig.replace({ executablePath: path });
    rig.start();
    const stuck = await rig.state('stuck');
    expect(stuck.detail).toContain('apt-get install chromium');
    expect(rig.alerts).toEqual([{ kind: 'stuck', detail: expect.stringContaining(path) }]);
    await expect(access(path)).rejects.toThrow();
  });

  it('takes over from a browser whose process died, never beside it', async () => {
    await rig.connect();
    await rig.replace();
    const dir = join(rig.dataDir, 'whatsapp', 'session');
    // The shell that starts it is gone at once, as a crashed Bestie is.
    const args = ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${dir}`, 'about:blank'];
    spawn('sh', ['-c', '"$0" "$@" >/dev/null 2>&1 &', executablePath ?? '', ...args]);
    await vi.waitUntil(() => readlink(join(dir, 'SingletonLock')).catch(() => null), { timeout: 30_000 });
    const [orphan] = await chromiumPids(rig.dataDir);
    rig.start();
    await rig.state('connected');
    const pids = await chromiumPids(rig.dataDir);
    expect(pids).toHaveLength(1);
    expect(pids).not.toContain(orphan);
  });

  it('catches up although the app cannot say at first what it stored last', async () => {
    let failures = 2;
    const message = pageMessage({ body: 'tetap masuk' });
    await rig.connect();
    await rig.replace({
      async lastStored() {
        if (failures-- > 0) throw new Error('the database is away');
        return new Date(message.t * 1000);
      },
    });
    rig.page.history.push(message);
    rig.start();
    await rig.clock.advanceUntil(
      rig.sink.inbound((one) => one.messageRef === keyOf(message)),
      100,
    );
  });

  it('starts and stops twice without complaint', async () => {
    rig.start();
    rig.start();
    await rig.state('needs_pairing');
    await Promise.all([rig.channel.stop(), rig.channel.stop()]);
    expect(rig.channel.health().state).toBe('stopped');
    await rig.channel.stop();
    rig.start();
    await rig.state('needs_pairing');
  });

  it('stops in the middle of a launch without leaving a browser', async () => {
    rig.start();
    await rig.channel.stop();
    expect(rig.channel.health().state).toBe('stopped');
  });

  it('claims a browser of today, and leaves no page of WhatsApp behind to be trusted later', async () => {
    await rig.connect();
    const { userAgent } = await rig.page.reported('booted');
    expect(userAgent).toMatch(/^Mozilla\/5\.0 \(X11; Linux x86_64\).* Chrome\/1\d\d\./);
    expect(userAgent).not.toMatch(/Headless/);
    await expect(access(join(process.cwd(), '.wwebjs_cache'))).rejects.toThrow();
    await expect(access(join(rig.dataDir, '.wwebjs_cache'))).rejects.toThrow();
  });

  it('learns after a lost browser what became of a send that nobody answered', async () => {
    await rig.connect();
    // Closed in order once, so that the pairing is on the disk.
    await rig.replace({ timing: { bootMs: 10_000 } });
    await rig.connect();
    await rig.page.setFaults({ sends: 'silent' });
    const sending = rig.channel.send(toResident, say('sampai atau tidak?'));
    const sent = await rig.page.reported('sent');
    // No page opens, and is read, before the phone's word is there.
    rig.page.faults.boot = 'never';
    const [pid] = await chromiumPids(rig.dataDir);
    process.kill(pid ?? 0, 'SIGKILL');
    const result = await rig.clock.advanceUntil(sending, 1_000);
    expect(result).toMatchObject({ ok: false, outcome: 'unknown', messageRef: sent.id });
    // The phone has sent it after all; the new page finds it there with its tick.
    const own = pageMessage({ fromMe: true, body: 'sampai atau tidak?', ack: 2 });
    own.id.id = sent.id?.split('_').at(-1) ?? '';
    rig.page.history.push(own);
    Object.assign(rig.page.faults, { sends: 'ack', boot: 'normal' });
    const tick = rig.sink.until(() => rig.sink.statuses.find(({ messageRef }) => messageRef === sent.id));
    expect(await rig.clock.advanceUntil(tick, 50)).toMatchObject({ status: 'delivered' });
    expect(rig.sink.received.some(({ author }) => author === 'phone')).toBe(false);
  });
});

describe.skipIf(noBrowser)('the browser of these tests', { timeout: 90_000 }, () => {
  it('reaches the stand-in and nothing else: no name, no address', async () => {
    const hits: string[] = [];
    const outside = createServer((request, response) => {
      hits.push(request.headers.host ?? '');
      response.end('outside');
    });
    await new Promise<void>((resolve) => outside.listen(0, '0.0.0.0', resolve));
    const { port } = outside.address() as AddressInfo;
    rig.start();
    await rig.page.reported('booted');
    const reaches = async (url: string) => {
      await rig.page.order('reach', { url });
      return (await rig.page.reported('reach', (report) => report.url === url)).isReached;
    };
    expect(await reaches('https://web.whatsapp.com/empty')).toBe(true);
    // All of these lead to a server that answers, were it not for the rules.
    const elsewhere = ['localhost', '127.0.0.2', hostname()].map((host) => `http://${host}:${port}/`);
    expect(await Promise.all(elsewhere.map(reaches))).toEqual([false, false, false]);
    expect(await reaches('https://graph.facebook.com/')).toBe(false);
    expect(hits).toEqual([]);
    await new Promise((resolve) => outside.close(resolve));
  });
});
