import slang from './data/slang.json' with { type: 'json' };
import { fold } from './fold.ts';
import { memoise } from './memoise.ts';
import { isNumberWord } from './number-words.ts';
import { Word, wordOf } from './word.ts';

/** One word or number of the message, in the spelling the rules match on. */
export type Token = {
  /** Canonical spelling: slang, Kupang Malay and leetspeak undone. */
  text: string;
  /** The same, with what is known of it. */
  word: Word;
  /** As typed, only case and accents folded. */
  raw: string;
  /** Where it stands in the original, in UTF-16 code units. */
  start: number;
  end: number;
  /** Punctuation between the previous token and this one, at most a few marks, spaces left out. */
  gap: string;
  /** Whether white space stood between the previous token and this one. */
  spaced: boolean;
  /** Said twice: "besok-besok", "kapan2". */
  twice: boolean;
};

export type Normalised = { original: string; text: string; tokens: readonly Token[] };

const slangTable = lazy(() => {
  const table = new Map<string, readonly string[]>();
  for (const [to, from] of Object.entries(slang.words))
    for (const word of from.split(' ')) table.set(word, [to]);
  for (const [from, to] of Object.entries(slang.phrases)) table.set(from, to.split(' '));
  for (const to of Object.keys(slang.words)) table.set(to, [to]);
  return table;
});

const leet: Readonly<Record<string, string>> = {
  '4': 'a',
  '1': 'i',
  '3': 'e',
  '0': 'o',
  '5': 's',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's',
};

/** Words after which a digit is a number, never a disguised letter: "jam9", "tgl2", "naikoten1". */
const counted = new Set(
  'jam jm pukul pkl pk stgh stengah setengah stngah set tgl tggl tanggal no nomor rt rw km kelas kls naikoten bakunase manulai blok gang jalur umur usia ke d s ak pp'.split(
    ' ',
  ),
);

const maxGap = 4;

let latest: Normalised | undefined;

/**
 * Folds, cuts into tokens and rewrites each to its canonical spelling. Linear in the text; never throws. Danger, wish and
 * intent are asked of one message in turn, so the latest answer is kept.
 */
export function normalise(original: string): Normalised {
  if (latest?.original !== original) latest = read(original);
  return latest;
}

function read(original: string): Normalised {
  const { chars, startOf, endOf } = fold(original);
  const tokens: Token[] = [];
  let gap = '';
  let spaced = false;
  let i = 0;
  while (i < chars.length) {
    const kind = kindOf(chars.charCodeAt(i));
    if (kind === other) {
      const mark = chars[i] ?? '';
      if (mark === ' ') spaced = true;
      else if (gap.length < maxGap && !gap.endsWith(mark)) gap += mark;
      i += 1;
      continue;
    }
    let j = i + 1;
    while (j < chars.length && (kindOf(chars.charCodeAt(j)) !== other || isInner(chars, j))) j += 1;
    // Marks that were folded away after the last letter belong to it.
    const end = Math.max(startOf(j), endOf(j - 1));
    push(tokens, chars.slice(i, j), startOf(i), end, gap, spaced);
    gap = '';
    spaced = false;
    i = j;
  }
  settleSa(tokens);
  settleClips(tokens);
  joinSpelledOut(tokens);
  return { original, text: tokens.map((token) => token.text).join(' '), tokens };
}

/** Words that follow a subject and not the particle "saja". */
const predicates = new Set(
  'mau sudah tidak punya akan pernah belum sedang bisa ada takut tinggal kerja butuh perlu minta tanya lihat pikir rasa merasa tadi datang capek sakit hamil pulang lari dapat kena tahu'.split(
    ' ',
  ),
);
const openers = new Set('tapi kalau karena jadi dan terus bahwa sekarang supaya biar waktu'.split(' '));

/** "sa" is "saja" in Kupang and "saya" further east: where a subject can stand before a predicate, it is one. */
function settleSa(tokens: readonly Token[]): void {
  tokens.forEach((token, index) => {
    if (token.text !== 'sa') return;
    const next = tokens[index + 1];
    const before = tokens[index - 1];
    const opens = !before || token.gap !== '' || openers.has(before.text);
    const follows = next !== undefined && next.gap === '' && predicates.has(next.text);
    respell(token, next && (opens || follows) ? 'saya' : 'saja');
  });
}

