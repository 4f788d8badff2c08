import type { Token } from './normalise.ts';
import { numberAt } from './number-words.ts';
import { clockWords, isMonth, last, next, partWords, thisWords, weekdays, type Facts } from './when-facts.ts';
import { daysBefore, holidayAt, sides } from './when-holiday.ts';

/** Weekdays, "besok", "3 hari lagi", "minggu depan", holidays. */
export function dayAt(tokens: readonly Token[], words: readonly string[], i: number, facts: Facts): number {
  const here = words[i] ?? '';
  const after = words[i + 1] ?? '';
  const before = words[i - 1] ?? '';
  if (isRoutine(words, i)) return 1;
  const weekday = weekdays.get(here) ?? (here === 'minggu' && isSunday(words, i) ? 6 : undefined);
  if (weekday !== undefined)
    return (here === 'jumat' && holidayAt(words, i, facts)) || weekdayAt(words, i, weekday, facts);
  if (here === 'minggu' || here === 'pekan') return weekAt(words, i, facts);
  if (here === 'seminggu' || here === 'sepekan') {
    if (after !== 'lagi') return 1;
    facts.spans.push({ kind: 'week', weeks: 1, exact: true, at: i });
    return 2;
  }
  if (here === 'sekarang') {
    if (before === 'sampai') return 1;
    if (facts.length < 8 || facts.request) facts.now.push(i);
    return 1;
  }
  // "tanggal 25 kantor buka lagi, saya pesan hari itu".
  const named = facts.days.at(-1);
  if ((here === 'hari' || here === 'tanggal') && after === 'itu' && named) {
    facts.days.push({ ...named, at: i });
    return 2;
  }
  if (named && (nextDay.has(here) || (here === 'sehari' && following.has(after)))) {
    facts.days.push({ kind: 'later', than: named, days: 1, weekday: null, at: i });
    return here === 'sehari' ? 2 : 1;
  }
  if (here === 'hari' && (thisWords.has(after) || after === 'begini'))
    // "seminggu lagi dari hari ini" counts from today, which every count does.
    return before === 'dari' && facts.spans.length > 0 ? 2 : offset(facts, 0, i, 2);
  if (
    here === 'ini' &&
    after === 'hari' &&
    !weekdays.has(words[i + 2] ?? '') &&
    !notToday.has(words[i + 2] ?? '')
  )
    return offset(facts, 0, i, 2);
  if (here === 'today' || here === 'hariini') return offset(facts, 0, i, 1);
  // "besok-besok", "kapan-kapan": some day.
  if ((here === 'besok' || here === 'lusa' || here === 'kapan') && tokens[i]?.twice) {
    facts.spans.push({ kind: 'vague', at: i });
    return 1;
  }
  if (here === 'besok' && after === 'lusa') {
    facts.days.push({ kind: 'offset', days: 2, loose: true, at: i });
    return 2;
  }
  if (here === 'besok') return offset(facts, before === 'sesudah' && words[i - 2] === 'hari' ? 2 : 1, i, 1);
  if (here === 'lusa' || here === 'lusah') return offset(facts, 2, i, 1);
  if (here === 'tulat') return offset(facts, 3, i, 1);
  if (here === 'tubin') return offset(facts, 4, i, 1);
  if (here === 'nanti' && partWords.has(after) && (named?.at ?? -9) < i - 3) return offset(facts, 0, i, 1);
  // "sabantar sore", "sabantar jam 1": later today.
  if (soon.has(here) && (partWords.has(after) || clockWords.has(after))) return offset(facts, 0, i, 1);
  const holiday = holidayAt(words, i, facts);
  if (holiday > 0) return holiday;
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
    if (unit === 'hari' && ahead) {
      // "dua tiga hari lagi" is one or the other.
      if (numberAt(words, i - 1)?.value !== count.value - 1)
        return offset(facts, count.value, i, count.length + 2);
      facts.days.push({ kind: 'offset', days: count.value, loose: true, at: i });
      return count.length + 2;
    }
    if (unit === 'hari' && tail === 'dari' && words[i + count.length + 2] === 'sekarang')
      return offset(facts, count.value, i, count.length + 3);
    if (unit === 'minggu' && ahead) {
      facts.spans.push({ kind: 'week', weeks: count.value, exact: true, at: i });
      return count.length + 2;
    }
    if (unit === 'bulan' && ahead) {
      facts.spans.push({ kind: 'month', months: count.value, at: i });
      return count.length + 2;
    }
    if (['hari', 'minggu', 'bulan', 'tahun', 'jam', 'menit'].includes(unit)) return count.length + 1;
  }
  return 0;
}

/** "ini hari libur": what day it is, and not "ini hari" for today. */
const notToday = new Set(
  'libur apa merah pertama kedua ketiga terakhir besar raya baik ulang kerja ke biasa minggu'.split(' '),
);

const soon = new Set(['sebentar', 'sabantar', 'sabentar', 'bentar']);

/** "tiap senin", "setiap malam", "hari minggu-minggu": a habit, not an appointment. */
export function isRoutine(words: readonly string[], i: number): boolean {
  const before = words[i - 1] ?? '';
  return (
    before === 'tiap' ||
    before === 'setiap' ||
    before === 'every' ||
    ((before === 'hari' || before === 'malam') && (words[i - 2] === 'tiap' || words[i - 2] === 'setiap'))
  );
}

