import { memoise } from './memoise.ts';
import type { Token } from './normalise.ts';
import { stems } from './stem.ts';

/**
 * Phrase patterns over tokens, instead of regular expressions over characters: the work per token is
 * bounded by the pattern, so a hostile text of any length costs linear time.
 *
 *   word    this canonical word        word*   any inflection of this root
 *   a|b     either                     @name   any of a named class
 *   ?a      may be missing             ~3      up to three tokens of anything, within the sentence
 *   !a      the next token is not a    ^  $    beginning, end of the sentence
 *   #       any number
 */
export type Rule<T> = { pattern: string; value: T };

export type Match<T> = { value: T; pattern: string; from: number; to: number };

export type Matcher<T> = {
  find(tokens: readonly Token[]): Match<T>[];
  /** How many element comparisons the last find made: what the linearity test counts. */
  work(): number;
};

/** A set of words is a number, and a word knows by one bit each in which sets it is. */
type Element =
  | { kind: 'word'; set: number; joins: boolean }
  | { kind: 'not'; set: number }
  | { kind: 'gap'; most: number }
  | { kind: 'start' }
  | { kind: 'end' };
/** `needs` is the smallest of the sets that stand after the first: a text without a word of it cannot match. */
type Compiled<T> = { value: T; pattern: string; elements: readonly Element[]; needs: number; order: number };
/** What the matcher knows of a word: the sets it is in, and the rules that may begin with it, by what they need. */
type Known<T> = {
  bits: Uint32Array;
  begins: readonly { needs: number; rules: readonly Compiled<T>[] }[];
};

/** Punctuation that ends a thought. A comma does not: people write it anywhere. */
export function endsSentence(gap: string): boolean {
  for (const mark of gap) if (mark === '.' || mark === '!' || mark === '?' || mark === ';') return true;
  return false;
}

export function compile<T>(rules: readonly Rule<T>[], classes: Readonly<Record<string, string>>): Matcher<T> {
  const vocabulary = new Vocabulary(classes);
  /** The rules that may begin with a word or root. */
  const index = new Map<string, Compiled<T>[]>();
  let order = 0;
  for (const { pattern, value } of rules) {
    for (const variant of spread(pattern.trim().split(/\s+/))) {
      const elements = variant.map((part, at) => element(part, at > 0 && variant[0] !== '^', vocabulary));
      const sets = elements.flatMap((part) => (part.kind === 'word' ? [part.set] : []));
      const [first, ...others] = sets;
      if (first === undefined || elements[0]?.kind === 'gap')
        throw new Error(`pattern needs a first word: ${pattern}`);
      order += 1;
      const rule = { pattern, value, elements, needs: vocabulary.smallest(others) ?? first, order };
      for (const word of vocabulary.words(first)) {
        const list = index.get(word);
        if (list) list.push(rule);
        else index.set(word, [rule]);
      }
    }
  }
  const { roots } = vocabulary;
  const stranger: Known<T> = { bits: new Uint32Array(vocabulary.bitLength), begins: [] };
  const know = memoise((word): Known<T> => {
    const keys = word === '#' || isNumber(word) ? ['#'] : stems(word, roots).map((root) => `${root}*`);
    keys.push(word);
    const bits = vocabulary.bitsOf(keys);
    if (!bits) return stranger;
    // A word may reach the same rule by its text and by its root.
    const begins = new Map<number, Set<Compiled<T>>>();
    for (const rule of keys.flatMap((key) => index.get(key) ?? [])) {
      const alike = begins.get(rule.needs);
      if (alike) alike.add(rule);
      else begins.set(rule.needs, new Set([rule]));
    }
    return { bits, begins: [...begins].map(([needs, rules]) => ({ needs, rules: [...rules] })) };
  });
  let work = 0;

  return {
    work: () => work,
    find(tokens) {
      work = 0;
      const known = tokens.map(({ text }) => know(isFigure(text) && !vocabulary.has(text) ? '#' : text));
      const ends = tokens.map((token) => token.gap !== '' && endsSentence(token.gap));
      const count = tokens.length;
      const has = (set: number, at: number): boolean => {
        work += 1;
        return (((known[at] as Known<T>).bits[set >>> 5] as number) & (1 << (set & 31))) !== 0;
      };
      const walk = (elements: readonly Element[], begin: number, from: number): number => {
        let at = from;
        for (let e = begin; e < elements.length; e += 1) {
          const part = elements[e] as Element;
          if (part.kind === 'word') {
            if (at >= count || !has(part.set, at)) return -1;
            if (part.joins && at > 0 && ends[at]) return -1;
            at += 1;
          } else if (part.kind === 'gap') {
            for (let skip = 0; skip <= part.most; skip += 1) {
              const end = walk(elements, e + 1, at + skip);
              if (end >= 0) return end;
              if (at + skip >= count || (at + skip > 0 && ends[at + skip])) return -1;
            }
            return -1;
          } else if (part.kind === 'not') {
            if (at < count && !ends[at] && has(part.set, at)) return -1;
          } else if (part.kind === 'start') {
            if (at < count && at > 0 && !ends[at]) return -1;
          } else if (at < count && !ends[at]) return -1;
        }
        return at;
      };
      const present = union(known, stranger);
      const found: { rule: Compiled<T>; from: number; to: number }[] = [];
      for (let at = 0; at < count; at += 1) {
        for (const { needs, rules } of (known[at] as Known<T>).begins) {
          if (((present[needs >>> 5] as number) & (1 << (needs & 31))) === 0) continue;
          for (const rule of rules) {
            const to = walk(rule.elements, 0, at);
            if (to >= 0) found.push({ rule, from: at, to });
          }
        }
      }
      found.sort((a, b) => a.from - b.from || a.rule.order - b.rule.order);
      return found.map(({ rule: { value, pattern }, from, to }) => ({ value, pattern, from, to }));
    },
  };
}

