import { hkdfSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '../ops/operator-error.ts';
import type { PlainLog } from '../ops/log.ts';

/**
 * The keys behind everything residents write. The first one encrypts, all of them decrypt: to rotate, put a
 * new key in front and keep the old ones behind it.
 *
 * The fingerprints by which addresses are found must not change with that. Their key is derived from the
 * *last* (oldest) key, which therefore stays last for as long as the database lives; or, once it has to go,
 * from an entry named `index` that holds the same bytes and encrypts nothing.
 */
export type KeyRing = {
  readonly current: Key;
  byId(id: string): Key | undefined;
  /** Derived; see {@link KeyRing}. */
  readonly fingerprintKey: Uint8Array;
  /** Tells one fingerprint key from another without telling it: to be kept in the database and compared. */
  readonly fingerprintMark: string;
};

export type Key = { readonly id: string; readonly bytes: Uint8Array };

const idPattern = /^[a-zA-Z0-9_-]{1,32}$/;

/** Reads `id:base64,id:base64` (32 bytes each). Line breaks count as commas. Throws {@link OperatorError}. */
export function parseKeyRing(text: string, source: string): KeyRing {
  const keys: Key[] = [];
  for (const entry of text.split(/[,\n]/).map((part) => part.trim())) {
    if (entry === '' || entry.startsWith('#')) continue;
    const colon = entry.indexOf(':');
    const id = entry.slice(0, Math.max(colon, 0));
    if (!idPattern.test(id)) throw wrong(source, 'an entry has no name before its colon');
    const bytes = Buffer.from(entry.slice(colon + 1), 'base64');
    if (bytes.length !== 32) throw wrong(source, `the key "${id}" is ${bytes.length} bytes long, not 32`);
    if (keys.some((key) => key.id === id)) throw wrong(source, `the name "${id}" stands there twice`);
    keys.push({ id, bytes });
  }
  const sealing = keys.filter((key) => key.id !== 'index');
  const current = sealing[0];
  const index = keys.find((key) => key.id === 'index') ?? sealing.at(-1);
  if (!current || !index) throw wrong(source, 'it holds no key');
  const derive = (purpose: string): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', index.bytes, '', purpose, 32));
  return {
    current,
    byId: (id) => sealing.find((key) => key.id === id),
    fingerprintKey: derive('bestie fingerprint v1'),
    fingerprintMark: Buffer.from(derive('bestie fingerprint mark v1')).toString('hex').slice(0, 16),
  };
}

/** `BESTIE_KEYS` where given, else `<dataDir>/keys`, which the first start makes. */
export function loadKeyRing(options: {
  bestieKeys?: string | undefined;
  dataDir: string;
  log: PlainLog;
}): KeyRing {
  const { bestieKeys, dataDir, log } = options;
  if (bestieKeys !== undefined && bestieKeys.trim() !== '') return parseKeyRing(bestieKeys, 'BESTIE_KEYS');
  const file = join(dataDir, 'keys');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const made = `${madeHeader}k1:${randomBytes(32).toString('base64')}\n`;
  try {
    writeFileSync(file, made, { flag: 'wx', mode: 0o600, flush: true });
    log.warn(
      { file },
      'made the encryption keys: back this file up apart from the database, without it nothing can be read again',
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return parseKeyRing(readFileSync(file, 'utf8'), file);
}

const madeHeader = '# The keys of everything residents wrote. Losing this file loses all of it.\n';

function wrong(source: string, what: string): OperatorError {
  return new OperatorError(
    `${source} cannot be used: ${what}. Write name:key pairs, newest first, parted by commas; ` +
      `a key is 32 random bytes in base64 (openssl rand -base64 32).`,
  );
}
