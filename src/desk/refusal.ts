import { zValidator } from '@hono/zod-validator';
import type { Context, ValidationTargets } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { z } from 'zod';

/**
 * How the desk says no: a code for the page, a plain sentence for the person. `NOT_YOURS` is somebody else's, `NOBODYS`
 * waits for whoever takes it.
 */
export type Refusal = { error: { code: string; sentence: string } };

export function refuse<S extends ContentfulStatusCode>(
  c: Context,
  status: S,
  code: string,
  sentence: string,
) {
  return c.json({ error: { code, sentence } } satisfies Refusal, status);
}

export const notFoundSentence = 'Tidak ditemukan. Mungkin sudah dihapus, atau tautannya salah.';
export const staleSentence = 'Orang lain sudah mengubahnya lebih dulu. Muat ulang, lalu coba lagi.';

/** zod on one part of the request; what does not fit is answered with a sentence that names the field. */
export function check<Schema extends z.ZodType, Target extends keyof ValidationTargets>(
  target: Target,
  schema: Schema,
) {
  return zValidator(target, schema, (result, c) => {
    if (result.success) return undefined;
    const issue = result.error.issues[0];
    const field = issue?.path.join('.') ?? '';
    const sentence =
      field === '' ? 'Isian belum benar.' : `Isian "${field}" belum benar: ${issue?.message ?? ''}`;
    return refuse(c, 400, 'INVALID', sentence);
  });
}
