import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { Hono } from 'hono';
import { open } from './allow.ts';
import { refuse } from './refusal.ts';

const mimes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** Mantine writes its colours into style tags, hence inline styles; scripts come from us alone. */
const policy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "base-uri 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "form-action 'self'",
].join('; ');

/** Pressed when the app was built, best first. */
const encodings = [
  { name: 'br', end: '.br' },
  { name: 'gzip', end: '.gz' },
] as const;

/** The built browser app: files below `assets/` by their hashed names, every other path is a page of the app. */
export function webAppRoutes(webRoot: string | null) {
  return new Hono().get('/*', open(), async (c) => {
    if (webRoot === null) {
      return refuse(c, 503, 'NOT_BUILT', 'Halaman meja petugas belum dibangun. Jalankan: npm run build');
    }
    const asked = decodeURIComponent(c.req.path).replace(/^\/desk\/?/, '');
    const path = normalize(join(webRoot, asked));
    const isInside = path.startsWith(join(webRoot, '/'));
    const isFile = isInside && extname(path) !== '';
    const found = isFile ? await readFile(path).catch(() => null) : null;
    if (isFile && found === null && asked.startsWith('assets/')) {
      return refuse(c, 404, 'NOT_FOUND', 'Berkas halaman tidak ada. Muat ulang halaman.');
    }
    const body = found ?? (await readFile(join(webRoot, 'index.html')).catch(() => null));
    if (body === null) {
      return refuse(c, 503, 'NOT_BUILT', 'Halaman meja petugas belum dibangun. Jalankan: npm run build');
    }
    const isAsset = found !== null && asked.startsWith('assets/');
    const file = found === null ? join(webRoot, 'index.html') : path;
    const accepted = (c.req.header('accept-encoding') ?? '')
      .split(',')
      .map((one) => one.trim().split(';')[0]);
    const headers = new Headers({
      'content-type': mimes[extname(file)] ?? 'application/octet-stream',
      'cache-control': isAsset ? 'public, max-age=31536000, immutable' : 'no-cache',
      'content-security-policy': policy,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'permissions-policy': 'camera=(), geolocation=(), microphone=()',
      vary: 'accept-encoding',
    });
    // The worker looks after `/desk` itself, too, which is above its own folder.
    if (asked === 'sw.js') headers.set('service-worker-allowed', '/desk');
    for (const { name, end } of encodings) {
      const pressed = accepted.includes(name) ? await readFile(`${file}${end}`).catch(() => null) : null;
      if (pressed === null) continue;
      headers.set('content-encoding', name);
      return new Response(new Uint8Array(pressed), { headers });
    }
    return new Response(new Uint8Array(body), { headers });
  });
}