function isSunday(words: readonly string[], i: number): boolean {
  const before = words[i - 1] ?? '';
  const after = words[i + 1] ?? '';
  if (before === 'hari' || (before === 'malam' && !next.has(after) && !thisWords.has(after) && !last.has(after))) return true; // prettier-ignore
  return clockWords.has(after) || partWords.has(after);
}

export function offset(facts: Facts, days: number, at: number, length: number): number {
  facts.days.push({ kind: 'offset', days, at });
  return length;
}

const nextDay = new Set(['besoknya', 'keesokannya', 'keesokan', 'isoknya', 'esoknya']);
const following = new Set(['sesudahnya', 'setelahnya', 'berikutnya', 'kemudian']);

function weekdayAt(words: readonly string[], i: number, weekday: number, facts: Facts): number {
  const after = words[i + 1] ?? '';
  const than = facts.days.at(-1);
  const isLater =
    after === 'sesudahnya' ||
    after === 'setelahnya' ||
    (['berikutnya', 'berikut', 'depannya'].includes(after) && than?.kind === 'date') ||
    (after === 'sesudah' && ['itu', 'nya'].includes(words[i + 2] ?? ''));
  if (than && isLater) {
    facts.days.push({ kind: 'later', than, days: null, weekday, at: i });
    return after === 'sesudah' ? 3 : 2;
  }
  const before = words[i - 1] ?? '';
  const nth = ordinals.get(after);
  const month = nth === undefined ? null : monthAt(words, i + 2);
  if (nth !== undefined && month) {
    facts.days.push({ kind: 'nth', weekday, nth, month: month.month, ahead: month.ahead, at: i });
    return 2 + month.length;
  }
  const turn =
    next.has(after) || (next.has(before) && words[i - 2] !== 'minggu' && words[i - 2] !== 'bulan')
      ? 'next'
      : thisWords.has(after) || (before === 'this' && before.length > 0)
        ? 'this'
        : last.has(after) ||
            ['last', 'kemarin', 'kamaren', 'kemaren'].includes(before) ||
            (after === 'minggu' && last.has(words[i + 2] ?? ''))
          ? 'last'
          : after === 'besok'
            ? 'coming'
            : after === 'satunya' || (after === 'satu' && words[i + 2] === 'lagi')
              ? 'second'
              : 'none';
  facts.days.push({ kind: 'weekday', weekday, turn, at: i });
  if (turn === 'last') facts.past = true;
  return turn === 'none' ||
    next.has(before) ||
    before === 'this' ||
    (turn === 'last' && !last.has(after) && after !== 'minggu')
    ? 1
    : 2;
}

/** "januari", "di bulan mei", "bulan ini", "bulan depan", "tahun baru". */
function monthAt(
  words: readonly string[],
  at: number,
): { month: number | null; ahead: number; length: number } | null {
  let k = at;
  while (['di', 'pada', 'dari', 'bulan'].includes(words[k] ?? '')) k += 1;
  const word = words[k] ?? '';
  const length = k + 1 - at;
  const named = isMonth(words, k);
  if (named !== undefined) return { month: named, ahead: 0, length };
  if (word === 'tahun' && ['baru', 'baro'].includes(words[k + 1] ?? '')) return { month: 1, ahead: 0, length: length + 1 }; // prettier-ignore
  if (words[k - 1] !== 'bulan') return null;
  if (thisWords.has(word)) return { month: null, ahead: 0, length };
  return next.has(word) ? { month: null, ahead: 1, length } : null;
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
  if (after === 'satu' && later === 'lagi') {
    facts.spans.push({ kind: 'week', weeks: 2, at: i });
    return 3;
  }
  // "minggu ketiga januari", "mei minggu terakhir": a week of a month, and so no day.
  if (ordinals.has(after)) {
    facts.spans.push({ kind: 'vague', at: i });
    return isMonth(words, i + 2) === undefined ? 2 : 3;
  }
  if (before === 'akhir' || (facts.length < 3 && before === '')) facts.spans.push({ kind: 'vague', at: i });
  return 1;
}

const ordinals = new Map([['pertama', 1], ['kedua', 2], ['ketiga', 3], ['keempat', 4], ['terakhir', -1]]); // prettier-ignore

/** The day that was found last, where a word before it puts the wish beside it: "sebelum tanggal 20", "malam minggu". */
export function setBeside(tokens: readonly Token[], words: readonly string[], facts: Facts): void {
  const than = facts.days.at(-1);
  if (!than || (than.kind !== 'date' && than.kind !== 'weekday')) return;
  if ((tokens[than.at]?.gap ?? '') !== '') return;
  const at = words[than.at - 1] === 'hari' ? than.at - 2 : than.at - 1;
  const side = sides.get(words[at] ?? '');
  const days = side === undefined ? 0 : daysBefore(words, at);
  const isEve = words[than.at - 1] === 'malam' && than.kind === 'weekday' && than.turn === 'none' && !weekdays.has(words[than.at - 2] ?? ''); // prettier-ignore
  if (isEve) facts.days.splice(-1, 1, { kind: 'later', than, days: -1, weekday: null, at: than.at });
  else if (side && days > 0)
    facts.days.splice(-1, 1, { kind: 'later', than, days: side === 'after' ? days : -days, weekday: null, at: than.at }); // prettier-ignore
  else if (side) facts.days.splice(-1, 1, { kind: 'beside', than, side, at: than.at });
}
