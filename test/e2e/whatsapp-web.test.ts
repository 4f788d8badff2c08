import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import type { ChannelPlan } from '../../src/conversation/channel-holder.ts';
import { readEnv } from '../../src/env.ts';
import { systemClock } from '../../src/ops/clock.ts';
import { whatsappPlan } from '../../src/whatsapp-plan.ts';
import { deskIn } from '../support/desk-in.ts';
import type { DeskIn } from '../support/desk-in.ts';
import { openRoom } from '../support/room.ts';
import type { RoomUnderTest } from '../support/room.ts';
import { describeOnEachStore } from '../support/stores.ts';
import { executablePath, noBrowser } from '../support/whatsapp-page/channel.ts';
import { Person } from '../support/whatsapp-page/person.ts';
import { chromiumPids } from '../support/whatsapp-page/processes.ts';
import { startWhatsappPage } from '../support/whatsapp-page/whatsapp-page.ts';
import type { WhatsappPage } from '../support/whatsapp-page/whatsapp-page.ts';

const group = '-100500';
/** Fast, but with a moment of typing. */
const unpaced = { minSeconds: 0.02, maxSeconds: 0.05, dailyCeiling: 1000 };

type Item = { name: string; state: string; qr: string | null; code: string | null };
type Thread = {
  messages: { direction: string; author: string; text: string | null; status: string | null }[];
};

/**
 * The whole room with WhatsApp by the library, as `main` plans it: the real Chromium on the stand-in page, residents
 * who answer by numbers, the desk over HTTP, the officers' group on Telegram.
 */
