import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboundReady } from '../../../bots/channel.ts';
import type { WhatsappOptions } from '../../../bots/whatsapp/options.ts';
import {
  createRig,
  dropPairedProfile,
  keyOf,
  noBrowser,
  pageMessage,
  type Rig,
} from '../../support/whatsapp-page/channel.ts';
import { chromiumPids } from '../../support/whatsapp-page/processes.ts';
import type { PageFaults } from '../../support/whatsapp-page/whatsapp-page.ts';

const heartbeat = 15_000;
const resident = { channel: 'whatsapp', kind: 'phone', value: '6281234567890' } as const;
const say = (text: string): OutboundReady => ({ kind: 'text', text, choices: [], replyToRef: null });

let rig: Rig;
beforeEach(async () => {
  rig = await createRig({ isPaired: true });
}, 60_000);
afterAll(dropPairedProfile);
afterEach(async () => {
  await rig.end();
  expect(await chromiumPids(rig.dataDir)).toEqual([]);
});

async function startWith(faults: Partial<PageFaults>, options: Partial<WhatsappOptions> = {}) {
  await rig.replace(options);
  Object.assign(rig.page.faults, faults);
  rig.start();
}

async function heard(body: string) {
  const message = pageMessage({ body });
  await rig.page.arrive(message);
  return await rig.sink.inbound((one) => one.messageRef === keyOf(message));
}

