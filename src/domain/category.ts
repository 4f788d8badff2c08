/** The categories a concern is filed under: the ids of the agencies' table, in the order they are offered. */
export const categories = [
  'pendidikan',
  'kesehatan',
  'adminduk',
  'bansos',
  'infrastruktur',
  'ketenagakerjaan',
  'perlindungan_perempuan_anak',
  'perizinan',
  'lingkungan',
  'pribadi_keluarga',
  'lainnya',
] as const;
export type Category = (typeof categories)[number];

export function isCategory(value: string): value is Category {
  return (categories as readonly string[]).includes(value);
}
