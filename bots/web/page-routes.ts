import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { Hono, type Context } from 'hono';

/**
 * The built page. `/` is asked for every time and answered by its ETag; assets carry their hash in the name and
 * are kept for a year. Each file is read and compressed once: residents pay for every kilobyte.
 */
type PageFile = { etag: string; plain: Buffer; br: Buffer; gzip: Buffer };

const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  webmanifest: 'application/manifest+json',
};

export function createPageRoutes(pageRoot: string): Hono {
  const routes = new Hono();
  const files = new Map<string, Promise<PageFile | null>>();

  async function serve(c: Context, path: string, cacheControl: string): Promise<Response | null> {
    const loading = files.get(path) ?? loadFile(join(pageRoot, path));
    files.set(path, loading);
    const file = await loading;
    if (!file) {
      // Not remembered: the page may be built while the server runs.
      files.delete(path);
      return null;
    }
    const accepted = c.req.header('accept-encoding') ?? '';
    const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : 'plain';
    const etag = `"${file.etag}-${encoding}"`;
    c.header('ETag', etag);
    c.header('Vary', 'Accept-Encoding');
    c.header('Cache-Control', cacheControl);
    if (matches(c.req.header('if-none-match'), etag)) return c.body(null, 304);
    c.header('Content-Type', types[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream');
    if (encoding !== 'plain') c.header('Content-Encoding', encoding);
    return c.body(new Uint8Array(file[encoding]));
  }

  routes.get('/', async (c) => {
    const page = await serve(c, 'index.html', 'no-cache');
    return page ?? c.text('Halaman Bestie belum dibangun. Jalankan: npm run build', 503);
  });

  routes.get('/chat/assets/:name', async (c) => {
    const name = c.req.param('name');
    const isPlainName = /^\w[\w.-]*$/.test(name);
    const asset = isPlainName && (await serve(c, `assets/${name}`, 'public, max-age=31536000, immutable'));
    return asset || c.text('Tidak ditemukan.', 404);
  });

  return routes;
}

function matches(header: string | undefined, etag: string): boolean {
  return (header ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}

async function loadFile(path: string): Promise<PageFile | null> {
  const plain = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'EISDIR') return null;
    throw error;
  });
  if (!plain) return null;
  const [br, gzipped] = await Promise.all([promisify(brotliCompress)(plain), promisify(gzip)(plain)]);
  return {
    etag: createHash('sha256').update(plain).digest('base64url').slice(0, 22),
    plain,
    br,
    gzip: gzipped,
  };
}
