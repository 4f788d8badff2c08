/** Codes that residents quote: `BST-` for a booking, `CRH-` for a concern. Random, never sequential. */

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Six Crockford base32 signs from the first six of `bytes` (five bits each). */
export function makeCode(prefix: 'BST' | 'CRH', bytes: Uint8Array): string {
  let code = '';
  for (const byte of bytes.subarray(0, 6)) code += alphabet[byte & 31];
  return `${prefix}-${code}`;
}

/** Reads a code as people write it (lower case, O for 0, I or L for 1, no dash); null when it is none. */
export function readCode(text: string): string | null {
  const match = /^\s*(BST|CRH)[-\s]?([0-9A-Z]{6})\s*$/i.exec(text);
  if (!match?.[1] || !match[2]) return null;
  const digits = match[2].toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
  return `${match[1].toUpperCase()}-${digits}`;
}

/**
 * A one-time code that joins two channels, as it is shown: `K7QF-2M9X`. It always has a digit from 2 to 9, which no
 * word has, so that an ordinary sentence after the same verb is never taken for one. Null: draw other bytes.
 */
export function makeLinkCode(bytes: Uint8Array): string | null {
  let code = '';
  for (const byte of bytes.subarray(0, 8)) code += alphabet[byte & 31];
  return /[2-9]/.test(code) ? `${code.slice(0, 4)}-${code.slice(4)}` : null;
}

/** Reads such a code as people write it; null when it is none. */
export function readLinkCode(text: string): string | null {
  const match = /^\s*([0-9A-Z]{4})[-\s]?([0-9A-Z]{4})[\s.!]*$/i.exec(text);
  if (!match?.[1] || !match[2] || /U/i.test(match[1] + match[2])) return null;
  const [first, second] = [match[1], match[2]].map((half) =>
    half.toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1'),
  );
  return /[2-9]/.test(`${first}${second}`) ? `${first}-${second}` : null;
}
