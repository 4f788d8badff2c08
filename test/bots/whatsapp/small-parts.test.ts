import { mkdir, mkdtemp, readlink, rm, symlink } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { browserArgs, findBrowser } from '../../../bots/whatsapp/browser.ts';
import { dropLibraryNoise, isLibraryNoise } from '../../../bots/whatsapp/library-noise.ts';
import { createLine } from '../../../bots/whatsapp/line.ts';
import { withNumberedChoices } from '../../../bots/whatsapp/numbered-choices.ts';
import { defaultPacing } from '../../../bots/whatsapp/options.ts';
import { createPacer } from '../../../bots/whatsapp/pacing.ts';
import { describePageError } from '../../../bots/whatsapp/page-error.ts';
import { prepareProfile } from '../../../bots/whatsapp/profile.ts';
import { createRecordingLog } from '../recording.ts';

describe('createPacer', () => {
  const settings = { ...defaultPacing, minGapMs: 1_000, jitterMs: 500, dailyCeiling: 3 };
  const day = 24 * 60 * 60_000;

  it('keeps a gap with jitter between two sends, whoever they go to', () => {
    const pacer = createPacer(settings, () => 0.5);
    expect([pacer.reserve(0), pacer.reserve(0), pacer.reserve(0)]).toEqual([0, 1_250, 2_500]);
    expect(pacer.reserve(10_000)).toBe(0);
  });

  it('stops at the ceiling of any 24 hours and says when there is room', () => {
    const pacer = createPacer(settings, () => 0, [0]);
    pacer.count(1_000);
    expect(pacer.untilBelowCeiling(2_000)).toBe(0);
    pacer.count(2_000);
    expect(pacer.untilBelowCeiling(3_000)).toBe(day - 3_000);
    expect(pacer.untilBelowCeiling(day)).toBe(0);
  });

  it('types no longer than a person would bear', () => {
    const pacer = createPacer(settings, () => 1);
    expect(pacer.typingMs(10)).toBe(120);
    expect(pacer.typingMs(100_000)).toBe(settings.maxTypingMs);
  });
});

describe('createLine', () => {
  it('keeps the order, one at a time, but lets those go first who wait for an answer', async () => {
    const line = createLine();
    const done: string[] = [];
    const work = (name: string) => async () => void done.push(name);
    let release = () => {};
    const first = line(false, () => new Promise<void>((resolve) => (release = resolve)));
    const rest = [
      line(false, work('pengingat 1')),
      line(false, work('pengingat 2')),
      line(true, work('jawaban 1')),
      line(true, work('jawaban 2')),
    ];
    const failing = line(false, () => Promise.reject(new Error('x')));
    release();
    await first;
    await Promise.all(rest);
    await expect(failing).rejects.toThrow('x');
    expect(done).toEqual(['jawaban 1', 'jawaban 2', 'pengingat 1', 'pengingat 2']);
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
