import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadKeyRing, parseKeyRing } from '../../../src/store/key-ring.ts';
import { createVault } from '../../../src/store/vault.ts';

const keyA = Buffer.alloc(32, 1).toString('base64');
const keyB = Buffer.alloc(32, 2).toString('base64');
const ring = (text: string) => parseKeyRing(text, 'BESTIE_KEYS');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('vault', () => {
  const vault = createVault(ring(`a:${keyA}`));

  it('opens what it sealed, and never seals the same twice', () => {
    const text = 'curhat 😀 \u0000 akhir';
    const sealed = vault.seal(text, 'message.body');
    expect(vault.openText(sealed, 'message.body')).toBe(text);
    expect(Buffer.from(sealed).includes('curhat')).toBe(false);
    expect(hex(vault.seal(text, 'message.body'))).not.toBe(hex(sealed));
    expect([...vault.open(vault.seal(new Uint8Array([0, 255]), 'file'), 'file')]).toEqual([0, 255]);
    expect(vault.openJson(vault.sealJson({ a: [1, null] }, 'draft'), 'draft')).toEqual({ a: [1, null] });
    expect(vault.openText(vault.seal('', 'x'), 'x')).toBe('');
  });

  it('opens in no other context, and not when a single bit was changed', () => {
    const sealed = vault.seal('rahasia', 'message.body');
    expect(() => vault.open(sealed, 'address.value')).toThrow(/does not open as "address.value"/);
    for (let i = 0; i < sealed.length; i += 1) {
      const damaged = Uint8Array.from(sealed);
      damaged[i] = (damaged[i] ?? 0) ^ 1;
      expect(() => vault.open(damaged, 'message.body')).toThrow();
    }
    expect(() => vault.open(sealed.subarray(0, 20), 'message.body')).toThrow('Not a sealed value');
    expect(() => vault.open(new Uint8Array(), 'message.body')).toThrow('Not a sealed value');
  });

  it('reads old values after a rotation, and keeps every fingerprint', () => {
    const old = vault.seal('lama', 'x');
    const rotated = createVault(ring(`b:${keyB}, a:${keyA}`));
    expect(rotated.openText(old, 'x')).toBe('lama');
    expect(() => vault.openText(rotated.seal('baru', 'x'), 'x')).toThrow(
      /encrypted with the key "b", which is not in the key ring/,
    );
    expect(hex(rotated.fingerprint('628123'))).toBe(hex(vault.fingerprint('628123')));
    expect(hex(rotated.fingerprint('628124'))).not.toBe(hex(vault.fingerprint('628123')));
    expect(rotated.fingerprint('628123')).toHaveLength(32);
  });
});

describe('key ring', () => {
  let dataDir: string;
  const warned: string[] = [];
  const log = {
    info: () => {},
    warn: (_: unknown, message: string) => void warned.push(message),
    error: () => {},
  };

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'bestie-keys-'));
    warned.length = 0;
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('is made once, readable by its owner alone, with a warning to back it up', () => {
    const made = loadKeyRing({ dataDir, log });
    expect(statSync(join(dataDir, 'keys')).mode & 0o777).toBe(0o600);
    expect(warned).toEqual([expect.stringMatching(/back this file up/)]);
    const again = loadKeyRing({ dataDir, log });
    expect(hex(again.current.bytes)).toBe(hex(made.current.bytes));
    expect(again.fingerprintMark).toBe(made.fingerprintMark);
    expect(warned).toHaveLength(1);
    expect(readFileSync(join(dataDir, 'keys'), 'utf8')).toMatch(/^# .*\nk1:/);
  });

  it('is not made where it must exist already', () => {
    expect(() => loadKeyRing({ dataDir, log, mustExist: true })).toThrow(
      `There are no keys: BESTIE_KEYS is not set and ${join(dataDir, 'keys')} is not there`,
    );
    const made = loadKeyRing({ dataDir, log });
    expect(loadKeyRing({ dataDir, log, mustExist: true }).fingerprintMark).toBe(made.fingerprintMark);
  });

  it('prefers BESTIE_KEYS', () => {
    expect(loadKeyRing({ bestieKeys: `x:${keyA}`, dataDir, log }).current.id).toBe('x');
    expect(warned).toEqual([]);
  });

  it.each([
    ['', /holds no key/],
    [`# ${keyA}`, /holds no key/],
    [keyA, /no name before its colon/],
    [`a b:${keyA}`, /no name before its colon/],
    ['a:c2hvcnQ=', /the key "a" is 5 bytes long, not 32/],
    [`a:${keyA},a:${keyB}`, /the name "a" stands there twice/],
  ])('refuses %j in words that hold no key', (text, message) => {
    expect(() => ring(text)).toThrow(message);
    expect(() => ring(text)).not.toThrow(keyA);
  });

  it('says which file is wrong', () => {
    writeFileSync(join(dataDir, 'keys'), 'broken\n');
    expect(() => loadKeyRing({ dataDir, log })).toThrow(join(dataDir, 'keys'));
  });
});
