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

type Words = ReadonlySet<string>;
type Element =
  | { kind: 'word'; words: Words }
  | { kind: 'not'; words: Words }
  | { kind: 'gap'; most: number }
  | { kind: 'start' }
  | { kind: 'end' };
type Compiled<T> = { value: T; pattern: string; elements: Element[]; tried: number };

/** Punctuation that ends a thought. A comma does not: people write it anywhere. */
export function endsSentence(gap: string): boolean {
  for (const mark of gap) if (mark === '.' || mark === '!' || mark === '?' || mark === ';') return true;
  return false;
}

export function compile<T>(rules: readonly Rule<T>[], classes: Readonly<Record<string, string>>): Matcher<T> {
  const roots = new Set<string>();
  const sets = new Map<string, Words>();
  const compiled: Compiled<T>[] = [];
  for (const { pattern, value } of rules) {
    for (const variant of spread(pattern.trim().split(/\s+/))) {
      compiled.push({
        pattern,
        value,
        elements: variant.map((part) => element(part, classes, roots, sets)),
        tried: -1,
      });
    }
  }
  const index = new Map<string, Compiled<T>[]>();
  for (const rule of compiled) {
    const first = rule.elements.find((part) => part.kind === 'word');
    if (first?.kind !== 'word' || rule.elements[0]?.kind === 'gap')
      throw new Error(`pattern needs a first word: ${rule.pattern}`);
    for (const word of first.words) {
      const list = index.get(word);
      if (list) list.push(rule);
      else index.set(word, [rule]);
    }
  }
  let work = 0;
  const cache = new Map<string, readonly string[]>();
  const keysOf = (word: string): readonly string[] => {
    const known = cache.get(word);
    if (known) return known;
    const found = isNumber(word) ? ['#'] : stems(word, roots).map((root) => `${root}*`);
    found.push(word);
    if (cache.size < 20_000 && word.length < 40) cache.set(word, found);
    return found;
  };

  return {
    work: () => work,
    find(tokens) {
      work = 0;
      const keys = tokens.map((token) => keysOf(token.text));
      const has = (words: Words, at: number): boolean => {
        work += 1;
        for (const key of keys[at] ?? []) if (words.has(key)) return true;
        return false;
      };
      const walk = (elements: readonly Element[], e: number, at: number): number => {
        for (; e < elements.length; e += 1) {
          const part = elements[e] as Element;
          if (part.kind === 'gap') {
            for (let skip = 0; skip <= part.most; skip += 1) {
              const end = walk(elements, e + 1, at + skip);
              if (end >= 0) return end;
              const passed = tokens[at + skip];
              if (!passed || (at + skip > 0 && endsSentence(passed.gap))) return -1;
            }
            return -1;
          }
          const token = tokens[at];
          if (part.kind === 'start') {
            if (token && at > 0 && !endsSentence(token.gap)) return -1;
          } else if (part.kind === 'end') {
            if (token && !endsSentence(token.gap)) return -1;
          } else if (part.kind === 'not') {
            if (token && !endsSentence(token.gap) && has(part.words, at)) return -1;
          } else {
            if (!token || !has(part.words, at)) return -1;
            if (
              e > 0 &&
              at > 0 &&
              elements[0] !== part &&
              elements[0]?.kind !== 'start' &&
              endsSentence(token.gap)
            )
              return -1;
            at += 1;
          }
        }
        return at;
      };
      for (const rule of compiled) rule.tried = -1;
      const found: Match<T>[] = [];
      for (let at = 0; at < tokens.length; at += 1) {
        for (const key of keys[at] ?? []) {
          for (const rule of index.get(key) ?? []) {
            // A word may reach the same rule by its text and by its root.
            if (rule.tried === at) continue;
            rule.tried = at;
            const to = walk(rule.elements, 0, at);
            if (to >= 0) found.push({ value: rule.value, pattern: rule.pattern, from: at, to });
          }
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
  const code = text.charCodeAt(0);
  return (code >= 48 && code <= 57) || numberWords.has(text);
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

function element(
  part: string,
  classes: Readonly<Record<string, string>>,
  roots: Set<string>,
  sets: Map<string, Words>,
): Element {
  if (part === '^') return { kind: 'start' };
  if (part === '$') return { kind: 'end' };
  if (part.startsWith('~')) return { kind: 'gap', most: Number(part.slice(1)) };
  const negated = part.startsWith('!');
  const source = negated ? part.slice(1) : part;
  let words = sets.get(source);
  if (!words) {
    words = wordsOf(source, classes, roots, new Set());
    sets.set(source, words);
  }
  return { kind: negated ? 'not' : 'word', words };
}

function wordsOf(
  source: string,
  classes: Readonly<Record<string, string>>,
  roots: Set<string>,
  into: Set<string>,
): Set<string> {
  for (const choice of source.split('|')) {
    if (choice.startsWith('@')) {
      const members = classes[choice.slice(1)];
      if (members === undefined) throw new Error(`no such class: ${choice}`);
      for (const member of members.split(' ')) wordsOf(member, classes, roots, into);
    } else {
      into.add(choice);
      if (choice.endsWith('*')) {
        roots.add(choice.slice(0, -1));
        into.add(choice.slice(0, -1));
      }
    }
  }
  return into;
}
