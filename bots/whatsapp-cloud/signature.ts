import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whether these very bytes were signed by Meta: `X-Hub-Signature-256: sha256=<hex>` over the raw body. */
export function isSigned(body: Uint8Array, header: string | null, appSecret: string): boolean {
  const given = /^sha256=([0-9a-f]{64})$/i.exec(header ?? '')?.[1];
  if (!given) return false;
  return timingSafeEqual(createHmac('sha256', appSecret).update(body).digest(), Buffer.from(given, 'hex'));
}

export function isSameSecret(given: string, expected: string): boolean {
  // Equal lengths for the comparison, whatever was given.
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
