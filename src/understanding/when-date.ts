import type { Token } from './normalise.ts';
import { mayBeNumber, numberAt, spelledAt } from './number-words.ts';
import { partWords, clockWords, isMonth, last, weekdays, type Facts } from './when-facts.ts';

const eitherWords = new Set(['atau', 'ato', 'or', 'dengan', 'dan', 'ka', 'kah', 'kakak', 'ke']);

/** A date; one that is told of as gone by ("tanggal 28 kemarin") is marked so. */
export function dateAt(tokens: readonly Token[], words: readonly string[], i: number, facts: Facts): number {
  const here = words[i] ?? '';
  if (here !== 'tanggal' && !mayBeNumber(here) && isMonth(words, i) === undefined) return 0;
  const length = readDate(tokens, words, i, facts);
  const day = facts.days.at(-1);
  if (length === 0 || day?.kind !== 'date') return length;
  const after = words[i + length] ?? '';
  const at = after === 'yang' ? i + length + 1 : i + length;
  const isThen = words[at] === 'lalu' && after !== 'yang' && (tokens[at + 1]?.gap ?? '.') === '';
  const weekday = facts.days.at(-2);
  const isOfLast = weekday?.kind === 'weekday' && weekday.turn === 'last' && i - weekday.at < 4;
  if (isOfLast || ((tokens[i + length]?.gap ?? '') === '' && last.has(words[at] ?? '') && !isThen))
    day.gone = true;
  return length;
}

/** "2/12", "07-12-2026", "2026-12-02", "tgl 2", "2 des", "des 2", "tgl 2 bulan 12". Returns how many tokens it took. */
function readDate(tokens: readonly Token[], words: readonly string[], i: number, facts: Facts): number {
  const here = words[i] ?? '';
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
      (partWords.has(words[i + 2] ?? '') || ['wita', 'wib', 'wit'].includes(words[i + 2] ?? ''));
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
  // "senin dua tiga" is the 23rd.
  const number = marked || weekdays.has(before) ? spelledAt(words, start) : numberAt(words, start);
  if (!number) return 0;
  // "rabu 26": no hour of a clock.
  if (
    weekdays.has(before) &&
    (digits || number.length > 1) &&
    number.value > 16 &&
    number.value < 32 &&
    isMonth(words, start + number.length) === undefined
  ) {
    facts.days.push({ kind: 'date', date: number.value, month: null, year: null, at: i });
    return start + number.length - i;
  }
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
  // "tanggal 28 atau 30", "dari tanggal 20 ke 22".
  const earlier = facts.days.at(-1);
  const isEither =
    eitherWords.has(before) && earlier?.kind === 'date' && i - earlier.at < 5 && number.value <= 31 && digits;
  if (isEither && !clockWords.has(words[i + 1] ?? '')) {
    facts.days.push({ kind: 'date', date: number.value, month: earlier.month, year: earlier.year, at: i });
    return after - i;
  }
  if (marked) {
    facts.days.push({ kind: 'date', date: number.value, month: null, year: null, at: i });
    return after - i;
  }
  return 0;
}