/** Clips that are a word of their own elsewhere ("rb": ribu): a weekday beside an hour or the like, "paling" before "cepat". */
const clips = new Map(Object.entries({ rb: 'rabu', rab: 'rabu', sen: 'senin', sn: 'senin', plg: 'paling', plng: 'paling' })); // prettier-ignore
const besideDay = new Set('jam pukul pkl depan dpn ini pagi siang sore tanggal saja kalau'.split(' '));
const superlative = new Set(['cepat', 'pagi', 'dekat', 'lambat']);

function settleClips(tokens: readonly Token[]): void {
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Token;
    const meant = clips.get(token.raw);
    if (meant === undefined) continue;
    const next = tokens[at + 1]?.text ?? '';
    const before = tokens[at - 1]?.text ?? '';
    const isCounted = /^\d/.test(before) || isNumberWord(before);
    const isMeant = meant === 'paling' ? superlative.has(next) : !isCounted && (besideDay.has(next) || before === 'hari'); // prettier-ignore
    if (isMeant) respell(token, meant);
  }
}

function respell(token: Token, text: string): void {
  token.text = text;
  token.word = wordOf(text);
}

const other = 0;
const letter = 1;
const digit = 2;

function kindOf(code: number): number {
  if (code >= 97 && code <= 122) return letter;
  if (code >= 48 && code <= 57) return digit;
  // Letters of other scripts stay words of their own; emoji and marks separate.
  return code > 191 && /\p{L}/u.test(String.fromCharCode(code)) ? letter : other;
}

/** Apostrophes, @ and $ between letters belong to the word: jum'at, can't, m@ti. */
function isInner(chars: string, at: number): boolean {
  const mark = chars[at];
  if (mark !== "'" && mark !== '@' && mark !== '$' && mark !== '*') return false;
  return kindOf(chars.charCodeAt(at - 1)) === letter && kindOf(chars.charCodeAt(at + 1)) === letter;
}

function push(
  tokens: Token[],
  typed: string,
  start: number,
  end: number,
  gap: string,
  spaced: boolean,
): void {
  const read = readWord(typed);
  if (read instanceof Word) {
    put(tokens, { text: read.text, word: read, raw: typed, start, end, gap, spaced, twice: false });
    return;
  }
  for (const { text: raw, at, words, twice } of read) {
    words.forEach((word, index) => {
      const { text } = word;
      if (index === 0 && at === 0) put(tokens, { text, word, raw, start, end, gap, spaced, twice });
      else tokens.push({ text, word, raw, start, end, gap: '', spaced: false, twice });
    });
  }
}

/** "anak-anak", "pegang pegang": one word said twice carries nothing more for matching; "tanggal dua dua" does. */
function put(tokens: Token[], token: Token): void {
  const last = tokens.at(-1);
  if (last?.text === token.text && isAgain(token.text, token.gap)) {
    last.end = token.end;
    last.twice = true;
  } else tokens.push(token);
}

function isAgain(text: string, gap: string): boolean {
  return (gap === '-' || (gap === '' && !isNumberWord(text))) && !/\d/.test(text);
}

type Read = Part & { words: readonly Word[] };
/** What a typed word says: nearly always one word, else the parts of what is written together. */
const readWord = memoise((typed): Word | readonly Read[] => {
  const parts = split(typed.includes("'") ? typed.replaceAll("'", '') : typed);
  const read = parts.map((part) => ({ ...part, words: spell(part.text).map(wordOf) }));
  const [only, ...others] = read;
  const [word, ...more] = only?.words ?? [];
  return word && others.length + more.length === 0 && only?.text === typed && !only.twice ? word : read;
});

type Part = { text: string; at: number; twice: boolean };

function part(text: string, at: number): Part {
  return { text, at, twice: false };
}

/** "jm9an", "j10pgi", "stgh10an". */
const gluedHour =
  /^(j|jm|jam|pkl|pukul|stgh|stengah|setengah)(\d{1,2})(an|pgi|pagi|sg|siang|sore|mlm|malam)?$/;

