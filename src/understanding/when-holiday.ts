import { numberAt } from './number-words.ts';
import { greetings, holidayWords, type Facts } from './when-facts.ts';

/** "natal", "habis lebaran", "sehari sebelum nyepi", "malam tahun baru", "17an". */
export function holidayAt(words: readonly string[], i: number, facts: Facts): number {
  const holiday = namedHolidayAt(words, i);
  if (!holiday) return 0;
  let at = i - 1;
  while (i - at < 4 && festive.has(words[at] ?? '')) at -= 1;
  const before = words[at] ?? '';
  // "selamat natal dan tahun baru" wishes well.
  const isGreeting = greetings.has(before) || (before === 'dan' && greetings.has(words[at - 2] ?? ''));
  if (isGreeting || (facts.length >= 7 && !facts.request && before !== 'pas')) return 0;
  const side = before === 'lewat' ? 'after' : (sides.get(before) ?? 'on');
  // "malam natal" is the eve.
  const days = before === 'malam' ? 1 : side === 'on' ? 0 : daysBefore(words, at);
  facts.days.push({
    kind: 'holiday',
    words: holiday.names,
    ...(days === 0 ? { side } : { side: 'on', days: side === 'after' ? days : -days }),
    at: i,
  });
  return holiday.length;
}

/** Words that put a wish on one side of a day. */
export const sides = new Map(
  Object.entries({ sebelum: 'before', sesudah: 'after', habis: 'after', selepas: 'after' } as const),
);

/** What stands between a side and the name of a holiday: "habis libur natal", "sebelum hari raya idul fitri". */
const festive = new Set(['hari', 'raya', 'libur', 'liburan', 'idul', 'cuti']);

function namedHolidayAt(
  words: readonly string[],
  i: number,
): { names: readonly string[]; length: number } | null {
  const here = words[i] ?? '';
  const after = words[i + 1] ?? '';
  if (here === 'tahun' && (after === 'baru' || after === 'baro')) return { names: ['masehi'], length: 2 };
  if (here === 'new' && after === 'tahun') return { names: ['masehi'], length: 2 };
  if ((here === 'tujuh' && after === 'belasan') || (here === '17' && after === 'an'))
    return { names: ['kemerdekaan'], length: 2 };
  if (here === 'jumat' && after === 'agung') return { names: ['wafat'], length: 2 };
  if (here === 'buruh' && words[i - 1] === 'hari') return { names: ['buruh'], length: 1 };
  if (here === 'lebaran' && after === 'haji') return null;
  const names = holidayWords.get(here);
  return names ? { names, length: 1 } : null;
}

/** How many days are said right before a "sebelum" or "sesudah": "sehari", "dua hari"; none is 0. */
export function daysBefore(words: readonly string[], at: number): number {
  if (words[at - 1] === 'sehari') return 1;
  if (words[at - 1] !== 'hari') return 0;
  return numberAt(words, at - 2)?.value ?? 0;
}
