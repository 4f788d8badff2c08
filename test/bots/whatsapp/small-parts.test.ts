import { mkdir, mkdtemp, readlink, rm, symlink } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAckBook } from '../../../bots/whatsapp/ack-book.ts';
import { browserArgs, findBrowser } from '../../../bots/whatsapp/browser.ts';
import { dropLibraryNoise, isLibraryNoise } from '../../../bots/whatsapp/library-noise.ts';
import { createLine } from '../../../bots/whatsapp/line.ts';
import { withNumberedChoices } from '../../../bots/whatsapp/numbered-choices.ts';
import { createPacer } from '../../../bots/whatsapp/pacing.ts';
import type { Pace } from '../../../bots/whatsapp/pacing.ts';
import { describePageError } from '../../../bots/whatsapp/page-error.ts';
import { prepareProfile } from '../../../bots/whatsapp/profile.ts';
import { defaultRoom } from '../../../src/domain/room.ts';
import { whatsappPaceAt } from '../../../src/domain/whatsapp-pace.ts';
import { createRecordingLog } from '../recording.ts';

describe('createPacer', () => {
  const dayFrom = new Date('2026-11-24T00:00:00+08:00');
  const nextDay = new Date('2026-11-25T07:00:00+08:00');
  const pace: Pace = { minMs: 1_000, maxMs: 3_000, dailyCeiling: 3, dayFrom, nextDay };
  const short = { characters: 0, isUrgent: false };

  it('keeps a gap with jitter between two sends, whoever they go to, and types before the first', () => {
    const pacer = createPacer(() => 0.5);
    const waits = [pacer.reserve(pace, short, 0), pacer.reserve(pace, short, 0)];
    expect(waits).toEqual([1_500, 3_000]);
    expect(pacer.reserve(pace, short, 100_000)).toBe(1_500);
  });

  it('takes longer for a long text, never longer than is set, and the least for somebody in danger', () => {
    const pacer = createPacer(() => 1);
    expect(pacer.reserve(pace, { ...short, characters: 100_000 }, 0)).toBe(3_000);
    expect(pacer.reserve(pace, { characters: 100_000, isUrgent: true }, 10_000)).toBe(1_000);
    expect(pacer.reserve({ ...pace, minMs: 0, maxMs: 0 }, short, 20_000)).toBe(0);
  });

  it('obeys a pace that was changed meanwhile', () => {
    const pacer = createPacer(() => 0, [dayFrom.getTime(), dayFrom.getTime(), dayFrom.getTime()]);
    expect(pacer.heldUntil(pace)).toEqual(nextDay);
    expect(pacer.heldUntil({ ...pace, dailyCeiling: 4 })).toBeNull();
  });

  it('holds back what is over the ceiling of a day, and counts anew from the next one on', () => {
    const pacer = createPacer(() => 0, [dayFrom.getTime() - 1, dayFrom.getTime()]);
    pacer.count(dayFrom.getTime() + 1);
    expect(pacer.heldUntil(pace)).toBeNull();
    pacer.count(dayFrom.getTime() + 2);
    expect(pacer.heldUntil(pace)).toEqual(nextDay);
    const tomorrow = { ...pace, dayFrom: new Date('2026-11-25T00:00:00+08:00') };
    expect(pacer.heldUntil(tomorrow)).toBeNull();
  });
});

describe('whatsappPaceAt', () => {
  it('begins a day at midnight WITA, and lets go what waited after the quiet hours', () => {
    const at = (text: string) => whatsappPaceAt(defaultRoom, new Date(text));
    expect(at('2026-11-24T23:59:59+08:00')).toMatchObject({
      dayFrom: new Date('2026-11-24T00:00:00+08:00'),
      nextDay: new Date('2026-11-25T07:00:00+08:00'),
    });
    expect(at('2026-11-25T00:00:00+08:00').dayFrom).toEqual(new Date('2026-11-25T00:00:00+08:00'));
  });
});

describe('createLine', () => {
  it('keeps the order, one at a time, but for danger first and answers before notices', async () => {
    const line = createLine();
    const done: string[] = [];
    const work = (name: string) => async () => void done.push(name);
    let release = () => {};
    const first = line('notice', () => new Promise<void>((resolve) => (release = resolve)));
    const rest = [
      line('notice', work('pengingat 1')),
      line('notice', work('pengingat 2')),
      line('answer', work('jawaban 1')),
      line('danger', work('bahaya')),
      line('answer', work('jawaban 2')),
    ];
    const failing = line('notice', () => Promise.reject(new Error('x')));
    release();
    await first;
    await Promise.all(rest);
    await expect(failing).rejects.toThrow('x');
    expect(done).toEqual(['bahaya', 'jawaban 1', 'jawaban 2', 'pengingat 1', 'pengingat 2']);
  });
});

