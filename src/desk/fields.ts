import { z } from 'zod';

/** Fields that several routes take. Control characters, which no person types, are dropped. */

// oxlint-disable-next-line no-control-regex -- exactly these are meant
const control = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g;

export function words(max: number) {
  return z
    .string()
    .max(max, `paling banyak ${max} huruf`)
    .transform((text) => text.replace(control, '').trim());
}

export function someWords(max: number) {
  return words(max).refine((text) => text.length > 0, 'belum diisi');
}

/** One line, such as a name. */
export function line(max: number) {
  return someWords(max).transform((text) => text.replace(/\s+/g, ' '));
}

export const orNothing = (max: number) => words(max).transform((text) => (text === '' ? null : text));

export const idParam = z.object({ id: z.guid() });
export const dayField = z.iso.date('tulis tanggal seperti 2026-11-30');
export const timeField = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'tulis jam seperti 09:00');
export const onceKeyField = z.string().min(8).max(80);
export const loginField = z
  .string()
  .trim()
  .min(3, 'paling sedikit 3 huruf')
  .max(60)
  .regex(/^[a-zA-Z0-9._@-]+$/, 'hanya huruf, angka, titik, garis, dan @');
export const passwordField = z
  .string()
  .min(10, 'paling sedikit 10 huruf')
  .max(200, 'paling banyak 200 huruf');

const month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'tulis bulan seperti 2026-11');
/** Whole months, both included. */
export const monthsField = z
  .object({ from: month, to: month })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'bulan akhir sebelum bulan awal' });
