import { hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '../ops/operator-error.ts';
import type { PlainLog } from '../ops/log.ts';

/**
 * The keys behind everything residents write. The first one encrypts, all of them decrypt: to rotate, put a
 * new key in front and keep the old ones behind it.
 *
 * The fingerprints by which addresses are found must not change with that. Their key is derived from the
 * *last* (oldest) key, which therefore stays last for as long as the database lives.
 */
export type KeyRing = {
  readonly current: Key;
  byId(id: string): Key | undefined;
  /** Derived; see {@link KeyRing}. */
  readonly fingerprintKey: Uint8Array;
  /** Tells one fingerprint key from another without telling it; kept in the database and compared (`key-marks.ts`). */
  readonly fingerprintMark: string;
};

export type Key = {
  readonly id: string;
  readonly bytes: Uint8Array;
  /** As {@link KeyRing.fingerprintMark}, of this key. */
  readonly mark: string;
};

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
    keys.push({ id, bytes, mark: markOf(bytes, 'bestie key mark v1') });
  }
  const [current, oldest] = [keys[0], keys.at(-1)];
  if (!current || !oldest) throw wrong(source, 'it holds no key');
  return {
    current,
    byId: (id) => keys.find((key) => key.id === id),
    fingerprintKey: derive(oldest.bytes, 'bestie fingerprint v1'),
    fingerprintMark: markOf(oldest.bytes, 'bestie fingerprint mark v1'),
  };
}

function derive(key: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, '', purpose, 32));
}

function markOf(key: Uint8Array, purpose: string): string {
  return Buffer.from(derive(key, purpose)).toString('hex').slice(0, 16);
}

/**
 * `BESTIE_KEYS` where given, else `<dataDir>/keys`, which the first start makes; with `mustExist` there being neither is
 * an {@link OperatorError}.
 */
export function loadKeyRing(options: {
  bestieKeys?: string | undefined;
  dataDir: string;
  log: PlainLog;
  mustExist?: boolean;
}): KeyRing {
  const { bestieKeys, dataDir, log, mustExist = false } = options;
  if (bestieKeys !== undefined && bestieKeys.trim() !== '') return parseKeyRing(bestieKeys, 'BESTIE_KEYS');
  const file = join(dataDir, 'keys');
  if (mustExist && !existsSync(file))
    throw new OperatorError(
      `There are no keys: BESTIE_KEYS is not set and ${file} is not there. ` +
        `Put the copy of them there, or name the right BESTIE_KEYS or DATA_DIR ("npm start -- …" reads .env).`,
    );
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
