import type { Normalised, Token } from './normalise.ts';
import { timeAt } from './when-clock.ts';
import { dateAt } from './when-date.ts';
import { dayAt, isRoutine, offset, setBeside } from './when-day.ts';
import {
  addressed,
  greetings,
  isMonth,
  last,
  next,
  partWords,
  thisWords,
  weekdays,
  requestWords,
  type Facts,
} from './when-facts.ts';

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
    now: [],
    earliest: false,
    anyTime: false,
    length: words.length,
    request: words.some((word) => requestWords.has(word)),
    undecided: false,
  };
  let i = 0;
  // Nobody asks for a time after six hundred words; the bound keeps the facts few.
  while (i < Math.min(tokens.length, 600)) {
    const known = facts.days.length;
    i += Math.max(
      1,
      dateAt(tokens, words, i, facts) ||
        timeAt(tokens, words, i, facts) ||
        dayAt(tokens, words, i, facts) ||
        otherAt(tokens, words, i, facts),
    );
    if (facts.days.length > known) setBeside(tokens, words, facts);
  }
  return facts;
}

/** "ini sore" and not "rabu ini sore". */
function isBareIni(words: readonly string[], at: number): boolean {
  const before = words[at - 1] ?? '';
  return !weekdays.has(before) && !['hari', 'minggu', 'bulan', 'tahun', 'malam'].includes(before);
}

const vagueWords = new Set(['awal', 'akhir', 'pertengahan']);
const correcting = new Set(
  'eh bukan maksud maksudnya maksudku ralat salah wait actually sorry maaf ganti pindah ubah geser mending jadinya'.split(
    ' ',
  ),
);
const since = new Set(['dari', 'sejak', 'mulai', 'since']);
const contrasting = new Set(['tapi', 'melainkan', 'but']);
const unconcluded = new Set(['tidak', 'belum', 'bisa', 'mau', 'apa']);
const either = new Set(['atau', 'ato', 'or', 'atw', 'ataw']);
/** "senin ka rabu": one or the other; "senin ka?" only asks, or says kakak. */
const questioning = new Set(['ka', 'kah', 'ko', 'kakak']);
const isDayWord = (word: string): boolean =>
  weekdays.has(word) ||
  /^\d/.test(word) ||
  ['tanggal', 'hari', 'jam', 'pukul', 'minggu', 'besok', 'lusa'].includes(word);
const earliest = new Set(['secepatnya', 'secepat', 'tercepat', 'segera', 'earliest', 'soonest']);
const anyTime = new Set(['kapanpun', 'kapansaja', 'terserah', 'bebas', 'anytime']);

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
  // "dari bulan mei" tells since when something lasts.
  const isSince = since.has(before) || (before === 'bulan' && since.has(words[i - 2] ?? ''));
  if (
    month !== undefined &&
    !isSince &&
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
    const ahead = before === 'jam' ? (words[i - 2] ?? '') : before;
    const role = ['habis', 'sesudah', 'selesai', 'selepas', 'abis'].includes(ahead)
      ? 'after'
      : ahead === 'sebelum'
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
  const part = partWords.get(here);
  // "sore ini" is today, when it asks for a visit and is not part of a story.
  if (part && thisWords.has(after) && before !== 'tadi' && (facts.length < 8 || facts.request)) {
    facts.parts.push({ part, at: i });
    return offset(facts, 0, i, 2);
  }
  // "ini sore".
  if (
    part &&
    before === 'ini' &&
    isBareIni(words, i - 1) &&
    tokens[i]?.gap === '' &&
    (facts.length < 8 || facts.request)
  ) {
    facts.parts.push({ part, at: i });
    return offset(facts, 0, i, 1);
  }
  if (part && here !== 'am') {
    const greeting =
      greetings.has(before) ||
      (i === 0 && (words.length === 1 || addressed.has(after) || /[,.!]/.test(tokens[1]?.gap ?? '')));
    if (!greeting && !isRoutine(words, i) && !(before === 'makan') && !(before === 'tadi'))
      facts.parts.push({ part, at: i });
    return 1;
  }
  if (correcting.has(here)) facts.corrections.push(i);
  // "… pulang tanggal 25, jadi rabu jam 10": what was said before is the reason, not the wish.
  if (here === 'jadi' && i > 0 && !unconcluded.has(before)) facts.corrections.push(i);
  // "bukan jam 8 tapi jam 9".
  if (contrasting.has(here) && words.slice(Math.max(0, i - 5), i).includes('bukan'))
    facts.corrections.push(i);
  if (either.has(here) || (questioning.has(here) && isDayWord(after))) facts.alternatives.push(i);
  if (
    (here === 'cepat' && ['paling', 'yang', 'lebih'].includes(before)) ||
    (here === 'cepat' && ['plg', 'plng'].includes(tokens[i - 1]?.raw ?? '')) ||
    earliest.has(here) ||
    (here === 'asap' && facts.length === 1) ||
    (here === 'soon' && words[i + 1] === 'as') ||
    (here === 'dekat' && before === 'paling') ||
    (here === 'terdekat' && (facts.length < 8 || before === 'hari' || before === 'yang')) ||
    ((here === 'pertama' || here === 'kosong') && facts.length < 8 && words.includes('slot'))
  )
    facts.earliest = true;
  if (
    (here === 'kapan' && (after === 'saja' || after === 'punya' || tokens[i + 1]?.raw === 'sa')) ||
    anyTime.has(here) ||
    (here === 'any' && (after === 'time' || after === 'hari'))
  )
    facts.anyTime = facts.length < 10 || facts.request;
  return 0;
}
