import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startBotApi } from '../support/bot-api/start-bot-api.ts';
import type { BotApiStub } from '../support/bot-api/start-bot-api.ts';
import type { Resident } from '../support/bot-api/chat.ts';
import { createDeskClient } from '../support/desk-client.ts';
import type { DeskClient } from '../support/desk-client.ts';
import { freePort, runBestie } from '../support/running-bestie.ts';
import type { RunningBestie } from '../support/running-bestie.ts';

type Pair = { name: string; env: Record<string, string>; skip: boolean };

const { postgres, redis } = inject('services');
const pairs: Pair[] = [
  { name: 'embedded', env: {}, skip: false },
  {
    name: 'servers',
    env: postgres && redis ? { DATABASE_URL: postgres.url, REDIS_URL: redis.url } : {},
    skip: !postgres || !redis,
  },
];

/**
 * The main job as people live it: the built program in its own process, Telegram by long polling to a stand-in of the
 * Bot API, the desk over HTTP. One long story a pair of stores, told in order.
 */
for (const pair of pairs) {
  describe.skipIf(pair.skip)(`the main job, end to end [${pair.name}]`, { timeout: 120_000 }, () => {
    let dataDir: string;
    let env: Record<string, string>;
    let telegram: BotApiStub;
    let bestie: RunningBestie;
    let desk: DeskClient;
    let ana: Resident;
    let bookingCode = '';
    let concernCode = '';

    const textsOf = (resident: Resident) => resident.received.map((message) => message.text);
    /**
     * What was said since, without a repeat of the very last words: it was killed as they arrived, perhaps between
     * Telegram's yes and our commit, the one gap in which a message may go out twice.
     */
    const saidSince = (before: string[], resident: Resident) => {
      const since = textsOf(resident).slice(before.length);
      return since[0] === before.at(-1) ? since.slice(1) : since;
    };
    const conversationId = async () => {
      const { items } = await desk.get<{ items: { conversationId: string }[] }>('/queue');
      return items[0]?.conversationId ?? '';
    };

    beforeAll(async () => {
      dataDir = await mkdtemp(join(tmpdir(), 'bestie-e2e-'));
      telegram = await startBotApi();
      env = {
        DATA_DIR: dataDir,
        PORT: String(await freePort()),
        TELEGRAM_BOT_TOKEN: telegram.token,
        TELEGRAM_API_ROOT: telegram.url,
        ...pair.env,
      };
      bestie = await runBestie(env);
      ana = telegram.resident({ name: 'Ana' });
    }, 120_000);

    afterAll(async () => {
      await bestie.stop();
      await telegram.close();
      await rm(dataDir, { recursive: true, force: true });
    });

    it('makes the first admin by the link that the first start printed', async () => {
      expect(bestie.setupLink).toMatch(/\/desk\/mulai#/);
      desk = createDeskClient(bestie.url);
      const token = bestie.setupLink?.split('#')[1];
      await desk.post('/set-up', {
        token,
        login: 'maria',
        name: 'Maria Seran',
        password: 'kata-sandi-panjang-1',
      });
      const me = await desk.get<{ role: string }>('/me');
      expect(me.role).toBe('admin');
    });

    it('books on Telegram', async () => {
      await ana.says('/start');
      await ana.sees(/Setuju\?/);
      await ana.presses('Setuju');
      await ana.sees(/Mau mulai dari mana/);
      await ana.says('/pesan');
      const days = await ana.sees(/Hari apa/);
      const free = days.buttons.flat().findLast((button) => /sisa/.test(button.text));
      await ana.presses(free?.text ?? '');
      await ana.sees(/Jam berapa/);
      await ana.presses('10.00 (sisa 2)');
      await ana.sees(/10\.00 WITA/);
      await ana.presses('Ya, pesan');
      const booked = await ana.sees(/BST-/);
      bookingCode = /BST-[0-9A-Z]{6}/.exec(booked.text)?.[0] ?? '';
      await ana.sees(/Ruang Curhat Bestie, Mall/);
    });

    it('pours out in several messages with a voice note, and gets a code', async () => {
      await ana.says('/curhat');
      await ana.sees(/saya dengarkan/);
      await ana.says('Saya mau cerita soal sekolah anak.');
      await ana.sees(/Saya dengarkan\. Lanjutkan/);
      await ana.sendsVoice(new Uint8Array([1, 2, 3, 4]));
      await ana.says('Sudah dua minggu dia tidak masuk.');
      await ana.says('selesai');
      await ana.sees(/2 pesan tulisan, 1 pesan suara/);
      await ana.presses(/Pendidikan/);
      await ana.sees(/kelurahan/);
      await ana.says('Oesapa');
      await ana.sees(/nama Anda/);
      await ana.presses('Tidak, rahasiakan');
      await ana.sees(/dilampirkan/);
      await ana.presses('Ya, lampirkan');
      const received = await ana.sees(/CRH-/);
      concernCode = /CRH-[0-9A-Z]{6}/.exec(received.text)?.[0] ?? '';
      expect(received.text).toMatch(/paling lambat \w+, \d+ \w+ \d{4}/);
    });

    it('asks for an officer, who answers from the desk', async () => {
      await ana.says('/petugas');
      await ana.sees(/urutan 1/);
      const id = await conversationId();
      await desk.post(`/conversations/${id}/claim`);
      await ana.sees(/Maria/);
      await desk.post(`/conversations/${id}/messages`, {
        text: 'Selamat siang, Ibu Ana.',
        onceKey: randomUUID(),
      });
      await ana.sees('Selamat siang, Ibu Ana.');
      const before = ana.received.length;
      await ana.says('Selamat siang, Pak.');
      await telegram.allConfirmed();
      const thread = await desk.get<{ messages: unknown[] }>(`/conversations/${id}/messages`);
      expect(JSON.stringify(thread)).toContain('Selamat siang, Pak.');
      expect(ana.received.length, 'the bot keeps silent while a human holds the conversation').toBe(before);
      await desk.post(`/conversations/${id}/close`, { word: 'Terima kasih, sampai jumpa.' });
      await ana.sees('Terima kasih, sampai jumpa.');
    });

    it('tells the truth after kill -9 and a restart, loses nothing and says nothing twice', async () => {
      const before = textsOf(ana);
      await bestie.kill();
      // Written while it was down: Telegram keeps it until it is confirmed.
      await ana.says('/status');
      bestie = await runBestie(env);
      expect(bestie.setupLink).toBeNull();
      const status = await ana.sees(/Ini yang tercatat/);
      expect(status.text).toContain(bookingCode);
      expect(status.text).toContain(concernCode);
      await telegram.allConfirmed();
      expect(saidSince(before, ana)).toEqual([status.text]);
    });

    it('keeps every update through kills between any two steps', async () => {
      const budi = telegram.resident({ name: 'Budi' });
      await budi.says('/start');
      await budi.sees(/Setuju\?/);
      await bestie.kill();
      await budi.presses('Setuju');
      bestie = await runBestie(env);
      await budi.sees(/Terima kasih/);
      await budi.says('/curhat');
      await budi.sees(/saya dengarkan/);
      await budi.says('Air di rumah saya mati sudah seminggu.');
      await telegram.allConfirmed();
      await bestie.kill();
      await budi.says('selesai');
      bestie = await runBestie(env);
      await budi.sees(/1 pesan tulisan/);
      await telegram.allConfirmed();
      expect(textsOf(budi).filter((text) => text.includes('1 pesan tulisan'))).toHaveLength(1);
      expect(textsOf(budi).filter((text) => text.includes('Setuju?')).length).toBeLessThanOrEqual(2);
    });

    it('stops on SIGTERM with exit code 0 and has logged nothing that a resident wrote', async () => {
      // Up for certain: a signal before it listens for one would end it unheard.
      expect((await fetch(`${bestie.url}/healthz`)).status).toBe(200);
      const output = bestie.output();
      expect(await bestie.stop()).toBe(0);
      for (const words of ['sekolah anak', 'Selamat siang', 'Oesapa', 'seminggu'])
        expect(output).not.toContain(words);
      bestie = await runBestie(env);
    });
  });
}
