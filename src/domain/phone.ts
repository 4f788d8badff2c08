/**
 * A phone number as people write it (`0812-3456-7890`, `+62 812 ...`), as digits with the country code; a leading 0 is
 * Indonesia's. Null when it is none.
 */
export function phoneDigits(text: string): string | null {
  const compact = text.replace(/[\s().-]/g, '');
  const digits = compact.replace(/^\+/, '');
  if (!/^\d{8,15}$/.test(digits)) return null;
  return digits.startsWith('0') ? `62${digits.slice(1)}` : digits;
}
