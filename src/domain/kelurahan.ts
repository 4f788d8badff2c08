import kelurahan from './data/kelurahan.json' with { type: 'json' };

export type Kelurahan = { code: string; name: string; kecamatan: string };

const byCode = new Map<string, Kelurahan>(kelurahan.map((one) => [one.code, one]));

/** Looks a Kemendagri code (53.71.xx.xxxx) up; null when it is none of the city's 51. */
export function kelurahanByCode(code: string): Kelurahan | null {
  return byCode.get(code) ?? null;
}

/** All 51, in the order of their codes. */
export const allKelurahan: readonly Kelurahan[] = kelurahan;