describeOnEachStore('the room on WhatsApp, by a paired phone', (store) => {
  let page: WhatsappPage;
  let room: RoomUnderTest;
  let desk: DeskIn;
  let ana: Person;
  let ticking: NodeJS.Timeout;
  const inTerminal: string[] = [];

  beforeEach(async () => {
    page = await startWhatsappPage();
    inTerminal.length = 0;
  });
  async function open(): Promise<void> {
    // After the room has closed, which takes time and a page: what was noted first is undone last.
    onTestFinished(async () => {
      clearInterval(ticking);
      await page.close();
    });
    room = await openRoom(store, { roles: ['web'], officerChatId: group, plans: (given) => [plan(given)] });
    await room.rows(`INSERT INTO setting (key, value, updated_at) VALUES ('room', $1, now())`, [
      JSON.stringify({ whatsappPace: unpaced }),
    ]);
    // At the machine's own pace: there is a real browser in this.
    let last = systemClock.now().getTime();
    ticking = setInterval(() => {
      const now = systemClock.now().getTime();
      room.clock.advance(now - last);
      last = now;
    }, 25);
    desk = await deskIn(room);
    ana = new Person({ page, now: () => room.clock.now(), said: room.said }, '6281234567890');
  }

  function plan(given: Pick<Parameters<typeof whatsappPlan>[1], 'clock' | 'log' | 'dataDir'>): ChannelPlan {
    const browser = join(given.dataDir, 'chromium');
    const env = readEnv({ WHATSAPP_MODE: 'web', PUPPETEER_EXECUTABLE_PATH: browser });
    const planned = whatsappPlan(env, {
      ...given,
      roles: new Set(['web', 'whatsapp']),
      publicUrl: 'http://127.0.0.1:3000',
      terminal: (text) => void inTerminal.push(text),
    });
    if (!planned) throw new Error('no WhatsApp was planned');
    return {
      ...planned,
      make: (deps) => {
        writing = writeBrowser(browser);
        return planned.make(deps);
      },
    };
  }

  let writing: Promise<void> = Promise.resolve();
  /** A Chromium that knows no host but the stand-in, whatever it is started with. */
  async function writeBrowser(path: string): Promise<void> {
    const args = page.browserArgs.map((arg) => `'${arg}'`).join(' ');
    await writeFile(path, `#!/bin/sh\nexec '${executablePath}' ${args} "$@"\n`);
    await chmod(path, 0o755);
  }

  const whatsapp = async () =>
    (await desk.get<{ items: Item[] }>('/channels')).items.find(({ name }) => name === 'whatsapp');
  const until = (state: string) =>
    vi.waitUntil(
      async () => {
        const item = await whatsapp();
        return item?.state === state ? item : null;
      },
      { timeout: 60_000, interval: 100 },
    );
  const thread = async (id: string) => (await desk.get<Thread>(`/conversations/${id}/messages`)).messages;
  const inThread = (id: string, fits: (message: Thread['messages'][number]) => boolean) =>
    vi.waitUntil(async () => (await thread(id)).find(fits) ?? null, { timeout: 30_000, interval: 100 });
  const told = () =>
    room.telegram.sentTo(group).map((message) => (message.kind === 'text' ? message.text.split('.')[0] : ''));
  const toldOf = (fits: RegExp) =>
    vi.waitUntil(() => told().some((text) => fits.test(text ?? '')), { timeout: 30_000 });

  async function pair(): Promise<void> {
    await writing;
    const pairing = await until('needs_pairing');
    expect(pairing.qr).toContain('<svg');
    await toldOf(/^WhatsApp perlu dipasangkan/);
    await vi.waitUntil(() => inTerminal.length > 0);
    expect(inTerminal[0]).toMatch(/[▄▀█]{5}[\s\S]*Pindai dari telepon ruang[\s\S]*\/desk\/pengaturan\/kanal/);
    await page.order('scan');
    await until('connected');
    await toldOf(/^WhatsApp sudah terhubung/);
  }

  async function agrees(person: Person): Promise<void> {
    await person.says('halo');
    await person.sees(/Setuju\?/);
    await person.picks(/Setuju/);
    await person.sees(/Mau mulai dari mana/);
  }

  it.skipIf(noBrowser)(
    'books by numbers and words, pours out with a voice note and an album, and speaks with an officer',
    { timeout: 180_000 },
    async () => {
      await open();
      await pair();
      await agrees(ana);

      await ana.says('/pesan');
      await ana.sees(/Hari apa/);
      await ana.picks(/sisa/);
      await ana.sees(/Jam berapa/);
      await ana.picks(/09\.00/);
      await ana.sees(/09\.00 WITA/);
      await ana.says('ya, pesan');
      const booked = await ana.sees(/BST-[0-9A-Z]{6}/);
      expect((await ana.sees(({ type }) => type === 'location')).lat).toBeCloseTo(-10.15, 1);
      const calendar = await ana.sees(({ type }) => type === 'document');
      expect(calendar.filename).toMatch(/\.ics$/);
      expect(Buffer.from(calendar.file?.base64 ?? '', 'base64').toString()).toMatch(/^BEGIN:VCALENDAR/);
      expect(page.reports.some(({ what, chat }) => what === 'typing' && chat === ana.chat)).toBe(true);

      await ana.says('/curhat');
      await ana.sees(/saya dengarkan/);
      await ana.says('Air di rumah kami sudah sebulan tidak jalan.');
      await ana.sees(/dengarkan/);
      await ana.sendsFile('ptt', new Uint8Array([1, 2, 3]), { duration: '7' });
      const album = await ana.sends({ type: 'album', body: '' });
      for (let at = 0; at < 10; at += 1)
        await ana.sendsFile('image', new Uint8Array([at, 9]), { parentMsgKey: album.id });
      await vi.waitUntil(
        async () =>
          (await room.rows(`SELECT 1 FROM attachment WHERE status = 'stored'`)).length === 11 &&
          (await room.rows(`SELECT 1 FROM message WHERE direction = 'in' AND processed_at IS NULL`))
            .length === 0,
        { timeout: 60_000, interval: 100 },
      );
      // One outpouring: ten photos are not answered ten times.
      expect(ana.news().length).toBeLessThanOrEqual(1);
      await ana.says('selesai');
      await ana.sees(/1 pesan suara, 10 foto|10 foto, 1 pesan suara/);
      await ana.picks(/air/);
      await ana.sees(/kelurahan/);
      await ana.says('Oesapa');
      await ana.sees(/nama Anda/);
      await ana.picks(/rahasiakan/);
      await ana.sees(/dilampirkan/);
      await ana.picks(/lampirkan/);
      const concern = /CRH-[0-9A-Z]{6}/.exec((await ana.sees(/CRH-/)).body ?? '')?.[0];
      expect(await room.rows(`SELECT code FROM concern WHERE booking_id IS NOT NULL`)).toEqual([
        { code: concern },
      ]);
      expect(booked.body).toMatch(/BST-/);

      await ana.says('/petugas');
      await ana.sees(/urutan 1|hubungkan/);
      const { items } = await desk.get<{ items: { conversationId: string }[] }>('/queue');
      const id = items[0]?.conversationId ?? '';
      await desk.post(`/conversations/${id}/claim`);
      await ana.sees(/Rini/);
      const word = 'Selamat pagi, Ibu. Laporannya sudah kami baca.';
      await desk.post(`/conversations/${id}/messages`, { text: word, onceKey: 'kata-satu' });
      const sent = await ana.sees(/sudah kami baca/);
      // WhatsApp's ticks reach the desk, one after the other.
      await inThread(id, ({ text, status }) => text === word && status === 'sent');
      await page.order('ack', { id: sent.id, ack: 2 });
      await inThread(id, ({ text, status }) => text === word && status === 'delivered');
      await page.order('ack', { id: sent.id, ack: 3 });
      await inThread(id, ({ text, status }) => text === word && status === 'read');
      // What is too long for a small screen comes in several.
      const long = Array.from({ length: 200 }, (_, at) => `Langkah ${at + 1} diurus di loket.`).join(' ');
      await desk.post(`/conversations/${id}/messages`, { text: long, onceKey: 'kata-panjang' });
      await ana.sees(/Langkah 200 /);
      const parts = ana.received().flatMap(({ body }) => (body?.includes('Langkah') ? [body] : []));
      expect(parts.length).toBeGreaterThan(2);
      expect(parts.join(' ')).toBe(long);
      await desk.post(`/conversations/${id}/return`, { word: '' });
      await ana.sees(/./);
    },
  );

  it.skipIf(noBrowser)(
    'gives a conversation to whoever types on the phone, and survives a restart, a killed browser and an unlinked phone',
    { timeout: 240_000 },
    async () => {
      await open();
      await pair();
      await agrees(ana);
      const conversation = async () =>
        (await room.rows<{ id: string; owner: string }>(`SELECT id, owner FROM conversation`))[0];
      const id = (await conversation())?.id ?? '';

      // An officer answers on the room's phone.
      await ana.sends({ fromMe: true, body: 'Ini Rini dari ruang, saya bantu dari sini.' });
      await vi.waitUntil(async () => (await conversation())?.owner === 'human', { timeout: 20_000 });
      await ana.says('Terima kasih, Bu Rini.');
      await vi.waitUntil(
        async () =>
          (await room.rows(`SELECT 1 FROM message WHERE direction = 'in' AND processed_at IS NULL`))
            .length === 0,
      );
      await desk.post(`/conversations/${id}/take`);
      await ana.sees(/Rini/);
      expect(ana.news(), 'the bot kept silent').toEqual([]);
      expect((await thread(id)).filter(({ author }) => author === 'phone')).toMatchObject([
        { text: 'Ini Rini dari ruang, saya bantu dari sini.' },
      ]);
      await desk.post(`/conversations/${id}/return`, { word: 'Saya kembalikan ke Bestie.' });
      await ana.sees(/Saya kembalikan/);
      await ana.says('/bantuan');
      await ana.sees(/\/pesan/);

      // A new process needs no code, and what came meanwhile is answered once.
      const before = inTerminal.length;
      const restarting = room.restarts();
      await vi.waitUntil(() => !page.isConnected, { timeout: 30_000 });
      await ana.says('/status');
      await restarting;
      await until('connected');
      await ana.sees(/Belum ada|tidak ada|BST-/i);
      expect(inTerminal).toHaveLength(before);

      // The browser is killed; what should leave meanwhile waits in the database.
      await desk.post(`/conversations/${id}/take`);
      await ana.sees(/Rini/);
      const [pid] = await chromiumPids(room.dataDir);
      process.kill(pid ?? 0, 'SIGKILL');
      await vi.waitUntil(async () => (await whatsapp())?.state !== 'connected', { timeout: 20_000 });
      await desk.post(`/conversations/${id}/messages`, {
        text: 'Sesudah mati pun sampai.',
        onceKey: 'kata-sesudah-mati',
      });
      await until('connected');
      const retrying = setInterval(() => void room.app.sweep(), 2_000);
      const late = await ana.sees(/Sesudah mati pun sampai/).finally(() => clearInterval(retrying));
      expect(page.sent.filter(({ body }) => body === late.body)).toHaveLength(1);

      // The phone throws this device out: the desk and the group hear of it, and a new scan is enough.
      await page.order('unlink');
      await until('needs_pairing');
      await toldOf(/^WhatsApp terlepas dari telepon ruang/);
      await page.order('scan');
      await until('connected');
      await desk.post(`/conversations/${id}/return`, { word: 'Sudah tersambung lagi.' });
      await ana.sees(/Sudah tersambung lagi/);

      // Logged out from the desk, by its button; then restarted by the other.
      await desk.post('/channels/whatsapp/log-out');
      await until('needs_pairing');
      expect(page.reports.some(({ what }) => what === 'loggedOutByUs')).toBe(true);
      await desk.post('/channels/whatsapp/pair-by-code', { phone: '0811 0000 0000' });
      expect(await whatsapp()).toMatchObject({ code: 'BEST1E22' });
      await desk.post('/channels/whatsapp/restart');
      await vi.waitUntil(async () => (await whatsapp())?.code === null, { timeout: 20_000 });
      await until('needs_pairing');
    },
  );

  it.skipIf(noBrowser)(
    'writes at the pace that the desk sets, and under its ceiling holds back all but help in danger',
    { timeout: 120_000 },
    async () => {
      await open();
      await pair();
      await agrees(ana);
      const sent = Number(
        (await room.rows<{ sent: number }>(`SELECT count(*) AS sent FROM delivery_attempt`))[0]?.sent,
      );
      const save = async (whatsappPace: typeof unpaced) => {
        const saved = await desk.get<{ room: object; seenAt: string | null }>('/room');
        await desk.post('/room', { ...saved, room: { ...saved.room, whatsappPace } });
      };
      await save({ ...unpaced, dailyCeiling: sent });
      await ana.says('/bantuan');
      type Held = { items: { name: string; heldBack: string | null }[] };
      const heldBack = async () =>
        (await desk.get<Held>('/channels')).items.find(({ name }) => name === 'whatsapp')?.heldBack ?? null;
      expect(await vi.waitUntil(heldBack, { timeout: 20_000 })).toMatch(
        /Rabu, 25 November 2026, 07\.00 WITA/,
      );
      expect(ana.news()).toEqual([]);
      await ana.says('saya mau bunuh diri');
      await ana.sees(/Apakah Anda aman/);
      expect(ana.news()).toEqual([]);
      await save(unpaced);
      const sweeping = setInterval(() => void room.app.sweep(), 2_000);
      await ana.sees(/\/pesan/).finally(() => clearInterval(sweeping));
      expect(await heldBack()).toBeNull();
    },
  );
});