// An unhandled rejection anywhere in here fails the run: that is vitest's own rule.
describe.skipIf(noBrowser)(
  `what goes wrong in the page (${noBrowser ?? 'Chromium'})`,
  { timeout: 90_000 },
  () => {
    it('gets ready when the session had synced before the library listened', async () => {
      await startWith({ syncBeforeInjection: true });
      await rig.clock.advanceUntil(rig.state('connected'), heartbeat / 10);
      expect((await heard('terdengar')).late).toBe(false);
    });

    it('says which module is missing, tries again ever more slowly, and recovers when it is back', async () => {
      await startWith(
        { missingModules: ['WAWebSyncGatingUtils'] },
        { timing: { readyMs: 2_000, heartbeatMs: 1_000 } },
      );
      const stuck = await rig.clock.advanceUntil(rig.state('stuck'), 100);
      expect(stuck.detail).toContain('Requiring unknown module "WAWebSyncGatingUtils"');
      expect(rig.alerts.filter(({ kind }) => kind === 'stuck')).toHaveLength(1);
      rig.page.faults.missingModules = [];
      await rig.reconnected();
      expect(rig.alerts.at(-1)?.kind).toBe('recovered');
    });

    it('works with the id field renamed: in, out, quote, tick and media', async () => {
      await startWith({ idField: '$1', ackLevels: [1, 2] });
      await rig.state('connected');
      const inbound = await heard('halo');
      const reply: OutboundReady = { kind: 'text', text: 'hai', choices: [], replyToRef: inbound.messageRef };
      const sent = await rig.channel.send(resident, reply);
      expect(sent).toEqual({ ok: true, messageRef: rig.page.sent.at(-1)?.id });
      expect(rig.page.sent.at(-1)?.quoted).toBe(inbound.messageRef?.split('_').at(-1));
      const ref = sent.ok ? sent.messageRef : '';
      await rig.sink.until(() =>
        rig.sink.statuses.some((one) => one.messageRef === ref && one.status === 'delivered'),
      );
      rig.page.media.set('/v/one', new Uint8Array([1, 2, 3]));
      const photo = pageMessage({ type: 'image', directPath: '/v/one', size: 3 });
      await rig.page.arrive(photo);
      await rig.sink.inbound((one) => one.messageRef === keyOf(photo));
      expect(await rig.channel.fetchMedia(keyOf(photo), 10)).toMatchObject({ ok: true });
    });

    it('finds its own message by content when even the page gives no id', async () => {
      await startWith({ idField: '$1' });
      await rig.state('connected');
      // The patch is undone, as by a page whose keys are built in yet another way.
      await rig.page.order('breakKeys');
      expect(await rig.channel.send(resident, say('tanpa id'))).toEqual({
        ok: true,
        messageRef: rig.page.sent.at(-1)?.id,
      });
      expect(rig.page.sent).toHaveLength(1);
      await heard('sesudahnya');
      expect(rig.sink.received.some((one) => one.author === 'phone')).toBe(false);
    });

    it('is ready once though the library says so again and again', async () => {
      await rig.connect();
      const { since } = rig.channel.health();
      await rig.page.order('resync');
      await rig.page.order('iframe');
      await rig.page.order('iframe');
      await heard('sekali saja');
      expect(rig.sink.received).toHaveLength(1);
      expect(rig.channel.health()).toMatchObject({ state: 'connected', since });
      expect(rig.logged.filter((line) => line.includes('"to":"connected"'))).toHaveLength(1);
    });

    it('shows one code though frames come and go', async () => {
      await rig.end();
      rig = await createRig();
      const codes: string[] = [];
      await rig.replace({ onChange: ({ pairing }) => void (pairing?.qr && codes.push(pairing.qr)) });
      rig.start();
      await rig.page.reported('booted');
      while (rig.channel.health().state !== 'needs_pairing') await rig.page.order('iframe');
      await rig.page.order('iframe');
      expect(new Set(codes).size).toBe(1);
    });

    it('survives a reload and takes in what arrived during it', async () => {
      await rig.connect();
      const away = rig.state('reconnecting');
      await rig.page.order('reload');
      rig.page.history.push(pageMessage({ body: 'saat memuat ulang' }));
      await away;
      await rig.state('connected');
      const late = await rig.sink.inbound(
        (one) => one.content.kind === 'text' && one.content.text === 'saat memuat ulang',
      );
      expect(late.late).toBe(true);
      await heard('sesudah');
      expect(await chromiumPids(rig.dataDir)).toHaveLength(1);
    });

    it('reads what a deaf library did not tell, and rebuilds when it stays deaf', async () => {
      await rig.connect();
      // The catching up of the start is over when this one is seen.
      await heard('terdengar');
      await rig.page.reported('seen');
      await rig.page.setFaults({ deaf: true });
      const first = pageMessage({ body: 'tak terdengar' });
      await rig.page.arrive(first);
      const found = rig.sink.inbound((one) => one.messageRef === keyOf(first));
      await rig.clock.advanceUntil(found, heartbeat);
      await rig.page.arrive(pageMessage({ body: 'lagi' }));
      const lost = rig.health(({ detail }) => detail.includes('deaf'));
      await rig.clock.advanceUntil(lost, heartbeat);
      rig.page.faults.deaf = false;
      await rig.reconnected();
      await heard('terdengar lagi');
    });

    it('tries again when the page does not boot, and leaves no browser behind', async () => {
      Object.assign(rig.page.faults, { boot: 'never' });
      await rig.replace({ timing: { bootMs: 300, heartbeatTimeoutMs: 86_400_000 } });
      rig.start();
      const stuck = await rig.clock.advanceUntil(rig.state('stuck'), 100);
      expect(stuck.detail).toContain('auth timeout');
      rig.page.faults.boot = 'normal';
      await rig.clock.advanceUntil(rig.state('connected'), 100);
      expect(await chromiumPids(rig.dataDir)).toHaveLength(1);
    });

    it('does not wait for ever for a page that stays on "opening"', async () => {
      await startWith({ stuckOpening: true });
      await rig.page.reported('booted', ({ paired }) => paired === true);
      const lost = rig.health(({ detail }) => detail.includes('did not start'));
      await rig.clock.advanceUntil(lost, heartbeat);
      rig.page.faults.stuckOpening = false;
      await rig.reconnected();
    });

    it('sits out a short time offline without sending, and rebuilds after a conflict', async () => {
      await rig.connect();
      await rig.page.order('state', { state: 'TIMEOUT' });
      await rig.state('reconnecting');
      expect(await rig.channel.send(resident, say('nanti'))).toMatchObject({ outcome: 'retry' });
      await rig.page.order('state', { state: 'CONNECTED' });
      await rig.state('connected');
      const lost = rig.health(({ detail }) => detail.includes('CONFLICT'));
      await rig.page.order('state', { state: 'CONFLICT' });
      await lost;
      await rig.reconnected();
    });

    it('doubts a session in which two sends in a row are not acknowledged', async () => {
      await rig.connect();
      await rig.page.setFaults({ sends: 'silent' });
      const lost = rig.health(({ detail }) => detail.includes('not acknowledged'));
      const sends = [say('satu'), say('dua')].map((message) => rig.channel.send(resident, message));
      const results = await rig.clock.advanceUntil(Promise.all(sends), 5_000);
      for (const result of results) expect(result).toMatchObject({ ok: false, outcome: 'unknown' });
      await lost;
      expect(rig.page.sent).toHaveLength(2);
    });

    it('calls a send unknown when the page hangs in it, and never repeats it', async () => {
      await startWith({ sends: 'hang' }, { timing: { heartbeatTimeoutMs: 10_000 } });
      await rig.state('connected');
      const sending = rig.channel.send(resident, say('menggantung'));
      const result = await rig.clock.advanceUntil(sending, heartbeat);
      expect(result).toMatchObject({ ok: false, outcome: 'unknown' });
      expect(rig.page.sent.length).toBeLessThanOrEqual(1);
    });

    it('calls a send unknown when the browser dies before the tick', async () => {
      await startWith({ sends: 'silent' });
      await rig.state('connected');
      const sending = rig.channel.send(resident, say('di tengah jalan'));
      await rig.page.reported('sent');
      const [pid] = await chromiumPids(rig.dataDir);
      process.kill(pid ?? 0, 'SIGKILL');
      expect(await rig.clock.advanceUntil(sending, 1_000)).toMatchObject({ ok: false, outcome: 'unknown' });
    });

    it('notes what the page throws only by its known shapes', async () => {
      await rig.connect();
      await rig.page.order('throwError', { text: 'saya dipukul suami' });
      await rig.page.order('throwError', { text: 'Requiring unknown module "WAWebNew"' });
      await heard('lanjut');
      expect(rig.logged.join('\n')).toContain('WAWebNew');
      expect(rig.logged.join('\n')).not.toContain('dipukul');
    });
  },
);
