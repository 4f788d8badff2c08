import { hash, verify } from '@node-rs/argon2';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** OWASP's argon2id for log-ins: 19 MiB, two passes. Package defaults are argon2id already. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Of no password at all: an officer who was invited and has not chosen one yet. */
export const noPassword = '!';

export const passwordRule = { min: 10, max: 200 };

/** Hash of a password nobody has, so that an unknown login costs the same work as a known one. */
let decoy: Promise<string> | undefined;

export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

/** Same work whether the officer exists or not; `stored` null or without a password is never right. */
export async function isPasswordRight(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword(randomBytes(24).toString('base64url'));
  const isReal = stored !== null && stored !== noPassword;
  const isRight = await verify(isReal ? stored : await decoy, password);
  return isReal && isRight;
}

/** 256 random bits, for cookies and one-time links. */
export function makeToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What of a token is stored. It is random, so a plain hash is enough. */
export function hashToken(token: string): Uint8Array {
  return createHash('sha256').update(token).digest();
}

export function isSameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
