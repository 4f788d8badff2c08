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

/** As officers and agencies read them; residents read their own in flows/words. */
export const categoryNames: Readonly<Record<Category, string>> = {
  pendidikan: 'Pendidikan',
  kesehatan: 'Kesehatan',
  adminduk: 'Administrasi kependudukan',
  bansos: 'Bantuan sosial',
  infrastruktur: 'Jalan, air, listrik',
  ketenagakerjaan: 'Ketenagakerjaan',
  perlindungan_perempuan_anak: 'Perlindungan perempuan dan anak',
  perizinan: 'Perizinan',
  lingkungan: 'Lingkungan dan sampah',
  pribadi_keluarga: 'Pribadi dan keluarga',
  lainnya: 'Lainnya',
};
