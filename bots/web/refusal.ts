import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/**
 * Every "no" of the chat's API: a code for the page (which has its own words in two languages) and a
 * sentence for whoever reads the answer raw. `retry` tells the page to keep the message and try by itself.
 */
const refusals = {
  FOREIGN_ORIGIN: [403, false, 'Permintaan ini tidak datang dari halaman Bestie.'],
  NOT_JSON: [415, false, 'Isi permintaan harus berupa JSON.'],
  NOT_MULTIPART: [415, false, 'Berkas harus dikirim sebagai formulir multipart.'],
  BROKEN: [400, false, 'Isi permintaan tidak dapat dibaca.'],
  EMPTY: [400, false, 'Pesan masih kosong.'],
  TEXT_TOO_LONG: [
    413,
    false,
    'Pesan ini terlalu panjang. Bagi menjadi beberapa pesan, semuanya tetap kami baca.',
  ],
  FILE_TOO_LARGE: [413, false, 'Berkas ini terlalu besar. Batasnya 20 MB; coba foto yang lebih kecil.'],
  FILE_EMPTY: [400, false, 'Berkas ini kosong.'],
  SLOW_DOWN: [429, true, 'Pesannya kami simpan di layar dan dikirim lagi sebentar lagi.'],
  BUSY: [503, true, 'Sedang ramai. Pesannya tetap di layar dan dikirim lagi sebentar lagi.'],
  NOT_STORED: [503, true, 'Pesan belum tersimpan. Pesannya tetap di layar dan dikirim lagi sebentar lagi.'],
  UNKNOWN_VISITOR: [401, false, 'Belum ada percakapan dari peramban ini.'],
  NOT_FOUND: [404, false, 'Tidak ditemukan.'],
  FAILED: [500, true, 'Ada gangguan di pihak kami. Coba lagi sebentar lagi.'],
} as const satisfies Record<string, readonly [ContentfulStatusCode, boolean, string]>;

export type RefusalCode = keyof typeof refusals;

export function refuse(c: Context, code: RefusalCode, retryAfterSeconds?: number): Response {
  const [status, retry, message] = refusals[code];
  if (retryAfterSeconds !== undefined)
    c.header('Retry-After', String(Math.max(1, Math.ceil(retryAfterSeconds))));
  return c.json({ error: { code, message, retry } }, status);
}
