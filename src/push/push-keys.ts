import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import webPush from 'web-push';
import { z } from 'zod';
import { OperatorError } from '../ops/operator-error.ts';
import type { PlainLog } from '../ops/log.ts';

/** The pair by which browsers' push services know this Bestie (VAPID), base64url. The public one goes to the page. */
export type PushKeys = { readonly publicKey: string; readonly privateKey: string };

const keysSchema = z.object({ publicKey: z.string().min(80), privateKey: z.string().min(40) });

/** `<dataDir>/push-keys`, which the first start makes. Losing it costs every officer one press on "Nyalakan". */
export function loadPushKeys(options: { dataDir: string; log: PlainLog }): PushKeys {
  const { dataDir, log } = options;
  const file = join(dataDir, 'push-keys');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  try {
    // Whole or not at all, and one of two that start at once: the other reads what the first has made.
    const made = `${JSON.stringify(webPush.generateVAPIDKeys())}\n`;
    writeFileSync(file, made, { flag: 'wx', mode: 0o600, flush: true });
    log.warn({ file }, 'made the keys of web push: back this file up with the data folder');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  let read: unknown = null;
  try {
    read = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // Said below, as any other content that is no pair of keys.
  }
  const keys = keysSchema.safeParse(read);
  if (keys.success) return keys.data;
  throw new OperatorError(
    `${file} cannot be used: it is no pair of push keys. Remove it and a new pair is made; officers then turn their notifications on again.`,
  );
}
