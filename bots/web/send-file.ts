import type { Context } from 'hono';
import { storable } from './storable.ts';

/** What a browser shows without running anything in it. All else is only ever downloaded. */
const shownInline =
  /^(image\/(jpeg|png|webp|gif)|audio\/(ogg|webm|mpeg|mp4|aac|wav|x-m4a)|video\/(mp4|webm))(;|$)/i;
/** Types that may be named as they are, so that a phone offers the right app; still as a download. */
const namedDownload = /^(text\/calendar|application\/pdf)(;|$)/i;

/**
 * Answers with a file that a stranger may have made: never a type that a browser would run, no sniffing, and a
 * sandbox in case it is opened as a page all the same.
 */
export function sendFile(
  c: Context,
  file: { bytes: Uint8Array; mime: string | null; name: string | null },
): Response {
  const mime = file.mime ?? '';
  const isInline = shownInline.test(mime);
  const disposition = isInline ? 'inline' : 'attachment';
  c.header('Content-Type', isInline || namedDownload.test(mime) ? mime : 'application/octet-stream');
  c.header('Content-Disposition', `${disposition}; filename*=UTF-8''${encodeName(file.name ?? 'berkas')}`);
  c.header('Content-Security-Policy', "default-src 'none'; sandbox");
  return c.body(new Uint8Array(file.bytes));
}

function encodeName(name: string): string {
  // A lone surrogate would make encodeURIComponent throw.
  const printable = storable(name).replace(/[\p{Cc}\p{Cf}/\\]/gu, '_');
  return encodeURIComponent(printable).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}
