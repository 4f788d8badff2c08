import type { Token } from './normalise.ts';
import { stems } from './stem.ts';
import { noted } from './word.ts';

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

/**
 * A set of words is a number, and a word knows in which sets it is. A rule is a row of steps in one program for all, each
 * step a number: what to do in the three lowest bits, and above them a set or a length.
 */
const step = { word: 0, joined: 1, gap: 2, not: 3, start: 4, end: 5, done: 6 } as const;
const stepBits = 3;

/** `begin`: where its steps begin; `needs`: the smallest set after the first, without a word of which it cannot match. */
type Compiled<T> = { value: T; pattern: string; begin: number; needs: number };
/** What the matcher knows of a word: the sets it is in, and the rules that may begin with it, each beside what it needs. */
type Known = { sets: readonly number[]; needs: readonly number[]; rules: readonly number[] };

/** Punctuation that ends a thought. A comma does not: people write it anywhere. */
export function endsSentence(gap: string): boolean {
  return gap !== '' && /[.!?;]/.test(gap);
}

export function compile<T>(rules: readonly Rule<T>[], classes: Readonly<Record<string, string>>): Matcher<T> {
  const vocabulary = new Vocabulary(classes);
  const compiled: Compiled<T>[] = [];
  const program: number[] = [];
  /** The numbers of the rules that may begin with a word or root. */
  const index = new Map<string, number[]>();
  for (const { pattern, value } of rules) {
    for (const parts of spread(pattern.trim().split(/\s+/))) {
      const begin = program.length;
      program.push(
        ...parts.map((part, at) => stepOf(part, at > 0 && parts[0] !== '^', vocabulary)),
        step.done,
      );
      const sets = parts.filter((part) => !/^[~!^$]/.test(part)).map((part) => vocabulary.set(part));
      const [first, ...others] = sets;
      if (first === undefined || parts[0]?.startsWith('~'))
        throw new Error(`pattern needs a first word: ${pattern}`);
      const number = compiled.length;
      compiled.push({ pattern, value, begin, needs: vocabulary.smallest(others) ?? first });
      for (const word of vocabulary.words(first)) {
        const list = index.get(word);
        if (list) list.push(number);
        else index.set(word, [number]);
      }
    }
  }
  const steps = Int32Array.from(program);
  const { roots } = vocabulary;
  const stranger: Known = { sets: [], needs: [], rules: [] };
  /** By set, the search in which a word of it was last met. */
  const lastMet = new Int32Array(vocabulary.size);
  let search = 0;
  const know = noted((text): Known => {
    const word = isFigure(text) && !vocabulary.has(text) ? '#' : text;
    const keys = word === '#' || isNumber(word) ? ['#'] : stems(word, roots).map((root) => `${root}*`);
    keys.push(word);
    const sets = vocabulary.setsWith(keys);
    if (sets.length === 0) return stranger;
    // A word may reach the same rule by its text and by its root.
    const own = [...new Set(keys.flatMap((key) => index.get(key) ?? []))].sort((a, b) => a - b);
    return { sets, needs: own.map((rule) => compiled[rule]?.needs ?? 0), rules: own };
  });
  let work = 0;

  return {
    work: () => work,
    find(tokens) {
      work = 0;
      const known = tokens.map(({ word }) => know(word));
      const count = tokens.length;
      /** Whether a sentence ends before a place. */
      const ends = (at: number): boolean => endsSentence((tokens[at] as Token).gap);
      const has = (set: number, at: number): boolean => {
        work += 1;
        return lastMet[set] === search && (known[at] as Known).sets.includes(set);
      };
      /** Where the words end that match from a place on, -1 when they do not. */
      const walk = (begin: number, from: number): number => {
        let at = from;
        for (let next = begin; ; next += 1) {
          const code = steps[next] as number;
          const what = code & ((1 << stepBits) - 1);
          const operand = code >> stepBits;
          if (what === step.done) return at;
          if (what === step.word || what === step.joined) {
            if (at >= count || !has(operand, at)) return -1;
            if (what === step.joined && at > 0 && ends(at)) return -1;
            at += 1;
          } else if (what === step.gap) {
            for (let skip = 0; skip <= operand; skip += 1) {
              const end = walk(next + 1, at + skip);
              if (end >= 0) return end;
              if (at + skip >= count || (at + skip > 0 && ends(at + skip))) return -1;
            }
            return -1;
          } else if (what === step.not) {
            if (at < count && !ends(at) && has(operand, at)) return -1;
          } else if (what === step.start) {
            if (at < count && at > 0 && !ends(at)) return -1;
          } else if (at < count && !ends(at)) return -1;
        }
      };
      search += 1;
      for (let at = 0; at < count; at += 1) {
        const { sets } = known[at] as Known;
        for (let k = 0; k < sets.length; k += 1) lastMet[sets[k] as number] = search;
      }
      const found: Match<T>[] = [];
      for (let at = 0; at < count; at += 1) {
        const { needs, rules } = known[at] as Known;
        for (let k = 0; k < needs.length; k += 1) {
          if (lastMet[needs[k] as number] !== search) continue;
          const { begin, value, pattern } = compiled[rules[k] as number] as Compiled<T>;
          const to = walk(begin, at);
          if (to >= 0) found.push({ value, pattern, from: at, to });
        }
      }
      return found;
    },
  };
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

function stepOf(part: string, joins: boolean, vocabulary: Vocabulary): number {
  if (part === '^') return step.start;
  if (part === '$') return step.end;
  if (part.startsWith('~')) return step.gap | (Number(part.slice(1)) << stepBits);
  if (part.startsWith('!')) return step.not | (vocabulary.set(part.slice(1)) << stepBits);
  return (joins ? step.joined : step.word) | (vocabulary.set(part) << stepBits);
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

  get size(): number {
    return this.members.length;
  }

  /** The sets that have one of the keys. */
  setsWith(keys: readonly string[]): number[] {
    return [...new Set(keys.flatMap((key) => this.setsOf.get(key) ?? []))];
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