/** The sets of which the text has a word. */
function union<T>(known: readonly Known<T>[], stranger: Known<T>): Uint32Array {
  const all = stranger.bits.slice();
  for (const word of known) {
    if (word === stranger) continue;
    for (let k = 0; k < all.length; k += 1) all[k] = (all[k] as number) | (word.bits[k] as number);
  }
  return all;
}

const numberWords = new Set(
  'satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas'.split(' '),
);

function isNumber(text: string): boolean {
  return isFigure(text) || numberWords.has(text);
}

function isFigure(text: string): boolean {
  const code = text.charCodeAt(0);
  return code >= 48 && code <= 57;
}

/** Every optional element doubles the pattern, which keeps the matcher itself simple. */
function spread(parts: readonly string[]): string[][] {
  const at = parts.findIndex((part) => part.startsWith('?'));
  if (at < 0) return [[...parts]];
  const part = parts[at] ?? '';
  const before = parts.slice(0, at);
  const after = parts.slice(at + 1);
  return [...spread([...before, part.slice(1), ...after]), ...spread([...before, ...after])];
}

function element(part: string, joins: boolean, vocabulary: Vocabulary): Element {
  if (part === '^') return { kind: 'start' };
  if (part === '$') return { kind: 'end' };
  if (part.startsWith('~')) return { kind: 'gap', most: Number(part.slice(1)) };
  return part.startsWith('!')
    ? { kind: 'not', set: vocabulary.set(part.slice(1)) }
    : { kind: 'word', set: vocabulary.set(part), joins };
}

/** The sets of words that the patterns name, numbered as they come; the same source is the same set. */
class Vocabulary {
  /** The roots named with a star: what a stemmer has to look for. */
  readonly roots = new Set<string>();
  private readonly classes: Readonly<Record<string, string>>;
  private readonly numbers = new Map<string, number>();
  private readonly members: Set<string>[] = [];
  private readonly setsOf = new Map<string, number[]>();

  constructor(classes: Readonly<Record<string, string>>) {
    this.classes = classes;
  }

  set(source: string): number {
    const known = this.numbers.get(source);
    if (known !== undefined) return known;
    const number = this.members.length;
    const words = new Set<string>();
    this.collect(source, words);
    this.numbers.set(source, number);
    this.members.push(words);
    for (const word of words) {
      const sets = this.setsOf.get(word);
      if (sets) sets.push(number);
      else this.setsOf.set(word, [number]);
    }
    return number;
  }

  has(word: string): boolean {
    return this.setsOf.has(word);
  }

  words(set: number): ReadonlySet<string> {
    return this.members[set] ?? new Set();
  }

  smallest(sets: readonly number[]): number | undefined {
    return [...sets].sort((a, b) => this.words(a).size - this.words(b).size)[0];
  }

  get bitLength(): number {
    return Math.ceil(this.members.length / 32);
  }

  /** One bit for each set that has one of the keys; null when none has. */
  bitsOf(keys: readonly string[]): Uint32Array | null {
    let bits: Uint32Array | null = null;
    for (const key of keys) {
      for (const set of this.setsOf.get(key) ?? []) {
        bits ??= new Uint32Array(this.bitLength);
        bits[set >>> 5] = (bits[set >>> 5] as number) | (1 << (set & 31));
      }
    }
    return bits;
  }

  private collect(source: string, into: Set<string>): void {
    for (const choice of source.split('|')) {
      if (choice.startsWith('@')) {
        const members = this.classes[choice.slice(1)];
        if (members === undefined) throw new Error(`no such class: ${choice}`);
        for (const member of members.split(' ')) this.collect(member, into);
      } else {
        into.add(choice);
        if (choice.endsWith('*')) {
          this.roots.add(choice.slice(0, -1));
          into.add(choice.slice(0, -1));
        }
      }
    }
  }
}
