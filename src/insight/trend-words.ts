import { categoryNames, isCategory } from '../domain/category.ts';
import { dangerName } from '../domain/danger-kind.ts';
import { allKelurahan } from '../domain/kelurahan.ts';
import { kecamatanOf, noKey } from './trend-month.ts';
import type { TrendEvent, TrendTable, TrendWait } from './trend-month.ts';

/** What the trends are called, on the page, in the CSV and in a terminal. */
export const tableTitles: Readonly<Record<TrendTable, string>> = {
  category: 'Curhat menurut kategori',
  kecamatan: 'Curhat menurut kecamatan',
  channel: 'Curhat menurut jalan masuk',
  agency: 'Rujukan menurut instansi',
  punctuality: 'Jawaban instansi yang jatuh tempo',
  visit: 'Kunjungan ke ruang',
  danger: 'Warga dengan tanda bahaya',
};

export const eventTitles: Readonly<Record<TrendEvent, string>> = {
  answered: 'Dijawab pertama kali',
  settled: 'Beres',
  reopened: 'Dibuka lagi',
};

export const waitTitles: Readonly<Record<TrendWait, string>> = {
  answered: 'Sampai jawaban pertama',
  settled: 'Sampai beres',
};

const withoutKey: Partial<Record<TrendTable, string>> = {
  category: 'Belum dipilih',
  kecamatan: 'Tidak disebut',
  channel: 'Di ruang, tanpa chat',
};
const others: Readonly<Record<string, string>> = {
  telegram: 'Telegram',
  whatsapp: 'WhatsApp',
  web: 'Chat web',
  in_time: 'Tepat waktu',
  late: 'Terlambat',
  booked: 'Dengan pesanan',
  walk_in: 'Datang langsung',
};
const kecamatanNames = new Map(allKelurahan.map((one) => [kecamatanOf(one.code), one.kecamatan]));

export function rowName(table: TrendTable, key: string, agencyNames: ReadonlyMap<string, string>): string {
  if (key === noKey) return withoutKey[table] ?? 'Tidak disebut';
  if (table === 'category') return isCategory(key) ? categoryNames[key] : key;
  if (table === 'kecamatan') return kecamatanNames.get(key) ?? key;
  if (table === 'agency') return agencyNames.get(key) ?? key;
  if (table === 'danger') {
    const name = dangerName(key);
    return name.charAt(0).toUpperCase() + name.slice(1);
  }
  return others[key] ?? key;
}

/** What a sum of lines is called. `isAll`: at some time it stands for the whole table. */
export function foldedWords(names: readonly string[], isAll: boolean): string {
  const all = names.length === 0 ? 'Tidak dirinci' : 'bulan yang tidak dirinci';
  return [...(names.length === 0 ? [] : [`Digabung: ${names.join(', ')}`]), ...(isAll ? [all] : [])].join(
    '; dan ',
  );
}
