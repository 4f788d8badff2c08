import type { Context } from 'hono';
import { isShownInPlace, plainMime } from './file-kinds.ts';

/** Sends a resident's file to the page, or part of it: browsers seek in voice notes by ranges. */
export function serveFile(
  c: Context,
  file: { bytes: Uint8Array; mime: string | null; name: string | null },
): Response {
  const { bytes, mime, name } = file;
  const inPlace = isShownInPlace(mime);
  const fallback = inPlace ? 'berkas' : 'berkas.bin';
  const headers = new Headers({
    'content-type': inPlace ? plainMime(mime) : 'application/octet-stream',
    'content-disposition': `${inPlace ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name ?? fallback)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
    'accept-ranges': 'bytes',
  });
  const range = /^bytes=(\d*)-(\d*)$/.exec(c.req.header('range') ?? '');
  if (!range || (range[1] === '' && range[2] === '')) return new Response(copy(bytes), { headers });
  const start = range[1] === '' ? Math.max(0, bytes.length - Number(range[2])) : Number(range[1]);
  const end =
    range[1] === '' || range[2] === '' ? bytes.length - 1 : Math.min(Number(range[2]), bytes.length - 1);
  if (start > end || start >= bytes.length) {
    headers.set('content-range', `bytes */${bytes.length}`);
    return new Response(null, { status: 416, headers });
  }
  headers.set('content-range', `bytes ${start}-${end}/${bytes.length}`);
  return new Response(copy(bytes.subarray(start, end + 1)), { status: 206, headers });
}

/** A body must be its own ArrayBuffer: a Buffer may be a window into a pool that others share. */
function copy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
