import type { Token } from './normalise.ts';
import { mayBeNumber, numberAt, spelledAt } from './number-words.ts';
import { weekdays, partWords, clockWords, type Part, type Facts } from './when-facts.ts';

/** Clock times and ranges of them. */
export function timeAt(tokens: readonly Token[], words: readonly string[], i: number, facts: Facts): number {
  const here = words[i] ?? '';
  const marked = clockWords.has(here);
  if (!marked && here !== 'setengah' && here !== 'set' && !mayBeNumber(here)) return 0;
  const start = marked ? i + 1 : i;
  const read = hourAt(tokens, words, start);
  if (!read) return 0;
  // "jam tiga; pagi itu …" are two things.
  const isApart = /[.;!?]/.test(tokens[start + read.length]?.gap ?? '');
  const partAfter = isApart ? null : partAt(words, start + read.length);
  // "2 pm" is noon to us, "4 pm" the afternoon, "8 pm" the evening.
  if (partAfter && words[start + read.length] === 'pm') {
    const hour = Math.floor(read.minutes / 60) % 12;
    partAfter.part = hour < 3 ? 'siang' : hour < 6 ? 'sore' : 'malam';
  }
  const before = words[i - 1] ?? '';
  const bare = !marked && !read.sure && !partAfter;
  // "senin satu lagi" is the Monday after the next.
  if (bare && words[start + read.length] === 'lagi') return 0;
  // A bare number is an hour only right after a named day ("senin 9") or inside a range ("9 sampai 11").
  if (bare) {
    const named = weekdays.has(before) || before === 'besok' || before === 'lusa';
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
  // "jam 1 - jam 3".
  const again = joined && clockWords.has(joined.text) ? 1 : 0;
  const until =
    joined && joined.gap === '-' && facts.times.at(-1)?.at !== i
      ? hourAt(tokens, words, i + length + again)
      : null;
  if (until) {
    length += again;
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
  const part = partWords.get(word);
  if (part) return { part, length: 1 };
  if (word === 'di' || word === 'in') {
    const later = partWords.get(words[at + 1] ?? '') ?? partWords.get(words[at + 2] ?? '');
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
  if (words[at] === 'setengah' || (words[at] === 'set' && clockWords.has(words[at - 1] ?? ''))) {
    const hour = numberAt(words, at + 1);
    return hour && hour.value >= 1 && hour.value <= 24
      ? { minutes: (hour.value === 1 ? 12 : hour.value - 1) * 60 + 30, length: 1 + hour.length, sure: true }
      : null;
  }
  // "jam 1/2 10".
  if (words[at] === '1' && words[at + 1] === '2' && tokens[at + 1]?.gap === '/') {
    const hour = numberAt(words, at + 2);
    if (hour && hour.value > 1 && hour.value <= 24)
      return { minutes: (hour.value - 1) * 60 + 30, length: 2 + hour.length, sure: true };
  }
  const hour = numberAt(words, at);
  if (!hour) return null;
  // "jam delapan tiga puluh".
  const spelled = clockWords.has(words[at - 1] ?? '') ? numberAt(words, at + hour.length) : null;
  if (
    spelled &&
    spelled.length > 1 &&
    hour.value <= 24 &&
    [10, 15, 20, 30, 40, 45, 50].includes(spelled.value)
  )
    return { minutes: hour.value * 60 + spelled.value, length: hour.length + spelled.length, sure: true };
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
    // "jam 1 kurang 15" is before one, not before the day.
    const full = (offset < 0 && hour.value === 1 ? 13 : hour.value) * 60;
    const amount = words[at + hour.length + 1] ?? '';
    const minutes = spelledAt(words, at + hour.length + 1);
    if (amount === 'seperempat') return { minutes: full + offset * 15, length: hour.length + 2, sure: true };
    if (amount === 'setengah') return { minutes: full + offset * 30, length: hour.length + 2, sure: true };
    if (minutes && minutes.value < 60)
      return {
        minutes: full + offset * minutes.value,
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
