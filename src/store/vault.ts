import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { OperatorError } from '../ops/operator-error.ts';
import type { KeyRing } from './key-ring.ts';

/**
 * Encryption of what residents write and who they are: AES-256-GCM with a random nonce.
 *
 * `context` says what the value is (`message.body`, `address.value`); it is authenticated with the value, so
 * a ciphertext moved to another column, or a wrong context, does not open.
 */
export type Vault = {
  /** A string is sealed as UTF-8. */
  seal(plaintext: string | Uint8Array, context: string): Uint8Array;
  open(sealed: Uint8Array, context: string): Uint8Array;
  openText(sealed: Uint8Array, context: string): string;
  sealJson(value: unknown, context: string): Uint8Array;
  /** The caller knows what it sealed; parse with zod where the shape may have changed since. */
  openJson<T = unknown>(sealed: Uint8Array, context: string): T;
  /**
   * The same 32 bytes for the same value, always, whichever key encrypts: finds an address without reading
   * one. Keyed, so that phone numbers cannot be tried out by whoever holds the database alone.
   */
  fingerprint(value: string): Uint8Array;
};

// Layout: version, length of the key id, key id, nonce, tag, ciphertext. All but the ciphertext is authenticated.
const version = 1;
const nonceLength = 12;
const tagLength = 16;

export function createVault(keyRing: KeyRing): Vault {
  const sealBytes = (plaintext: Uint8Array, context: string): Uint8Array => {
    const { id, bytes } = keyRing.current;
    const header = Buffer.concat([Buffer.from([version, id.length]), Buffer.from(id, 'latin1')]);
    const nonce = randomBytes(nonceLength);
    const cipher = createCipheriv('aes-256-gcm', bytes, nonce, { authTagLength: tagLength });
    cipher.setAAD(Buffer.concat([header, Buffer.from(context, 'utf8')]));
    const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
    return Buffer.concat([header, nonce, cipher.getAuthTag(), ciphertext]);
  };

  const open = (sealed: Uint8Array, context: string): Uint8Array => {
    const { keyId, headerLength, rest } = readHeader(sealed);
    const key = keyRing.byId(keyId);
    if (!key) throw unknownKey(keyId);
    const nonce = rest.subarray(0, nonceLength);
    const tag = rest.subarray(nonceLength, nonceLength + tagLength);
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, nonce, { authTagLength: tagLength });
    decipher.setAAD(Buffer.concat([sealed.subarray(0, headerLength), Buffer.from(context, 'utf8')]));
    decipher.setAuthTag(tag);
    try {
      return Buffer.concat([decipher.update(rest.subarray(nonceLength + tagLength)), decipher.final()]);
    } catch (cause) {
      throw new Error(`A sealed value does not open as "${context}": wrong context, wrong key or damaged`, {
        cause,
      });
    }
  };

  const openText = (sealed: Uint8Array, context: string): string =>
    Buffer.from(open(sealed, context)).toString('utf8');

  return {
    seal: (plaintext, context) =>
      sealBytes(typeof plaintext === 'string' ? Buffer.from(plaintext, 'utf8') : plaintext, context),
    open,
    openText,
    sealJson: (value, context) => sealBytes(Buffer.from(JSON.stringify(value), 'utf8'), context),
    openJson: <T>(sealed: Uint8Array, context: string) => JSON.parse(openText(sealed, context)) as T,
    fingerprint: (value) => createHmac('sha256', keyRing.fingerprintKey).update(value, 'utf8').digest(),
  };
}

function readHeader(sealed: Uint8Array): { keyId: string; headerLength: number; rest: Uint8Array } {
  const idLength = sealed[1] ?? 0;
  const headerLength = 2 + idLength;
  if (sealed[0] !== version || sealed.length < headerLength + nonceLength + tagLength) {
    throw new Error('Not a sealed value');
  }
  const keyId = Buffer.from(sealed.subarray(2, headerLength)).toString('latin1');
  return { keyId, headerLength, rest: sealed.subarray(headerLength) };
}

function unknownKey(keyId: string): OperatorError {
  return new OperatorError(
    `The database holds values encrypted with the key "${keyId}", which is not in the key ring. ` +
      `Add it behind the others in BESTIE_KEYS (or in the file "keys" of DATA_DIR).`,
  );
}
