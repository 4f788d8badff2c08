/** What the text says about the day, before anything is computed. `at` orders the facts for corrections. */
export type DayFact =
  /** `loose`: this day or the one before it: "besok lusa", "dua tiga hari lagi". */
  | { kind: 'offset'; days: number; loose?: true; at: number }
  | {
      kind: 'weekday';
      weekday: number;
      turn: 'none' | 'this' | 'next' | 'last' | 'coming' | 'second';
      at: number;
    }
  /** `gone`: told of as gone by ("tanggal 28 kemarin"). */
  | { kind: 'date'; date: number; month: number | null; year: number | null; gone?: true; at: number }
  /** "besoknya", "sehari sebelum tanggal 5", "malam minggu", "senin sesudah itu": so many days after another (before it where negative), or the first such weekday after it. */
  | { kind: 'later'; than: DayFact; days: number | null; weekday: number | null; at: number }
  /** "sebelum tanggal 20", "habis hari rabu": some day on that side of another. */
  | { kind: 'beside'; than: DayFact; side: 'before' | 'after'; at: number }
  /** "senin pertama januari", "rabu terakhir bulan ini" (-1): of a month of the year, or so many months ahead. */
  | { kind: 'nth'; weekday: number; nth: number; month: number | null; ahead: number; at: number }
  /** `days`: so many days after the holiday, or before it where negative. */
  | { kind: 'holiday'; words: readonly string[]; side: 'on' | 'after' | 'before'; days?: number; at: number };

export type SpanFact =
  /** `exact`: counted from today ("dua minggu lagi"), and so a day of its own when none is named. */
  | { kind: 'week'; weeks: number; exact?: true; at: number }
  | { kind: 'month'; months: number; at: number }
  | { kind: 'named-month'; month: number; at: number }
  | { kind: 'vague'; at: number };

export type TimeFact = {
  minutes: number | null;
  part: Part | null;
  role: 'at' | 'from' | 'to';
  shift: number;
  at: number;
};
export type Part = 'pagi' | 'siang' | 'sore' | 'malam';

export type Facts = {
  days: DayFact[];
  spans: SpanFact[];
  times: TimeFact[];
  parts: { part: Part; at: number }[];
  corrections: number[];
  alternatives: number[];
  past: boolean;
  /** Where a "sekarang" stands that may be a wish. */
  now: number[];
  earliest: boolean;
  anyTime: boolean;
  /** How many words there are, and whether one of them asks for a visit: tells a request from a story. */
  length: number;
  request: boolean;
  /** Which of the days is meant has to be asked, also when there is but one. */
  undecided: boolean;
};

export const weekdays: ReadonlyMap<string, number> = new Map(
  Object.entries({
    senin: 0,
    selasa: 1,
    rabu: 2,
    kamis: 3,
    jumat: 4,
    sabtu: 5,
    ahad: 6,
    sunday: 6,
  }),
);
const months: ReadonlyMap<string, number> = new Map(Object.entries({
  januari: 1, jan: 1, februari: 2, maret: 3, april: 4, mei: 5, juni: 6, juli: 7, agustus: 8, september: 9, oktober: 10, november: 11, desember: 12,
})); // prettier-ignore
export const partWords: ReadonlyMap<string, Part> = new Map(
  Object.entries<Part>({
    pagi: 'pagi',
    subuh: 'pagi',
    siang: 'siang',
    sore: 'sore',
    malam: 'malam',
    petang: 'sore',
    senja: 'sore',
    evening: 'malam',
    pg: 'pagi',
    sg: 'siang',
    am: 'pagi',
    noon: 'siang',
  }),
);
export const clockWords = new Set(['jam', 'pukul', 'pkl', 'pk', 'at', 'jaam']);
export const next = new Set([
  'depan',
  'muka',
  'dpn',
  'dpan',
  'next',
  'berikut',
  'berikutnya',
  'brikut',
  'nextnya',
  'depannya',
]);
export const thisWords = new Set(['ini', 'ni', 'this', 'nih', 'nie']);
export const last = new Set([
  'lalu',
  'kemarin',
  'kmrn',
  'kemaren',
  'last',
  'kamaren',
  'kemarn',
  'lampau',
  'yesterday',
]);
export const requestWords = new Set(
  'mau bisa boleh pesan booking book jadwal janji bertemu ketemu daftar reservasi ambil antre slot kunjungan appointment schedule jadi ganti pindah ubah geser tunda minta tolong pilih saja datang'.split(
    ' ',
  ),
);
export const holidayWords: ReadonlyMap<string, readonly string[]> = new Map(Object.entries({
  natal: ['natal'], christmas: ['natal'], lebaran: ['idul fitri'], fitri: ['idul fitri'], adha: ['idul adha'], paskah: ['paskah', 'kebangkitan'], nyepi: ['nyepi'],
  waisak: ['waisak'], imlek: ['imlek'], easter: ['paskah', 'kebangkitan'], natalan: ['natal'], pancasila: ['pancasila'], kemerdekaan: ['kemerdekaan'],
  agustusan: ['kemerdekaan'], tujuhbelasan: ['kemerdekaan'], maulid: ['maulid'], haji: ['idul adha'],
})); // prettier-ignore
export const greetings = new Set('selamat met good slmt happy'.split(' '));
export const addressed = new Set(
  'kakak bapak mama bu pak min admin semua bro sis nona bestie om tante kawan gan mas mbak bang pa ibu sayang everyone kk k kka bestii petugas nyong'.split(
    ' ',
  ),
);

export function isMonth(words: readonly string[], at: number): number | undefined {
  return months.get(words[at] ?? '');
}
