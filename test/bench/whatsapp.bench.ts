import { readdir, readFile } from 'node:fs/promises';
import { systemClock } from '../../src/ops/clock.ts';
import {
  createRig,
  dropPairedProfile,
  noBrowser,
  pageMessage,
  type Rig,
} from '../support/whatsapp-page/channel.ts';
import { chromiumPids } from '../support/whatsapp-page/processes.ts';

export type Figure = { name: string; value: number; unit: string };

/**
 * The library channel against the stand-in page, on the real clock with the default watchdogs but without
 * pacing. The real page is far heavier: these are the costs of our side, not of WhatsApp's.
 */
export async function benchWhatsapp(): Promise<Figure[]> {
  if (noBrowser) return [];
  try {
    return [...(await benchMessages()), ...(await benchFaults())];
  } finally {
    await dropPairedProfile();
  }
}

const newRig = () =>
  createRig({ isPaired: true, clock: systemClock, timing: { statusDelayMs: 0, heartbeatTimeoutMs: 10_000 } });

async function benchMessages(): Promise<Figure[]> {
  const starts: number[] = [];
  const rig = await newRig();
  for (let round = 0; round < 5; round += 1) {
    starts.push(await timed(() => rig.connect()));
    if (round < 4) await rig.replace();
  }
  rig.sink.onReceive = async (inbound) => {
    if (inbound.content.kind !== 'text') return;
    const text = `gema ${inbound.content.text}`;
    void rig.channel.send(inbound.address, { kind: 'text', text, choices: [], replyToRef: null });
  };
  const replies: number[] = [];
  for (let round = 0; round < 300; round += 1) {
    const body = `pesan ukur ${round}`;
    const took = await timed(async () => {
      await rig.page.arrive(pageMessage({ body }));
      await rig.page.reported('sent', (report) => report.body === `gema ${body}`);
    });
    if (round >= 20) replies.push(took);
  }
  const chromium = await chromiumMemory(rig.dataDir);
  const node = process.memoryUsage().rss / 2 ** 20;
  await rig.end();
  return [
    figure('whatsapp start to ready', quantile(starts, 0.5), 'ms'),
    figure('whatsapp message to reply p50', quantile(replies, 0.5), 'ms'),
    figure('whatsapp message to reply p99', quantile(replies, 0.99), 'ms'),
    figure('whatsapp chromium memory (PSS)', chromium, 'MiB'),
    figure('whatsapp node memory (RSS, stand-in and bench included)', node, 'MiB'),
  ];
}

async function benchFaults(): Promise<Figure[]> {
  const faults: [string, (rig: Rig) => Promise<unknown>][] = [
    ['browser killed', async (rig) => process.kill((await chromiumPids(rig.dataDir))[0] ?? 0, 'SIGKILL')],
    ['page reloaded', (rig) => rig.page.order('reload')],
    ['page hung', (rig) => rig.page.order('hang')],
    ['conflict', (rig) => rig.page.order('state', { state: 'CONFLICT' })],
  ];
  const figures: Figure[] = [];
  for (const [name, breakIt] of faults) {
    const rig = await newRig();
    await rig.connect();
    const took = await timed(async () => {
      const lost = rig.health(({ state }) => state !== 'connected');
      await breakIt(rig);
      await lost;
      await rig.state('connected');
    });
    figures.push(figure(`whatsapp ${name} to working`, took, 'ms'));
    await rig.end();
  }
  figures.push(await benchLateSync(), await benchDeaf(), await benchUnlink());
  return figures;
}

async function benchLateSync(): Promise<Figure> {
  const rig = await newRig();
  Object.assign(rig.page.faults, { syncBeforeInjection: true });
  const took = await timed(() => rig.connect());
  await rig.end();
  return figure('whatsapp start to ready, synced before injection', took, 'ms');
}

async function benchDeaf(): Promise<Figure> {
  const rig = await newRig();
  await rig.connect();
  // The catching up of the start is over when this one is in.
  await rig.page.arrive(pageMessage({ body: 'terdengar' }));
  await rig.page.reported('seen');
  await rig.page.setFaults({ deaf: true });
  const took = await timed(async () => {
    await rig.page.arrive(pageMessage({ body: 'tak terdengar' }));
    await rig.sink.inbound(({ content }) => content.kind === 'text' && content.text === 'tak terdengar');
  });
  await rig.end();
  return figure('whatsapp deaf library to message stored', took, 'ms');
}

async function benchUnlink(): Promise<Figure> {
  const rig = await newRig();
  await rig.connect();
  const took = await timed(async () => {
    await rig.page.order('unlink');
    await rig.state('needs_pairing');
  });
  await rig.end();
  return figure('whatsapp unlinked to new code', took, 'ms');
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Each process's share of what it shares, in MiB: RSS would count shared pages many times. */
async function chromiumMemory(dataDir: string): Promise<number> {
  const family = new Set(await chromiumPids(dataDir));
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '');
    parents.set(Number(name), Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]));
  }
  let before = 0;
  while (before !== family.size) {
    before = family.size;
    for (const [pid, parent] of parents) if (family.has(parent)) family.add(pid);
  }
  let kib = 0;
  for (const pid of family) {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
    kib += Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
  }
  return kib / 1024;
}

function quantile(values: number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
}

function figure(name: string, value: number, unit: string): Figure {
  return { name, value: Math.round(value * 10) / 10, unit };
}