describe('createAckBook', () => {
  it('keeps a tick that comes before anybody asks for it, and takes "waiting" for none', async () => {
    const acks = createAckBook();
    acks.note('a', 0);
    acks.note('a', 1);
    expect(await acks.first('a')).toBe(1);
    const later = acks.first('b');
    acks.note('b', 0);
    acks.note('b', -1);
    expect(await later).toBe(-1);
  });

  it('forgets the ticks that nobody ever asks for', async () => {
    const acks = createAckBook();
    for (let at = 0; at < 600; at += 1) acks.note(`n${at}`, 1);
    acks.note('n599', 2);
    expect(await acks.first('n599')).toBe(2);
    const forgotten = acks.first('n0');
    acks.note('n0', 3);
    expect(await forgotten).toBe(3);
  });
});

describe('dropLibraryNoise', () => {
  const from = (path: string, message: string) =>
    Object.assign(new Error(message), {
      stack: `Error: ${message}\n    at x (/app/node_modules/${path}:1:1)`,
    });

  it('drops what the library is known to leave behind, and nothing else', () => {
    const log = createRecordingLog();
    expect(dropLibraryNoise(from('puppeteer-core/x.js', "Attempted to use detached Frame 'A'."), log)).toBe(
      true,
    );
    expect(isLibraryNoise(from('whatsapp-web.js/src/Client.js', 'Execution context was destroyed'))).toBe(
      true,
    );
    expect(isLibraryNoise('auth timeout')).toBe(true);
    expect(log.lines).toHaveLength(1);
    for (const reason of [
      from('pg/x.js', 'Connection closed'),
      from('puppeteer-core/x.js', 'Cannot read properties of undefined'),
      new Error('Session closed'),
      'anything else',
      null,
    ]) {
      expect(dropLibraryNoise(reason, log)).toBe(false);
    }
  });
});

describe('describePageError', () => {
  it('keeps the shapes that tell what changed, and no sentence', () => {
    expect(describePageError(new Error('Requiring unknown module "WAWebX"'))).toBe(
      'Requiring unknown module "WAWebX"',
    );
    expect(describePageError('TypeError: a.b.getChat is not a function')).toBe(
      'a.b.getChat is not a function',
    );
    expect(describePageError(new Error('saya dipukul suami'))).toBeNull();
  });
});

describe('findBrowser', () => {
  it('says how to get one', async () => {
    expect(await findBrowser('/no/such/chrome')).toMatchObject({
      ok: false,
      reason: expect.stringContaining('apt-get'),
    });
    expect(await findBrowser(process.execPath)).toEqual({ ok: true, path: process.execPath });
  });

  it('drops the sandbox for root only', () => {
    expect(browserArgs(true, [])).toContain('--no-sandbox');
    expect(browserArgs(false, ['--x'])).not.toContain('--no-sandbox');
  });
});

describe('prepareProfile', () => {
  let dataPath: string;
  const lock = () => join(dataPath, 'session', 'SingletonLock');
  beforeEach(async () => {
    dataPath = await mkdtemp(join(tmpdir(), 'bestie-profile-'));
    await mkdir(join(dataPath, 'session'));
  });
  afterEach(async () => await rm(dataPath, { recursive: true }));

  it.each([
    ['a container that was replaced', 'another-host-42'],
    ['a process that is no browser of this profile', `${hostname()}-${process.pid}`],
    ['nobody', `${hostname()}-4194303`],
  ])('clears the lock of %s', async (_whose, target) => {
    await symlink(target, lock());
    expect(await prepareProfile(dataPath)).toEqual({ ok: true });
    await expect(readlink(lock())).rejects.toThrow();
  });
});

describe('withNumberedChoices', () => {
  it('numbers them from one, and leaves a text without any alone', () => {
    const choices = [
      { token: 'a', label: '09.00 (sisa 2)' },
      { token: 'b', label: 'Batal' },
    ];
    expect(withNumberedChoices('Pilih jam:', choices)).toBe('Pilih jam:\n\n1. 09.00 (sisa 2)\n2. Batal');
    expect(withNumberedChoices('Halo', [])).toBe('Halo');
  });
});
