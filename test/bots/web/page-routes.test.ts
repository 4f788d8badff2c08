import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeWebRoom, type WebRoom } from './web-harness.ts';

describe('the page itself', () => {
  let pageRoot: string;
  let room: WebRoom;

  beforeEach(async () => {
    pageRoot = await mkdtemp(join(tmpdir(), 'web-chat-'));
    room = makeWebRoom({ pageRoot });
  });
  afterEach(() => rm(pageRoot, { recursive: true }));

  const build = async (): Promise<void> => {
    await mkdir(join(pageRoot, 'assets'));
    await writeFile(join(pageRoot, 'index.html'), '<!doctype html><title>Bestie</title>');
    await writeFile(join(pageRoot, 'assets', 'index-Ab1.js'), 'export {};');
    await writeFile(join(pageRoot, 'rahasia.txt'), 'rahasia');
  };
  const get = async (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    room.channel.routes.request(path, { headers });

  it('says that it is not built, and serves it as soon as it is', async () => {
    expect((await get('/')).status).toBe(503);
    await build();
    expect((await get('/')).status).toBe(200);
  });

  it('is asked for every time and sent once', async () => {
    await build();
    const first = await get('/');
    expect(first.headers.get('cache-control')).toBe('no-cache');
    const etag = first.headers.get('etag') ?? '';
    const second = await get('/', { 'If-None-Match': `"other", W/${etag}` });
    expect([second.status, await second.text()]).toEqual([304, '']);
  });

  it('keeps assets for ever, compressed for whoever can read that', async () => {
    await build();
    const plain = await get('/chat/assets/index-Ab1.js');
    expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(plain.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    const packed = await get('/chat/assets/index-Ab1.js', { 'Accept-Encoding': 'gzip, deflate' });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(packed.headers.get('etag')).not.toBe(plain.headers.get('etag'));
    expect(gunzipSync(Buffer.from(await packed.arrayBuffer())).toString()).toBe('export {};');
  });

  it.each(['../rahasia.txt', '..%2frahasia.txt', '%2e%2e/rahasia.txt', '.', '%00', 'nothing.js'])(
    'serves nothing by the name %s',
    async (name) => {
      await build();
      const response = await get(`/chat/assets/${name}`);
      expect(response.status).toBe(404);
      expect(await response.text()).not.toContain('rahasia');
    },
  );

  it('lets nothing in from elsewhere', async () => {
    await build();
    const { headers } = await get('/');
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).not.toMatch(/unsafe|http|\*/);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('set-cookie')).toBeNull();
  });
});
