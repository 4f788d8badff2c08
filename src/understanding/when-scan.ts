import type { Normalised, Token } from './normalise.ts';
import { numberAt } from './number-words.ts';

/** What the text says about the day, before anything is computed. `at` orders the facts for corrections. */
export type DayFact =
  | { kind: 'offset'; days: number; at: number }
  | { kind: 'weekday'; weekday: number; turn: 'none' | 'this' | 'next' | 'last' | 'coming'; at: number }
  | { kind: 'date'; date: number; month: number | null; year: number | null; at: number }
  | { kind: 'holiday'; words: readonly string[]; side: 'on' | 'after' | 'before'; at: number };

export type SpanFact =
  | { kind: 'week'; weeks: number; at: number }
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
  now: boolean;
  earliest: boolean;
  anyTime: boolean;
  /** How many words there are, and whether one of them asks for a visit: tells a request from a story. */
  length: number;
  request: boolean;
};

const weekdays: Readonly<Record<string, number>> = {
  senin: 0,
  selasa: 1,
  rabu: 2,
  kamis: 3,
  jumat: 4,
  sabtu: 5,
  ahad: 6,
  sunday: 6,
};
const months: Readonly<Record<string, number>> = {
  januari: 1, jan: 1, februari: 2, maret: 3, april: 4, mei: 5, juni: 6, juli: 7, agustus: 8, september: 9, oktober: 10, november: 11, desember: 12,
}; // prettier-ignore
const partWords: Readonly<Record<string, Part>> = {
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
};
const clockWords = new Set(['jam', 'pukul', 'pkl', 'pk', 'at', 'jaam']);
const next = new Set([
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
const thisWords = new Set(['ini', 'ni', 'this', 'nih', 'nie']);
const last = new Set([
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
const requestWords = new Set(
  'mau bisa boleh pesan booking book jadwal janji bertemu ketemu daftar reservasi ambil antre slot kunjungan appointment schedule jadi ganti pindah ubah geser tunda minta tolong pilih saja datang'.split(
    ' ',
  ),
);
const holidayWords: Readonly<Record<string, readonly string[]>> = {
  natal: ['natal'], christmas: ['natal'], lebaran: ['idul fitri'], fitri: ['idul fitri'], adha: ['idul adha'], paskah: ['paskah', 'kebangkitan'], nyepi: ['nyepi'],
  waisak: ['waisak'], imlek: ['imlek'], easter: ['paskah', 'kebangkitan'],
}; // prettier-ignore
const greetings = new Set('selamat met good slmt happy'.split(' '));
const addressed = new Set(
  'kakak bapak mama bu pak min admin semua bro sis nona bestie om tante kawan gan mas mbak bang pa ibu sayang everyone'.split(
    ' ',
  ),
);

/** One pass over the words; every step looks at a fixed number of neighbours. */
export function scan(text: Normalised): Facts {
  const { tokens } = text;
  const words = tokens.map((token) => token.text);
  const facts: Facts = {
    days: [],
    spans: [],
    times: [],
    parts: [],
    corrections: [],
    alternatives: [],
    past: false,
    now: false,
    earliest: false,
    anyTime: false,
    length: words.length,
    request: words.some((word) => requestWords.has(word)),
  };
  let i = 0;
  // Nobody asks for a time after six hundred words; the bound keeps the facts few.
  while (i < Math.min(tokens.length, 600)) {
    i += Math.max(
      1,
      dateAt(tokens, words, i, facts) ||
        timeAt(tokens, words, i, facts) ||
        dayAt(tokens, words, i, facts) ||
        otherAt(tokens, words, i, facts),
    );
  }
  return facts;
}

function isMonth(words: readonly string[], at: number): number | undefined {
  return Object.hasOwn(months, words[at] ?? '') ? months[words[at] ?? ''] : undefined;
}

/** "2/12", "07-12-2026", "2026-12-02", "tgl 2", "2 des", "des 2", "tgl 2 bulan 12". Returns how many tokens it took. */
function dateAt(tokens: readonly Token[], words: readonly string[], i: number, facts: Facts): number {
  const joined = (k: number, marks: string): boolean => {
    const token = tokens[k];
    return (
      token !== undefined &&
      token.gap.length === 1 &&
      marks.includes(token.gap) &&
      !token.spaced &&
      /^\d+$/.test(token.text)
    );
  };
  const here = words[i] ?? '';
  const digits = /^\d{1,4}$/.test(here);
  const year = (k: number): number | null => {
    const value = /^\d{2}(\d{2})?$/.test(words[k] ?? '') ? Number(words[k]) : NaN;
    return value >= 2000 && value < 2100 ? value : value >= 20 && value < 60 ? 2000 + value : null;
  };
  if (digits && here.length === 4 && joined(i + 1, '-/.') && joined(i + 2, '-/.')) {
    facts.days.push({
      kind: 'date',
      year: Number(here),
      month: Number(words[i + 1]),
      date: Number(words[i + 2]),
      at: i,
    });
    return 3;
  }
  const before = words[i - 1] ?? '';
  if (digits && here.length < 3 && joined(i + 1, '-/.') && !clockWords.has(before)) {
    const second = Number(words[i + 1]);
    const full = joined(i + 2, '-/.') && tokens[i + 2]?.gap === tokens[i + 1]?.gap;
    const slash = tokens[i + 1]?.gap !== '.';
    // "9-11" after "jam" or before a part of day is a range of hours, "2.30" is a time.
    const range =
      tokens[i + 1]?.gap === '-' &&
      (partWords[words[i + 2] ?? ''] !== undefined || ['wita', 'wib', 'wit'].includes(words[i + 2] ?? ''));
    if (full || (slash && !range && second >= 1 && second <= 31) || before === 'tanggal') {
      facts.days.push({
        kind: 'date',
        date: Number(here),
        month: second,
        year: full ? (year(i + 2) ?? Number(words[i + 2])) : null,
        at: i,
      });
      return full ? 3 : 2;
    }
  }
  const marked = here === 'tanggal';
  const start = marked ? i + 1 : i;
  const month = isMonth(words, i);
  if (
    month !== undefined &&
    here !== 'mei' &&
    numberAt(words, i + 1) &&
    /^\d{1,2}$/.test(words[i + 1] ?? '') &&
    !isMonth(words, i + 2)
  ) {
    const span = ['awal', 'akhir', 'pertengahan'].includes(before);
    if (!span) {
      const suffix = ['st', 'nd', 'rd', 'th'].includes(tokens[i + 2]?.raw ?? '') ? 1 : 0;
      facts.days.push({ kind: 'date', date: Number(words[i + 1]), month, year: year(i + 2 + suffix), at: i });
      return 2 + suffix + (year(i + 2 + suffix) ? 1 : 0);
    }
  }
  const number = numberAt(words, start);
  if (!number) return 0;
  let after = start + number.length;
  if (['st', 'nd', 'rd', 'th'].includes(tokens[after]?.raw ?? '')) after += words[after + 1] === 'of' ? 2 : 1;
  if (words[after] === 'bulan' && numberAt(words, after + 1) && marked) {
    facts.days.push({
      kind: 'date',
      date: number.value,
      month: numberAt(words, after + 1)?.value ?? 0,
      year: null,
      at: i,
    });
    return after + 2 - i;
  }
  if (words[after] === 'bulan' && isMonth(words, after + 1) !== undefined) after += 1;
  const named = isMonth(words, after);
  if (named !== undefined && (number.value <= 31 || marked) && !clockWords.has(before)) {
    facts.days.push({ kind: 'date', date: number.value, month: named, year: year(after + 1), at: i });
    return after + 1 - i + (year(after + 1) ? 1 : 0);
  }
  if (marked) {
    facts.days.push({ kind: 'date', date: number.value, month: null, year: null, at: i });
    return after - i;
  }
  return 0;
}

/** Clock times and ranges of them. */
function timeAt(tokens: readonly Token[], words: readonly string[], i: number, facts: Facts): number {
  const here = words[i] ?? '';
  const marked = clockWords.has(here);
  const start = marked ? i + 1 : i;
  const read = hourAt(tokens, words, start);
  if (!read) return 0;
  const partAfter = partAt(words, start + read.length);
  const before = words[i - 1] ?? '';
  const bare = !marked && !read.sure && !partAfter;
  // A bare number is an hour only right after a named day ("senin 9") or inside a range ("9 sampai 11").
  if (bare) {
    const named = weekdays[before] !== undefined || before === 'besok' || before === 'lusa';
    const ranged =
      (before === 'antara' ||
        ((before === 'atau' ||
          before === 'ato' ||
          before === 'or' ||
          before === 'dengan' ||
          before === 'sampai' ||
          before === 'dan') &&
          facts.times.length > 0 &&
          facts.times.at(-1)?.at !== undefined)) &&
      i - (facts.times.at(-1)?.at ?? i - 9) < 7;
    const afterAnd = before === 'antara';
    const unit = [
      'hari',
      'minggu',
      'bulan',
      'tahun',
      'orang',
      'kali',
      'jam',
      'menit',
      'anak',
      'juta',
      'ribu',
      'rb',
      'rt',
      'rw',
    ].includes(words[start + read.length] ?? '');
    if (unit || !(named || ranged || afterAnd)) return 0;
    if (read.minutes >= 24 * 60 || read.minutes === 0) return 0;
  }
  let length = start + read.length - i;
  if (partAfter) length += partAfter.length;
  const zone = words[i + length] ?? '';
  const shift = zone === 'wib' ? 60 : zone === 'wit' ? -60 : 0;
  if (zone === 'wib' || zone === 'wit' || zone === 'wita') length += 1;
  const joined = tokens[i + length];
  const until =
    joined && joined.gap === '-' && facts.times.at(-1)?.at !== i ? hourAt(tokens, words, i + length) : null;
  if (until) {
    const tail = partAt(words, i + length + until.length);
    facts.times.push({ minutes: read.minutes, part: partAfter?.part ?? null, role: 'from', shift, at: i });
    facts.times.push({ minutes: until.minutes, part: tail?.part ?? null, role: 'to', shift, at: i + length });
    return length + until.length + (tail?.length ?? 0);
  }
  const role = roleOf(words, i, facts);
  facts.times.push({ minutes: read.minutes, part: partAfter?.part ?? null, role, shift, at: i });
  return length;
}

function roleOf(words: readonly string[], i: number, facts: Facts): 'at' | 'from' | 'to' {
  const before = words[i - 1] ?? '';
  const previous = facts.times.at(-1);
  const close = previous !== undefined && i - previous.at < 7;
  if (close && ['sampai', 'dengan', 'dan', 'hingga', 'sd', 'to', 'till', 'until', 'smp'].includes(before)) {
    previous.role = 'from';
    return 'to';
  }
  if (before === 'antara' || before === 'between') return 'from';
  if (['sesudah', 'habis', 'lewat', 'atas', 'mulai', 'selepas', 'sehabis', 'pas'].includes(before))
    return before === 'pas' ? 'at' : 'from';
  if (['sebelum', 'bawah', 'before'].includes(before)) return 'to';
  return 'at';
}

function partAt(words: readonly string[], at: number): { part: Part; length: number } | null {
  const word = words[at] ?? '';
  if (word === 'pm' || word === 'p')
    return word === 'pm' || words[at + 1] === 'm' ? { part: 'sore', length: word === 'pm' ? 1 : 2 } : null;
  const part = partWords[word];
  if (part) return { part, length: 1 };
  if (word === 'di' || word === 'in') {
    const later = partWords[words[at + 1] ?? ''] ?? partWords[words[at + 2] ?? ''];
    if (later && words[at + 1] === 'the') return { part: later, length: 3 };
  }
  return null;
}

/** Minutes of the clock face: "setengah 10", "9.30", "9 lewat 15", "10 kurang seperempat". */
function hourAt(
  tokens: readonly Token[],
  words: readonly string[],
  at: number,
): { minutes: number; length: number; sure: boolean } | null {
  if (words[at] === 'setengah') {
    const hour = numberAt(words, at + 1);
    return hour && hour.value >= 1 && hour.value <= 24
      ? { minutes: (hour.value === 1 ? 12 : hour.value - 1) * 60 + 30, length: 1 + hour.length, sure: true }
      : null;
  }
  const hour = numberAt(words, at);
  if (!hour) return null;
  const after = tokens[at + hour.length];
  const word = after?.text ?? '';
  if (
    after &&
    (after.gap === '.' || after.gap === ':') &&
    !after.spaced &&
    /^\d\d$/.test(word) &&
    Number(word) < 60 &&
    hour.length === 1
  ) {
    return { minutes: hour.value * 60 + Number(word), length: 2, sure: true };
  }
  const offset = word === 'lewat' || word === 'lebih' || word === 'past' ? 1 : word === 'kurang' ? -1 : 0;
  if (offset !== 0) {
    const amount = words[at + hour.length + 1] ?? '';
    const minutes = numberAt(words, at + hour.length + 1);
    if (amount === 'seperempat')
      return { minutes: hour.value * 60 + offset * 15, length: hour.length + 2, sure: true };
    if (amount === 'setengah')
      return { minutes: hour.value * 60 + offset * 30, length: hour.length + 2, sure: true };
    if (minutes && minutes.value < 60)
      return {
        minutes: hour.value * 60 + offset * minutes.value,
        length: hour.length + 1 + minutes.length,
        sure: true,
      };
  }
  if (word === 'seperempat') return { minutes: hour.value * 60 + 15, length: hour.length + 1, sure: true };
  if (after && after.gap === '' && /^(00|15|30|45)$/.test(word) && hour.value < 25)
    return {
      minutes: hour.value * 60 + Number(word),
      length: hour.length + 1,
      sure: clockWords.has(words[at - 1] ?? ''),
    };
  return { minutes: hour.value * 60, length: hour.length, sure: false };
}

/** Weekdays, "besok", "3 hari lagi", "minggu depan", holidays. */
function dayAt(tokens: readonly Token[], words: readonly string[], i: number, facts: Facts): number {
  const here = words[i] ?? '';
  const after = words[i + 1] ?? '';
  const before = words[i - 1] ?? '';
  if (isRoutine(words, i)) return 1;
  const weekday = weekdays[here] ?? (here === 'minggu' && isSunday(words, i) ? 6 : undefined);
  if (weekday !== undefined && Object.hasOwn(weekdays, here === 'minggu' ? 'ahad' : here))
    return weekdayAt(words, i, weekday, facts);
  if (here === 'minggu' || here === 'pekan') return weekAt(words, i, facts);
  if (here === 'seminggu' || here === 'sepekan') {
    if (after !== 'lagi') return 1;
    facts.spans.push({ kind: 'week', weeks: 1, at: i });
    return 2;
  }
  if (here === 'sekarang') {
    facts.now = facts.length < 8 || facts.request;
    return 1;
  }
  if (here === 'hari' && (thisWords.has(after) || after === 'begini')) return offset(facts, 0, i, 2);
  if (here === 'today' || here === 'hariini') return offset(facts, 0, i, 1);
  if (here === 'besok')
    return after === 'lusa'
      ? offset(facts, 2, i, 2)
      : offset(facts, before === 'sesudah' && words[i - 2] === 'hari' ? 2 : 1, i, 1);
  if (here === 'lusa' || here === 'lusah') return offset(facts, 2, i, 1);
  if (here === 'tulat') return offset(facts, 3, i, 1);
  if (here === 'tubin') return offset(facts, 4, i, 1);
  if (here === 'nanti' && partWords[after] && facts.days.length === 0) return offset(facts, 0, i, 1);
  const holiday = Object.hasOwn(holidayWords, here)
    ? holidayWords[here]
    : here === 'tahun' && (after === 'baru' || after === 'baro')
      ? ['tahun baru']
      : here === 'new' && after === 'tahun'
        ? ['tahun baru']
        : undefined;
  if (holiday && (facts.length < 7 || facts.request || before === 'pas')) {
    const side = ['sesudah', 'habis', 'selepas', 'lewat'].includes(before)
      ? 'after'
      : before === 'sebelum'
        ? 'before'
        : 'on';
    facts.days.push({
      kind: 'holiday',
      words: holiday[0] === 'tahun baru' ? ['masehi'] : holiday,
      side,
      at: i,
    });
    return holiday[0] === 'tahun baru' ? 2 : 1;
  }
  const count = numberAt(words, i);
  if (count) {
    const unit = words[i + count.length] ?? '';
    const tail = words[i + count.length + 1] ?? '';
    const ahead =
      tail === 'lagi' ||
      tail === 'ke' ||
      tail === 'kedepan' ||
      tail === 'depan' ||
      tail === 'later' ||
      tail === 'nanti' ||
      before === 'in';
    if (unit === 'hari' && ahead) return offset(facts, count.value, i, count.length + 2);
    if (unit === 'minggu' && ahead) {
      facts.spans.push({ kind: 'week', weeks: count.value, at: i });
      return count.length + 2;
    }
    if (unit === 'bulan' && ahead) {
      facts.spans.push({ kind: 'month', months: count.value, at: i });
      return count.length + 2;
    }
    if (['hari', 'minggu', 'bulan', 'tahun', 'jam', 'menit'].includes(unit)) return count.length + 1;
  }
  void tokens;
  return 0;
}

/** "tiap senin", "setiap malam", "hari minggu-minggu": a habit, not an appointment. */
function isRoutine(words: readonly string[], i: number): boolean {
  const before = words[i - 1] ?? '';
  return (
    before === 'tiap' ||
    before === 'setiap' ||
    before === 'every' ||
    (before === 'hari' && (words[i - 2] === 'tiap' || words[i - 2] === 'setiap'))
  );
}

function isSunday(words: readonly string[], i: number): boolean {
  const before = words[i - 1] ?? '';
  const after = words[i + 1] ?? '';
  if (before === 'hari') return true;
  return clockWords.has(after) || after in partWords;
}

function offset(facts: Facts, days: number, at: number, length: number): number {
  facts.days.push({ kind: 'offset', days, at });
  return length;
}

function weekdayAt(words: readonly string[], i: number, weekday: number, facts: Facts): number {
  const after = words[i + 1] ?? '';
  const before = words[i - 1] ?? '';
  const turn =
    next.has(after) || (next.has(before) && words[i - 2] !== 'minggu' && words[i - 2] !== 'bulan')
      ? 'next'
      : thisWords.has(after) || (before === 'this' && before.length > 0)
        ? 'this'
        : last.has(after) || before === 'last'
          ? 'last'
          : after === 'besok'
            ? 'coming'
            : 'none';
  facts.days.push({ kind: 'weekday', weekday, turn, at: i });
  if (turn === 'last') facts.past = true;
  return turn === 'none' || next.has(before) || before === 'this' || before === 'last' ? 1 : 2;
}

function weekAt(words: readonly string[], i: number, facts: Facts): number {
  const after = words[i + 1] ?? '';
  const before = words[i - 1] ?? '';
  const later = words[i + 2] ?? '';
  if (next.has(after) || next.has(before)) {
    facts.spans.push({ kind: 'week', weeks: next.has(after) && later === 'lagi' ? 2 : 1, at: i });
    return next.has(after) ? 2 : 1;
  }
  if (thisWords.has(after) || before === 'this') {
    facts.spans.push({ kind: 'week', weeks: 0, at: i });
    return 2;
  }
  if (last.has(after) || before === 'last') {
    facts.past = true;
    return 2;
  }
  if (before === 'akhir' || (facts.length < 3 && before === '')) facts.spans.push({ kind: 'vague', at: i });
  return 1;
}

const vagueWords = new Set(['awal', 'akhir', 'pertengahan']);

function otherAt(tokens: readonly Token[], words: readonly string[], i: number, facts: Facts): number {
  const here = words[i] ?? '';
  const after = words[i + 1] ?? '';
  const before = words[i - 1] ?? '';
  if (here === 'bulan' || here === 'tahun') {
    const span = (months: number): number => {
      facts.spans.push({ kind: 'month', months, at: i });
      return 2;
    };
    if (next.has(after) || next.has(before)) return span(here === 'bulan' ? 1 : 12);
    if (thisWords.has(after)) return here === 'bulan' ? span(0) : 2;
    if (last.has(after)) {
      facts.past = facts.past || facts.length < 4;
      return 2;
    }
    if (vagueWords.has(before)) facts.spans.push({ kind: 'vague', at: i });
    return 1;
  }
  const month = isMonth(words, i);
  if (
    month !== undefined &&
    here !== 'jan' &&
    (vagueWords.has(before) || before === 'bulan' || (facts.length < 4 && here !== 'mei'))
  ) {
    facts.spans.push({ kind: 'named-month', month, at: i });
    return 1;
  }
  if (here === 'weekend') facts.spans.push({ kind: 'vague', at: i });
  if ((here === 'tadi' || last.has(here)) && (facts.length < 5 || (facts.request && facts.length < 9)))
    facts.past = true;
  if (
    (here === 'makan' && after === 'siang') ||
    here === 'istirahat' ||
    here === 'lunch' ||
    (here === 'mkn' && after === 'siang')
  ) {
    const role = ['habis', 'sesudah', 'selesai', 'selepas', 'abis'].includes(before)
      ? 'after'
      : before === 'sebelum'
        ? 'before'
        : null;
    if (role)
      facts.times.push(
        role === 'after'
          ? { minutes: 13 * 60, part: null, role: 'at', shift: 0, at: i }
          : { minutes: 12 * 60, part: 'siang', role: 'to', shift: 0, at: i },
      );
    return here === 'makan' || here === 'mkn' ? 2 : 1;
  }
  const part = partWords[here];
  if (part && here !== 'am') {
    const greeting =
      greetings.has(before) ||
      (i === 0 && (words.length === 1 || addressed.has(after) || tokens[1]?.gap.includes(',') === true));
    if (!greeting && !isRoutine(words, i) && !(before === 'makan') && !(before === 'tadi'))
      facts.parts.push({ part, at: i });
    return 1;
  }
  if (
    here === 'eh' ||
    here === 'maksud' ||
    here === 'maksudnya' ||
    here === 'maksudku' ||
    here === 'ralat' ||
    here === 'salah' ||
    here === 'wait' ||
    here === 'actually' ||
    here === 'sorry' ||
    here === 'maaf' ||
    here === 'ganti' ||
    here === 'pindah' ||
    here === 'ubah' ||
    here === 'geser' ||
    here === 'mending' ||
    here === 'jadinya'
  )
    facts.corrections.push(i);
  if (here === 'bukan') facts.corrections.push(i);
  if (here === 'atau' || here === 'ato' || here === 'or' || here === 'atw' || here === 'ataw')
    facts.alternatives.push(i);
  if (
    (here === 'cepat' && (before === 'paling' || before === 'yang' || before === 'lebih')) ||
    here === 'secepatnya' ||
    here === 'secepat' ||
    here === 'tercepat' ||
    here === 'segera' ||
    here === 'earliest' ||
    here === 'soonest' ||
    (here === 'asap' && facts.length === 1) ||
    (here === 'soon' && words[i + 1] === 'as') ||
    (here === 'terdekat' && facts.length < 8) ||
    ((here === 'pertama' || here === 'kosong') && facts.length < 8 && words.includes('slot'))
  )
    facts.earliest = true;
  if (
    (here === 'kapan' && (after === 'saja' || after === 'punya' || tokens[i + 1]?.raw === 'sa')) ||
    here === 'kapanpun' ||
    here === 'kapansaja' ||
    here === 'terserah' ||
    here === 'bebas' ||
    here === 'anytime' ||
    (here === 'any' && (after === 'time' || after === 'hari'))
  )
    facts.anyTime = facts.length < 10 || facts.request;
  return 0;
}