/** Parts digits from letters where they are numbers ("jam9", "16thn", "pegang2"), keeps leetspeak whole. */
function split(typed: string): Part[] {
  if (!/\d/.test(typed) || /^\d+$/.test(typed)) return [part(typed, 0)];
  const glued = gluedHour.exec(typed);
  if (glued) {
    const [, word = '', figures = '', rest = ''] = glued;
    const parts = [part(word === 'j' ? 'jam' : word, 0), part(figures, word.length)];
    return rest === '' || rest === 'an' ? parts : [...parts, part(rest, word.length + figures.length)];
  }
  const head = leadingDigits(typed);
  const tail = trailingDigits(typed);
  const middle = typed.slice(head, typed.length - tail);
  if (/^[a-z]+$/.test(middle)) {
    if (head === 0 && tail === 1 && typed.endsWith('2') && middle.length > 2 && !counted.has(middle))
      return [{ text: middle, at: 0, twice: true }];
    const plain = unleet(typed);
    if (counted.has(middle) || !(slangTable().has(plain) || disguised.has(plain))) {
      if (head > 0 || tail > 1 || counted.has(middle)) {
        const parts: Part[] = [];
        if (head > 0) parts.push(part(typed.slice(0, head), 0));
        parts.push(part(middle, head));
        if (tail > 0) parts.push(part(typed.slice(-tail), head + middle.length));
        return parts;
      }
    }
  }
  return [part(unleet(typed), 0)];
}

/** Words worth recognising behind digits although the slang table does not list them. */
const disguised = new Set(
  'aku anak akhiri ini itu obat racun diri ingin ibu istri suami saya sendiri pisau nadi sayat'.split(' '),
);

function leadingDigits(word: string): number {
  let count = 0;
  while (count < word.length && kindOf(word.charCodeAt(count)) === digit) count += 1;
  return count;
}

function trailingDigits(word: string): number {
  let count = 0;
  while (count < word.length && kindOf(word.charCodeAt(word.length - 1 - count)) === digit) count += 1;
  return count;
}

function unleet(word: string): string {
  return word.replace(/[\d@$]/g, (char) => leet[char] ?? char);
}

function spell(word: string): readonly string[] {
  const table = slangTable();
  const typed = word.includes('*') ? unstar(word) : /[@$]/.test(word) ? unleet(word) : word;
  const known = table.get(typed);
  if (known) return known;
  const short = squeeze(typed);
  return table.get(short) ?? [short];
}

/** What people write with a star in the middle so that filters do not see it. */
const starred = [
  'bunuh',
  'mati',
  'diri',
  'bundir',
  'gantung',
  'perkosa',
  'racun',
  'cabul',
  'suicide',
  'kill',
  'rape',
];

function unstar(word: string): string {
  const fits = (clear: string): boolean =>
    clear.length === word.length && [...word].every((char, at) => char === '*' || char === clear[at]);
  return starred.find(fits) ?? word.replaceAll('*', '');
}

const shortestRun = 4;

function isSingle({ raw }: Token): boolean {
  return raw.length === 1 && raw >= 'a' && raw <= 'z';
}

function hasRun(tokens: readonly Token[]): boolean {
  let length = 0;
  for (const token of tokens) {
    length = isSingle(token) ? length + 1 : 0;
    if (length === shortestRun) return true;
  }
  return false;
}

/** "b u n u h d i r i": four or more single letters in a row are one word. */
function joinSpelledOut(tokens: Token[]): void {
  if (!hasRun(tokens)) return;
  const out: Token[] = [];
  let run: Token[] = [];
  const flush = (): void => {
    const first = run[0];
    const last = run.at(-1);
    if (run.length < shortestRun || !first || !last) out.push(...run);
    else {
      const word = run.map((token) => token.raw).join('');
      for (const text of spell(word))
        out.push({ ...first, text, word: wordOf(text), raw: word, end: last.end });
    }
    run = [];
  };
  for (const token of tokens) {
    if (isSingle(token)) run.push(token);
    else {
      flush();
      out.push(token);
    }
  }
  flush();
  tokens.length = 0;
  for (const token of out) tokens.push(token);
}

/** Three or more of a letter are one ("matiiii"); a doubled last letter too when that gives a known word. */
function squeeze(word: string): string {
  if (!/(.)\1/.test(word)) return word;
  const out = word.replace(/([^\d])\1\1+/g, '$1');
  const last = out.at(-1);
  return out.length > 3 && last !== undefined && last === out.at(-2) && !/\d/.test(last)
    ? out.slice(0, -1)
    : out;
}

function lazy<T>(make: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= make());
}
