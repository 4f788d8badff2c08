/** What an officer may send, told by the bytes themselves: a name or a header says whatever it likes. */
const kinds = [
  { mime: 'image/jpeg', starts: [0xff, 0xd8, 0xff] },
  { mime: 'image/png', starts: [0x89, 0x50, 0x4e, 0x47] },
  { mime: 'application/pdf', starts: [0x25, 0x50, 0x44, 0x46] },
  { mime: 'audio/ogg', starts: [0x4f, 0x67, 0x67, 0x53] },
] as const;

export function kindOfBytes(bytes: Uint8Array): string | null {
  const found = kinds.find((kind) => kind.starts.every((byte, index) => bytes[index] === byte));
  if (found) return found.mime;
  // RIFF....WEBP
  const isWebp = ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP';
  return isWebp ? 'image/webp' : null;
}

function ascii(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}

/**
 * What a page may show in place. Everything else is only ever downloaded: an SVG or an HTML file of a stranger
 * must never run in the desk's origin.
 */
const shownInPlace = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'audio/ogg',
  'audio/mpeg',
  'audio/mp4',
  'audio/aac',
  'audio/amr',
  'audio/wav',
  'audio/webm',
  'video/mp4',
  'video/webm',
]);

export function plainMime(mime: string | null): string {
  return (mime ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

export function isShownInPlace(mime: string | null): boolean {
  return shownInPlace.has(plainMime(mime));
}
