import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import pg from 'pg';
import { createVault } from '../../src/store/vault.ts';
import { parseKeyRing } from '../../src/store/key-ring.ts';
import { sealed } from '../../src/store/sealed.ts';
import { createDeskClient, type DeskClient } from '../support/desk-client.ts';
import { runBestie } from '../support/running-bestie.ts';
import { percentile, type Figure } from './figures.ts';
import { startServers } from './servers.ts';

const coldLoads = 10;
const updates = 30;
const password = 'sembilan ekor kuda sandel';

/**
 * The desk as an officer feels it, in Chromium on the built program: from an empty browser to something to look at; from
 * a resident's press on "send" to the words in the officer's open thread; and how a long queue and a long thread roll.
 */
export async function benchDesk(): Promise<Figure[]> {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
    existsSync,
  );
  const { servers, missing } = await startServers();
  if (!executablePath || !servers) {
    process.stderr.write(
      `bench: skipped the desk: ${executablePath ? missing.join(', ') : 'no chromium found'}\n`,
    );
    await servers?.stop();
    return [];
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'bestie-desk-bench-'));
  const keys = `bench:${Buffer.alloc(32, 7).toString('base64')}`;
  const databaseUrl = await makeDatabase(servers.postgresUrl);
  const bestie = await runBestie({ DATA_DIR: dataDir, DATABASE_URL: databaseUrl, BESTIE_KEYS: keys });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  try {
    const desk = createDeskClient(bestie.url);
    const token = bestie.setupLink?.split('#')[1];
    await desk.post('/set-up', { token, login: 'ana', name: 'Ana Benu', password });
    const cookie = await logIn(bestie.url);
    return [
      ...(await firstPaint(browser, bestie.url, cookie)),
      ...(await liveUpdate(browser, bestie.url, cookie, desk)),
      ...(await rolling(browser, bestie.url, cookie, { database, keys })),
    ];
  } finally {
    await database.end();
    await browser.close();
    await bestie.stop();
    await servers.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function makeDatabase(postgresUrl: string): Promise<string> {
  const address = new URL(postgresUrl);
  const admin = new pg.Client({ connectionString: postgresUrl });
  await admin.connect();
  await admin.query('CREATE DATABASE desk_bench');
  await admin.end();
  address.pathname = '/desk_bench';
  return address.href;
}

async function logIn(url: string): Promise<string> {
  const response = await fetch(`${url}/desk/api/log-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ login: 'ana', password }),
  });
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

async function open(browser: Browser, url: string, cookie: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, domain: '127.0.0.1', path: '/desk' }]);
  await context.addInitScript(`new PerformanceObserver((list) => {
    for (const entry of list.getEntriesByName('first-contentful-paint')) globalThis.firstPaintMs = entry.startTime;
  }).observe({ type: 'paint', buffered: true });`);
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** Each in a browser that has never been here: nothing is cached, no worker helps. */
async function firstPaint(browser: Browser, url: string, cookie: string): Promise<Figure[]> {
  const painted: number[] = [];
  const usable: number[] = [];
  for (let n = 0; n < coldLoads; n += 1) {
    const page = await open(browser, `${url}/desk/antrean`, cookie);
    await page.getByText('Tidak ada yang menunggu.').waitFor();
    usable.push(await page.evaluate<number>('performance.now()'));
    painted.push(await page.evaluate<number>('firstPaintMs'));
    await page.context().close();
  }
  return [
    { name: `desk: first paint, cold, p50 of ${coldLoads}`, value: percentile(painted, 50), unit: 'ms' },
    { name: `desk: queue readable, cold, p50 of ${coldLoads}`, value: percentile(usable, 50), unit: 'ms' },
  ];
}

/** Both clocks are this machine's: the press is timed in the resident's page, the sight in the officer's. */
async function liveUpdate(
  browser: Browser,
  url: string,
  cookie: string,
  desk: DeskClient,
): Promise<Figure[]> {
  const resident = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  await resident.goto(url);
  const press = (name: string) => resident.getByRole('button', { name, exact: true }).last().click();
  await press('Mulai');
  await press('Setuju');
  await resident.getByText('Mau mulai dari mana?').last().waitFor();
  await resident.getByRole('textbox', { name: 'Tulis pesan' }).fill('/petugas');
  await press('Kirim');
  await resident.getByText(/urutan 1/).waitFor();
  const { items } = await desk.get<{ items: { conversationId: string }[] }>('/queue');
  const chat = items[0]?.conversationId ?? '';
  await desk.post(`/conversations/${chat}/claim`);
  const officer = await open(browser, `${url}/desk/antrean/${chat}`, cookie);
  await officer.getByLabel(/^Balasan untuk/).waitFor();
  const took: number[] = [];
  for (let n = 0; n < updates; n += 1) {
    const words = `pesan ke-${n} ${randomUUID()}`;
    const seen = officer.evaluate<number>(`new Promise((done) => {
      const watcher = new MutationObserver(() => {
        if (!document.querySelector('[role=log]')?.textContent.includes('${words}')) return;
        watcher.disconnect();
        requestAnimationFrame(() => done(Date.now()));
      });
      watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
    })`);
    await resident.getByRole('textbox', { name: 'Tulis pesan' }).fill(words);
    const pressedAt = await resident.evaluate<number>(
      `(() => { const at = Date.now(); document.querySelector('#send').click(); return at; })()`,
    );
    took.push((await seen) - pressedAt);
    await delay(200);
  }
  await resident.context().close();
  await officer.context().close();
  return [50, 99].map((percent) => ({
    name: `desk: resident's message in the officer's open thread, p${percent} of ${updates}`,
    value: percentile(took, percent),
    unit: 'ms',
  }));
}

/** A queue of 500 and a thread of 5,000: each rolled for three seconds, a wheel's notch a frame. */
async function rolling(
  browser: Browser,
  url: string,
  cookie: string,
  { database, keys }: { database: pg.Client; keys: string },
): Promise<Figure[]> {
  const vault = createVault(parseKeyRing(keys, 'the bench'));
  const now = new Date();
  const name = vault.seal('Warga Uji', sealed.residentName);
  const text = (words: string) => vault.sealJson({ kind: 'text', text: words }, sealed.messageContent);
  await database.query(
    `WITH r AS (INSERT INTO resident (name_sealed, created_at) SELECT $2, $1::timestamptz FROM generate_series(1, 500) RETURNING id),
          a AS (INSERT INTO address (resident_id, channel, kind, value_hash, value_sealed, created_at)
                SELECT id, 'web', 'visitor', decode(md5(id::text), 'hex'), '\\x00', $1 FROM r RETURNING id),
          c AS (INSERT INTO conversation (address_id, owner, created_at) SELECT id, 'human', $1 FROM a RETURNING id)
     INSERT INTO handoff (conversation_id, status, reason, requested_at) SELECT id, 'waiting', 'asked', $1 FROM c`,
    [now, name],
  );
  const { rows } = await database.query<{ id: string }>(
    `SELECT conversation_id AS id FROM handoff WHERE status = 'waiting' LIMIT 1`,
  );
  const chat = rows[0]?.id ?? '';
  for (let n = 0; n < 5000; n += 250) {
    const contents = Array.from({ length: 250 }, (_, at) =>
      text(`Pesan ${n + at}. ${'Saya mau bercerita sedikit lagi. '.repeat(1 + (at % 5))}`),
    );
    await database.query(
      `INSERT INTO message (conversation_id, direction, author, kind, content_sealed, sent_at, created_at, processed_at)
       SELECT $1, 'in', 'resident', 'text', content, $3, $3, $3 FROM unnest($2::bytea[]) AS content`,
      [chat, contents, new Date(now.getTime() + n)],
    );
  }
  const page = await open(browser, `${url}/desk/antrean/${chat}`, cookie);
  await page.getByText(/^Pesan 4999\./).waitFor();
  const roll = (selector: string, by: number) =>
    page.evaluate<number[]>(`new Promise((done) => {
      const box = document.querySelector('${selector}');
      const frames = [];
      const begun = performance.now();
      let last = begun;
      const step = (at) => {
        frames.push(at - last);
        last = at;
        box.scrollBy(0, ${by});
        if (at - begun < 3000) requestAnimationFrame(step);
        else done(frames.slice(1));
      };
      requestAnimationFrame(step);
    })`);
  const figures = [
    { name: 'queue of 500', frames: await roll('.queue-list', 120) },
    { name: 'thread of 5,000', frames: await roll('.thread', -120) },
  ].flatMap(({ name: of, frames }) => [
    {
      name: `desk: rolling a ${of}, frames over 50 ms`,
      value: (100 * frames.filter((ms) => ms > 50).length) / frames.length,
      unit: '%',
    },
    { name: `desk: rolling a ${of}, frame p99`, value: percentile(frames, 99), unit: 'ms' },
  ]);
  await page.context().close();
  return figures;
}
