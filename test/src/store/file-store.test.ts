import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileStore, type FileStore } from '../../../src/store/file-store.ts';
import { parseKeyRing } from '../../../src/store/key-ring.ts';
import { createVault } from '../../../src/store/vault.ts';

describe('file store', () => {
  let dataDir: string;
  let files: FileStore;
  const paths = (): string[] =>
    readdirSync(dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'bestie-files-'));
    files = createFileStore({
      dataDir,
      vault: createVault(parseKeyRing(`a:${Buffer.alloc(32, 1).toString('base64')}`, 'test')),
    });
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('gives back what it was given, keeps it encrypted, forgets it when told', async () => {
    const bytes = Buffer.from('suara resident '.repeat(100));
    const fileKey = await files.put(bytes, { kind: 'attachment' });
    expect(Buffer.from((await files.get(fileKey)) ?? []).equals(bytes)).toBe(true);
    expect(paths()).toHaveLength(1);
    expect(readFileSync(paths()[0] ?? '').includes('suara')).toBe(false);
    await files.remove(fileKey);
    await files.remove(fileKey);
    expect(await files.get(fileKey)).toBeNull();
    expect(paths()).toEqual([]);
  });

  it('takes an empty file, and never the same key twice', async () => {
    const keys = await Promise.all(
      Array.from({ length: 50 }, () => files.put(new Uint8Array(), { kind: 'media' })),
    );
    expect(new Set(keys).size).toBe(50);
    expect(await files.get(keys[0] ?? '')).toHaveLength(0);
  });

  it('tells what it has kept since before a time, and what a crash left half kept', async () => {
    const [old, young] = [
      await files.put(Buffer.from('1'), { kind: 'media' }),
      await files.put(Buffer.from('2'), { kind: 'attachment' }),
    ];
    const half = `media-${'0'.repeat(32)}`;
    const folder = join(dataDir, 'files', '00');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${half}.unfinished`), '');
    writeFileSync(join(folder, 'catatan.txt'), 'not ours');
    const then = new Date('2026-11-24T00:00:00Z');
    for (const path of paths())
      utimesSync(path, then, new Date(then.getTime() + (path.endsWith(young) ? 0 : -1)));
    expect((await files.keptBefore(then)).sort()).toEqual([half, old].sort());
    await files.remove(half);
    expect(await files.keptBefore(then)).toEqual([old]);
  });

  it('does not open one file in the place of another', async () => {
    const [one, two] = [
      await files.put(Buffer.from('1'), { kind: 'media' }),
      await files.put(Buffer.from('2'), { kind: 'media' }),
    ];
    const pathOf = (key: string): string => paths().find((path) => path.endsWith(key)) ?? '';
    writeFileSync(pathOf(one), readFileSync(pathOf(two)));
    await expect(files.get(one)).rejects.toThrow(/does not open/);
  });

  it.each([
    '../../etc/passwd',
    'media-..',
    '',
    'media-0123',
    `other-${'0'.repeat(32)}`,
    `media-${'0'.repeat(32)}/x`,
  ])('leaves its folder for no key: %j', async (key) => {
    await expect(files.get(key)).rejects.toThrow('Not a file key');
    await expect(files.remove(key)).rejects.toThrow('Not a file key');
  });
});
